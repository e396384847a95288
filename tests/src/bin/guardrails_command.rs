// SPDX-FileCopyrightText: Copyright (c) 2026 NVIDIA CORPORATION & AFFILIATES. All rights reserved.
// SPDX-License-Identifier: Apache-2.0

//! The command `nemo-telemetry`, where the tests of this package can run it.

fn main() -> std::process::ExitCode {
    telemetry_guardrails::cli::main()
}
