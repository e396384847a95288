// SPDX-FileCopyrightText: Copyright (c) 2026 NVIDIA CORPORATION & AFFILIATES. All rights reserved.
// SPDX-License-Identifier: Apache-2.0

//! One event with every kind of value.

use std::collections::BTreeMap;

use telemetry_core::value::Token;
use telemetry_core::{TelemetryEnum, TelemetryEvent, TelemetryValue};

use crate::Fleet;

/// A kind of thing.
#[derive(Debug, Clone, Copy, PartialEq, Eq, TelemetryEnum)]
#[telemetry(rename_all = "snake_case")]
pub(crate) enum Kind {
    /// The first.
    First,
    /// Another.
    #[telemetry(fallback)]
    Other,
}

/// The innermost value.
#[derive(Debug, Clone, PartialEq, TelemetryValue)]
pub(crate) struct Inner {
    /// Whether. Members are in the order of the alphabet, in which a test reads them from the audit log.
    pub(crate) flags: Vec<bool>,
    /// A number.
    pub(crate) number: i64,
}

/// A value with another in it.
#[derive(Debug, Clone, PartialEq, TelemetryValue)]
pub(crate) struct Outer {
    /// The other.
    pub(crate) inner: Inner,
    /// Nothing, perhaps.
    pub(crate) maybe: Option<i64>,
}

/// Every kind of value.
#[derive(Debug, TelemetryEvent)]
#[telemetry(product = Fleet, event_name = "values", schema_version = "3.2")]
pub(crate) struct Values {
    /// A boolean.
    yes: bool,
    /// The largest integer.
    largest: i64,
    /// The smallest integer.
    smallest: i64,
    /// The largest float.
    #[telemetry(sentinel = 0.0)]
    huge: f64,
    /// The smallest float.
    #[telemetry(sentinel = 0.0)]
    tiny: f64,
    /// Minus zero.
    #[telemetry(sentinel = 1.0)]
    minus_zero: f64,
    /// A float with seventeen digits.
    #[telemetry(sentinel = 0.0)]
    sum: f64,
    /// A float that is whole.
    #[telemetry(sentinel = 0.0)]
    whole: f64,
    /// Null.
    null: Option<u32>,
    /// An empty text.
    #[telemetry(free_text = "a test", max_len = 99, sentinel = "undefined")]
    empty: String,
    /// Text in many scripts.
    #[telemetry(free_text = "a test", max_len = 99, sentinel = "undefined")]
    unicode: String,
    /// Text with separators of lines.
    #[telemetry(free_text = "a test", max_len = 99, sentinel = "undefined")]
    separators: String,
    /// A vocabulary.
    kind: Kind,
    /// An empty list.
    nothing: Vec<u32>,
    /// A list of objects.
    objects: Vec<Inner>,
    /// Nested objects.
    nested: Outer,
    /// A map.
    map: BTreeMap<Token, i64>,
}

impl Values {
    pub(crate) fn with_limits() -> Self {
        Self {
            yes: true,
            largest: i64::MAX,
            smallest: i64::MIN,
            huge: f64::MAX,
            tiny: 5e-324,
            minus_zero: -0.0,
            sum: 0.1 + 0.2,
            whole: 1e15,
            null: None,
            empty: String::new(),
            unicode: "Ω 漢字 \u{1F600} \"quoted\" \\ é".into(),
            separators: "a\u{2028}b".into(),
            kind: Kind::First,
            nothing: Vec::new(),
            objects: vec![
                Inner { number: -1, flags: vec![true, false] },
                Inner { number: 0, flags: Vec::new() },
            ],
            nested: Outer { inner: Inner { number: 7, flags: vec![true] }, maybe: None },
            map: BTreeMap::from([(Token::from_static("b"), 2), (Token::from_static("a"), 1)]),
        }
    }
}
