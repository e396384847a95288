// SPDX-FileCopyrightText: Copyright (c) 2026 NVIDIA CORPORATION & AFFILIATES. All rights reserved.
// SPDX-License-Identifier: Apache-2.0

#![doc = include_str!("../README.md")]
#![forbid(unsafe_code)]
#![cfg_attr(docsrs, feature(doc_cfg))]

mod check;
mod collector;
mod event;
mod manifest;
mod report;
mod rules;
mod schemas;
mod test_bed;
mod tested_product;

/// Parts for `telemetry-cli`. Not part of the API.
#[doc(hidden)]
pub mod __cli1 {
    pub use crate::manifest::duration;
}

pub use collector::{Answer, Collector, ReceivedRequest};
pub use event::Event;
pub use manifest::{Manifest, ManifestError, Scenario};
pub use report::{Difference, Report};
pub use rules::Violation;
pub use schemas::{InvalidSchema, Schemas};
pub use test_bed::TestBed;
pub use tested_product::TestedProduct;
