// SPDX-FileCopyrightText: Copyright (c) 2026 NVIDIA CORPORATION & AFFILIATES. All rights reserved.
// SPDX-License-Identifier: Apache-2.0

//! A process that forks while operations are open: the child of the tests `operations_fork`.
//!
//! | command | what it does |
//! |---|---|
//! | `guards` | forks with guards open, each of which both processes end or drop |
//! | `function` | forks inside of a measured function, from which both processes return |
//! | `raw-clone`, `raw-clone-namespace` | the same as `guards`, with a child that no hook of the C library has heard of |
//! | `generations` | a child forks again; each process has an operation of its own open |
//! | `threads CHILDREN` | forks while threads begin and end operations all the time |
//! | `daemon` | the parent exits with an operation open, which the child ends; the child reports one of its own |
//! | `kept` | exits with an operation in a static and one that was leaked |

#![allow(clippy::unwrap_used, clippy::expect_used, reason = "a probe that fails makes its test fail")]

#[cfg(unix)]
mod unix;

/// Its tests are for Unix.
fn main() {
    #[cfg(unix)]
    unix::main();
}
