// SPDX-FileCopyrightText: Copyright (c) 2026 NVIDIA CORPORATION & AFFILIATES. All rights reserved.
// SPDX-License-Identifier: Apache-2.0

//! The OpenTelemetry SDK: a log record with a name and attributes, which is an event there, and its batch processor.

use std::time::SystemTime;

use opentelemetry::logs::{AnyValue, LogRecord, Logger, LoggerProvider, Severity};
use opentelemetry_sdk::error::OTelSdkResult;
use opentelemetry_sdk::logs::{LogBatch, LogExporter, SdkLogger, SdkLoggerProvider};

use crate::event::WorkDone;

#[derive(Debug)]
struct Discard;

impl LogExporter for Discard {
    async fn export(&self, _: LogBatch<'_>) -> OTelSdkResult {
        Ok(())
    }
}

pub(crate) fn start() -> Box<dyn Fn()> {
    let provider = SdkLoggerProvider::builder().with_batch_exporter(Discard).build();
    let logger = provider.logger("worker");
    Box::new(move || {
        let _ = &provider;
        report(&logger, &WorkDone::sample());
    })
}

fn report(logger: &SdkLogger, event: &WorkDone) {
    let mut record = logger.create_log_record();
    record.set_event_name("work_done");
    record.set_timestamp(SystemTime::now());
    record.set_severity_number(Severity::Info);
    record.add_attribute("trigger", event.trigger.as_str());
    record.add_attribute("placement", event.placement.as_str());
    record.add_attribute("outcome", event.outcome.as_str());
    let capabilities = event.capabilities.iter().map(|capability| capability.as_str());
    record.add_attribute("capabilities", capabilities.collect::<AnyValue>());
    record.add_attribute("duration_ms", event.duration_ms);
    record.add_attribute("attempts", event.attempts);
    record.add_attribute("num_inputs", event.num_inputs);
    record.add_attribute("num_outputs", event.num_outputs);
    record.add_attribute("resumed", event.resumed);
    record.add_attribute("preview", event.preview);
    record.add_attribute("streamed", event.streamed);
    record.add_attribute("share_skipped", event.share_skipped);
    logger.emit(record);
}
