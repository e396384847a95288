// SPDX-FileCopyrightText: Copyright (c) 2026 NVIDIA CORPORATION & AFFILIATES. All rights reserved.
// SPDX-License-Identifier: Apache-2.0

//! A process of products that deliver in other ways than guardrails do: the child of the tests `delivery_*`.
//!
//! | command | what it does |
//! |---|---|
//! | `flood THREADS EVENTS` | reports so many numbered events from so many threads |
//! | `batches EVENTS` | reports to a product with batches, retries and a breaker |
//! | `audit PATH` | reports with the audit log at the path |
//! | `few-files LIMIT` | reports while no more files may be open |
//! | `small-files BYTES` | reports while no file may grow beyond the limit |
//! | `storm CHILDREN EVENTS` | reports all the time while forked children report too |
//! | `awaited CHILDREN` | has so many children poll a flush of their parent's, while threads of the parent take its locks |
//! | `raw-clone`, `raw-clone-namespace` | reports, and so does the child of a raw `clone` |
//! | `hanging-names` | reports to a name whose lookup hangs; prints how many lookups went on at once |
//! | `two-steps` | reads the environment, and later reports without it; says when it does what |
//! | `changing-environment CHILDREN` | has children report while another thread changes the environment all the time |
//! | `write` | reports until it is killed |
//!
//! Every command but the last flushes and prints the counters as JSON.

#![allow(clippy::unwrap_used, clippy::expect_used, reason = "a probe that fails makes its test fail")]

#[cfg(unix)]
mod environment;
#[cfg(unix)]
mod limits;
#[cfg(unix)]
mod names;
#[cfg(unix)]
mod offspring;
#[cfg(unix)]
mod products;
#[cfg(unix)]
mod reports;

#[cfg(unix)]
fn main() {
    let arguments: Vec<String> = std::env::args().skip(1).collect();
    let [command, arguments @ ..] = arguments.as_slice() else { panic!("what am I to do?") };
    let number = |index: usize| arguments.get(index).and_then(|text| text.parse().ok()).unwrap_or(0);
    match command.as_str() {
        "flood" => reports::flood(number(0), number(1)),
        "batches" => reports::batches(number(0)),
        "audit" => reports::audited_at(arguments.first().expect("a path")),
        "few-files" => reports::limited(|| limits::open_files(number(0).into())),
        "small-files" => reports::limited(|| limits::file_size(number(0).into())),
        "storm" => offspring::storm(number(0), number(1)),
        "awaited" => offspring::awaited(number(0)),
        "raw-clone" => offspring::raw_clone(0),
        "raw-clone-namespace" => offspring::raw_clone(libc::CLONE_NEWPID),
        "hanging-names" => names::hang(),
        "two-steps" => environment::two_steps(),
        "changing-environment" => environment::children(number(0)),
        "write" => reports::write(),
        _ => panic!("there is no command `{command}`"),
    }
}

/// Its tests are for Unix.
#[cfg(not(unix))]
fn main() {}
