// SPDX-FileCopyrightText: Copyright (c) 2026 NVIDIA CORPORATION & AFFILIATES. All rights reserved.
// SPDX-License-Identifier: Apache-2.0

//! What one call costs the thread that makes it, in this toolkit and in other clients: `cargo run --release` in this directory
//! prints one table.
//!
//! Each measurement is a process of its own, with a home directory and 30 variables in its environment and nothing of cargo's.
//! The peers take turns, since the speed of a machine changes from one second to the next. Every exporter discards what it gets:
//! nothing is sent anywhere.

#[path = "../../../src/allocations.rs"]
#[allow(dead_code, reason = "shared with the other benchmarks")]
mod allocations;
mod event;
mod measure;
mod part;
mod peers;
mod record;
#[path = "../../delivery/table.rs"]
mod table;

use measure::{Cost, cost};
use peers::PEERS;
use peers::toolkit::WorkDone;
use table::Table;

#[global_allocator]
static ALLOCATOR: allocations::Counting = allocations::Counting;

const ROUNDS: usize = 5;

fn main() {
    if part::run_if_child(measurement) {
        return;
    }
    let rounds: Vec<Vec<Cost>> =
        (0..ROUNDS).map(|_| PEERS.iter().map(|peer| part::take(peer.name, &[])).collect()).collect();
    let mut table = Table::new(&["call", "p50 µs", "p99 µs", "allocations", "bytes", ""]);
    for (index, peer) in PEERS.iter().enumerate() {
        table.row(peer.name, &measure::median(rounds.iter().map(|values| values[index])), peer.note);
    }
    println!("{table}");
}

fn measurement(name: &str) -> Vec<f64> {
    let peer = PEERS.iter().find(|peer| peer.name == name).expect("the parent names a peer");
    cost(&(peer.start)()).to_vec()
}
