// SPDX-FileCopyrightText: Copyright (c) 2026 NVIDIA CORPORATION & AFFILIATES. All rights reserved.
// SPDX-License-Identifier: Apache-2.0

//! `router_service [--no-fallback] NAME,LONGEST,URL…`.

use std::error::Error;

fn main() -> Result<(), Box<dyn Error + Send + Sync>> {
    telemetry_examples::router_service::run(std::env::args().skip(1))
}
