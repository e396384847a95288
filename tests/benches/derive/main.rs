// SPDX-FileCopyrightText: Copyright (c) 2026 NVIDIA CORPORATION & AFFILIATES. All rights reserved.
// SPDX-License-Identifier: Apache-2.0

//! What the derive costs a host's build, beside serde's: `cargo bench -p telemetry-tests --bench derive`, or
//! `… --bench derive -- leaf` for one of its sections:
//!
//! - `leaf`: the compiler on a crate of 200 events that are a usual mixture of fields.
//! - `sentinels`: the compiler on 100 events of ten types in turn, each with a sentinel, and `cargo check` after a touch.
//! - `growth`: one event with a vocabulary that is half of the schema's, and one whose schema has a tree of `$ref`s.
//! - `builds`: clean builds.
//!
//! Numbers are CPU seconds of whole processes, in the user's and the system's name, of all their threads and children;
//! `cargo check` after a touch is measured in seconds that pass. The compiler runs on one crate of generated events, whose
//! dependencies are built once and with the same flags; the variants take turns. Tables show medians; nothing here passes
//! or fails.

mod beside_serde;
mod builds;
mod events;
mod growth;
mod leaf;
#[path = "../delivery/table.rs"]
mod table;
mod time;
mod touch;
mod workspace;

use std::cell::LazyCell;

use events::{MIXTURE, SENTINELS};
use leaf::Leaf;

fn main() {
    // `cargo test --benches` only wants to know whether this runs; `cargo bench` says `--bench`.
    let is_bench = std::env::args().any(|argument| argument == "--bench");
    let (events, rounds) = if is_bench { (200, 9) } else { (4, 1) };
    let wanted: Vec<String> =
        std::env::args().skip(1).filter(|argument| !argument.starts_with('-')).collect();
    let is_wanted = |name: &str| wanted.is_empty() || wanted.iter().any(|wanted| wanted == name);
    let leaf = LazyCell::new(Leaf::with_dependencies);
    if is_wanted("leaf") {
        leaf::measure(&leaf, &MIXTURE, events, rounds);
    }
    if is_wanted("sentinels") {
        leaf::measure(&leaf, &SENTINELS, events / 2, rounds);
        touch::measure(&SENTINELS, events / 2, rounds);
    }
    if is_wanted("growth") {
        let (words, properties, rounds) = if is_bench { (125, 7, 3) } else { (4, 2, 1) };
        growth::measure(&leaf, words, properties, rounds);
    }
    if is_bench && is_wanted("builds") {
        builds::measure(5);
    }
}
