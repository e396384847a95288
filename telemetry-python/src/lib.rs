// SPDX-FileCopyrightText: Copyright (c) 2026 NVIDIA CORPORATION & AFFILIATES. All rights reserved.
// SPDX-License-Identifier: Apache-2.0

//! The extension module of the wheel `nemo-telemetry`.
//!
//! `client` serves any product; `guardrails` is the one that there is today.
//!
//! No function of this module runs code of Python: objects are read in Python, and come here as texts, numbers and lists of them.
//! A thread that the interpreter ends, because it asks for the interpreter's lock while the program ends, is unwound by the C
//! library, which may not happen to frames of Rust. For the same reason a forked child cannot find a held lock of the toolkit.

mod client;
mod guardrails;

use pyo3::prelude::*;

/// The clients of products that run in Python.
#[pymodule(gil_used = true)]
mod _native {
    #[pymodule_export]
    use crate::guardrails::module;
}
