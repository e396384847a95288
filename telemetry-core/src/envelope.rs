// SPDX-FileCopyrightText: Copyright (c) 2026 NVIDIA CORPORATION & AFFILIATES. All rights reserved.
// SPDX-License-Identifier: Apache-2.0

//! Builds the envelope in which events are posted: 30 keys, all of which the collector requires.
//!
//! A client does this by itself. A program that has a delivery of its own builds envelopes with [`envelope()`], which has an example.

use crate::host::HostFacts;
use crate::line_breaks::escape_line_breaks;
use crate::profile::{EventKeyOrder, KEYS, Profile, Value};
use crate::record::Record;
use crate::session::SessionId;
use crate::time::IsoTimestamp;

/// The sender of an envelope: the values that are the same in every envelope of one process.
///
/// ```
/// use telemetry_core::envelope::Sender;
///
/// let sender = Sender::new("2.1").cpu_architecture("riscv64");
/// assert_eq!(sender.cpu_architecture, "riscv64");
/// ```
#[derive(Debug, Clone, PartialEq, Eq)]
#[non_exhaustive]
pub struct Sender {
    /// `clientVer`: the version of the product.
    pub client_version: String,
    /// `cpuArchitecture`, as Python's `platform.machine()` spells it.
    pub cpu_architecture: String,
    /// `sessionId`: the session of the process.
    pub session_id: String,
}

impl Sender {
    /// A sender with this version of the product, the architecture of this machine, and an unknown session.
    ///
    /// ```
    /// use telemetry_core::envelope::Sender;
    ///
    /// let sender = Sender::new("2.1").cpu_architecture("riscv64").session_id("a1");
    /// assert_eq!(sender.client_version, "2.1");
    /// assert_eq!(Sender::new("2.1").session_id, "undefined");
    /// ```
    #[must_use]
    pub fn new(client_version: impl Into<String>) -> Self {
        Self {
            client_version: client_version.into(),
            cpu_architecture: HostFacts::detect().cpu_architecture().to_owned(),
            session_id: SessionId::UNDEFINED.to_string(),
        }
    }

    /// Sets the architecture. Default: that of this machine.
    ///
    /// ```
    /// use telemetry_core::envelope::Sender;
    ///
    /// assert_eq!(Sender::new("2.1").cpu_architecture("aarch64").cpu_architecture, "aarch64");
    /// ```
    #[must_use]
    pub fn cpu_architecture(mut self, architecture: impl Into<String>) -> Self {
        self.cpu_architecture = architecture.into();
        self
    }

    /// Sets the session. Default: `undefined`.
    ///
    /// ```
    /// use telemetry_core::envelope::Sender;
    ///
    /// assert_eq!(Sender::new("2.1").session_id("a1").session_id, "a1");
    /// ```
    #[must_use]
    pub fn session_id(mut self, session: impl Into<String>) -> Self {
        self.session_id = session.into();
        self
    }
}

/// Why records cannot share an envelope.
///
/// ```
/// use telemetry_core::Profile;
/// use telemetry_core::envelope::{EnvelopeError, Sender, envelope};
/// use telemetry_core::time::IsoTimestamp;
///
/// let result = envelope(&Profile::new("shop", "1"), &Sender::new("2.1"), &[], IsoTimestamp::new(0.0)?);
/// assert_eq!(result, Err(EnvelopeError::Empty));
/// # Ok::<(), telemetry_core::time::TimestampError>(())
/// ```
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
#[non_exhaustive]
pub enum EnvelopeError {
    /// The list of records is empty.
    Empty,
    /// Two records have these different schema versions, and an envelope names only one.
    #[non_exhaustive]
    MixedSchemaVersions(&'static str, &'static str),
}

impl std::fmt::Display for EnvelopeError {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        match self {
            Self::Empty => f.write_str("an envelope needs at least one event"),
            Self::MixedSchemaVersions(first, other) => {
                write!(
                    f,
                    "events of schema versions `{first}` and `{other}` cannot share an envelope: send two"
                )
            }
        }
    }
}

impl std::error::Error for EnvelopeError {}

