// SPDX-FileCopyrightText: Copyright (c) 2026 NVIDIA CORPORATION & AFFILIATES. All rights reserved.
// SPDX-License-Identifier: Apache-2.0

//! What readers of both formats share: what they find, and where they give up.

/// What stands under the keys that count.
#[derive(Debug, Default, PartialEq, Eq)]
pub(super) struct Found<'a> {
    pub(super) value: Option<&'a str>,
    pub(super) condition: Option<&'a str>,
}

/// The line that is not understood, counted from 1.
#[derive(Debug, PartialEq, Eq)]
pub(super) struct Unreadable {
    pub(super) line: usize,
}

impl<'a> Found<'a> {
    /// Takes the value of a key if it counts. Nothing may stand twice.
    pub(super) fn take(&mut self, key: &str, value: &'a str, file: &super::ConsentFile) -> Option<()> {
        let place = if key == file.key {
            &mut self.value
        } else if file.condition.is_some_and(|(condition, _)| condition == key) {
            &mut self.condition
        } else {
            return Some(());
        };
        place.replace(value).is_none().then_some(())
    }
}

/// The lines with their numbers; nothing if a character stands there that the formats treat in ways of their own.
pub(super) fn numbered(text: &str) -> Result<impl Iterator<Item = (usize, &str)>, Unreadable> {
    let lines = || text.lines().zip(1..).map(|(line, number)| (number, line));
    match lines().find(|(_, line)| line.contains(is_strange)) {
        Some((line, _)) => Err(Unreadable { line }),
        None => Ok(lines()),
    }
}

/// Control characters, and what YAML takes for the end of a line or the start of a file.
fn is_strange(c: char) -> bool {
    (c.is_control() && c != '\t') || matches!(c, '\u{2028}' | '\u{2029}' | '\u{feff}')
}
