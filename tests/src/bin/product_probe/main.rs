// SPDX-FileCopyrightText: Copyright (c) 2026 NVIDIA CORPORATION & AFFILIATES. All rights reserved.
// SPDX-License-Identifier: Apache-2.0

//! A process of one or more of the other products, step by step as its arguments say: the child of the tests `products_*`.
//!
//! Each step is `PRODUCT:STEP`, or `PRODUCT#2:STEP` for a second client of the product, or `PRODUCT@DIR:STEP` for one with its
//! files in that directory, and those of the machine below `etc` there. The product `service` is one that may have no home:
//!
//! | step | what it does |
//! |---|---|
//! | `report` | reports the sample event |
//! | `disable`, `enable` | turns the product's client off or on |
//! | `flush` | waits until everything is delivered; prints whether it is |
//! | `deployment`, `deployment=TEXT` | prints the deployment type, or claims one |
//! | `decision`, `session`, `delivered`, `stats`, `audit-file`, `threads` | prints it |
//! | `child` | has a child process report that joins the session; prints how it ended |
//! | `wait` | waits for a line on standard input |
//! | `chdir=DIR` | goes to that directory; without a product |
//! | `become=UID` | gives up all privileges; without a product |
//! | `fork` … `join` | has a forked child take the steps between and exit; without a product |
//!
//! At the end of its steps the process returns from `main`.

#![allow(clippy::unwrap_used, clippy::expect_used, reason = "a probe that fails makes its test fail")]

#[cfg(unix)]
mod unix;

/// Its tests are for Unix.
fn main() {
    #[cfg(unix)]
    unix::main();
}
