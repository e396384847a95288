// SPDX-FileCopyrightText: Copyright (c) 2026 NVIDIA CORPORATION & AFFILIATES. All rights reserved.
// SPDX-License-Identifier: Apache-2.0

#![doc = include_str!("../README.md")]
#![forbid(unsafe_code)]
#![cfg_attr(docsrs, feature(doc_cfg))]

pub mod descriptor;
pub mod json;

// Machinery of the derive macros and of the command: it changes with any release.
#[doc(hidden)]
pub mod __cli1;
#[doc(hidden)]
pub mod arena;
#[doc(hidden)]
pub mod bucket;
#[doc(hidden)]
pub mod comparison;
#[doc(hidden)]
pub mod constraint;
#[doc(hidden)]
pub mod counted;
#[doc(hidden)]
pub mod escape_untrusted;
mod explanation;
#[doc(hidden)]
pub mod fingerprint;
#[doc(hidden)]
pub mod message;
mod mismatch;
#[doc(hidden)]
pub mod name;
#[doc(hidden)]
pub mod nearest;
#[doc(hidden)]
pub mod node;
#[doc(hidden)]
pub mod number;
#[doc(hidden)]
pub mod problem;
mod reader;
#[doc(hidden)]
pub mod rust_type;
#[doc(hidden)]
pub mod schema;
#[doc(hidden)]
pub mod text;
