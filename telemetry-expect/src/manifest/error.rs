// SPDX-FileCopyrightText: Copyright (c) 2026 NVIDIA CORPORATION & AFFILIATES. All rights reserved.
// SPDX-License-Identifier: Apache-2.0

//! Mistakes in a manifest.

use std::{error, fmt, io};

use telemetry_schema::__cli1::escape_untrusted;

/// The maximum length of a line of a message, in characters.
const LONGEST_LINE: usize = 400;

/// The maximum number of mistakes of a message.
pub(super) const MOST_MISTAKES: usize = 20;

/// Why a manifest cannot be used: its first 20 mistakes, each with its line, its column and a help.
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
        let help = match error.kind() {
            io::ErrorKind::NotFound => "check the path; `--update` writes a new manifest",
            io::ErrorKind::IsADirectory => "write the path of a file, such as `expect.toml` in the directory",
            _ => "check the path and its permissions",
        };
        let name = escape_untrusted(name, LONGEST_LINE);
        Self { text: format!("cannot read {name}: {error}\nhelp: {help}") }
    }

    /// A mistake at the end of `before`.
    pub(super) fn of_file(name: &str, before: &[u8], problem: &str, help: &str) -> Self {
        let before = String::from_utf8_lossy(before);
        let mistake = Mistake { at: before.len(), problem: problem.to_owned(), help: help.to_owned() };
        Self::new(name, &before, vec![mistake])
    }

    pub(super) fn new(name: &str, text: &str, mut mistakes: Vec<Mistake>) -> Self {
        mistakes.sort_by_key(|mistake| mistake.at);
        let shown = mistakes.iter().take(MOST_MISTAKES).map(|Mistake { at, problem, help }| {
            let (line, column) = place(text, *at);
            let [name, problem, help] =
                [name, problem.as_str(), help].map(|text| escape_untrusted(text, LONGEST_LINE));
            format!("{name}:{line}:{column}: {problem}\nhelp: {help}")
        });
        let mut text = shown.collect::<Vec<_>>().join("\n");
        if let Some(more) = mistakes.len().checked_sub(MOST_MISTAKES).filter(|more| *more > 0) {
            text += &format!("\nnote: {more} more mistakes");
        }
        Self { text }
    }
}

/// The line and the column of a byte, both from 1.
fn place(text: &str, at: usize) -> (usize, usize) {
    let before = text.get(..at).unwrap_or(text);
    let line = before.rsplit_once('\n').map_or(before, |(_, line)| line);
    // Editors do not show a byte order mark as a column.
    let line = line.trim_start_matches('\u{feff}');
    (1 + before.matches('\n').count(), 1 + line.chars().count())
}

impl fmt::Display for ManifestError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.text)
    }
}

impl error::Error for ManifestError {}
