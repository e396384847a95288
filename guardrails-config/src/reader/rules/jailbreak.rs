// SPDX-FileCopyrightText: Copyright (c) 2026 NVIDIA CORPORATION & AFFILIATES. All rights reserved.
// SPDX-License-Identifier: Apache-2.0

//! Jailbreak detection by a NIM needs both halves of its address.

use super::flows;
use crate::reader::error::{ConfigError, ErrorKind};
use crate::reader::yaml::Node;

const FLOW: &str = "jailbreak detection model";

/// Refuses a base URL without the path of the classifier.
pub(super) fn endpoint_is_complete(configuration: &Node) -> Result<(), ConfigError> {
    let Some(settings) = configuration.find(&["rails", "config", "jailbreak_detection"]) else {
        return Ok(());
    };
    let is_set = |key| settings.get(key).is_some_and(|value| value.value.is_truthy());
    let used = flows(configuration, "input").iter().any(|flow| flow.as_str() == Some(FLOW));
    let endpoint = settings.get("nim_server_endpoint").filter(|endpoint| !endpoint.value.is_truthy());
    match endpoint {
        Some(endpoint) if used && (is_set("nim_base_url") || is_set("nim_url")) => {
            let problem = format!("is empty, but the flow `{FLOW}` is on and a NIM address is set");
            Err(ConfigError::at(ErrorKind::Rule, &endpoint.place, problem)
                .about("rails.config.jailbreak_detection.nim_server_endpoint")
                .help("write `nim_server_endpoint: classify`, or remove the line to get that"))
        }
        _ => Ok(()),
    }
}
