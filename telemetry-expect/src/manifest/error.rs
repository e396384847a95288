// SPDX-FileCopyrightText: Copyright (c) 2026 NVIDIA CORPORATION & AFFILIATES. All rights reserved.
// SPDX-License-Identifier: Apache-2.0

//! Mistakes in a manifest.

use std::{error, fmt, io};

use telemetry_schema::__cli1::escape_untrusted;

/// The maximum length of a line of a message, in characters.
const LONGEST_LINE: usize = 400;

/// Why a manifest cannot be used: all its mistakes, each with its line and a help.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct ManifestError {
    text: String,
}

/// One mistake.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Mistake {
    /// The byte index in the text.
    pub(super) at: usize,
    pub(super) problem: String,
    pub(super) help: String,
}

impl ManifestError {
    pub(super) fn unreadable(name: &str, error: &io::Error) -> Self {
        let text = format!(
            "cannot read {}: {error}\nhelp: check the path; `--update` writes a new manifest",
            escape_untrusted(name, LONGEST_LINE)
        );
        Self { text }
    }

    pub(super) fn new(name: &str, text: &str, mut mistakes: Vec<Mistake>) -> Self {
        mistakes.sort_by_key(|mistake| mistake.at);
        let lines = mistakes.iter().map(|Mistake { at, problem, help }| {
            let line = 1 + text.bytes().take(*at).filter(|byte| *byte == b'\n').count();
            let [name, problem, help] =
                [name, problem.as_str(), help].map(|text| escape_untrusted(text, LONGEST_LINE));
            format!("{name}:{line}: {problem}\nhelp: {help}")
        });
        Self { text: lines.collect::<Vec<_>>().join("\n") }
    }
}

impl fmt::Display for ManifestError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.text)
    }
}

impl error::Error for ManifestError {}
