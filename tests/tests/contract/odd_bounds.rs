// SPDX-FileCopyrightText: Copyright (c) 2026 NVIDIA CORPORATION & AFFILIATES. All rights reserved.
// SPDX-License-Identifier: Apache-2.0

//! Bounds and sentinels in odd spellings: by constants of the struct, around collections, and of floats.

#![forbid(unsafe_code)]
#![deny(missing_docs, warnings, deprecated)]

use std::collections::{BTreeMap, BTreeSet};

use serde_json::json;
use telemetry_core::descriptor::Shape;
use telemetry_core::value::Token;
use telemetry_core::{TelemetryEvent, TelemetryValue};

use crate::shop::{Payment, Shop, sent};

/// Bounds and sentinels by constants of the struct itself.
#[derive(Debug, TelemetryEvent)]
#[telemetry(product = Shop, event_name = "of_itself", schema_version = "1.0")]
struct OfItself {
    /// A bound.
    #[telemetry(range = 0..=Self::MOST, sentinel = Self::UNKNOWN)]
    gpus: u32,
    /// Both, computed.
    #[telemetry(range = Self::LEAST - 1..=2 * (Self::MOST - 1), sentinel = Self::least() as u64 - 1)]
    cpus: u64,
    /// In a list.
    #[telemetry(range = Self::LEAST..=Self::MOST, sentinel = Vec::new())]
    list: Vec<i32>,
    /// In an option.
    #[telemetry(range = Self::least()..=64, sentinel = Some(Self::UNKNOWN + 3))]
    optional: Option<u32>,
    /// A float.
    #[telemetry(sentinel = Self::SHARE)]
    share: f64,
}

impl OfItself {
    const LEAST: i64 = 2;
    const MOST: i64 = 64;
    const UNKNOWN: u32 = 0;
    const SHARE: f64 = -1.0;

    const fn least() -> i64 {
        Self::LEAST + 1
    }
}

/// The same in a value.
#[derive(Debug, TelemetryValue)]
struct ValueOfItself {
    /// A bound.
    #[telemetry(range = -Self::MOST..=Self::MOST, sentinel = Self::UNKNOWN)]
    balance: i128,
}

impl ValueOfItself {
    const MOST: i64 = 5;
    const UNKNOWN: i128 = 0;
}

#[test]
fn bounds_and_sentinels_may_be_constants_of_the_struct() {
    let event = OfItself { gpus: 65, cpus: 0, list: vec![1, 2, 99], optional: Some(1), share: f64::NAN };
    assert_eq!(
        sent(event),
        (
            6,
            json!({"nemoSource": "shop", "gpus": 64, "cpus": 1, "list": [2, 2, 64], "optional": 3, "share": -1.0})
        )
    );
    assert_eq!(
        sent(OfItself::default()),
        (0, json!({"nemoSource": "shop", "gpus": 0, "cpus": 2, "list": [], "optional": 3, "share": -1.0}))
    );
    let shape = |index: usize| OfItself::DESCRIPTOR.fields[index].shape;
    assert_eq!(shape(1), Shape::integer(1, 126));
    assert_eq!(shape(2), Shape::list(const { &Shape::integer(2, 64) }));
    let mut value = ValueOfItself { balance: i128::MIN };
    assert_eq!((value.normalize_if_sendable(), value.balance), (Some(Ok(1)), -5));
    assert_eq!(ValueOfItself::default().balance, 0);
}

/// Bounds around integers, whatever holds them, with sentinels that no constant can hold.
#[derive(Debug, TelemetryEvent)]
#[telemetry(product = Shop, event_name = "bounded", schema_version = "1.0")]
struct Bounded {
    /// A list.
    #[telemetry(range = 0..=9, sentinel = vec![1])]
    list: Vec<u64>,
    /// A map.
    #[telemetry(range = -1..=9, sentinel = BTreeMap::from([(Token::from_static("a"), -1)]))]
    map: BTreeMap<Token, i128>,
    /// A list that may be missing.
    #[telemetry(range = 1..=9, sentinel = Some(vec![1, 2]))]
    optional: Option<Vec<u64>>,
    /// A set.
    #[telemetry(range = 5..=9, sentinel = BTreeSet::from([5, 6]))]
    set: BTreeSet<u16>,
    /// Options in a list in a map.
    #[telemetry(range = 0..=1, sentinel = BTreeMap::new())]
    nested: BTreeMap<Token, Vec<Option<usize>>>,
}

