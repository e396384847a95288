// SPDX-FileCopyrightText: Copyright (c) 2026 NVIDIA CORPORATION & AFFILIATES. All rights reserved.
// SPDX-License-Identifier: Apache-2.0

//! Items in odd places: packed, deprecated, beside names that the macros use, in packages whose dependencies have the names of
//! the language's crates.

#![forbid(unsafe_code)]
#![deny(missing_docs, warnings, deprecated)]

use serde_json::json;
use telemetry_core::descriptor::{ObjectDescriptor, Shape};
use telemetry_core::value::Token;
use telemetry_core::{Product, Profile, TelemetryEnum, TelemetryEvent, TelemetryValue};

use crate::shop::{Payment, Shop, sent};

mod packed {
    use super::{Payment, Shop, TelemetryEvent, TelemetryValue};

    /// As a file format has it: references to most fields would be misaligned.
    #[derive(Debug, Clone, Copy, PartialEq, TelemetryValue)]
    #[repr(C, packed)]
    pub(super) struct Article {
        /// Puts the others at odd addresses.
        pub(super) is_gift: bool,
        /// The price in cents.
        #[telemetry(range = 0..=9)]
        pub(super) price: u64,
        /// The weight.
        #[telemetry(sentinel = -1.0)]
        pub(super) weight: f64,
        /// A share.
        #[telemetry(range = 0.0..=1.0, sentinel = 0.5)]
        pub(super) share: f32,
        /// How it was paid for.
        pub(super) payment: Payment,
        /// How many there were, if that is known.
        #[telemetry(range = 1..=5)]
        pub(super) count: Option<u32>,
        /// How many there are.
        #[telemetry(bucket(1, 5))]
        pub(super) stock: u32,
    }

    /// The same in an event, packed to another alignment.
    #[derive(Debug, Clone, Copy, TelemetryEvent)]
    #[repr(Rust, packed(2))]
    #[telemetry(product = Shop, event_name = "packed", schema_version = "1.0")]
    pub(super) struct Packed {
        /// Puts the others at odd addresses.
        #[telemetry(sentinel = 0)]
        pub(super) kind: u8,
        /// What was sold.
        #[telemetry(sentinel = ARTICLE)]
        pub(super) article: Article,
        /// How long it took.
        #[telemetry(sentinel = -1)]
        pub(super) duration_ms: i64,
    }

    pub(super) const ARTICLE: Article = Article {
        is_gift: false,
        price: 1,
        weight: 2.5,
        share: 0.25,
        payment: Payment::Cash,
        count: None,
        stock: 0,
    };
}

use packed::{ARTICLE, Article, Packed};

#[test]
fn packed_structs_are_normalized_in_place_and_sent() {
    let article = Article {
        price: 100,
        weight: f64::NAN,
        share: 7.0,
        payment: Payment::Card,
        count: Some(0),
        stock: 4,
        ..ARTICLE
    };
    let normal = Article {
        price: 9,
        weight: -1.0,
        share: 1.0,
        count: Some(1),
        payment: Payment::Card,
        stock: 4,
        ..ARTICLE
    };
    let mut event = Packed { article, ..Packed::default() };
    assert_eq!(event.normalize(), Ok(4));
    assert_eq!({ event.article }, normal, "the values themselves have changed");
    assert_eq!(event.normalize(), Ok(0));
    let parameters = json!({"isGift": false, "price": 9, "weight": -1.0, "share": 1.0, "payment": "card", "count": 1,
        "stock": "2-5"});
    let expected = json!({"nemoSource": "shop", "kind": 0, "article": parameters, "durationMs": -1});
    assert_eq!(serde_json::to_value(event).unwrap(), expected);
}

/// Items that their authors have deprecated are still sent without a warning in the derive.
mod deprecated {
    use super::{Shop, TelemetryEnum, TelemetryEvent, TelemetryValue};

    /// All of it is old.
    #[deprecated = "use another one"]
    #[derive(Debug, Clone, Copy, TelemetryEnum)]
    #[telemetry(rename_all = "snake_case")]
    pub(super) enum Old {
        First,
        Second,
    }

    /// One variant is old.
    #[derive(Debug, Clone, Copy, TelemetryEnum)]
    #[telemetry(rename_all = "snake_case")]
    pub(super) enum Mixed {
        New,
        #[deprecated]
        #[telemetry(alias = "ancient")]
        Former,
        #[deprecated]
        #[telemetry(fallback)]
        Other,
    }

