// SPDX-FileCopyrightText: Copyright (c) 2026 NVIDIA CORPORATION & AFFILIATES. All rights reserved.
// SPDX-License-Identifier: Apache-2.0

//! A process that reports usage, step by step as its arguments say: the child of the end-to-end tests.
//!
//! | step | what it does |
//! |---|---|
//! | `report`, `report=TYPE,ENGINE` | calls `report_usage` without a configuration |
//! | `report-in-two-steps` | reads the environment, prints `environment read`, and reports without it |
//! | `report-config=PATH` | loads the configuration and reports it |
//! | `load=PATH` | loads the configuration, and prints `loaded` or the error |
//! | `own-client=URL` | reports through a client that leaves nothing to the environment, in the directory `own` |
//! | `report-panicking` | reports a configuration whose own code panics |
//! | `report-unreadable` | reports a configuration whose own code fails, and prints that it was read |
//! | `report-foreign` | reports a configuration with names that no release knows |
//! | `host=VERSION`, `exit-wait=MS` | calls `set_host` |
//! | `host-as-told=NAME:VALUE;…` | the same with `version`, `python`, `compat`, `platform`, or a `flow` added to the tables |
//! | `deployment=TYPE` | calls `set_deployment_type` |
//! | `server=URL` | sets the variable that names the endpoint |
//! | `set=NAME=VALUE` | sets another variable |
//! | `chdir=DIR` | goes to another directory |
//! | `disable`, `enable` | calls `set_enabled` of the process-wide client |
//! | `flush`, `flush=MS` | waits until everything is delivered; prints whether it is |
//! | `await-flush` | the same in a task of no runtime |
//! | `status`, `stats` | prints the client's status or counters as JSON |
//! | `log` | has every line of every library's log printed from now on |
//! | `threads`, `sockets` | prints how many this process has |
//! | `await-breaker` | waits until the process-wide client makes no more requests |
//! | `await-no-worker` | waits until the process has one thread; prints whether it has |
//! | `say=TEXT` | prints it |
//! | `wait` | waits for a line on standard input |
//! | `storm=N` | starts N threads that report all the time; `calm` ends them |
//! | `fork` … `join` | has a forked child run the steps between and exit; prints how it ended |
//! | `leave=CODE`, `panic` | ends the process |
//! | `become=UID` | gives up all privileges |
//! | `limit-processes=N`, `limit-file-size=BYTES` | lowers a limit of this process; `limit-processes=` lifts it again |
//! | `tmpfs=DIR` | has a disk of one page at the directory, for this process alone; prints whether it may, and ends if not |
//! | `fill=FILE` | writes lines to the file until the disk is full, and prints the file's size |
//! | `size=FILE` | prints the file's size |
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
