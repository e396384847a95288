// SPDX-FileCopyrightText: Copyright (c) 2026 NVIDIA CORPORATION & AFFILIATES. All rights reserved.
// SPDX-License-Identifier: Apache-2.0

//! Tables for the terminal, with columns as wide as their widest text.

use std::io::{self, Write};

use telemetry_core::__command1::escape_untrusted;

/// The maximum length of a cell, in characters. Longer texts are cut.
const LONGEST: usize = 4096;

/// Rows of texts with a heading.
///
/// ```
/// use telemetry_cli::__private1::Table;
///
/// let mut table = Table::new(["NAME", "VALUE"]);
/// table.row(["a", "1"]);
/// let mut out = Vec::new();
/// table.print(&mut out)?;
/// assert_eq!(out, b"NAME  VALUE\na     1\n");
/// # Ok::<(), std::io::Error>(())
/// ```
#[derive(Debug, Clone)]
pub struct Table<const N: usize> {
    rows: Vec<[String; N]>,
}

impl<const N: usize> Table<N> {
    /// An empty table with this heading.
    #[must_use]
    pub fn new(heading: [&str; N]) -> Self {
        Self { rows: vec![heading.map(str::to_owned)] }
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
    pub fn print(&self, out: &mut dyn Write) -> io::Result<()> {
        let mut widths = [0; N];
        for row in &self.rows {
            for (width, cell) in widths.iter_mut().zip(row) {
                *width = cell.chars().count().max(*width);
            }
        }
        for row in &self.rows {
            let cells = row.iter().zip(widths).map(|(cell, width)| format!("{cell:width$}"));
            writeln!(out, "{}", cells.collect::<Vec<_>>().join("  ").trim_end())?;
        }
        Ok(())
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
        table.print(&mut out).unwrap();
        let out = String::from_utf8(out).unwrap();
        assert!(out.starts_with("V\n\\u{1b}[2J\\n\nxxx"), "{out:.100}");
        assert!(out.len() < 2 * LONGEST, "{} bytes", out.len());
    }
}
