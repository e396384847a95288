// SPDX-FileCopyrightText: Copyright (c) 2026 NVIDIA CORPORATION & AFFILIATES. All rights reserved.
// SPDX-License-Identifier: Apache-2.0

//! A collector that is killed or interrupted under load loses nothing that it has acknowledged.

use std::time::Duration;

#[cfg(unix)]
use telemetry_tests::child::Running;
use telemetry_tests::killing::{Ended, end_repeatedly, kill_repeatedly};

use super::openshell;

#[test]
fn nothing_that_was_acknowledged_is_lost_when_the_collector_is_killed() {
    let seconds =
        std::env::var("TELEMETRY_KILL_SECONDS").ok().and_then(|text| text.parse().ok()).unwrap_or(2);
    let Ended { rounds, acknowledged, stored, lost } =
        kill_repeatedly(openshell, Duration::from_secs(seconds));
    assert_eq!(lost, [0; 0], "of {acknowledged} acknowledged events");
    println!("killed {rounds} times: {acknowledged} events acknowledged, {stored} stored");
}

#[test]
#[cfg(unix)]
fn nothing_that_was_acknowledged_is_lost_when_the_collector_is_interrupted() {
    let interrupt = |running: Running| {
        running.interrupt();
        let outcome = running.finish();
        assert_eq!((outcome.code, outcome.errors), (Some(0), vec![]));
    };
    let Ended { acknowledged, lost, .. } = end_repeatedly(openshell, Duration::ZERO, interrupt);
    assert_eq!(lost, [0; 0], "of {acknowledged} acknowledged events");
}
