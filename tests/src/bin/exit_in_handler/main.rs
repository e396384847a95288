// SPDX-FileCopyrightText: Copyright (c) 2026 NVIDIA CORPORATION & AFFILIATES. All rights reserved.
// SPDX-License-Identifier: Apache-2.0

//! Processes that exit in the middle of a report: the child of the tests `exit_in_handler`.
//!
//! | command | what it does |
//! |---|---|
//! | `timer MICROSECONDS` | reports until a timer's signal, whose handler calls `exit(7)` |
//! | `allocation NUMBER` | reports until the main thread allocates or frees for this time, where the same handler runs; exits with 0 if it never does |
//! | `locked-allocator` | exits with 7 while no thread gets memory or gives it back, as if one had been interrupted there; with 9 if the exit needs any |

#![allow(clippy::unwrap_used, clippy::expect_used, reason = "a probe that fails makes its test fail")]

#[cfg(unix)]
mod unix;

/// Its tests are for Unix.
fn main() {
    #[cfg(unix)]
    unix::main();
}
