// SPDX-FileCopyrightText: Copyright (c) 2026 NVIDIA CORPORATION & AFFILIATES. All rights reserved.
// SPDX-License-Identifier: Apache-2.0

//! Events that another process has received in envelopes, as OTLP log records.

use prost::Message;

use super::messages::{ExportLogsServiceRequest, KeyValue, LogRecord, ResourceLogs};
use super::{log_record, resource, resource_logs};

/// Identifies a record that may be sent more than once (OpenTelemetry's semantic conventions).
const UID: &str = "log.record.uid";

/// An event, with the members of its envelope.
#[derive(Debug, Clone, Copy, Default)]
pub struct Received<'a> {
    /// The name of the product, or its client id if the name is unknown.
    pub product: &'a str,
    /// `clientId`.
    pub client_id: &'a str,
    /// `clientVer`.
    pub version: &'a str,
    /// `cpuArchitecture`.
    pub cpu_architecture: &'a str,
    /// `eventSchemaVer`.
    pub schema_version: &'a str,
    /// `sessionId`.
    pub session: &'a str,
    /// The name of the event.
    pub name: &'a str,
    /// When it happened, in nanoseconds since 1970; 0 if that is unknown.
    pub time: u64,
    /// When it was received, in nanoseconds since 1970.
    pub received_at: u64,
    /// The parameters, as JSON.
    pub parameters: &'a str,
    /// Identifies the event; the same each time that it is sent.
    pub uid: &'a str,
}

impl Received<'_> {
    /// Whether the other event comes from a process with the same facts.
    fn has_resource_of(&self, other: &Self) -> bool {
        self.facts() == other.facts()
    }

    fn facts(&self) -> [&str; 5] {
        [self.product, self.client_id, self.version, self.cpu_architecture, self.schema_version]
    }

    fn log_record(&self) -> LogRecord {
        let mut record = log_record(self.name, self.parameters, self.session, self.time);
        record.observed_time_unix_nano = self.received_at;
        record.attributes.push(KeyValue::text(UID, self.uid));
        record
    }
}

/// The request with these events. Those that follow each other and come from one process share a resource.
pub(crate) fn forward_request(events: &[Received<'_>]) -> Vec<u8> {
    let groups = events.chunk_by(|one, next| one.has_resource_of(next));
    ExportLogsServiceRequest { resource_logs: groups.filter_map(group).collect() }.encode_to_vec()
}

fn group(events: &[Received<'_>]) -> Option<ResourceLogs> {
    let log_records = events.iter().map(|event| event.log_record().encode_to_vec()).collect();
    Some(resource_logs(resource::of_received(events.first()?), log_records))
}
