// SPDX-FileCopyrightText: Copyright (c) 2026 NVIDIA CORPORATION & AFFILIATES. All rights reserved.
// SPDX-License-Identifier: Apache-2.0

//! Reports apart from the environment.

use serde_json::json;
use telemetry_core::Client;
use telemetry_core::client::EnvironmentSnapshot;
use telemetry_tests::fork::{fork, wait_for};
use telemetry_tests::server::PATIENCE;

use super::products::{Number, Plain};
use super::reports::say_stats;

fn report(client: &Client<Plain>, environment: &EnvironmentSnapshot<Plain>, number: u32) {
    client.in_environment(environment).emit(Number { process: std::process::id(), number });
}

fn say_step(name: &str) {
    println!("{}", json!({ "step": name }));
}

pub(crate) fn two_steps() {
    say_step("environment");
    let environment = Client::<Plain>::read_environment();
    say_step("everything else");
    let client = Client::builder().environment(environment.clone()).start();
    (0..2).for_each(|number| report(&client, &environment, number));
    client.flush(PATIENCE);
    say_stats(&client.stats());
}

/// The snapshot is the parent's: in a child the lock of the environment may be held forever.
#[allow(unsafe_code, reason = "the standard library changes the environment in no other way")]
pub(crate) fn children(count: u32) {
    let environment = Client::<Plain>::read_environment();
    let client = Client::<Plain>::builder().environment(environment.clone()).start();
    report(&client, &environment, 0);
    client.flush(PATIENCE);
    // SAFETY: everything in this program reads the environment through the standard library.
    std::thread::spawn(|| {
        loop {
            unsafe { std::env::set_var("SOMETHING", "value") }
        }
    });
    for number in 1..=count {
        wait_for(fork(|| {
            report(&client, &environment, number);
            assert!(client.flush(PATIENCE));
        }));
    }
    say_stats(&client.stats());
}
