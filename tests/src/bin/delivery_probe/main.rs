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
mod unix;

/// Its tests are for Unix.
fn main() {
    #[cfg(unix)]
    unix::main();
}
