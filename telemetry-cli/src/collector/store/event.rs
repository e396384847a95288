// SPDX-FileCopyrightText: Copyright (c) 2026 NVIDIA CORPORATION & AFFILIATES. All rights reserved.
// SPDX-License-Identifier: Apache-2.0

//! Events on their way into the store and out of it.

use std::time::{SystemTime, UNIX_EPOCH};

use serde_json::{Value, json};
use telemetry_core::time::IsoTimestamp;

/// A request that has been checked.
#[derive(Debug, Clone, Default)]
pub(in crate::collector) struct NewRequest {
    /// When it was received, in milliseconds since 1970.
    pub(in crate::collector) received_at: i64,
    /// Whether the collector accepts it: none of its events has a violation.
    pub(in crate::collector) is_accepted: bool,
    pub(in crate::collector) client_id: String,
    /// The name of the product, or its client id if the name is unknown.
    pub(in crate::collector) product: String,
    /// The version of the product.
    pub(in crate::collector) version: String,
    pub(in crate::collector) session: String,
    pub(in crate::collector) schema_version: String,
    /// The envelope without its events, as JSON.
    pub(in crate::collector) envelope: String,
    pub(in crate::collector) events: Vec<NewEvent>,
}

/// The bytes of an event beside its parameters and violations: its other columns, and its entries in the indexes.
pub(super) const EVENT_BYTES: u64 = 250;

impl NewRequest {
    /// The bytes that it takes in the store, approximately.
    pub(super) fn size(&self) -> u64 {
        let events = self.events.iter().map(|event| {
            let violations = event.violations.iter().map(|one| one.pointer.len() + one.message.len());
            event.parameters.len() as u64 + violations.sum::<usize>() as u64 + EVENT_BYTES
        });
        self.envelope.len() as u64 + events.sum::<u64>()
    }
}

/// An event of a request.
#[derive(Debug, Clone, Default)]
pub(in crate::collector) struct NewEvent {
    pub(in crate::collector) name: String,
    /// When it happened, as the product reports it.
    pub(in crate::collector) timestamp: String,
    /// The JSON that was received.
    pub(in crate::collector) parameters: String,
    pub(in crate::collector) violations: Vec<Violation>,
}

/// A reason why an event is not accepted.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(in crate::collector) struct Violation {
    /// The place, as a JSON pointer into the parameters.
    pub(in crate::collector) pointer: String,
    /// Whether the place is outside of the parameters; the pointer then is one into the request.
    pub(in crate::collector) is_outside: bool,
    /// The problem, as a sentence without its subject.
    pub(in crate::collector) message: String,
}

impl Violation {
    pub(in crate::collector) fn json(&self) -> Value {
        json!({"pointer": self.pointer, "message": self.message})
    }
}

/// The JSON text of a list of violations.
pub(super) fn violations_json(violations: &[Violation]) -> String {
    Value::from_iter(violations.iter().map(Violation::json)).to_string()
}

/// An event of the store. Texts that are called JSON are JSON documents.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub(in crate::collector) struct StoredEvent {
    /// Increases with each event, and is never used again.
    pub(in crate::collector) id: i64,
    /// In milliseconds since 1970.
    pub(in crate::collector) received_at: i64,
    pub(in crate::collector) product: String,
    pub(in crate::collector) version: String,
    pub(in crate::collector) session: String,
    pub(in crate::collector) name: String,
    pub(in crate::collector) schema_version: String,
    /// When it happened, as the product reports it.
    pub(in crate::collector) timestamp: String,
    pub(in crate::collector) is_valid: bool,
    /// JSON.
    pub(in crate::collector) violations: String,
    /// JSON.
    pub(in crate::collector) parameters: String,
    /// The envelope without its events, as JSON.
    pub(in crate::collector) envelope: String,
}

impl StoredEvent {
    /// The bytes of its texts.
    pub(super) fn size(&self) -> usize {
        let texts = [
            &self.product,
            &self.version,
            &self.session,
            &self.name,
            &self.schema_version,
            &self.timestamp,
            &self.violations,
            &self.parameters,
            &self.envelope,
        ];
        texts.into_iter().map(String::len).sum()
    }

    /// One JSON object, on one line. Parameters and envelope are the text that was received.
    pub(in crate::collector) fn json(&self) -> String {
        let text = |text: &str| Value::from(text).to_string();
        format!(
            r#"{{"id":{},"received_at":{},"product":{},"version":{},"session":{},"name":{},"schema_version":{},"ts":{},"valid":{},"violations":{},"parameters":{},"envelope":{}}}"#,
            self.id,
            text(&iso(self.received_at)),
            text(&self.product),
            text(&self.version),
            text(&self.session),
            text(&self.name),
            text(&self.schema_version),
            text(&self.timestamp),
            self.is_valid,
            self.violations,
            on_one_line(&self.parameters),
            on_one_line(&self.envelope),
        )
    }
}

/// JSON without its line breaks, which are between its tokens: those in texts are escaped.
fn on_one_line(json: &str) -> String {
    json.replace(['\r', '\n'], " ")
}

/// Milliseconds since 1970 as `2026-04-22T18:34:56.789Z`; an empty text outside the years 1 to 9999.
#[expect(clippy::cast_precision_loss, reason = "exact until the year 287396")]
pub(in crate::collector) fn iso(milliseconds: i64) -> String {
    IsoTimestamp::new(milliseconds as f64 / 1000.0).map_or_else(|_| String::new(), |time| time.to_string())
}

/// The present, in milliseconds since 1970.
pub(in crate::collector) fn now() -> i64 {
    let elapsed = SystemTime::now().duration_since(UNIX_EPOCH).unwrap_or_default();
    i64::try_from(elapsed.as_millis()).unwrap_or(i64::MAX)
}
