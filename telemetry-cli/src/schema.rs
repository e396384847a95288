// SPDX-FileCopyrightText: Copyright (c) 2026 NVIDIA CORPORATION & AFFILIATES. All rights reserved.
// SPDX-License-Identifier: Apache-2.0

//! What the descriptors of events say, for others: a JSON Schema for the collector, a table for the public, and a check of
//! any JSON event against them.

pub(crate) mod comparison;
pub(crate) mod description;
pub(crate) mod difference;
pub(crate) mod edit;
mod json_schema;
mod markdown;
pub(crate) mod merge;
pub(crate) mod notation;
pub(crate) mod rust;
mod validate;
pub(crate) mod words;

pub use json_schema::{SchemaError, json_schema};
pub use markdown::data_table;
pub use validate::{Violation, validate};
