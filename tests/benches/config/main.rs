// SPDX-FileCopyrightText: Copyright (c) 2026 NVIDIA CORPORATION & AFFILIATES. All rights reserved.
// SPDX-License-Identifier: Apache-2.0

//! How long reading a configuration takes as it grows, and how much memory hostile ones can make it take.
//!
//! `cargo bench --bench config` prints two tables and fails where a target is missed.

mod curve;
mod hostile;

use peak_memory::Gauge;

#[global_allocator]
static GAUGE: Gauge = Gauge;

fn main() {
    let fast = curve::print();
    println!();
    let small = hostile::print();
    if !(fast && small) {
        std::process::exit(1);
    }
}
