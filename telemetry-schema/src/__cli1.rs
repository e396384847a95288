// SPDX-FileCopyrightText: Copyright (c) 2026 NVIDIA CORPORATION & AFFILIATES. All rights reserved.
// SPDX-License-Identifier: Apache-2.0

//! What `telemetry-cli` uses of this crate. Not part of the public API.
//!
//! The core and the derive name the exact version of this crate, so the rest of it may change with each release. `telemetry-cli` takes
//! any release of the series, and a program can have an older one of it beside a newer schema. So this is promised to it: each
//! release of the series 0.1 has the items that are listed here, with the signatures, fields and variants that they have now.
//! An incompatible change puts the new items into `__cli2`, and this module stays.

pub use crate::arena::Arena;
pub use crate::bucket::labels;
pub use crate::constraint::{Constraint, Float, Kind, Members, Property};
pub use crate::json::{Json, Part, parse, parts};
pub use crate::name::{Case, RESERVED, camel_field, or_value, rust_field, separated};
pub use crate::node::{Node, step};
pub use crate::problem::{Place, Problem};
pub use crate::schema::Schema;
