// SPDX-FileCopyrightText: Copyright (c) 2026 NVIDIA CORPORATION & AFFILIATES. All rights reserved.
// SPDX-License-Identifier: Apache-2.0

//! A status for programs: what `status --json` prints.

use std::path::Path;

use serde::ser::SerializeMap;
use serde::{Serialize, Serializer};

use super::Status;
use crate::causes::with_causes;
use crate::consent::SignalReading;
use crate::endpoint::Endpoint;
use crate::transport::NoProxy;

/// As a map that says of each setting what it is, or null, and under `missing` why it is null. Paths are texts; one that is
/// not Unicode is shown as well as it can be.
impl Serialize for Status {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        let mut map = serializer.serialize_map(None)?;
        consent(self, &mut map)?;
        network(self, &mut map)?;
        files(self, &mut map)?;
        map.serialize_entry("missing", &Reasons(self))?;
        map.serialize_entry("stats", &self.stats)?;
        map.end()
    }
}

fn consent<M: SerializeMap>(status: &Status, map: &mut M) -> Result<(), M::Error> {
    let decided_by = status.decision.signal().map(ToString::to_string);
    let signals: Vec<Reading<'_>> = status.signals.iter().map(Reading).collect();
    map.serialize_entry("enabled", &status.decision.is_enabled())?;
    map.serialize_entry("decided_by", &decided_by)?;
    map.serialize_entry("consent", &status.consent.agreement.to_string())?;
    map.serialize_entry("session", &status.session_text())?;
    map.serialize_entry("signals", &signals)
}

fn network<M: SerializeMap>(status: &Status, map: &mut M) -> Result<(), M::Error> {
    let endpoint = status.endpoint.as_ref();
    let proxy_error = match &status.proxy {
        Err(NoProxy::Unusable(error)) => Some(error.to_string()),
        _ => None,
    };
    map.serialize_entry("endpoint", &status.server_url)?;
    map.serialize_entry("endpoint_error", &endpoint.err().map(ToString::to_string))?;
    map.serialize_entry("encrypted", &endpoint.ok().map(Endpoint::is_encrypted))?;
    map.serialize_entry("proxy", &status.proxy.as_ref().ok())?;
    map.serialize_entry("proxy_error", &proxy_error)?;
    // Null if it is not finite, which means that there are no heartbeats.
    map.serialize_entry("heartbeat_interval_s", &status.heartbeat_interval_s.filter(|s| s.is_finite()))
}

fn files<M: SerializeMap>(status: &Status, map: &mut M) -> Result<(), M::Error> {
    let machine = status.paths.machine_markers.as_ref();
    let machine = machine.map(|markers| [&markers.product, &markers.all_products].map(|file| text(file)));
    map.serialize_entry("audit_file", &status.audit_file().ok().map(text))?;
    map.serialize_entry("audit_error", &status.audit_error)?;
    map.serialize_entry("marker_file", &status.marker().ok().map(text))?;
    map.serialize_entry("machine_marker_files", &machine)?;
    map.serialize_entry("consent_file", &status.consent_file().ok().map(text))
}

fn text(path: &Path) -> String {
    path.to_string_lossy().into_owned()
}

/// Why settings are null.
struct Reasons<'a>(&'a Status);

impl Serialize for Reasons<'_> {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        let status = self.0;
        let mut map = serializer.serialize_map(Some(5))?;
        map.serialize_entry("proxy", &status.proxy.as_ref().err().map(|reason| with_causes(reason)))?;
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
