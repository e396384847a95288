// SPDX-FileCopyrightText: Copyright (c) 2026 NVIDIA CORPORATION & AFFILIATES. All rights reserved.
// SPDX-License-Identifier: Apache-2.0

//! Tells the linker that the interpreter has the symbols of Python.

fn main() {
    pyo3_build_config::add_extension_module_link_args();
}
