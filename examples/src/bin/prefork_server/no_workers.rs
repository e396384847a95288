// SPDX-FileCopyrightText: Copyright (c) 2026 NVIDIA CORPORATION & AFFILIATES. All rights reserved.
// SPDX-License-Identifier: Apache-2.0

//! A system without forks has no forked workers.

use std::error::Error;

type Outcome = Result<(), Box<dyn Error + Send + Sync>>;

pub(crate) fn run(_: usize, _: impl Fn() -> Outcome) -> Outcome {
    Err("this system cannot fork: start an `api_server` for each worker instead".into())
}
