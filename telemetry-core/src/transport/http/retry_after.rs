// SPDX-FileCopyrightText: Copyright (c) 2026 NVIDIA CORPORATION & AFFILIATES. All rights reserved.
// SPDX-License-Identifier: Apache-2.0

//! `Retry-After`: how long a collector asks to be left alone, in seconds or until a date (RFC 9110, sections 5.6.7 and
//! 10.2.3).

use std::time::{Duration, SystemTime, UNIX_EPOCH};

use ureq::http::HeaderMap;

use crate::calendar::days_since_1970;

const MONTHS: [&str; 12] =
    ["jan", "feb", "mar", "apr", "may", "jun", "jul", "aug", "sep", "oct", "nov", "dec"];

/// What the answer asks for. A date is compared with the answer's own date: the clock here may be wrong.
pub(super) fn retry_after(headers: &HeaderMap) -> Option<Duration> {
    let text = |name: &str| headers.get(name).and_then(|value| value.to_str().ok()).map(str::trim);
    let value = text("retry-after")?;
    if let Some(seconds) = seconds(value) {
        return Some(seconds);
    }
    let until = unix_seconds(value)?;
    let now = text("date").and_then(unix_seconds).or_else(clock)?;
    Some(Duration::from_secs(until.saturating_sub(now)))
}

/// A number that is too large still asks for a long time.
fn seconds(text: &str) -> Option<Duration> {
    let is_number = !text.is_empty() && text.bytes().all(|byte| byte.is_ascii_digit());
    is_number.then(|| Duration::from_secs(text.parse().unwrap_or(u64::from(u32::MAX))))
}

fn clock() -> Option<u64> {
    Some(SystemTime::now().duration_since(UNIX_EPOCH).ok()?.as_secs())
}

/// Seconds since the start of 1970 of a date in any of the three forms that HTTP allows.
fn unix_seconds(date: &str) -> Option<u64> {
    let date = date.to_ascii_lowercase();
    let parts: Vec<&str> = date.split([' ', ',', '-', ':']).filter(|part| !part.is_empty()).collect();
    let (day, month, year, time) = match parts.as_slice() {
        // Sun, 06 Nov 1994 08:49:37 GMT and Sunday, 06-Nov-94 08:49:37 GMT
        [_, day, month, year, hour, minute, second, "gmt"] => (day, month, year, [hour, minute, second]),
        // Sun Nov  6 08:49:37 1994
        [_, month, day, hour, minute, second, year] => (day, month, year, [hour, minute, second]),
        _ => return None,
    };
    let month = MONTHS.iter().position(|name| name == month)? as u64 + 1;
    let days = days_since_1970(full_year(year)?, month, number(day, 1, 31)?)?;
    let [hour, minute, second] = time;
    Some(days * 86_400 + number(hour, 0, 23)? * 3600 + number(minute, 0, 59)? * 60 + number(second, 0, 60)?)
}

fn number(text: &str, least: u64, most: u64) -> Option<u64> {
    text.parse().ok().filter(|number| (least..=most).contains(number))
}

/// Years of two digits are those nearest to now; nobody asks to wait for fifty years.
fn full_year(text: &str) -> Option<u64> {
    let year = number(text, 0, 9999)?;
    Some(if text.len() > 2 {
        year
    } else if year < 70 {
        year + 2000
    } else {
        year + 1900
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_three_forms_of_a_date_say_the_same() {
        for date in
            ["Sun, 06 Nov 1994 08:49:37 GMT", "Sunday, 06-Nov-94 08:49:37 GMT", "Sun Nov  6 08:49:37 1994"]
        {
            assert_eq!(unix_seconds(date), Some(784_111_777), "{date}");
        }
        assert_eq!(unix_seconds("Thu, 01 Jan 1970 00:00:00 GMT"), Some(0));
        assert_eq!(unix_seconds("Thu, 29 Feb 2024 12:00:00 GMT"), Some(1_709_208_000));
        for date in [
            "",
            "soon",
            "Sun, 06 Nov 1994 08:49:37",
            "Sun, 32 Nov 1994 08:49:37 GMT",
            "Sun, 06 Foo 1994 08:49:37 GMT",
        ] {
            assert_eq!(unix_seconds(date), None, "{date}");
        }
    }

    #[test]
    fn seconds_and_dates_become_a_wait() {
        let wait = |value: &str, date: Option<&str>| {
            let mut headers = HeaderMap::new();
            headers.insert("retry-after", value.parse().unwrap());
            date.map(|date| headers.insert("date", date.parse().unwrap()));
            retry_after(&headers)
        };
        let now = Some("Sun, 06 Nov 1994 08:49:30 GMT");
        assert_eq!(wait("120", None), Some(Duration::from_secs(120)));
        assert_eq!(wait("99999999999999999999999", None), Some(Duration::from_secs(u64::from(u32::MAX))));
        assert_eq!(wait("Sun, 06 Nov 1994 08:49:37 GMT", now), Some(Duration::from_secs(7)));
        assert_eq!(wait("Sun, 06 Nov 1994 08:49:00 GMT", now), Some(Duration::ZERO));
        assert_eq!(wait("Sun, 06 Nov 1994 08:49:00 GMT", None), Some(Duration::ZERO));
        for value in ["-1", "1.5", "later", ""] {
            assert_eq!(wait(value, now), None, "{value}");
        }
    }
}
