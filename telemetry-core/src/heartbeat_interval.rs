// SPDX-FileCopyrightText: Copyright (c) 2026 NVIDIA CORPORATION & AFFILIATES. All rights reserved.
// SPDX-License-Identifier: Apache-2.0

//! How long between two heartbeats.

use std::time::Duration;

use crate::environment::Environment;
use crate::profile::HeartbeatPolicy;
use crate::python;

/// The shortest interval to any address but loopback, in seconds.
const SHORTEST_REMOTE_S: f64 = 1.0;

/// The interval of `policy` in seconds, by the reference's rule (`_get_heartbeat_interval_s`): a text that is not a number, or
/// a number that is not above zero, means the default. `inf` and `nan` are numbers and mean no heartbeat.
pub(crate) fn interval_s(policy: &HeartbeatPolicy, environment: &impl Environment) -> f64 {
    let default = policy.interval.as_secs_f64();
    let Some(text) = policy.interval_env.and_then(|variable| environment.text(variable)) else {
        return default;
    };
    match python::float(&text) {
        Some(seconds) if seconds > 0.0 || seconds.is_nan() => seconds,
        _ => {
            log::debug!(
                "heartbeat interval `{}` is not a number above zero: using {default} s",
                text.escape_debug()
            );
            default
        }
    }
}

/// The interval as a duration, or none if there is to be no heartbeat: it is not finite, or below a second for an endpoint
/// that is not loopback.
pub(crate) fn usable_interval(seconds: f64, loopback: bool) -> Option<Duration> {
    if !loopback && seconds < SHORTEST_REMOTE_S {
        return None;
    }
    Duration::try_from_secs_f64(seconds).ok()
}

#[cfg(test)]
mod tests {
    use super::*;

    const POLICY: HeartbeatPolicy = HeartbeatPolicy::every(Duration::from_secs(600)).interval_env("INTERVAL");

    fn read(text: &str) -> f64 {
        interval_s(&POLICY, &[("INTERVAL", text)])
    }

    #[test]
    fn numbers_are_read_as_python_reads_them() {
        assert_eq!(interval_s(&POLICY, &[]), 600.0);
        for (text, seconds) in [
            ("0.5", 0.5),
            (" 5 ", 5.0),
            ("1_000", 1000.0),
            ("1_0.5_0", 10.5),
            ("1e+3", 1000.0),
            ("1e-7", 1e-7),
        ] {
            assert_eq!(read(text), seconds, "{text:?}");
        }
        assert_eq!(read("\u{2003}5"), 5.0);
    }

    #[test]
    fn what_is_no_number_above_zero_means_the_default() {
        for text in [
            "", "bad", "-1", "0", "-inf", "_1", "1_", "1__0", "1e", ".", "++5", "\x1c5", "1 0", "0b1",
            "1e-400", "٣",
        ] {
            assert_eq!(read(text), 600.0, "{text:?}");
        }
    }

    #[test]
    fn what_is_not_finite_means_no_heartbeat() {
        assert!(read("nan").is_nan());
        assert_eq!(usable_interval(read("nan"), true), None);
        assert_eq!(usable_interval(read("infinity"), true), None);
        assert_eq!(usable_interval(1e300, true), None);
    }

    #[test]
    fn below_a_second_only_on_loopback() {
        assert_eq!(usable_interval(0.5, false), None);
        assert_eq!(usable_interval(0.5, true), Some(Duration::from_millis(500)));
        assert_eq!(usable_interval(1.0, false), Some(Duration::from_secs(1)));
    }
}