    /// An old value with an old field.
    #[deprecated]
    #[derive(Debug, TelemetryValue)]
    pub(super) struct Value {
        /// An old number.
        #[deprecated]
        #[telemetry(range = 0..=9, sentinel = 0)]
        pub(super) number: u64,
        /// An old share.
        #[deprecated]
        #[telemetry(sentinel = -1.0)]
        pub(super) share: f64,
    }

    /// An old event.
    #[deprecated(since = "1.0.0", note = "use `Current`")]
    #[derive(Debug, TelemetryEvent)]
    #[telemetry(product = Shop, event_name = "former", schema_version = "1.0")]
    pub(super) struct Former {
        /// A number.
        #[telemetry(sentinel = 0)]
        pub(super) number: u32,
    }

    /// A current event with old fields, also of old types.
    #[derive(Debug, TelemetryEvent)]
    #[telemetry(product = Shop, event_name = "current", schema_version = "1.0")]
    #[allow(deprecated, reason = "the types of the fields are the author's to name")]
    pub(super) struct Current {
        /// A vocabulary.
        #[deprecated]
        #[telemetry(sentinel = Old::Second)]
        pub(super) old: Old,
        /// One with an old variant.
        #[telemetry(sentinel = Mixed::Former)]
        pub(super) mixed: Mixed,
        /// A value.
        #[deprecated]
        #[telemetry(sentinel = None)]
        pub(super) value: Option<Value>,
        /// A text.
        #[deprecated]
        #[telemetry(free_text = "made up", max_len = 4, sentinel = "none")]
        pub(super) text: String,
        /// A count.
        #[deprecated]
        #[telemetry(bucket(1, 5), sentinel = 0)]
        pub(super) count: u32,
    }
}

#[test]
#[allow(deprecated, reason = "deprecated items are sent too")]
fn deprecated_items_are_sent() {
    use deprecated::{Current, Former, Mixed, Value};
    assert_eq!(sent(Former { number: 3 }), (0, json!({"nemoSource": "shop", "number": 3})));
    let value = Some(Value { number: 10, share: f64::NAN });
    assert_eq!(
        sent(Current { value, text: "much".to_owned() + "more", mixed: Mixed::New, ..Current::default() }),
        (
            3,
            json!({"nemoSource": "shop", "old": "second", "mixed": "new", "value": {"number": 9, "share": -1.0},
            "text": "much", "count": "0"})
        )
    );
    assert_eq!(Mixed::from_wire("ancient").as_str(), "former");
    assert_eq!(Mixed::from_wire("unheard of").as_str(), "other");
}

/// Constants, statics and types with the names that the macros use for variables, parameters and constants of their own.
mod names {
    #![allow(non_upper_case_globals, non_camel_case_types, unused, reason = "the names are what is tested")]

    use super::{Payment, Product, Profile, TelemetryEnum, TelemetryEvent, TelemetryValue};

    pub(super) static text: &str = "lower case";
    pub(super) static serializer: u8 = 1;
    pub(super) const parameters: u8 = 2;
    pub(super) const changes: i64 = 3;
    pub(super) struct formatter;
    pub(super) static ending: u8 = 4;
    pub(super) const elapsed: u8 = 5;
    pub(super) struct value;
    pub(super) const f: u8 = 6;
    pub(super) const other: u8 = 7;
    pub(super) const word: &str = "word";
    pub(super) const OBJECT: i64 = 9;
    pub(super) const SHAPE: i64 = 8;
    pub(super) const DESCRIPTOR: i64 = 7;
    pub(super) const VARIANTS: u64 = 6;
    pub(super) const SCHEMA: i64 = 5;
    pub(super) const TEXT: f64 = 0.5;
    pub(super) const PROFILE: u32 = 4;
    pub(super) const SENTINEL: u64 = 3;
    pub(super) const VALUE: f64 = 0.25;
    pub(super) const FLOAT: f64 = 0.125;
    pub(super) struct Shape;
    pub(super) struct Constraint;
    pub(super) struct Parameters;
    pub(super) struct Probe;
    pub(super) trait Serialize {}
    pub(super) trait NoFloat {}
    pub(super) type Kilograms = f64;

    /// A vocabulary with the names of traits and variables.
    #[derive(Debug, Clone, Copy, TelemetryEnum)]
    pub(super) enum Core {
        /// Like a type parameter.
        S,
        /// Like a trait.
        Serialize,
        /// Like an option.
        None,
    }

    /// A value whose bounds have the names of constants in traits.
    #[derive(Debug, TelemetryValue)]
    pub(super) struct Value {
        /// Both bounds.
        #[telemetry(range = SCHEMA..=OBJECT, sentinel = VARIANTS)]
        pub(super) object: u64,
        /// Others.
        #[telemetry(range = changes..=SHAPE, sentinel = PROFILE)]
        pub(super) changes: u32,
        /// A float.
        #[telemetry(sentinel = VALUE)]
        pub(super) value: f64,
    }

