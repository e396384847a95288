// SPDX-FileCopyrightText: Copyright (c) 2026 NVIDIA CORPORATION & AFFILIATES. All rights reserved.
// SPDX-License-Identifier: Apache-2.0

//! The part of this crate that `telemetry-cli` and `telemetry-expect` use. It is not part of the public API.
//!
//! The core and the derive pin the exact version of this crate, so everything outside this module may change with each release.
//! `telemetry-cli` accepts any release of the series, and a program can combine an older `telemetry-cli` with a newer schema crate.
//! Each release of the series 0.1 therefore keeps the items listed here, with their signatures, fields and variants. An
//! incompatible change adds a module `__cli2` and leaves this one unchanged.

pub use crate::arena::Arena;
pub use crate::bucket::labels;
pub use crate::constraint::{Constraint, Float, Kind, Members, Property};
pub use crate::counted::counted;
pub use crate::escape_untrusted::{escape_json, escape_untrusted};
pub use crate::json::{Json, Part, parse, parts};
pub use crate::name::{Case, RESERVED, camel_field, or_value, rust_field, separated};
pub use crate::nearest::nearest;
pub use crate::node::{Node, step};
pub use crate::problem::{Place, Problem};
pub use crate::schema::Schema;
