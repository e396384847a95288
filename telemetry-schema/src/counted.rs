// SPDX-FileCopyrightText: Copyright (c) 2026 NVIDIA CORPORATION & AFFILIATES. All rights reserved.
// SPDX-License-Identifier: Apache-2.0

//! Numbers of things in messages for people.

use std::fmt::Display;

/// The number and the noun, which gets an `s` unless the number is 1.
///
/// ```
/// use telemetry_schema::counted::counted;
///
/// assert_eq!(counted(0, "event"), "0 events");
/// assert_eq!(counted(1, "valid event"), "1 valid event");
/// assert_eq!(counted(2_u64, "line"), "2 lines");
/// ```
#[must_use]
pub fn counted<N: Display + PartialEq + From<u8>>(number: N, noun: &str) -> String {
    let plural = if number == N::from(1) { "" } else { "s" };
    format!("{number} {noun}{plural}")
}
