// SPDX-FileCopyrightText: Copyright (c) 2026 NVIDIA CORPORATION & AFFILIATES. All rights reserved.
// SPDX-License-Identifier: Apache-2.0

//! A collector that is killed under load loses nothing that it has acknowledged.

use std::time::Duration;

use telemetry_tests::killing::{Killed, kill_repeatedly};

use super::openshell;

#[test]
fn nothing_that_was_acknowledged_is_lost_when_the_collector_is_killed() {
    let seconds =
        std::env::var("TELEMETRY_KILL_SECONDS").ok().and_then(|text| text.parse().ok()).unwrap_or(2);
    let Killed { kills, acknowledged, stored, lost } =
        kill_repeatedly(openshell, Duration::from_secs(seconds));
    assert_eq!(lost, [0; 0], "of {acknowledged} acknowledged events");
    assert!(acknowledged > 100, "{acknowledged} events were acknowledged");
    println!("killed {kills} times: {acknowledged} events acknowledged, {stored} stored");
}
