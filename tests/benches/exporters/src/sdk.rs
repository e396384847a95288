// SPDX-FileCopyrightText: Copyright (c) 2026 NVIDIA CORPORATION & AFFILIATES. All rights reserved.
// SPDX-License-Identifier: Apache-2.0

//! The OpenTelemetry SDK, with its batch processor and its exporter over HTTP.

use opentelemetry::logs::LoggerProvider;
use opentelemetry_otlp::{LogExporter, Protocol, WithExportConfig};
use opentelemetry_sdk::Resource;
use opentelemetry_sdk::logs::{BatchConfigBuilder, BatchLogProcessor, SdkLoggerProvider};

use crate::measurements::{BATCH, DELAY, Room, Started};
use crate::record::report;
use crate::{RECEIVER, WorkDone};

pub(crate) fn start(room: Room) -> Started {
    let provider = provider(room);
    let (logger, flushed) = (provider.logger("worker"), provider.clone());
    Started {
        report: Box::new(move || {
            let _ = &provider;
            report(&logger, &WorkDone::sample());
        }),
        flush: Box::new(move || flushed.force_flush().expect("the receiver answers")),
    }
}

fn provider(room: Room) -> SdkLoggerProvider {
    let base = std::env::var(RECEIVER).expect("the parent names a receiver");
    let exporter = LogExporter::builder().with_http().with_protocol(Protocol::HttpBinary);
    let exporter = exporter.with_endpoint(format!("{base}/v1/logs")).build().expect("the exporter can be made");
    let batches = BatchConfigBuilder::default().with_max_queue_size(room.events());
    let batches = batches.with_max_export_batch_size(BATCH).with_scheduled_delay(DELAY).build();
    let processor = BatchLogProcessor::builder(exporter).with_batch_config(batches).build();
    let resource = Resource::builder().with_service_name("worker").build();
    SdkLoggerProvider::builder().with_resource(resource).with_log_processor(processor).build()
}
