// SPDX-FileCopyrightText: Copyright (c) 2026 NVIDIA CORPORATION & AFFILIATES. All rights reserved.
// SPDX-License-Identifier: Apache-2.0

//! Tables: in a pipe with columns as wide as their widest text, on a terminal as wide as the terminal.

mod layout;

use std::io::{self, Write};

use telemetry_core::__command1::escape_untrusted;

use self::layout::Layout;
use crate::output::Output;
use crate::style::HEADING;

/// The maximum length of a cell, in characters. Longer texts are cut.
const LONGEST: usize = 4096;

/// Rows of texts with a heading.
///
/// ```
/// use telemetry_cli::Output;
/// use telemetry_cli::__private1::Table;
///
/// let mut table = Table::new(["NAME", "VALUE"]);
/// table.row(["a", "1"]);
/// let mut text = Vec::new();
/// table.print(&mut Output::plain(&mut text))?;
/// assert_eq!(text, b"NAME  VALUE\na     1\n");
/// # Ok::<(), std::io::Error>(())
/// ```
#[derive(Debug, Clone)]
pub struct Table<const N: usize> {
    heading: [String; N],
    rows: Vec<[String; N]>,
}

impl<const N: usize> Table<N> {
    /// An empty table with this heading.
    #[must_use]
    pub fn new(heading: [&str; N]) -> Self {
        Self { heading: heading.map(str::to_owned), rows: Vec::new() }
    }

    /// Adds a row. Control characters are escaped, so that no value can disturb the terminal. A text of more than 4,096
    /// characters is cut.
    pub fn row<T: Into<String>>(&mut self, cells: [T; N]) {
        self.rows.push(cells.map(|cell| escape_untrusted(&cell.into(), LONGEST)));
    }

    /// Prints the table.
    ///
    /// # Errors
    ///
    /// If writing to `out` fails.
    pub fn print(&self, out: &mut Output<'_>) -> io::Result<()> {
        let layout = Layout::of(&self.heading, &self.rows, out.width());
        for line in layout.lines(&self.heading) {
            let line = out.styled(&line, HEADING);
            writeln!(out, "{line}")?;
        }
        let mut lines = self.rows.iter().flat_map(|row| layout.lines(row));
        lines.try_for_each(|line| writeln!(out, "{line}"))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_value_cannot_disturb_the_terminal() {
        let mut table = Table::new(["V"]);
        table.row(["\u{1b}[2J\n"]);
        table.row(["x".repeat(1 << 20)]);
        let mut out = Vec::new();
        table.print(&mut Output::plain(&mut out)).unwrap();
        let out = String::from_utf8(out).unwrap();
        assert!(out.starts_with("V\n\\u{1b}[2J\\n\nxxx"), "{out:.100}");
        assert!(out.len() < 2 * LONGEST, "{} bytes", out.len());
    }

    fn printed<const N: usize>(rows: &[[&str; N]], width: Option<usize>) -> Vec<String> {
        let mut table = Table::new(["FIELD", "VALUE", "WHY"].first_chunk().copied().unwrap());
        rows.iter().for_each(|row| table.row(*row));
        let mut text = Vec::new();
        let mut out = match width {
            Some(width) => Output::terminal(&mut text, width, false),
            None => Output::plain(&mut text),
        };
        table.print(&mut out).unwrap();
        drop(out);
        String::from_utf8(text).unwrap().lines().map(str::to_owned).collect()
    }

    const ROWS: [[&str; 3]; 3] = [
        ["platform", "Linux-6.1.0-26-x86_64-with-glibc2.36", "this machine"],
        ["rails", "input, dialog", "dialog: `rails.dialog.single_call.enabled` in one of two files"],
        ["", "", "input: `self check input`"],
    ];

    #[test]
    fn a_pipe_gets_each_row_on_one_line() {
        let lines = printed(&ROWS, None);
        assert_eq!(lines.len(), 4);
        assert!(lines.iter().all(|line| !line.ends_with(' ')), "{lines:?}");
        assert!(
            lines[2].ends_with(ROWS[1][2]) && lines[0].find("WHY") == lines[2].find("dialog: "),
            "{lines:?}"
        );
    }

    #[test]
    fn a_terminal_gets_cells_that_are_wrapped_at_words() {
        assert_eq!(
            printed(&ROWS, Some(84)),
            [
                "FIELD     VALUE                                 WHY",
                "platform  Linux-6.1.0-26-x86_64-with-glibc2.36  this machine",
                "rails     input, dialog                         dialog:",
                "                                                `rails.dialog.single_call.enabled`",
                "                                                in one of two files",
                "                                                input: `self check input`",
            ]
        );
    }

    #[test]
    fn columns_without_room_follow_below() {
        assert_eq!(
            printed(&ROWS, Some(60)),
            [
                "FIELD     VALUE",
                "            WHY",
                "platform  Linux-6.1.0-26-x86_64-with-glibc2.36",
                "            this machine",
                "rails     input, dialog",
                "            dialog: `rails.dialog.single_call.enabled` in",
                "            one of two files",
                "            input: `self check input`",
            ]
        );
    }

    /// Nothing is lost, broken or too wide, whatever the texts and the width are.
    #[test]
    fn every_width_shows_every_word() {
        let rows =
            [["ä", "日本 日本語", "a-b /c/d`e f` `"], ["one two three", "", "x".repeat(30).leak()], ROWS[1]];
        let words = |lines: &[String]| {
            let mut words: Vec<String> =
                lines.iter().flat_map(|line| line.split_whitespace()).map(str::to_owned).collect();
            words.sort();
            words
        };
        let all = words(&printed(&rows, None));
        for width in 20..200 {
            let lines = printed(&rows, Some(width));
            assert_eq!(words(&lines), all, "{width}: {lines:#?}");
            let is_in_bounds = |line: &String| {
                textwrap::core::display_width(line) <= width || line.split_whitespace().count() == 1
            };
            assert!(lines.iter().all(is_in_bounds), "{width}: {lines:#?}");
        }
    }

    #[test]
    fn the_heading_has_a_style_where_styles_are_shown() {
        let mut text = Vec::new();
        Table::<1>::new(["V"]).print(&mut Output::terminal(&mut text, 80, true)).unwrap();
        assert_eq!(String::from_utf8(text).unwrap(), "\u{1b}[1mV\u{1b}[0m\n");
    }
}