/// Builds the JSON that posts `records`, in one envelope.
///
/// ```
/// use telemetry_core::envelope::{Sender, envelope};
/// use telemetry_core::record::Record;
/// use telemetry_core::time::IsoTimestamp;
/// use telemetry_core::{Product, Profile, TelemetryEvent};
///
/// struct Shop;
/// impl Product for Shop {
///     const PROFILE: Profile = Profile::new("shop", "1").source("nemoSource", "shop");
/// }
///
/// /// A basket was paid for.
/// #[derive(TelemetryEvent)]
/// #[telemetry(product = Shop, event_name = "checkout", schema_version = "1.0")]
/// struct Checkout {
///     /// Articles in the basket.
///     num_articles: u32,
/// }
///
/// let (record, _) = Record::new(Checkout { num_articles: 3 }, 0.0)?;
/// let sender = Sender::new("2.1").session_id("a1");
/// let json = envelope(&Shop::PROFILE, &sender, &[record], IsoTimestamp::new(1.5)?)?;
/// assert!(json.contains(r#""sentTs":"1970-01-01T00:00:01.500Z","sessionId":"a1""#));
/// # Ok::<(), Box<dyn std::error::Error>>(())
/// ```
///
/// # Errors
///
/// If `records` is empty, or if two records have different schema versions.
pub fn envelope(
    profile: &Profile,
    sender: &Sender,
    records: &[Record],
    sent_at: IsoTimestamp,
) -> Result<String, EnvelopeError> {
    let schema_version = common_schema_version(records)?;
    let mut json =
        String::with_capacity(1024 + records.iter().map(|r| r.parameters.len() + 96).sum::<usize>());
    json.push('{');
    for (key, value) in KEYS {
        push_string(&mut json, key);
        json.push(':');
        let own = profile.envelope_value(key).map_or(value, Value::Fixed);
        match own {
            Value::Fixed(text) => push_string(&mut json, text),
            Value::ClientId => push_string(&mut json, profile.client_id),
            Value::ClientVersion => push_string(&mut json, &sender.client_version),
            Value::CpuArchitecture => push_string(&mut json, &sender.cpu_architecture),
            Value::SchemaVersion => push_string(&mut json, schema_version),
            Value::SystemVersion => push_string(&mut json, profile.system_version),
            Value::SentAt => push_string(&mut json, &sent_at.to_string()),
            Value::SessionId => push_string(&mut json, &sender.session_id),
        }
        json.push(',');
    }
    push_events(&mut json, records, profile.event_keys);
    json.push('}');
    Ok(json)
}

fn common_schema_version(records: &[Record]) -> Result<&'static str, EnvelopeError> {
    let first = records.first().ok_or(EnvelopeError::Empty)?.schema_version;
    match records.iter().find(|record| record.schema_version != first) {
        Some(other) => Err(EnvelopeError::MixedSchemaVersions(first, other.schema_version)),
        None => Ok(first),
    }
}

fn push_events(json: &mut String, records: &[Record], order: EventKeyOrder) {
    let keys: [fn(&mut String, &Record); 3] = match order {
        EventKeyOrder::NameFirst => [push_time, push_name, push_parameters],
        EventKeyOrder::NameLast => [push_time, push_parameters, push_name],
        EventKeyOrder::TimeLast => [push_name, push_parameters, push_time],
    };
    json.push_str("\"events\":[");
    for (index, record) in records.iter().enumerate() {
        json.push_str(if index == 0 { "{" } else { ",{" });
        for (place, push) in keys.into_iter().enumerate() {
            if place > 0 {
                json.push(',');
            }
            push(json, record);
        }
        json.push('}');
    }
    json.push(']');
}

fn push_time(json: &mut String, record: &Record) {
    json.push_str("\"ts\":");
    push_string(json, &record.timestamp.to_string());
}

fn push_name(json: &mut String, record: &Record) {
    json.push_str("\"name\":");
    push_string(json, record.name);
}

fn push_parameters(json: &mut String, record: &Record) {
    json.push_str("\"parameters\":");
    json.push_str(&record.parameters);
}

