// SPDX-FileCopyrightText: Copyright (c) 2026 NVIDIA CORPORATION & AFFILIATES. All rights reserved.
// SPDX-License-Identifier: Apache-2.0

//! Rails that rewrite the answer cannot do so on a stream that has already left.

use super::surface::Surface;
use super::{flows, names};
use crate::reader::error::{ConfigError, ErrorKind};
use crate::reader::yaml::Node;

/// Output flows that rewrite the answer (`output_rails_that_rewrite` of `tests/reference/flow_features.json`).
const REWRITING: [&str; 9] = [
    "autoalign check output",
    "crowdstrike aidr guard output",
    "gliner mask pii on output",
    "injection detection",
    "mask pii on output",
    "mask sensitive data on output",
    "pangea ai guard output",
    "polygraf mask pii on output",
    "protect response",
];

/// Refuses a rewriting output flow together with streaming that sends first or keeps context.
pub(super) fn can_rewrite(configuration: &Node) -> Result<(), ConfigError> {
    let Some(streaming) = configuration.find(&["rails", "output", "streaming"]) else { return Ok(()) };
    let truthy = |key, default| streaming.get(key).map_or(default, |value| value.value.is_truthy());
    if !truthy("enabled", false) || !(truthy("stream_first", true) || truthy("context_size", true)) {
        return Ok(());
    }
    for (flow, name) in names(flows(configuration, "output")) {
        if Surface::parse(name).is_ok_and(|surface| REWRITING.contains(&surface.name)) {
            let problem =
                format!("`{name}` rewrites the answer, which streaming with these settings cannot apply");
            return Err(ConfigError::at(ErrorKind::Rule, &flow.place, problem)
                .help("set `stream_first: false` and `context_size: 0` below `rails.output.streaming`, or remove the flow"));
        }
    }
    Ok(())
}
