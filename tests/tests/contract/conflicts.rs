// SPDX-FileCopyrightText: Copyright (c) 2026 NVIDIA CORPORATION & AFFILIATES. All rights reserved.
// SPDX-License-Identifier: Apache-2.0

//! Events of one product that do not fit together are named with both their places, and what describes types reaches the
//! schema and the data table.

use serde_json::json;
use telemetry_cli::schema::{data_table, json_schema};
use telemetry_core::registry::{Disagreement, Events, RegisteredEvent};
use telemetry_core::{Product, Profile, TelemetryEnum, TelemetryEvent, TelemetryValue};
use telemetry_tests::child::Probe;
use telemetry_tests::home::Home;

struct Bakery;

impl Product for Bakery {
    const PROFILE: Profile = Profile::new("bakery-of-conflicts", "1");
}

/// What the first crate declares.
mod first {
    use super::*;

    /// How the customer paid.
    #[derive(Debug, Clone, Copy, TelemetryEnum)]
    #[telemetry(rename_all = "snake_case")]
    pub(super) enum Payment {
        Cash,
        Card,
    }

    /// One loaf.
    #[derive(Debug, TelemetryValue)]
    pub(super) struct Loaf {
        /// How heavy it is.
        #[telemetry(range = 0..=5000)]
        pub(super) grams: u32,
        /// How it was paid.
        pub(super) payment: Payment,
    }

    /// A basket was paid for.
    #[derive(Debug, TelemetryEvent)]
    #[telemetry(product = Bakery, event_name = "checkout", schema_version = "1.0")]
    pub(super) struct Checkout {
        /// With what.
        pub(super) payment: Payment,
        /// What it weighs.
        pub(super) heaviest: Loaf,
        /// All of them.
        pub(super) loaves: Vec<Loaf>,
        /// A second payment.
        pub(super) tip: Option<Payment>,
    }
}

/// What the second crate declares.
mod second {
    use super::*;

    /// How the customer paid, with one text more.
    #[derive(Debug, Clone, Copy, TelemetryEnum)]
    #[telemetry(rename_all = "snake_case")]
    pub(super) enum Payment {
        Cash,
        Card,
        Voucher,
    }

    /// Goods came back.
    #[derive(Debug, TelemetryEvent)]
    #[telemetry(product = Bakery, event_name = "refund", schema_version = "1.1")]
    pub(super) struct Refund {
        /// With what.
        pub(super) payments: Vec<Option<Payment>>,
    }
}

fn events(all: &[&'static RegisteredEvent]) -> Events {
    let mut events = Events::linked::<Bakery>();
    all.iter().for_each(|event| events.add(event));
    events
}

static CHECKOUT: RegisteredEvent = RegisteredEvent::of::<first::Checkout>();
static REFUND: RegisteredEvent = RegisteredEvent::of::<second::Refund>();

#[test]
fn vocabularies_and_versions_that_differ_are_named_with_both_places() {
    let origin = |event: &telemetry_core::descriptor::EventDescriptor| event.origin.to_string();
    let (checkout, refund) = (origin(first::Checkout::DESCRIPTOR), origin(second::Refund::DESCRIPTOR));
    let enums = [
        <first::Payment as TelemetryEnum>::DESCRIPTOR.origin.to_string(),
        <second::Payment as TelemetryEnum>::DESCRIPTOR.origin.to_string(),
    ];
    for all in [[&CHECKOUT, &REFUND], [&REFUND, &CHECKOUT]] {
        let conflicts = events(&all).conflicts();
        let texts: Vec<String> = conflicts.iter().map(ToString::to_string).collect();
        let [vocabulary, version] = &texts[..] else { panic!("{texts:?}") };
        assert_eq!(
            *vocabulary,
            format!(
                "vocabulary `Payment` has different texts at {} and {}\nhelp: use one of them in both places, or rename one",
                enums[0], enums[1]
            )
        );
        assert_eq!(
            *version,
            format!(
                "event `refund` at {refund} follows schema version `1.1`, but the one at {checkout} follows `1.0`\nhelp: \
                 write one version for all events of the product, such as a constant that they name"
            )
        );
        assert_eq!(conflicts[1].about, Disagreement::SchemaVersion("1.0", "1.1"));
    }
}

#[test]
fn the_command_says_what_does_not_fit_in_place_of_a_schema() {
    let outcome = Probe::new(env!("CARGO_BIN_EXE_conflicting_command"), &Home::new()).run(&["schema"]);
    assert_eq!(outcome.code, Some(1), "{:?}", outcome.lines);
    let errors = outcome.errors.join("\n");
    assert!(errors.contains("vocabulary `Payment` has different texts at "), "{errors}");
    assert!(errors.contains("follows schema version `1.1`, but the one at "), "{errors}");
    assert_eq!(errors.matches("src/bin/conflicting_command.rs:").count(), 4, "{errors}");
    assert_eq!(errors.matches("\nhelp: ").count(), 2, "{errors}");
}

#[test]
fn descriptions_of_types_reach_the_schema() {
    let schema = json_schema(&Bakery::PROFILE, &[first::Checkout::DESCRIPTOR]).unwrap();
    let payment = "How the customer paid.";
    assert_eq!(schema["definitions"]["types"]["PaymentEnum"]["description"], payment);
    let properties = &schema["definitions"]["events"]["checkout"]["properties"];
    assert_eq!(properties["payment"]["description"], "With what.");
    assert_eq!(properties["heaviest"]["description"], "What it weighs.\n\nOne loaf.");
    assert_eq!(properties["heaviest"]["properties"]["grams"]["description"], "How heavy it is.");
    assert_eq!(properties["loaves"]["items"]["description"], "One loaf.");
    assert_eq!(properties["tip"]["description"], format!("A second payment.\n\n{payment}"));
    assert_eq!(properties["tip"]["enum"], json!(["cash", "card", null]));
}

#[test]
fn descriptions_of_types_reach_the_data_table_once() {
    let table = data_table(first::Checkout::DESCRIPTOR);
    let (_, types) = table.split_once("\n\n").unwrap();
    assert_eq!(
        types,
        "- `Payment`: How the customer paid.\n\
         - `Loaf`: One loaf.\n  \
           - `grams`: How heavy it is.\n  \
           - `payment`: How it was paid.\n"
    );
}