/// Appends `text` as a JSON string.
fn push_string(json: &mut String, text: &str) {
    let plain = |byte: u8| matches!(byte, b' '..=b'~') && byte != b'"' && byte != b'\\';
    if text.bytes().all(plain) {
        json.push('"');
        json.push_str(text);
        json.push('"');
    } else {
        json.push_str(&escape_line_breaks(&serde_json::Value::from(text).to_string()));
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn record(schema_version: &'static str) -> Record {
        let timestamp = IsoTimestamp::new(0.0).unwrap();
        Record { name: "e", schema_version, timestamp, parameters: "{\"a\":1}".into() }
    }

    fn sender(text: &str) -> Sender {
        Sender { client_version: text.into(), cpu_architecture: text.into(), session_id: text.into() }
    }

    fn build(records: &[Record]) -> Result<String, EnvelopeError> {
        envelope(&Profile::new("shop", "7"), &sender("v"), records, IsoTimestamp::new(0.0).unwrap())
    }

    #[test]
    fn an_envelope_has_30_distinct_keys() {
        let json: serde_json::Value = serde_json::from_str(&build(&[record("1.0")]).unwrap()).unwrap();
        assert_eq!(json.as_object().unwrap().len(), 30);
    }

    #[test]
    fn several_records_share_an_envelope_if_they_share_the_schema_version() {
        let json: serde_json::Value =
            serde_json::from_str(&build(&[record("1.0"), record("1.0")]).unwrap()).unwrap();
        assert_eq!(json["events"].as_array().unwrap().len(), 2);
        assert_eq!(json["events"][1]["parameters"]["a"], 1);
        assert_eq!(
            build(&[record("1.0"), record("1.1")]),
            Err(EnvelopeError::MixedSchemaVersions("1.0", "1.1"))
        );
        assert_eq!(build(&[]), Err(EnvelopeError::Empty));
    }

    #[test]
    fn a_product_can_override_a_value_and_put_the_name_last() {
        const PROFILE: Profile = Profile::new("shop", "7")
            .envelope_values(&[("clientVer", "1.0.0.0"), ("deviceOS", "linux")])
            .event_keys(EventKeyOrder::NameLast);
        let json =
            envelope(&PROFILE, &sender("v"), &[record("1.0")], IsoTimestamp::new(0.0).unwrap()).unwrap();
        assert!(json.contains(r#""clientVer":"1.0.0.0","cpuArchitecture":"v""#), "{json}");
        assert!(json.contains(r#""deviceOS":"linux","deviceOSVersion":"undefined""#), "{json}");
        assert!(json.ends_with(r#""parameters":{"a":1},"name":"e"}]}"#), "{json}");
    }

    #[test]
    fn the_keys_of_an_event_have_one_of_three_orders() {
        let [time, name, parameters] =
            [r#""ts":"1970-01-01T00:00:00.000Z""#, r#""name":"e""#, r#""parameters":{"a":1}"#];
        for (order, keys) in [
            (EventKeyOrder::NameFirst, [time, name, parameters]),
            (EventKeyOrder::NameLast, [time, parameters, name]),
            (EventKeyOrder::TimeLast, [name, parameters, time]),
        ] {
            let profile = Profile::new("shop", "7").event_keys(order);
            let records = [record("1.0"), record("1.0")];
            let json = envelope(&profile, &sender("v"), &records, IsoTimestamp::new(0.0).unwrap()).unwrap();
            let event = format!("{{{}}}", keys.join(","));
            assert!(json.ends_with(&format!(r#""events":[{event},{event}]}}"#)), "{order:?}: {json}");
        }
    }

    #[test]
    fn hostile_text_stays_inside_its_string() {
        let text = "\"},\\ \u{7f} \u{85} \u{2028} \u{2029} é \n\u{0}";
        let now = IsoTimestamp::new(0.0).unwrap();
        let json = envelope(&Profile::new("shop", "7"), &sender(text), &[record("1.0")], now).unwrap();
        assert!(!json.contains(['\n', '\u{85}', '\u{2028}', '\u{2029}']), "{json}");
        let json: serde_json::Value = serde_json::from_str(&json).unwrap();
        assert_eq!(json["clientVer"], text);
        assert_eq!(json.as_object().unwrap().len(), 30);
    }
}
