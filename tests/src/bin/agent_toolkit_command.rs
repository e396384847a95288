// SPDX-FileCopyrightText: Copyright (c) 2026 NVIDIA CORPORATION & AFFILIATES. All rights reserved.
// SPDX-License-Identifier: Apache-2.0

//! The command of a product that is off until its user agrees.

fn main() -> std::process::ExitCode {
    telemetry_cli::main::<telemetry_tests::products::agent_toolkit::AgentToolkit>("1.9.0")
}
