// SPDX-FileCopyrightText: Copyright (c) 2026 NVIDIA CORPORATION & AFFILIATES. All rights reserved.
// SPDX-License-Identifier: Apache-2.0

//! `Retry-After`: how long a collector asks to be left alone, in seconds or until a date (RFC 9110, sections 5.6.7 and
//! 10.2.3).

use std::time::{Duration, SystemTime};

use httpdate::parse_http_date;
use ureq::http::HeaderMap;

/// What the answer asks for. A date is compared with the answer's own date: the clock here may be wrong.
pub(super) fn retry_after(headers: &HeaderMap) -> Option<Duration> {
    let text = |name: &str| headers.get(name).and_then(|value| value.to_str().ok()).map(str::trim);
    let value = text("retry-after")?;
    if let Some(seconds) = seconds(value) {
        return Some(seconds);
    }
    let until = parse_http_date(value).ok()?;
    let now = text("date").and_then(|date| parse_http_date(date).ok()).unwrap_or_else(SystemTime::now);
    Some(until.duration_since(now).unwrap_or_default())
}

/// A number that is too large still asks for a long time.
fn seconds(text: &str) -> Option<Duration> {
    let is_number = !text.is_empty() && text.bytes().all(|byte| byte.is_ascii_digit());
    is_number.then(|| Duration::from_secs(text.parse().unwrap_or(u64::from(u32::MAX))))
}

#[cfg(test)]
mod tests {
    use super::*;

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
        for date in
            ["Sun, 06 Nov 1994 08:49:37 GMT", "Sunday, 06-Nov-94 08:49:37 GMT", "Sun Nov  6 08:49:37 1994"]
        {
            assert_eq!(wait(date, now), Some(Duration::from_secs(7)), "{date}");
        }
        assert_eq!(wait("Sun, 06 Nov 1994 08:49:00 GMT", now), Some(Duration::ZERO));
        assert_eq!(wait("Sun, 06 Nov 1994 08:49:00 GMT", None), Some(Duration::ZERO));
        for value in
            ["-1", "1.5", "later", "", "Sun, 32 Nov 1994 08:49:37 GMT", "Sun, 06 Foo 1994 08:49:37 GMT"]
        {
            assert_eq!(wait(value, now), None, "{value}");
        }
    }
}
