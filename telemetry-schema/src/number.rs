// SPDX-FileCopyrightText: Copyright (c) 2026 NVIDIA CORPORATION & AFFILIATES. All rights reserved.
// SPDX-License-Identifier: Apache-2.0

//! Exact bounds of integers and floats, independent of their spelling.
//!
//! ```
//! use telemetry_schema::number::{ceil, floor};
//!
//! assert_eq!((floor(-0.5), ceil(-0.5)), (-1, 0));
//! assert_eq!(floor(1e300), i128::MAX);
//! ```

/// The largest integer that is not above `bound`, saturated to `i128`.
#[must_use]
pub const fn floor(bound: f64) -> i128 {
    let whole = bound as i128;
    if whole as f64 > bound { whole.saturating_sub(1) } else { whole }
}

/// The smallest integer that is not below `bound`, saturated to `i128`.
#[must_use]
pub const fn ceil(bound: f64) -> i128 {
    let whole = bound as i128;
    if (whole as f64) < bound { whole.saturating_add(1) } else { whole }
}

/// A decimal number as JSON spells it (RFC 8259), of any size.
#[derive(Debug, PartialEq, Eq)]
pub(crate) struct Decimal {
    is_negative: bool,
    /// The digits without leading zeros.
    digits: String,
    /// The number of digits before the decimal point. Zeros are added if it is negative or larger than the number of digits.
    point: i64,
}

impl Decimal {
    /// Reads the text of a JSON number.
    pub(crate) fn read(text: &str) -> Self {
        let (is_negative, text) = text.strip_prefix('-').map_or((false, text), |rest| (true, rest));
        let (mantissa, exponent) = text.split_once(['e', 'E']).unwrap_or((text, "0"));
        let (whole, fraction) = mantissa.split_once('.').unwrap_or((mantissa, ""));
        let all = [whole, fraction].concat();
        let digits = all.trim_start_matches('0');
        // An exponent outside `i64` moves the point past all digits, as `i64::MAX` does.
        let exponent =
            exponent.parse().unwrap_or(if exponent.starts_with('-') { i64::MIN } else { i64::MAX });
        let leading = length(&all) - length(digits);
        let point = (length(whole) - leading).saturating_add(exponent);
        Self { is_negative, digits: digits.to_owned(), point }
    }

    /// The largest integer that is not above the number.
    pub(crate) fn floor(&self) -> i128 {
        let (whole, has_fraction) = self.truncated();
        if self.is_negative && has_fraction { whole.saturating_sub(1) } else { whole }
    }

    /// The smallest integer that is not below the number.
    pub(crate) fn ceil(&self) -> i128 {
        let (whole, has_fraction) = self.truncated();
        if !self.is_negative && has_fraction { whole.saturating_add(1) } else { whole }
    }

    /// The integer part, saturated, and whether there is a fraction.
    fn truncated(&self) -> (i128, bool) {
        let before = usize::try_from(self.point.max(0)).unwrap_or(usize::MAX);
        let (whole, fraction) = self.digits.split_at(before.min(self.digits.len()));
        let zeros = before.saturating_sub(self.digits.len()).min(40);
        let (sign, limit) = if self.is_negative { ("-", i128::MIN) } else { ("", i128::MAX) };
        let number = [sign, if whole.is_empty() { "0" } else { whole }, &"0".repeat(zeros)].concat();
        (number.parse().unwrap_or(limit), fraction.contains(|digit| digit != '0'))
    }
}

fn length(text: &str) -> i64 {
    i64::try_from(text.len()).unwrap_or(i64::MAX)
}

/// The largest float that is not above the JSON number `text`; `None` if the number is outside the range of `f64`.
pub(crate) fn float_below(text: &str) -> Option<f64> {
    let nearest = finite(text)?;
    Some(if floor(nearest) > Decimal::read(text).floor() { nearest.next_down() } else { nearest })
}

/// The smallest float that is not below the JSON number `text`; `None` if the number is outside the range of `f64`.
pub(crate) fn float_above(text: &str) -> Option<f64> {
    let nearest = finite(text)?;
    Some(if ceil(nearest) < Decimal::read(text).ceil() { nearest.next_up() } else { nearest })
}

fn finite(text: &str) -> Option<f64> {
    text.parse().ok().filter(|number: &f64| number.is_finite())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn decimals_are_rounded_to_integers_exactly() {
        for (text, low, high) in [
            ("0", 0, 0),
            ("-0.0", 0, 0),
            ("1000.0", 1000, 1000),
            ("1e3", 1000, 1000),
            ("1.5E+1", 15, 15),
            ("0.5", 0, 1),
            ("-0.5", -1, 0),
            ("-1.5", -2, -1),
            ("5e-1", 0, 1),
            ("0.0001e4", 1, 1),
            ("120e-1", 12, 12),
            ("9007199254740993.0", 9_007_199_254_740_993, 9_007_199_254_740_993),
            ("18446744073709551615", u64::MAX.into(), u64::MAX.into()),
            ("1e400", i128::MAX, i128::MAX),
            ("-1e99999999999999999999", i128::MIN, i128::MIN),
            ("1e-99999999999999999999", 0, 1),
            ("0e99", 0, 0),
        ] {
            let decimal = Decimal::read(text);
            assert_eq!((decimal.floor(), decimal.ceil()), (low, high), "{text}");
        }
    }

    #[test]
    fn bounds_that_no_float_has_are_rounded_inwards() {
        let odd = "9007199254740993";
        assert_eq!(float_below(odd), Some(9_007_199_254_740_992.0));
        assert_eq!(float_above(odd), Some(9_007_199_254_740_994.0));
        assert_eq!((float_below("0.1"), float_above("0.1")), (Some(0.1), Some(0.1)));
        assert_eq!(float_below("1e400"), None);
        for bound in [1e308, -1e308] {
            let text = format!("{bound:e}");
            assert_eq!((float_below(&text), float_above(&text)), (Some(bound), Some(bound)));
        }
    }

    #[test]
    fn floats_are_rounded_to_integers() {
        assert_eq!([floor(-0.5), floor(0.5), floor(2.0), ceil(-0.5), ceil(0.5)], [-1, 0, 2, 0, 1]);
        for (float, whole) in [(f64::MAX, i128::MAX), (f64::MIN, i128::MIN)] {
            assert_eq!((floor(float), ceil(float)), (whole, whole));
        }
    }
}
