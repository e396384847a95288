// SPDX-FileCopyrightText: Copyright (c) 2026 NVIDIA CORPORATION & AFFILIATES. All rights reserved.
// SPDX-License-Identifier: Apache-2.0

//! Serializes a status, as `status --json` prints it.

use std::path::Path;

use serde::ser::{SerializeMap, SerializeStruct};
use serde::{Serialize, Serializer};

use super::Status;
use crate::consent::SignalReading;
use crate::endpoint::Endpoint;
use crate::transport::NoProxy;

/// The number of fields, which some formats write before them.
const NUM_FIELDS: usize = 20;

/// Writes a struct with every setting. A setting that is missing is null, and `missing` has the name of the reason
/// ([`Missing::as_str`](super::Missing::as_str), [`NoProxy::as_str`]). Paths are strings, in which invalid Unicode is replaced.
impl Serialize for Status {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        let mut fields = serializer.serialize_struct("Status", NUM_FIELDS)?;
        consent(self, &mut fields)?;
        network(self, &mut fields)?;
        files(self, &mut fields)?;
        fields.serialize_field("missing", &Reasons(self))?;
        fields.serialize_field("stats", &self.stats)?;
        fields.end()
    }
}

fn consent<S: SerializeStruct>(status: &Status, fields: &mut S) -> Result<(), S::Error> {
    let decided_by = status.decision.signal().map(ToString::to_string);
    let signals: Vec<Reading<'_>> = status.signals.iter().map(Reading).collect();
    fields.serialize_field("enabled", &status.decision.is_enabled())?;
    fields.serialize_field("decided_by", &decided_by)?;
    fields.serialize_field("consent", &status.consent.opt_in.to_string())?;
    fields.serialize_field("session", &status.session_text())?;
    fields.serialize_field("signals", &signals)
}

fn network<S: SerializeStruct>(status: &Status, fields: &mut S) -> Result<(), S::Error> {
    let endpoint = status.endpoint.as_ref();
    let proxy_error = match &status.proxy {
        Err(NoProxy::Unusable(error)) => Some(error.to_string()),
        _ => None,
    };
    fields.serialize_field("endpoint", &status.server_url)?;
    fields.serialize_field("endpoint_error", &endpoint.err().map(ToString::to_string))?;
    fields.serialize_field("endpoint_origin", &status.endpoint_origin.to_string())?;
    fields.serialize_field("protocol", &status.protocol)?;
    fields.serialize_field("encrypted", &endpoint.ok().map(Endpoint::is_encrypted))?;
    fields.serialize_field("proxy", &status.proxy.as_ref().ok())?;
    fields.serialize_field("proxy_error", &proxy_error)?;
    // An interval that is not finite turns heartbeats off. It is null, since JSON has no infinity.
    fields.serialize_field("heartbeat_interval_s", &status.heartbeat_interval_s.filter(|s| s.is_finite()))
}

fn files<S: SerializeStruct>(status: &Status, fields: &mut S) -> Result<(), S::Error> {
    let machine = status.paths.machine_markers.as_ref();
    let machine = machine.map(|markers| [&markers.product, &markers.all_products].map(|file| text(file)));
    fields.serialize_field("audit_file", &status.audit_file().ok().map(text))?;
    fields.serialize_field("audit_error", &status.audit_error)?;
    fields.serialize_field("marker_file", &status.marker().ok().map(text))?;
    fields.serialize_field("machine_marker_files", &machine)?;
    fields.serialize_field("consent_file", &status.consent_file().ok().map(text))
}

fn text(path: &Path) -> String {
    path.to_string_lossy().into_owned()
}

/// The reasons why settings are null.
struct Reasons<'a>(&'a Status);

impl Serialize for Reasons<'_> {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        let status = self.0;
        let mut map = serializer.serialize_map(Some(5))?;
        map.serialize_entry("proxy", &status.proxy.as_ref().err().map(NoProxy::as_str))?;
        map.serialize_entry("heartbeat", &status.heartbeat.err())?;
        map.serialize_entry("audit_file", &status.audit_file().err())?;
        map.serialize_entry("marker_file", &status.marker().err())?;
        map.serialize_entry("consent_file", &status.consent_file().err())?;
        map.end()
    }
}

struct Reading<'a>(&'a SignalReading);

impl Serialize for Reading<'_> {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        let reading = self.0;
        let mut map = serializer.serialize_map(Some(4))?;
        map.serialize_entry("signal", &reading.signal.to_string())?;
        map.serialize_entry("opts_out_with", &reading.rule)?;
        map.serialize_entry("value", &reading.value)?;
        map.serialize_entry("opts_out", &reading.opts_out)?;
        map.end()
    }
}

#[cfg(all(test, feature = "client"))]
mod tests {
    use super::*;

    #[test]
    fn the_number_of_fields_is_the_announced_one() {
        let status = Status::not_compiled();
        let json = serde_json::to_value(&status).unwrap();
        assert_eq!(json.as_object().map(serde_json::Map::len), Some(NUM_FIELDS));
    }

    #[test]
    fn a_format_that_writes_lengths_first_can_serialize_a_status() {
        let status = Status::not_compiled();
        assert!(!postcard::to_allocvec(&status).unwrap().is_empty());
    }
}
