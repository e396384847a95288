// SPDX-FileCopyrightText: Copyright (c) 2026 NVIDIA CORPORATION & AFFILIATES. All rights reserved.
// SPDX-License-Identifier: Apache-2.0

#![cfg_attr(feature = "reader", doc = include_str!("../README.md"))]
#![cfg_attr(
    not(feature = "reader"),
    doc = "The names of rails and flows in a NeMo Guardrails configuration. The feature `reader` adds the reader."
)]
#![cfg_attr(docsrs, feature(doc_cfg))]

mod rail;
#[cfg(feature = "reader")]
mod reader;
mod text;

pub use rail::{RailType, normalize_flow_id};
#[cfg(feature = "reader")]
pub use reader::{
    ConfigError, ErrorKind, FlowOrigin, FlowSource, Limits, LoadOptions, RailsConfig, Replacement,
};

/// What the fuzz targets call. Not part of the API.
#[cfg(feature = "reader")]
#[doc(hidden)]
pub mod __fuzz1 {
    pub use crate::reader::check_yaml;
}
