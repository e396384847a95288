// SPDX-FileCopyrightText: Copyright (c) 2026 NVIDIA CORPORATION & AFFILIATES. All rights reserved.
// SPDX-License-Identifier: Apache-2.0

//! Numbers of JSON, compared by value and without loss where both are integers.

use std::cmp::Ordering;

/// The order of two numbers. Integers are compared exactly, other numbers as `f64`; `None` if one is outside of its range.
pub(crate) fn compare(one: &str, other: &str) -> Option<Ordering> {
    match (one.parse::<i128>(), other.parse::<i128>()) {
        (Ok(one), Ok(other)) => Some(one.cmp(&other)),
        _ => float(one)?.partial_cmp(&float(other)?),
    }
}

fn float(text: &str) -> Option<f64> {
    text.parse().ok().filter(|number: &f64| number.is_finite())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn numbers_have_the_order_of_their_values() {
        for (less, greater) in [
            ("9007199254740992", "9007199254740993"),
            ("9223372036854775807", "9223372036854775808"),
            ("18446744073709551614", "18446744073709551615"),
            ("-9223372036854775808", "-9223372036854775807"),
            ("-1", "0.5"),
            ("2.5", "1e3"),
            ("1", "1.7976931348623157e308"),
        ] {
            assert_eq!(compare(less, greater), Some(Ordering::Less), "{less} {greater}");
            assert_eq!(compare(greater, less), Some(Ordering::Greater), "{less} {greater}");
        }
        for (one, other) in
            [("1", "1.0"), ("1e3", "1000"), ("-0", "0.0"), ("18446744073709551615", "1.8446744073709552e19")]
        {
            assert_eq!(compare(one, other), Some(Ordering::Equal), "{one} {other}");
        }
        assert_eq!(compare("1e400", "1e401"), None, "both are infinite as `f64`");
    }
}
