// SPDX-FileCopyrightText: Copyright (c) 2026 NVIDIA CORPORATION & AFFILIATES. All rights reserved.
// SPDX-License-Identifier: Apache-2.0

//! The help texts in what the compiler says.

use crate::help::sources::{Text, is_ours};

/// A help text that shows code, with the problem that it is for.
#[derive(Debug, Clone)]
pub(crate) struct Help {
    /// The first line of the error.
    pub(crate) problem: String,
    text: String,
}

/// The help texts of the macros that show code, in a recorded `.stderr`: those inside of a message, and the notes of traits.
pub(crate) fn helps(stderr: &str) -> Vec<Help> {
    let mut problem = "";
    let mut helps = Vec::new();
    for line in stderr.lines() {
        if line.starts_with("error") {
            problem = line;
        }
        let text = match line.trim_start().split_once(": ") {
            Some(("help", text)) if line.starts_with("       ") => text,
            Some(("= note", text)) if is_ours(text) => text,
            _ => continue,
        };
        if text.contains('`') {
            helps.push(Help { problem: problem.to_owned(), text: text.to_owned() });
        }
    }
    helps
}

impl Help {
    /// The problem and the help without numbers and code, where several corrections are equally good.
    pub(crate) fn template(&self) -> String {
        let quoted = |text: &str| {
            let template = text.split('`').step_by(2).collect::<Vec<_>>().join("`…`");
            let template = template.replace("`…`, ", "").replace("`…` or ", "");
            template.split(|char: char| char.is_ascii_digit()).collect::<Vec<_>>().join("")
        };
        format!("{}\nhelp: {}", quoted(&self.problem), quoted(&self.text))
    }

    /// The texts in backticks.
    pub(crate) fn code(&self) -> Vec<Text> {
        self.text.split('`').skip(1).step_by(2).map(Text::with_placeholders).collect()
    }

    /// Whether it may say to take something away.
    pub(crate) fn takes_away(&self) -> bool {
        ["leave ", "remove ", "keep ", "instead of "].iter().any(|word| self.text.contains(word))
    }
}

/// The text with one blank between two words.
pub(crate) fn on_one_line(text: &str) -> String {
    text.split_whitespace().collect::<Vec<_>>().join(" ")
}
