// SPDX-FileCopyrightText: Copyright (c) 2026 NVIDIA CORPORATION & AFFILIATES. All rights reserved.
// SPDX-License-Identifier: Apache-2.0

//! No client at all: the event as JSON text.

use serde_json::json;

use crate::WorkDone;

pub(crate) fn start() -> Box<dyn Fn()> {
    Box::new(|| {
        std::hint::black_box(text(&WorkDone::sample()));
    })
}

fn text(event: &WorkDone) -> String {
    let capabilities: Vec<_> = event.capabilities.iter().map(|capability| capability.as_str()).collect();
    json!({
        "trigger": event.trigger.as_str(),
        "placement": event.placement.as_str(),
        "outcome": event.outcome.as_str(),
        "capabilities": capabilities,
        "durationMs": event.duration_ms,
        "attempts": event.attempts,
        "numInputs": event.num_inputs,
        "numOutputs": event.num_outputs,
        "resumed": event.resumed,
        "preview": event.preview,
        "streamed": event.streamed,
        "shareSkipped": event.share_skipped,
    })
    .to_string()
}
