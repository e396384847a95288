// SPDX-FileCopyrightText: Copyright (c) 2026 NVIDIA CORPORATION & AFFILIATES. All rights reserved.
// SPDX-License-Identifier: Apache-2.0

//! What the derive costs a host's build, beside serde's: `cargo bench -p telemetry-tests --bench derive`, or
//! `… --bench derive -- leaf` for one of its sections: `leaf`, `builds`.
//!
//! Numbers are CPU seconds of whole processes, in the user's and the system's name, of all their threads and children. The
//! compiler runs on one crate of generated events, whose dependencies are built once and with the same flags; the variants
//! take turns. Tables show medians; nothing here passes or fails.

mod builds;
mod cpu;
mod events;
mod leaf;
#[path = "../delivery/table.rs"]
mod table;
mod workspace;

fn main() {
    // `cargo test --benches` only wants to know whether this runs; `cargo bench` says `--bench`.
    let is_bench = std::env::args().any(|argument| argument == "--bench");
    let (events, rounds) = if is_bench { (200, 9) } else { (4, 1) };
    let wanted: Vec<String> =
        std::env::args().skip(1).filter(|argument| !argument.starts_with('-')).collect();
    let is_wanted = |name: &str| wanted.is_empty() || wanted.iter().any(|wanted| wanted == name);
    if is_wanted("leaf") {
        leaf::measure(events, rounds);
    }
    if is_bench && is_wanted("builds") {
        builds::measure(5);
    }
}
