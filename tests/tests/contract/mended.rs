// SPDX-FileCopyrightText: Copyright (c) 2026 NVIDIA CORPORATION & AFFILIATES. All rights reserved.
// SPDX-License-Identifier: Apache-2.0

//! What the messages about odd schemas tell to write compiles, and is sent as the schema has it.

#![forbid(unsafe_code)]
#![deny(missing_docs, warnings)]

use serde_json::json;
use telemetry_core::{TelemetryEnum, TelemetryEvent, TelemetryValue};

use crate::shop::{Shop, sent};

/// How large it is.
#[derive(Debug, TelemetryEnum)]
#[telemetry(rename_all = "lowercase")]
enum Size {
    S,
    M,
}

/// How often something was done.
#[derive(Debug, TelemetryValue)]
struct Counts {
    /// A required member.
    q: i64,
}

/// What the messages about the cases in `ui/schema_types/ranges_that_the_type_cannot_have.rs` and
/// `ui/schema_event/required_properties_with_odd_names.rs` tell their authors to write.
#[derive(TelemetryEvent)]
#[telemetry(product = Shop, event_name = "mended", schema_version = "1.0", schema = "schemas/odd.json")]
struct Mended {
    /// A `u8` has no number from 1000 to 2000.
    #[telemetry(range = 1000..=2000)]
    port: i64,
    /// Of a float's bounds, the integers.
    #[telemetry(range = 0..=1)]
    share: u8,
    /// No integer is between the bounds.
    #[telemetry(range = 0.5..=0.75, sentinel = 0.5)]
    half: f64,
    /// A list takes the bounds of its elements.
    #[telemetry(range = 0..=9)]
    list: Vec<u8>,
    /// A map need not have a required member.
    counts: Counts,
    /// A keyword.
    r#type: bool,
    /// A keyword that cannot be raw.
    self_: i64,
    /// With characters of their own meaning in a pointer.
    #[telemetry(rename = "job id/no~1")]
    #[telemetry(sentinel = -1.0)]
    job_id_no_1: f64,
    /// With a digit in front.
    #[telemetry(rename = "2fa")]
    value_2fa: Vec<bool>,
    /// With letters that are not ASCII.
    #[telemetry(rename = "Größe")]
    gr_e: Size,
    /// With a lower bound alone.
    #[telemetry(range = 0..=32767)]
    ratio: i16,
    /// With an upper bound alone.
    #[telemetry(range = -9223372036854775808..=-1)]
    signed: i64,
}

#[test]
fn what_the_messages_tell_compiles_and_is_sent() {
    let event = Mended {
        port: 80,
        share: 7,
        half: f64::NAN,
        list: vec![10, 1],
        counts: Counts { q: -1 },
        r#type: true,
        self_: 1,
        job_id_no_1: 0.5,
        value_2fa: vec![true],
        gr_e: Size::M,
        ratio: -1,
        signed: 0,
    };
    assert_eq!(
        sent(event),
        (
            6,
            json!({"nemoSource": "shop", "port": 1000, "share": 1, "half": 0.5, "list": [9, 1], "counts": {"q": -1},
            "type": true, "self": 1, "job id/no~1": 0.5, "2fa": [true], "Größe": "m", "ratio": 0, "signed": -1})
        )
    );
    assert_eq!(Size::S.as_str(), "s");
}
