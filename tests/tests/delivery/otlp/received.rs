// SPDX-FileCopyrightText: Copyright (c) 2026 NVIDIA CORPORATION & AFFILIATES. All rights reserved.
// SPDX-License-Identifier: Apache-2.0

//! Requests and answers by the message types of `opentelemetry-proto`, which are not ours.

use std::collections::BTreeMap;

use opentelemetry_proto::tonic::collector::logs::v1::{
    ExportLogsPartialSuccess, ExportLogsServiceRequest, ExportLogsServiceResponse,
};
use opentelemetry_proto::tonic::common::v1::any_value::Value as Any;
use opentelemetry_proto::tonic::common::v1::{AnyValue, KeyValue};
use opentelemetry_proto::tonic::logs::v1::LogRecord;
use prost::Message;
use serde_json::{Map, Value, json};
use telemetry_tests::otlp_collector::Export;

pub(super) fn request(export: &Export) -> ExportLogsServiceRequest {
    let request = ExportLogsServiceRequest::decode(&*export.body).unwrap();
    assert_eq!(request.encoded_len(), export.body.len(), "no field is unknown to the official types");
    request
}

pub(super) fn log_records(export: &Export) -> Vec<LogRecord> {
    let scopes = request(export).resource_logs.into_iter().flat_map(|resource| resource.scope_logs);
    scopes.flat_map(|scope| scope.log_records).collect()
}

pub(super) fn attributes(attributes: &[KeyValue]) -> BTreeMap<String, Value> {
    let attributes =
        attributes.iter().map(|attribute| (attribute.key.clone(), json(attribute.value.as_ref())));
    attributes.collect()
}

fn json(value: Option<&AnyValue>) -> Value {
    match value.and_then(|value| value.value.as_ref()) {
        None => Value::Null,
        Some(Any::BoolValue(value)) => json!(value),
        Some(Any::IntValue(value)) => json!(value),
        Some(Any::DoubleValue(value)) => json!(value),
        Some(Any::StringValue(value)) => json!(value),
        Some(Any::ArrayValue(list)) => list.values.iter().map(|value| json(Some(value))).collect(),
        Some(Any::KvlistValue(entries)) => {
            let entries = entries.values.iter().map(|entry| (entry.key.clone(), json(entry.value.as_ref())));
            Value::Object(entries.collect::<Map<_, _>>())
        }
        other => panic!("a value that JSON does not have: {other:?}"),
    }
}

/// The numbers of the events in these requests, in order.
pub(super) fn numbers(exports: &[Export]) -> Vec<u64> {
    let records = exports.iter().flat_map(log_records);
    records.map(|record| attributes(&record.attributes)["number"].as_u64().unwrap()).collect()
}

pub(super) fn partial_success(rejected_log_records: i64) -> Vec<u8> {
    let partial = ExportLogsPartialSuccess { rejected_log_records, error_message: "\u{1b}[2Jno".into() };
    ExportLogsServiceResponse { partial_success: Some(partial) }.encode_to_vec()
}
