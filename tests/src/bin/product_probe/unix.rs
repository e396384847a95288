// SPDX-FileCopyrightText: Copyright (c) 2026 NVIDIA CORPORATION & AFFILIATES. All rights reserved.
// SPDX-License-Identifier: Apache-2.0

//! Several products in one process, and its children.

mod play;
mod service;

use std::collections::BTreeMap;
use std::os::unix::process::ExitStatusExt;

use telemetry_tests::marked_home::become_user;

use play::{Part, part};

pub(crate) fn main() {
    let steps: Vec<String> = std::env::args().skip(1).collect();
    play(&mut BTreeMap::new(), &steps);
}

/// Takes the steps. Who takes part is decided by the first step of a product.
fn play(parts: &mut BTreeMap<String, Box<dyn Part>>, mut steps: &[String]) {
    while let Some((step, rest)) = steps.split_first() {
        steps = rest;
        if step == "fork" {
            let join = rest.iter().position(|step| step == "join").expect("every `fork` has its `join`");
            let (inner, outer) = rest.split_at(join);
            steps = &outer[1..];
            fork(|| play(parts, inner));
            continue;
        }
        if let Some(dir) = step.strip_prefix("chdir=") {
            std::env::set_current_dir(dir).expect("the test has made the directory");
            continue;
        }
        if let Some(uid) = step.strip_prefix("become=") {
            become_user(uid.parse().expect("a user id"));
            continue;
        }
        let (product, step) = step.split_once(':').expect("a product and a step");
        parts.entry(product.to_owned()).or_insert_with(|| part(product)).take(step);
    }
}

#[allow(unsafe_code, reason = "forking is what these tests are about")]
fn fork(child: impl FnOnce()) {
    // SAFETY: the child calls only what the library promises to be safe then, and glibc makes its allocator and its standard
    // streams safe.
    match unsafe { libc::fork() } {
        -1 => panic!("no child to be had: {}", std::io::Error::last_os_error()),
        0 => {
            child();
            std::process::exit(0);
        }
        pid => {
            let mut status = 0;
            // SAFETY: `status` is a valid place for the result, and `pid` is our own child.
            assert_eq!(unsafe { libc::waitpid(pid, &raw mut status, 0) }, pid);
            assert!(std::process::ExitStatus::from_raw(status).success(), "the forked child failed");
        }
    }
}
