// SPDX-FileCopyrightText: Copyright (c) 2026 NVIDIA CORPORATION & AFFILIATES. All rights reserved.
// SPDX-License-Identifier: Apache-2.0

//! Reads a guardrails configuration the way the product does, as far as the usage event asks.
//!
//! ```
//! use guardrails_config::{RailType, RailsConfig};
//!
//! # fn main() -> Result<(), Box<dyn std::error::Error>> {
//! let directory = std::env::temp_dir().join(format!("rails-config-example-{}", std::process::id()));
//! std::fs::create_dir_all(&directory)?;
//! std::fs::write(
//!     directory.join("config.yml"),
//!     "models:\n  - {type: main, engine: openai, model: gpt-4o}\n\
//!      rails:\n  output:\n    flows: [regex check output]\n",
//! )?;
//! std::fs::write(directory.join("main.co"), "define flow greeting\n  user hi\n  bot hi\n")?;
//!
//! let config = RailsConfig::from_path(&directory)?;
//! assert_eq!(config.colang_version(), "1.0");
//! assert_eq!(config.model_engines().collect::<Vec<_>>(), ["openai"]);
//! assert_eq!(config.rail_flows(RailType::Output), ["regex check output"]);
//! assert_eq!(config.num_custom_flows(), 1);
//! # std::fs::remove_dir_all(&directory)?;
//! # Ok(())
//! # }
//! ```
//!
//! The rules are those of release 0.24.1. Deliberately different: files are read in sorted order, a circle of symbolic
//! links is an error, Colang is scanned by lines and not parsed, and a load has limits.

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

/// The README's code compiles and runs.
#[cfg(all(doctest, feature = "reader"))]
#[doc = include_str!("../README.md")]
pub struct Readme;
