// SPDX-FileCopyrightText: Copyright (c) 2026 NVIDIA CORPORATION & AFFILIATES. All rights reserved.
// SPDX-License-Identifier: Apache-2.0

//! What delivery costs, beside a fair hand-written client: `cargo bench -p telemetry-tests --bench delivery`.
//!
//! Every number is taken in a process of its own, with nothing but a home directory in its environment, against a collector
//! on loopback in the parent process. Tables show medians; nothing here passes or fails.

mod allocations;
mod baseline;
mod caller;
mod collector;
mod exits;
mod memory;
mod part;
mod products;
mod rates;
mod table;

use table::Table;

#[global_allocator]
static ALLOCATOR: allocations::Counting = allocations::Counting;

fn main() {
    if part::run_if_child() {
        return;
    }
    // `cargo test --benches` only wants to know whether this runs; `cargo bench` says `--bench`.
    let is_bench = std::env::args().any(|argument| argument == "--bench");
    let scale = if is_bench { 1 } else { 20 };
    caller::measure(scale);
    rates::measure(scale);
    memory::measure();
    exits::measure(scale);
}

/// Prints a table under its title.
fn show(title: &str, table: &Table) {
    println!("\n{title}\n{table}");
}
