// SPDX-FileCopyrightText: Copyright (c) 2026 NVIDIA CORPORATION & AFFILIATES. All rights reserved.
// SPDX-License-Identifier: Apache-2.0

//! `tracing` with a line of JSON for each event, written by a thread of its own.

use tracing::info;

use crate::WorkDone;

pub(crate) fn start() -> Box<dyn Fn()> {
    let (writer, guard) = tracing_appender::non_blocking(std::io::sink());
    tracing_subscriber::fmt().json().with_writer(writer).init();
    Box::new(move || {
        let _ = &guard;
        report(&WorkDone::sample());
    })
}

fn report(event: &WorkDone) {
    let capabilities: Vec<_> = event.capabilities.iter().map(|capability| capability.as_str()).collect();
    info!(
        name: "work_done",
        trigger = event.trigger.as_str(),
        placement = event.placement.as_str(),
        outcome = event.outcome.as_str(),
        capabilities = ?capabilities,
        duration_ms = event.duration_ms,
        attempts = event.attempts,
        num_inputs = event.num_inputs,
        num_outputs = event.num_outputs,
        resumed = event.resumed,
        preview = event.preview,
        streamed = event.streamed,
        share_skipped = event.share_skipped,
    );
}
