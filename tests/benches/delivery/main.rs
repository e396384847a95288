// SPDX-FileCopyrightText: Copyright (c) 2026 NVIDIA CORPORATION & AFFILIATES. All rights reserved.
// SPDX-License-Identifier: Apache-2.0

//! What delivery costs, beside a fair hand-written client: `cargo bench -p telemetry-tests --bench delivery`, or
//! `… --bench delivery -- rates` for some of its sections only: `caller`, `rates`, `memory`, `exits`.
//!
//! Every number is taken in a process of its own, with nothing but a home directory in its environment, against a collector
//! on loopback in the parent process. Tables show medians; nothing here passes or fails.

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
use telemetry_tests::allocations::Counting;

#[global_allocator]
static ALLOCATOR: Counting = Counting;

/// Takes its measurements, with so much less of them.
type Section = fn(usize);

fn main() {
    if part::run_if_child() {
        return;
    }
    // `cargo test --benches` only wants to know whether this runs; `cargo bench` says `--bench`.
    let is_bench = std::env::args().any(|argument| argument == "--bench");
    let scale = if is_bench { 1 } else { 20 };
    let sections: [(&str, Section); 4] = [
        ("caller", caller::measure),
        ("rates", rates::measure),
        ("memory", |_| memory::measure()),
        ("exits", exits::measure),
    ];
    let wanted: Vec<String> =
        std::env::args().skip(1).filter(|argument| !argument.starts_with('-')).collect();
    let is_wanted = |name: &str| wanted.is_empty() || wanted.iter().any(|wanted| wanted == name);
    sections.iter().filter(|(name, _)| is_wanted(name)).for_each(|(_, measure)| measure(scale));
}

/// Prints a table under its title.
fn show(title: &str, table: &Table) {
    println!("\n{title}\n{table}");
}
