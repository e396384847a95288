// SPDX-FileCopyrightText: Copyright (c) 2026 NVIDIA CORPORATION & AFFILIATES. All rights reserved.
// SPDX-License-Identifier: Apache-2.0

//! How long between two heartbeats.

use std::time::Duration;

use crate::environment::Environment;
use crate::profile::HeartbeatPolicy;

/// The shortest interval to any address but loopback, in seconds.
const SHORTEST_REMOTE_S: f64 = 1.0;

/// The first code points of the runs of ten that Unicode calls decimal digits, without the ASCII ones (Unicode 14, as
/// CPython 3.11 has it). Python's `float` reads them all.
const DIGIT_ZEROS: [u32; 65] = [
    0x660, 0x6f0, 0x7c0, 0x966, 0x9e6, 0xa66, 0xae6, 0xb66, 0xbe6, 0xc66, 0xce6, 0xd66, 0xde6, 0xe50, 0xed0,
    0xf20, 0x1040, 0x1090, 0x17e0, 0x1810, 0x1946, 0x19d0, 0x1a80, 0x1a90, 0x1b50, 0x1bb0, 0x1c40, 0x1c50,
    0xa620, 0xa8d0, 0xa900, 0xa9d0, 0xa9f0, 0xaa50, 0xabf0, 0xff10, 0x104a0, 0x10d30, 0x11066, 0x110f0,
    0x11136, 0x111d0, 0x112f0, 0x11450, 0x114d0, 0x11650, 0x116c0, 0x11730, 0x118e0, 0x11950, 0x11c50,
    0x11d50, 0x11da0, 0x16a60, 0x16ac0, 0x16b50, 0x1d7ce, 0x1d7d8, 0x1d7e2, 0x1d7ec, 0x1d7f6, 0x1e140,
    0x1e2f0, 0x1e950, 0x1fbf0,
];

/// The interval of `policy` in seconds, by the reference's rule (`_get_heartbeat_interval_s`): a text that is no number, or
/// a number that is not above zero, means the default. `inf` and `nan` are numbers and mean no heartbeat.
pub(crate) fn interval_s(policy: &HeartbeatPolicy, environment: &impl Environment) -> f64 {
    let default = policy.interval.as_secs_f64();
    let Some(text) = policy.interval_env.and_then(|variable| environment.text(variable)) else {
        return default;
    };
    match parse_python_float(&text) {
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

/// The number that Python's `float` reads from `text`: white space round it, `_` between digits and any Unicode digits are
/// allowed.
fn parse_python_float(text: &str) -> Option<f64> {
    let is_space: fn(char) -> bool = if text.is_ascii() {
        |c| matches!(c, ' ' | '\t' | '\n' | '\r' | '\x0b' | '\x0c')
    } else {
        |c| c.is_whitespace() || ('\x1c'..='\x1f').contains(&c)
    };
    let ascii: String = text.trim_matches(is_space).chars().map(ascii_digit).collect();
    let plain = without_digit_separators(&ascii)?;
    plain.parse().ok()
}

fn ascii_digit(c: char) -> char {
    let code = u32::from(c);
    let value = DIGIT_ZEROS.iter().find_map(|zero| code.checked_sub(*zero).filter(|value| *value < 10));
    value.and_then(|value| char::from_digit(value, 10)).unwrap_or(c)
}

/// The text without `_`, or nothing if one of them does not stand between two digits.
fn without_digit_separators(text: &str) -> Option<String> {
    let characters: Vec<char> = text.chars().collect();
    let misplaced = characters.iter().enumerate().any(|(index, c)| {
        let is_digit = |index: usize| characters.get(index).is_some_and(char::is_ascii_digit);
        *c == '_' && !(index > 0 && is_digit(index - 1) && is_digit(index + 1))
    });
    (!misplaced).then(|| text.replace('_', ""))
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
            ("٣", 3.0),
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
            "1e-400",
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
