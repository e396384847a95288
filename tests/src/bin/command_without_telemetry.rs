// SPDX-FileCopyrightText: Copyright (c) 2026 NVIDIA CORPORATION & AFFILIATES. All rights reserved.
// SPDX-License-Identifier: Apache-2.0

//! The command of a product that is built without its telemetry.

use telemetry_core::{Product, Profile};

struct Shop;

impl Product for Shop {
    const PROFILE: Profile = Profile::new("shop", "1");
    const COMPILED: bool = false;
}

fn main() -> std::process::ExitCode {
    telemetry_cli::main::<Shop>("1.2.3")
}
