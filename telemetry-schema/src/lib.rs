// SPDX-FileCopyrightText: Copyright (c) 2026 NVIDIA CORPORATION & AFFILIATES. All rights reserved.
// SPDX-License-Identifier: Apache-2.0

#![doc = include_str!("../README.md")]
#![forbid(unsafe_code)]
#![cfg_attr(docsrs, feature(doc_cfg))]

#[doc(hidden)]
pub mod __cli1;
pub mod arena;
pub mod bucket;
pub mod comparison;
pub mod constraint;
pub mod descriptor;
mod explanation;
pub mod fingerprint;
pub mod json;
pub mod message;
mod mismatch;
pub mod name;
pub mod nearest;
pub mod node;
pub mod number;
pub mod problem;
mod reader;
pub mod rust_type;
pub mod schema;
pub mod text;