#[test]
fn integers_in_collections_are_clamped_one_by_one() {
    let token = Token::from_static;
    let event = Bounded {
        list: vec![0, 10, u64::MAX],
        map: [(token("low"), i128::MIN), (token("high"), i128::MAX), (token("kept"), 3)].into(),
        optional: Some(vec![0, 5, 10]),
        set: [1, 2, 7, 60_000].into(),
        nested: [(token("a"), vec![None, Some(2), Some(0)]), (token("b"), vec![])].into(),
    };
    assert_eq!(
        sent(event),
        (
            10,
            json!({"nemoSource": "shop", "list": [0, 9, 9], "map": {"high": 9, "kept": 3, "low": -1},
            "optional": [1, 5, 9], "set": [5, 7, 9], "nested": {"a": [null, 1, 0], "b": []}})
        )
    );
    let empty = Bounded { optional: None, set: BTreeSet::new(), list: vec![], ..Bounded::default() };
    assert_eq!(
        sent(empty),
        (
            0,
            json!({"nemoSource": "shop", "list": [], "map": {"a": -1}, "optional": null, "set": [], "nested": {}})
        )
    );
    assert_eq!(
        sent(Bounded::default()),
        (
            0,
            json!({"nemoSource": "shop", "list": [1], "map": {"a": -1}, "optional": [1, 2], "set": [5, 6],
            "nested": {}})
        )
    );
    assert_eq!(
        Bounded::DESCRIPTOR.fields[2].shape,
        Shape::Nullable(const { &Shape::list(const { &Shape::integer(1, 9) }) })
    );
}

/// Sentinels of floats, by the name of a constant, of types with names of their own.
#[derive(Debug, TelemetryEvent)]
#[telemetry(product = Shop, event_name = "floats", schema_version = "1.0")]
struct Floats {
    /// A narrow float, whose bounds are not those of a wide one.
    #[telemetry(range = 0.1..=0.3, sentinel = 0.2)]
    narrow: f32,
    /// All that it holds.
    #[telemetry(range = -3.4028235e38..=3.4028235e38, sentinel = f32::MIN)]
    widest: f32,
    /// By another name.
    #[telemetry(sentinel = NEVER)]
    aliased: Seconds,
    /// By a name that may be missing.
    #[telemetry(sentinel = Some(NEVER))]
    optional: Option<Seconds>,
    /// Missing, by a constant.
    #[telemetry(sentinel = MISSING)]
    missing: Maybe,
    /// A vocabulary by the name of a constant, which is not a float.
    #[telemetry(sentinel = CASH)]
    payment: Payment,
}

type Seconds = f64;
type Maybe = Option<f32>;

const NEVER: Seconds = -1.0;
const MISSING: Maybe = None;
const CASH: Payment = Payment::Cash;

#[test]
fn floats_are_clamped_and_replaced_as_the_numbers_that_are_sent() {
    let text = |event: &Floats| serde_json::to_string(event).unwrap();
    let mut event = Floats {
        narrow: 7.0,
        widest: f32::INFINITY,
        aliased: f64::NAN,
        optional: Some(f64::NAN),
        missing: Some(f32::NEG_INFINITY),
        payment: Payment::Card,
    };
    assert_eq!(event.normalize(), Ok(5));
    assert_eq!(
        text(&event),
        r#"{"nemoSource":"shop","narrow":0.3,"widest":-3.4028235e+38,"aliased":-1.0,"optional":-1.0,"missing":null,"payment":"card"}"#
    );
    let mut event = Floats { narrow: f32::NAN, ..Floats::default() };
    assert_eq!(event.normalize(), Ok(1));
    assert!(text(&event).contains(r#""narrow":0.2"#), "{}", text(&event));
    event.narrow = 0.0;
    assert_eq!(event.normalize(), Ok(1));
    assert!(text(&event).contains(r#""narrow":0.1,"#), "{}", text(&event));
    assert_eq!(Floats::DESCRIPTOR.fields[0].shape, Shape::number(0.1, 0.3));
}
