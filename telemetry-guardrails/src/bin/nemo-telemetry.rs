// SPDX-FileCopyrightText: Copyright (c) 2026 NVIDIA CORPORATION & AFFILIATES. All rights reserved.
// SPDX-License-Identifier: Apache-2.0

//! The command `nemo-telemetry`.

fn main() -> std::process::ExitCode {
    telemetry_guardrails::cli::main()
}
