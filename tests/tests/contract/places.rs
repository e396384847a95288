// SPDX-FileCopyrightText: Copyright (c) 2026 NVIDIA CORPORATION & AFFILIATES. All rights reserved.
// SPDX-License-Identifier: Apache-2.0

//! Where the derives work: under strict lints, in modules and functions, from macros, with the core renamed.

#![forbid(unsafe_code)]
#![deny(missing_docs, warnings, unreachable_pub, clippy::pedantic, clippy::cognitive_complexity)]
#![no_implicit_prelude]

extern crate std;
extern crate telemetry_core as renamed;

use std::default::Default as _;
use std::string::ToString as _;
use std::{assert_eq, format};

/// A product of the tests.
#[derive(Debug)]
pub struct Shop;

impl renamed::Product for Shop {
    const PROFILE: renamed::Profile = renamed::Profile::new("shop", "1").source("nemoSource", "shop");
}

/// Public, with the core renamed.
#[derive(renamed::TelemetryEvent)]
#[telemetry(product = Shop, event_name = "checkout", schema_version = "1.0", crate = "renamed")]
pub struct Checkout {
    /// The number of articles.
    pub num_articles: u32,
    /// How the customer paid.
    pub r#type: Payment,
    /// What was in the basket.
    #[telemetry(sentinel = std::vec::Vec::new())]
    pub(crate) items: std::vec::Vec<inner::Item>,
}

/// How the customer paid.
#[derive(Debug, Clone, Copy, PartialEq, Eq, renamed::TelemetryEnum)]
#[telemetry(rename_all = "kebab-case", crate = "renamed")]
pub enum Payment {
    /// Cash.
    Cash,
    /// A card.
    DebitCard,
    /// Keywords as names.
    r#Self_,
    /// Shadows the prelude.
    Some,
    /// Shadows the prelude.
    Err,
}

mod inner {
    /// An article.
    #[derive(super::renamed::TelemetryValue)]
    #[telemetry(crate = "super::renamed")]
    pub(crate) struct Item {
        /// Its price in cents.
        #[telemetry(range = 0..=100_000, sentinel = 0)]
        pub(super) price: u64,
    }
}

