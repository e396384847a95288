// SPDX-FileCopyrightText: Copyright (c) 2026 NVIDIA CORPORATION & AFFILIATES. All rights reserved.
// SPDX-License-Identifier: Apache-2.0

//! Suggests a Rust type for a constraint, for the help of a message.
//!
//! ```
//! use telemetry_schema::constraint::Kind;
//! use telemetry_schema::message::Message;
//! use telemetry_schema::rust_type::rust_type;
//!
//! let help = rust_type(Message::new("use "), &Kind::Integer { min: 0, max: 9 });
//! assert_eq!(help.as_str(), "use `i64` with `#[telemetry(range = 0..=9)]`");
//! ```

use crate::constraint::{Float, Kind};
use crate::message::Message;

/// Appends a Rust type whose values match this kind.
#[must_use]
pub const fn rust_type(message: Message, kind: &Kind) -> Message {
    match kind {
        Kind::Any | Kind::Nothing => message.push("one that can be sent, such as `bool`"),
        Kind::Boolean => message.push("`bool`"),
        Kind::Integer { min: i64::MIN, max: i64::MAX } => message.push("`i64`"),
        Kind::Integer { min, max } => {
            push_range(message.push("`i64` with `#[telemetry("), *min, *max).push(")]`")
        }
        Kind::Number { min, max } => {
            push_float(message.push("`f64` with `#[telemetry("), min, max).push(")]`")
        }
        Kind::Text => message.push("`Token`, `Version`, or a `String` with `free_text`"),
        Kind::Vocabulary(words) => {
            message.push("an enum with `#[derive(TelemetryEnum)]` of ").push_all(words)
        }
        Kind::Array(items) => element_type(message.push("a `Vec` of "), &items.kind, "Vec::new()"),
        Kind::Object(members) => match members.others {
            Some(others) if members.properties.is_empty() => {
                let message = message.push("a `BTreeMap` from `Token` to ");
                element_type(message, &others.kind, "BTreeMap::new()")
            }
            _ => message.push("a struct with `#[derive(TelemetryValue)]`"),
        },
    }
}

/// Appends the type of the elements of a list or map. Floats in them have no `range`, and the sentinel is that of the whole.
pub(crate) const fn element_type(message: Message, kind: &Kind, unknown: &str) -> Message {
    let Kind::Number { min, max } = kind else { return rust_type(message, kind) };
    let is_bounded = min.value > f64::MIN || max.value < f64::MAX;
    let message = message.push(if is_bounded { "`f64`, without bounds in the schema," } else { "`f64`" });
    message.push(" with `#[telemetry(sentinel = ").push(unknown).push(")]`")
}

/// `range = 0..=9`
pub(crate) const fn push_range(message: Message, min: i64, max: i64) -> Message {
    message.push("range = ").push_integer(min).push("..=").push_integer(max)
}

/// Appends `range = 0.0..=1.0, sentinel = 0.0`, without the range if there are no bounds.
pub(crate) const fn push_float(message: Message, min: &Float, max: &Float) -> Message {
    let message = if min.value == f64::MIN && max.value == f64::MAX {
        message
    } else {
        message.push("range = ").push(min.literal).push("..=").push(max.literal).push(", ")
    };
    message.push("sentinel = ").push(float_unknown(min, max))
}

/// The literal of a float within the bounds to use as the sentinel.
pub(crate) const fn float_unknown<'a>(min: &Float<'a>, max: &Float<'a>) -> &'a str {
    match (min.value == f64::MIN, max.value == f64::MAX) {
        (true, true) => "-1.0",
        (true, false) => max.literal,
        (false, _) => min.literal,
    }
}
