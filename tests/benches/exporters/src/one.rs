// SPDX-FileCopyrightText: Copyright (c) 2026 NVIDIA CORPORATION & AFFILIATES. All rights reserved.
// SPDX-License-Identifier: Apache-2.0

//! The smallest program that sends one event, by the exporter that a feature chooses. Its size is compared.

#[cfg(feature = "envelope")]
#[path = "../../peers/src/event.rs"]
mod event;
#[cfg(feature = "sdk")]
mod sdk_alone {
    use opentelemetry::logs::{LogRecord, Logger, LoggerProvider};
    use opentelemetry_otlp::LogExporter;
    use opentelemetry_sdk::logs::SdkLoggerProvider;

    pub(crate) fn send() {
        let exporter = LogExporter::builder().with_http().build().expect("the exporter can be made");
        let provider = SdkLoggerProvider::builder().with_batch_exporter(exporter).build();
        let logger = provider.logger("worker");
        let mut record = logger.create_log_record();
        record.set_event_name("work_done");
        record.add_attribute("attempts", 2);
        logger.emit(record);
    }
}

#[cfg(feature = "envelope")]
mod toolkit_alone {
    use telemetry_core::{Client, Product, Profile};

    crate::event::work_done!(WorkDone, Worker);

    pub(crate) struct Worker;

    impl Product for Worker {
        const PROFILE: Profile = Profile::new("worker", "1").otlp_env("WORKER_OTLP_ENDPOINT");
    }

    pub(crate) fn send() {
        Client::<Worker>::builder().start().emit(WorkDone::sample());
    }
}

fn main() {
    #[cfg(feature = "sdk")]
    sdk_alone::send();
    #[cfg(feature = "envelope")]
    toolkit_alone::send();
}