    /// An event with fields of such names.
    #[derive(Debug, TelemetryEvent)]
    #[telemetry(product = super::Shop, event_name = "names", schema_version = "1.0")]
    pub(super) struct Event {
        /// A text.
        #[telemetry(free_text = "made up", max_len = 9, sentinel = "text")]
        pub(super) text: String,
        /// How it ended.
        #[telemetry(sentinel = Payment::Cash)]
        pub(super) ending: Payment,
        /// A vocabulary.
        #[telemetry(sentinel = Core::None)]
        pub(super) serializer: Core,
        /// A float by another name of its type.
        #[telemetry(sentinel = FLOAT)]
        pub(super) parameters: Kilograms,
        /// A range by constants.
        #[telemetry(range = 0..=DESCRIPTOR, sentinel = SENTINEL)]
        pub(super) elapsed: u64,
    }
}

#[test]
fn names_of_the_author_are_not_those_of_the_macros() {
    let value = names::Value { object: 99, changes: 0, value: f64::INFINITY };
    assert_eq!(serde_json::to_value(&value).unwrap(), json!({"object": 99, "changes": 0, "value": null}));
    let mut value = value;
    assert_eq!(TelemetryValue::normalize_if_sendable(&mut value), Some(Ok(3)));
    assert_eq!(serde_json::to_value(&value).unwrap(), json!({"object": 9, "changes": 3, "value": 0.25}));
    let event = names::Event { elapsed: 8, parameters: f64::NAN, ..names::Event::default() };
    assert_eq!(
        sent(event),
        (
            2,
            json!({"nemoSource": "shop", "text": "text", "ending": "cash", "serializer": "None", "parameters": 0.125,
            "elapsed": 7})
        )
    );
    assert_eq!(names::Value::SHAPE, Shape::Object(names::Value::object_of_the_test()));
}

impl names::Value {
    fn object_of_the_test() -> &'static ObjectDescriptor {
        let Shape::Object(object) = <Self as TelemetryValue>::SHAPE else { panic!("not an object") };
        assert_eq!(object.fields[0].shape, Shape::integer(5, 9));
        assert_eq!(object.fields[1].shape, Shape::integer(3, 8));
        object
    }
}

/// Names that differ in underscores alone have names of their own in the generated code.
#[derive(Debug, Clone, Copy, TelemetryEvent)]
#[repr(Rust, packed)]
#[telemetry(product = Shop, event_name = "underscores", schema_version = "1.0")]
#[allow(non_snake_case, reason = "the names are what is tested")]
struct Underscores {
    /// One.
    #[telemetry(range = 0..=1)]
    a_b: u64,
    /// Two.
    #[telemetry(range = 0..=2, rename = "other")]
    a__b: u64,
    /// Three.
    #[telemetry(range = 0..=3, rename = "third")]
    aB: u64,
    /// Four.
    #[telemetry(range = 0..=4, rename = "fourth")]
    r#type: u64,
}

#[test]
fn names_that_differ_in_underscores_do_not_clash() {
    let event = Underscores { a_b: 9, a__b: 9, aB: 9, r#type: 9 };
    assert_eq!(sent(event), (4, json!({"nemoSource": "shop", "aB": 1, "other": 2, "third": 3, "fourth": 4})));
}

#[test]
fn a_dependency_may_have_the_name_of_a_crate_of_the_language() {
    use acme_with_core::Article;
    let article = Some(Article { price: 101, weight_kg: f64::NAN });
    let event = acme_with_core::Checkout { article, discount: 2.0, size: 3, ..Default::default() };
    assert_eq!(
        sent(event),
        (
            3,
            json!({"nemoSource": "shop", "payment": "unknown", "article": {"price": 100, "weightKg": -1.0},
            "size": "2-5", "discount": 1.0, "by": null, "isGift": false})
        )
    );
    let by = Some(Token::from_static("me"));
    let event = acme_with_std::Checkout { discount: f32::NAN, by, ..Default::default() };
    assert_eq!(
        sent(event),
        (
            1,
            json!({"nemoSource": "shop", "payment": "unknown", "article": null, "size": "0", "discount": 0.0,
            "by": "me", "isGift": false})
        )
    );
    assert_eq!("cash".parse::<acme_with_std::Payment>().map(|payment| payment.as_str()), Ok("cash"));
    assert_eq!(acme_with_core::Payment::from_wire("?").to_string(), "unknown");
}
