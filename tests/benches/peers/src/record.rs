// SPDX-FileCopyrightText: Copyright (c) 2026 NVIDIA CORPORATION & AFFILIATES. All rights reserved.
// SPDX-License-Identifier: Apache-2.0

//! The event as a log record of the OpenTelemetry SDK: a name and attributes.

use std::time::SystemTime;

use opentelemetry::logs::{AnyValue, LogRecord, Logger, Severity};
use opentelemetry_sdk::logs::SdkLogger;

use crate::WorkDone;

pub(crate) fn report(logger: &SdkLogger, event: &WorkDone) {
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
