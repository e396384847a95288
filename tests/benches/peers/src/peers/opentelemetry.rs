// SPDX-FileCopyrightText: Copyright (c) 2026 NVIDIA CORPORATION & AFFILIATES. All rights reserved.
// SPDX-License-Identifier: Apache-2.0

//! The OpenTelemetry SDK: a log record with a name and attributes, which is an event there, and its batch processor.

use opentelemetry::logs::LoggerProvider;
use opentelemetry_sdk::error::OTelSdkResult;
use opentelemetry_sdk::logs::{LogBatch, LogExporter, SdkLoggerProvider};

use crate::WorkDone;
use crate::record::report;

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
