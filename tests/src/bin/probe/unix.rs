// SPDX-FileCopyrightText: Copyright (c) 2026 NVIDIA CORPORATION & AFFILIATES. All rights reserved.
// SPDX-License-Identifier: Apache-2.0

//! Plays the steps.

mod disk;
mod limits;
mod logger;
mod own_client;
mod report;
mod script;
mod storm;

pub(crate) fn main() {
    let steps: Vec<String> = std::env::args().skip(1).collect();
    script::Script::new(&steps).play();
}
