// SPDX-FileCopyrightText: Copyright (c) 2026 NVIDIA CORPORATION & AFFILIATES. All rights reserved.
// SPDX-License-Identifier: Apache-2.0

//! The command of another product: its profile, and three lines.

use telemetry_core::{Product, Profile};

struct OpenShell;

impl Product for OpenShell {
    const PROFILE: Profile = Profile::new("openshell", "415437562476676")
        .source("nvidiaSource", "openshell")
        .endpoint_env("OPENSHELL_TELEMETRY_ENDPOINT");
}

fn main() -> std::process::ExitCode {
    telemetry_cli::main::<OpenShell>("1.2.3")
}
