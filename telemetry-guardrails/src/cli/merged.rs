// SPDX-FileCopyrightText: Copyright (c) 2026 NVIDIA CORPORATION & AFFILIATES. All rights reserved.
// SPDX-License-Identifier: Apache-2.0

//! The warning about a directory that has several configurations below it, and none itself.

use std::path::Path;

use guardrails_config::RailsConfig;
use telemetry_cli::__private1::{eprint_message, escape_path};
use telemetry_core::__command1::counted;

/// The most directories that are listed.
const MOST: usize = 10;

/// Warns on standard error if `config`, which was loaded from `path`, was merged from several configurations.
pub(super) fn warn(config: &RailsConfig, path: &Path) {
    let merged = config.merged_configurations();
    if merged.is_empty() {
        return;
    }
    let listed = merged.iter().take(MOST).map(|directory| escape_path(&path.join(directory)));
    let others = merged.len().saturating_sub(MOST);
    let others = if others > 0 { format!(", and {}", counted(others, "other")) } else { String::new() };
    eprint_message(&format!(
        "warning: {} is not a configuration itself: {} below it were merged into one, as the product does\n\
         help: give the directory of one of them: {}{others}",
        escape_path(path),
        counted(merged.len(), "configuration"),
        listed.collect::<Vec<_>>().join(", "),
    ));
}
