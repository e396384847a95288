// SPDX-FileCopyrightText: Copyright (c) 2026 NVIDIA CORPORATION & AFFILIATES. All rights reserved.
// SPDX-License-Identifier: Apache-2.0

//! Events as OTLP log records, for the OpenTelemetry collector of a company: the body of a request, and the rejected records in its
//! response.

mod any_value;
mod messages;
mod received;
mod resource;

use prost::Message;

use self::messages::{
    AnyValue, ExportLogsServiceRequest, ExportLogsServiceResponse, InstrumentationScope, KeyValue, LogRecord,
    Resource, ResourceLogs, ScopeLogs,
};
pub use self::received::Received;
pub(crate) use self::received::forward_request;
use crate::envelope::Sender;
use crate::host::HostFacts;
use crate::profile::Profile;
use crate::record::Record;
use crate::session::SessionId;
use telemetry_schema::escape_untrusted::escape_untrusted;

/// `SEVERITY_NUMBER_INFO`, and its text.
const INFO: (i32, &str) = (9, "INFO");

/// The longest part of a collector's message about rejected records that is logged, in characters.
const MESSAGE_CHARS: usize = 200;

/// The request with these records, which all have one schema version.
pub(crate) fn export_request(
    profile: &Profile,
    sender: &Sender,
    host: &HostFacts,
    records: &[Record],
) -> Vec<u8> {
    let schema_version = records.first().map_or("", |record| record.schema_version);
    let log_records =
        records.iter().map(|record| of_record(record, &sender.session_id).encode_to_vec()).collect();
    let resource = resource::resource(profile, sender, host, schema_version);
    ExportLogsServiceRequest { resource_logs: vec![resource_logs(resource, log_records)] }.encode_to_vec()
}

/// The encoded records of one resource.
fn resource_logs(resource: Resource, log_records: Vec<Vec<u8>>) -> ResourceLogs {
    let scope = InstrumentationScope {
        name: env!("CARGO_PKG_NAME").into(),
        version: env!("CARGO_PKG_VERSION").into(),
    };
    ResourceLogs { resource: Some(resource), scope_logs: vec![ScopeLogs { scope: Some(scope), log_records }] }
}

fn of_record(record: &Record, session_id: &str) -> LogRecord {
    let time = record.timestamp.unix_nanoseconds();
    log_record(record.name, &record.parameters, session_id, time)
}

/// The record of an event that happened at `time`, in nanoseconds since 1970.
fn log_record(name: &str, parameters: &str, session_id: &str, time: u64) -> LogRecord {
    let mut attributes = any_value::attributes(parameters);
    if session_id != SessionId::UNDEFINED.as_str()
        && attributes.iter().all(|attribute| attribute.key != "session.id")
    {
        attributes.push(KeyValue::text("session.id", session_id));
    }
    LogRecord {
        time_unix_nano: time,
        severity_number: INFO.0,
        severity_text: INFO.1.into(),
        body: Some(AnyValue::text(name)),
        attributes,
        observed_time_unix_nano: time,
        event_name: name.into(),
    }
}

/// How many records of an accepted request the collector has rejected, by the body of its response. A body that is not such a response
/// rejects none; neither does a number that is not positive, with which a collector warns.
pub(crate) fn rejected_records(body: &[u8]) -> u64 {
    let Ok(ExportLogsServiceResponse { partial_success: Some(partial) }) =
        ExportLogsServiceResponse::decode(body)
    else {
        return 0;
    };
    let message = escape_untrusted(&partial.error_message, MESSAGE_CHARS);
    log::debug!("the collector rejects {} records: {message}", partial.rejected_log_records);
    u64::try_from(partial.rejected_log_records).unwrap_or_default()
}

#[cfg(test)]
mod tests {
    use super::messages::ExportLogsPartialSuccess;
    use super::*;

    fn answer(rejected_log_records: i64) -> Vec<u8> {
        let partial = ExportLogsPartialSuccess { rejected_log_records, error_message: "\u{1b}[2J".into() };
        ExportLogsServiceResponse { partial_success: Some(partial) }.encode_to_vec()
    }

    #[test]
    fn rejected_records_are_those_of_an_answer_that_can_be_read() {
        for (body, rejected) in [
            (answer(3), 3),
            (answer(i64::MAX), i64::MAX as u64),
            (answer(0), 0),
            (answer(-1), 0),
            (answer(i64::MIN), 0),
            (Vec::new(), 0),
            (b"<html>proxy</html>".to_vec(), 0),
            (answer(3)[..4].to_vec(), 0),
            (vec![0xff; 4096], 0),
        ] {
            assert_eq!(rejected_records(&body), rejected, "{body:?}");
        }
    }
}
