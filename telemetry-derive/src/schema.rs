// SPDX-FileCopyrightText: Copyright (c) 2026 NVIDIA CORPORATION & AFFILIATES. All rights reserved.
// SPDX-License-Identifier: Apache-2.0

//! Schema files, and what they demand of an event.

mod file;
mod json;
mod model;
mod reader;

pub(crate) use file::{is_first_use, load};
pub(crate) use model::{Expected, Kind, Members, Property, Schema};
