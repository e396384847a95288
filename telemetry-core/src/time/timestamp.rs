// SPDX-FileCopyrightText: Copyright (c) 2026 NVIDIA CORPORATION & AFFILIATES. All rights reserved.
// SPDX-License-Identifier: Apache-2.0

//! Unix seconds as ISO 8601 text with milliseconds, by the rule of the reference (`_get_iso_timestamp`).

use std::fmt;

use super::calendar::civil;

/// The seconds of the first and the last moment that have a year of four digits at most: years 1 to 9999.
const FIRST_SECOND: f64 = -62_135_596_800.0;
const LAST_SECOND: f64 = 253_402_300_799.0;

/// A moment as `2026-04-22T18:34:56.789Z`.
///
/// The fraction is rounded to whole microseconds, half to even, and then cut to milliseconds. The year has no leading
/// zeros.
///
/// ```
/// use telemetry_core::time::IsoTimestamp;
///
/// assert_eq!(IsoTimestamp::new(1_700_000_000.999_6)?.to_string(), "2023-11-14T22:13:20.999Z");
/// assert!(IsoTimestamp::new(f64::NAN).is_err());
/// # Ok::<(), telemetry_core::time::TimestampError>(())
/// ```
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct IsoTimestamp {
    seconds: i64,
    milliseconds: u32,
}

/// Seconds that are not a moment between the years 1 and 9999.
#[derive(Debug, Clone, Copy, PartialEq)]
#[non_exhaustive]
pub struct TimestampError {
    /// The seconds.
    pub seconds: f64,
}

impl fmt::Display for TimestampError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "`{}` seconds is not a moment between the years 1 and 9999", self.seconds)
    }
}

impl std::error::Error for TimestampError {}

impl IsoTimestamp {
    /// The moment `unix_seconds` after the start of 1970, UTC.
    ///
    /// # Errors
    ///
    /// If the seconds are not finite or lie outside the years 1 to 9999.
    pub fn new(unix_seconds: f64) -> Result<Self, TimestampError> {
        let error = TimestampError { seconds: unix_seconds };
        if !unix_seconds.is_finite() {
            return Err(error);
        }
        let (seconds, microseconds) = split(unix_seconds);
        if !(FIRST_SECOND..=LAST_SECOND).contains(&seconds) {
            return Err(error);
        }
        // Both fit exactly: the range was just checked, and the fraction is below a million.
        Ok(Self { seconds: seconds as i64, milliseconds: microseconds as u32 / 1000 })
    }
}

#[cfg(feature = "otlp")]
impl IsoTimestamp {
    /// Nanoseconds after the start of 1970: zero, which is "unknown" in OTLP, before it and after the year 2554.
    pub(crate) fn unix_nanoseconds(self) -> u64 {
        let milliseconds = i128::from(self.seconds) * 1000 + i128::from(self.milliseconds);
        u64::try_from(milliseconds * 1_000_000).unwrap_or_default()
    }
}

/// Whole seconds, rounded down, and microseconds from 0 to 999,999, rounded half to even.
fn split(unix_seconds: f64) -> (f64, f64) {
    let microseconds = (unix_seconds.fract() * 1e6).round_ties_even();
    let seconds = unix_seconds.trunc();
    if microseconds >= 1e6 {
        (seconds + 1.0, microseconds - 1e6)
    } else if microseconds < 0.0 {
        (seconds - 1.0, microseconds + 1e6)
    } else {
        (seconds, microseconds)
    }
}

impl fmt::Display for IsoTimestamp {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let (year, month, day) = civil(self.seconds.div_euclid(86_400));
        let second = self.seconds.rem_euclid(86_400);
        let (hour, minute, second) = (second / 3600, second / 60 % 60, second % 60);
        write!(f, "{year}-{month:02}-{day:02}T{hour:02}:{minute:02}:{second:02}.{:03}Z", self.milliseconds)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn iso(seconds: f64) -> String {
        IsoTimestamp::new(seconds).unwrap().to_string()
    }

    #[test]
    fn fractions_round_to_microseconds_and_are_then_cut() {
        assert_eq!(iso(0.000_999_4), "1970-01-01T00:00:00.000Z");
        assert_eq!(iso(0.000_999_5), "1970-01-01T00:00:00.001Z");
        assert_eq!(iso(0.999_999_5), "1970-01-01T00:00:01.000Z");
        assert_eq!(iso(-0.000_000_4), "1970-01-01T00:00:00.000Z");
        assert_eq!(iso(-1.5), "1969-12-31T23:59:58.500Z");
    }

    #[test]
    fn the_calendar_knows_leap_years_and_its_ends() {
        assert_eq!(iso(951_782_400.0), "2000-02-29T00:00:00.000Z");
        assert_eq!(iso(4_107_542_400.0), "2100-03-01T00:00:00.000Z");
        assert_eq!(iso(-62_135_596_800.0), "1-01-01T00:00:00.000Z");
        assert_eq!(iso(253_402_300_799.999), "9999-12-31T23:59:59.998Z");
    }

    #[test]
    fn what_is_no_moment_is_an_error_that_shows_it() {
        for seconds in [f64::NAN, f64::INFINITY, -62_135_596_800.001, 253_402_300_800.0, 1e300, -1e19] {
            assert!(IsoTimestamp::new(seconds).is_err(), "{seconds}");
        }
        let error = IsoTimestamp::new(1e16).unwrap_err().to_string();
        assert_eq!(error, "`10000000000000000` seconds is not a moment between the years 1 and 9999");
    }

    #[cfg(feature = "otlp")]
    #[test]
    fn nanoseconds_are_those_of_the_text_or_zero() {
        let nanoseconds = |seconds| IsoTimestamp::new(seconds).unwrap().unix_nanoseconds();
        assert_eq!(nanoseconds(1_700_000_000.999_6), 1_700_000_000_999_000_000);
        assert_eq!(nanoseconds(18_446_744_073.0), 18_446_744_073_000_000_000);
        for outside in [-0.5, -62_135_596_800.0, 18_446_744_074.0, 253_402_300_799.0] {
            assert_eq!(nanoseconds(outside), 0, "{outside}");
        }
    }
}