/// Several sources of one shape.
macro_rules! events {
    ($($(#[$attribute:meta])* $name:ident $wire:literal { $($doc:literal $field:ident: $type:ty = $sentinel:expr),* })*) => {$(
        #[derive(renamed::TelemetryEvent)]
        $(#[$attribute])*
        #[telemetry(product = Shop, event_name = $wire, schema_version = "1.0", crate = "renamed")]
        struct $name {
            $(
                #[doc = $doc]
                #[telemetry(sentinel = $sentinel)]
                $field: $type,
            )*
        }
    )*};
}

events! {
    /// The first event.
    #[telemetry(default)]
    First "first" { "A flag." is_on: bool = false, "A share." share: f64 = -1.0 }
    /// The second event.
    Second "second" { "A count." r#loop: i32 = 1 - 2 }
}

/// Values that a macro passes on, each as one token tree that holds the others.
macro_rules! passed_on {
    (
        $name:ident $product:ty, $wire:expr, $min:expr, $max:expr, $range:expr, ($($tokens:tt)*), $sentinel:expr,
        $low:literal $high:expr, $share:expr, $positive:literal, ($($limit:expr),*), $reason:expr, $length:expr, $unit:expr
    ) => {
        /// Made of what a macro has passed on.
        #[derive(renamed::TelemetryEvent)]
        #[telemetry(product = $product, event_name = $wire, schema_version = "1.0", crate = "renamed")]
        struct $name {
            /// Bounds of their own.
            #[telemetry(range = $min..=$max, sentinel = $sentinel)]
            bounds: u64,
            /// Both bounds in one.
            #[telemetry(range = $range, sentinel = $sentinel)]
            range: u64,
            /// The tokens themselves.
            #[telemetry(range = $($tokens)*, sentinel = $sentinel)]
            tokens: u64,
            /// A bound that is negated.
            #[telemetry(range = -$positive..=$high, sentinel = $low)]
            negated: f64,
            /// Both bounds of a share.
            #[telemetry(range = $share, sentinel = $low)]
            share: f64,
            /// Limits.
            #[telemetry(bucket($($limit),*), sentinel = 0)]
            bucket: u32,
            /// A text.
            #[telemetry(free_text = $reason, max_len = $length, sentinel = $wire)]
            text: std::string::String,
            /// A time.
            #[telemetry(duration = $unit, sentinel = -1)]
            time: i64,
        }
    };
}

passed_on! {
    PassedOn Shop, "passed_on", 1, INTEGER - 1, 1..=INTEGER, (0..=INTEGER), INTEGER as u64 - 1,
    0.0 1.0, -1.0..=1.0, 2.0, (1, 2), "it is a test", 9, "ms"
}

fn json(event: &impl renamed::TelemetryEvent) -> std::string::String {
    ::serde_json::to_string(event).unwrap()
}

#[test]
fn with_the_core_renamed_and_no_prelude() {
    let items = std::vec![inner::Item { price: 3 }];
    let checkout = Checkout { num_articles: 1, r#type: Payment::DebitCard, items };
    assert_eq!(
        json(&checkout),
        r#"{"nemoSource":"shop","numArticles":1,"type":"debit-card","items":[{"price":3}]}"#
    );
    assert_eq!(Payment::VARIANTS.len(), 5);
    assert_eq!("err".parse::<Payment>(), std::result::Result::Ok(Payment::Err));
    assert_eq!(Payment::from_wire("some"), std::option::Option::Some(Payment::Some));
    assert_eq!(Payment::Self_.to_string(), "self-");
}

#[test]
fn from_macro_rules() {
    assert_eq!(json(&First::default()), r#"{"nemoSource":"shop","isOn":false,"share":-1.0}"#);
    assert_eq!(json(&Second::default()), r#"{"nemoSource":"shop","loop":-1}"#);
    let descriptor = <First as renamed::TelemetryEvent>::DESCRIPTOR;
    assert_eq!((descriptor.doc, descriptor.fields[1].doc), ("The first event.", "A share."));
}

#[test]
fn a_macro_may_pass_on_every_value() {
    let fields = <PassedOn as renamed::TelemetryEvent>::DESCRIPTOR.fields;
    let ranges: std::vec::Vec<_> =
        std::iter::Iterator::collect(std::iter::Iterator::map(fields[..5].iter(), |field| {
            format!("{:?}", field.shape)
        }));
    assert_eq!(
        ranges,
        [
            "Integer { min: 1, max: 2 }",
            "Integer { min: 1, max: 3 }",
            "Integer { min: 0, max: 3 }",
            "Number { min: -2.0, max: 1.0 }",
            "Number { min: -1.0, max: 1.0 }"
        ]
    );
    let text = std::string::ToString::to_string("passed_on_and_on");
    let mut event = PassedOn { bounds: 9, range: 9, negated: -9.0, bucket: 2, text, ..PassedOn::default() };
    assert_eq!(renamed::TelemetryEvent::normalize(&mut event), ::core::result::Result::Ok(4));
    assert_eq!(
        json(&event),
        r#"{"nemoSource":"shop","bounds":2,"range":3,"tokens":2,"negated":-2.0,"share":0.0,"bucket":"2","text":"passed_on","time":-1}"#
    );
}

#[test]
fn inside_a_function() {
    /// What it is.
    #[derive(renamed::TelemetryEnum)]
    #[telemetry(crate = "renamed")]
    enum Kind {
        Local,
    }
    /// Made in a function.
    #[derive(renamed::TelemetryEvent)]
    #[telemetry(product = Shop, event_name = "local", schema_version = "1.0", crate = "renamed")]
    struct Local {
        /// What it is.
        kind: Kind,
    }
    assert_eq!(json(&Local { kind: Kind::Local }), r#"{"nemoSource":"shop","kind":"Local"}"#);
    assert_eq!(format!("{}", Kind::Local), "Local");
}

/// Names that the generated code might use for itself.
#[derive(renamed::TelemetryEnum)]
#[telemetry(crate = "renamed")]
enum S {
    /// The only one.
    T,
}

/// Types and constants with short names.
#[derive(renamed::TelemetryEvent)]
#[telemetry(product = Shop, event_name = "names", schema_version = "1.0", crate = "renamed")]
struct Names {
    /// An enum called like a type parameter.
    #[telemetry(sentinel = S::T)]
    s: S,
    /// Bounds and a sentinel called like local variables.
    #[telemetry(range = parameters()..=INTEGER, sentinel = INTEGER as u64)]
    changes: u64,
}

const INTEGER: i64 = 3;

const fn parameters() -> i64 {
    1
}

#[test]
fn generated_names_do_not_shadow_the_authors() {
    let mut names = Names { changes: 0, ..Names::default() };
    assert_eq!(renamed::TelemetryEvent::normalize(&mut names), ::core::result::Result::Ok(1));
    assert_eq!(json(&names), r#"{"nemoSource":"shop","s":"T","changes":1}"#);
}

/// Everything linked in is registered.
#[test]
fn events_register_themselves() {
    let mut names: std::vec::Vec<_> = std::iter::Iterator::collect(std::iter::Iterator::filter_map(
        std::iter::IntoIterator::into_iter(
            renamed::__private1::inventory::iter::<renamed::registry::RegisteredEvent>,
        ),
        |event| {
            let event = event.event()?;
            // Other modules of this program have events, too.
            event.origin.file.ends_with("contract/places.rs").then_some(event.name)
        },
    ));
    names.sort_unstable();
    assert_eq!(names, ["checkout", "first", "local", "names", "passed_on", "second"]);
}
