// SPDX-FileCopyrightText: Copyright (c) 2026 NVIDIA CORPORATION & AFFILIATES. All rights reserved.
// SPDX-License-Identifier: Apache-2.0

//! The extension module of the wheel `nemo-telemetry`.
//!
//! [`client`] and [`interpreter`] serve any product; [`guardrails`] is the one that there is today.

mod client;
mod guardrails;
mod interpreter;

use pyo3::prelude::*;

/// Clients of products that run in Python: the part that is written in Rust.
#[pymodule(gil_used = true)]
mod _native {
    #[pymodule_export]
    use crate::guardrails::module;
}
