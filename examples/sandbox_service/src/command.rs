// SPDX-FileCopyrightText: Copyright (c) 2026 NVIDIA CORPORATION & AFFILIATES. All rights reserved.
// SPDX-License-Identifier: Apache-2.0

//! `sandbox_telemetry`: what the service reports, and how to turn it off.

fn main() -> std::process::ExitCode {
    telemetry_cli::main::<sandbox_service::telemetry::OpenShell>(env!("CARGO_PKG_VERSION"))
}
