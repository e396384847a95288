// SPDX-FileCopyrightText: Copyright (c) 2026 NVIDIA CORPORATION & AFFILIATES. All rights reserved.
// SPDX-License-Identifier: Apache-2.0

//! Dates and points in time of YAML 1.1: recognized and checked, never computed with.

use super::scalar::Refusal;

/// Whether a plain scalar has the form of a date or of a point in time.
pub(super) fn is_timestamp(text: &str) -> bool {
    is_date(text) || fields(text).is_some()
}

fn is_date(text: &str) -> bool {
    let bytes = text.as_bytes();
    bytes.len() == 10
        && bytes.iter().enumerate().all(|(at, byte)| match at {
            4 | 7 => *byte == b'-',
            _ => byte.is_ascii_digit(),
        })
}

/// Whether the date and the time exist in the calendar.
pub(super) fn check(text: &str) -> Result<(), Refusal> {
    let parts = if is_date(text) { date_fields(text) } else { fields(text) };
    let exists = parts.is_some_and(|parts| parts.exists());
    if exists { Ok(()) } else { Err(format!("`{text}` looks like a date, but there is no such day or time")) }
}

struct Parts {
    year: u32,
    month: u32,
    day: u32,
    hour: u32,
    minute: u32,
    second: u32,
    /// Hours and minutes from UTC; a day or more cannot be.
    offset: (u32, u32),
}

impl Parts {
    fn exists(&self) -> bool {
        let by = |divisor| self.year.is_multiple_of(divisor);
        let leap = by(4) && (!by(100) || by(400));
        let days = match self.month {
            2 => 28 + u32::from(leap),
            4 | 6 | 9 | 11 => 30,
            1..=12 => 31,
            _ => 0,
        };
        let day = self.year >= 1 && (1..=days).contains(&self.day);
        day && self.hour < 24
            && self.minute < 60
            && self.second < 60
            && self.offset.0 * 60 + self.offset.1 < 24 * 60
    }
}

fn date_fields(text: &str) -> Option<Parts> {
    let mut numbers = text.split('-').map(str::parse);
    let mut next = || numbers.next()?.ok();
    Some(Parts { year: next()?, month: next()?, day: next()?, hour: 0, minute: 0, second: 0, offset: (0, 0) })
}

/// The fields of a point in time; `None` if the text has another form.
fn fields(text: &str) -> Option<Parts> {
    let mut scan = Scan(text);
    let year = scan.digits(4, 4)?;
    scan.expect('-')?;
    let month = scan.digits(1, 2)?;
    scan.expect('-')?;
    let day = scan.digits(1, 2)?;
    scan.day_separator()?;
    let hour = scan.digits(1, 2)?;
    scan.expect(':')?;
    let minute = scan.digits(2, 2)?;
    scan.expect(':')?;
    let second = scan.digits(2, 2)?;
    scan.fraction();
    let offset = scan.offset()?;
    scan.0.is_empty().then_some(Parts { year, month, day, hour, minute, second, offset })
}

/// What is left to read.
struct Scan<'a>(&'a str);

impl Scan<'_> {
    fn digits(&mut self, least: usize, most: usize) -> Option<u32> {
        let count = self.0.bytes().take(most).take_while(u8::is_ascii_digit).count();
        let (digits, rest) = self.0.split_at_checked(count).filter(|_| count >= least)?;
        self.0 = rest;
        digits.parse().ok()
    }

    fn expect(&mut self, c: char) -> Option<()> {
        self.0 = self.0.strip_prefix(c)?;
        Some(())
    }

    fn day_separator(&mut self) -> Option<()> {
        let rest = self.0.strip_prefix(['T', 't']).unwrap_or_else(|| self.0.trim_start_matches([' ', '\t']));
        let moved = rest.len() < self.0.len();
        self.0 = rest;
        moved.then_some(())
    }

    fn fraction(&mut self) {
        if let Some(rest) = self.0.strip_prefix('.') {
            self.0 = rest.trim_start_matches(|c: char| c.is_ascii_digit());
        }
    }

    fn offset(&mut self) -> Option<(u32, u32)> {
        let zone = self.0.trim_start_matches([' ', '\t']);
        if let Some(rest) = zone.strip_prefix('Z') {
            self.0 = rest;
        } else if let Some(rest) = zone.strip_prefix(['-', '+']) {
            self.0 = rest;
            let hours = self.digits(1, 2)?;
            let minutes = if self.expect(':').is_some() { self.digits(2, 2)? } else { 0 };
            return Some((hours, minutes));
        }
        Some((0, 0))
    }
}
