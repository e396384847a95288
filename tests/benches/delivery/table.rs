// SPDX-FileCopyrightText: Copyright (c) 2026 NVIDIA CORPORATION & AFFILIATES. All rights reserved.
// SPDX-License-Identifier: Apache-2.0

//! Tables that are read in a terminal.

use std::fmt;

pub(crate) struct Table {
    rows: Vec<Vec<String>>,
}

impl Table {
    pub(crate) fn new(head: &[&str]) -> Self {
        Self { rows: vec![head.iter().map(ToString::to_string).collect()] }
    }

    /// A row with its name, its numbers, and what they are to be.
    pub(crate) fn row(&mut self, name: &str, numbers: &[f64], target: &str) {
        let numbers = numbers.iter().map(|number| match number.abs() {
            0.0..100.0 => format!("{number:.2}"),
            _ => format!("{number:.0}"),
        });
        let name = std::iter::once(name.to_owned());
        self.rows.push(name.chain(numbers).chain(std::iter::once(target.to_owned())).collect());
    }
}

impl fmt::Display for Table {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let columns = self.rows.first().map_or(0, Vec::len);
        let width = |column: usize| {
            let cells = self.rows.iter().filter_map(|row| row.get(column));
            cells.map(|cell| cell.chars().count()).max().unwrap_or(0)
        };
        let widths: Vec<usize> = (0..columns).map(width).collect();
        for (index, row) in self.rows.iter().enumerate() {
            let cells = row.iter().zip(&widths).map(|(cell, width)| format!("{cell:<width$}"));
            writeln!(f, "| {} |", cells.collect::<Vec<_>>().join(" | "))?;
            if index == 0 {
                let lines = widths.iter().map(|width| "-".repeat(*width));
                writeln!(f, "|-{}-|", lines.collect::<Vec<_>>().join("-|-"))?;
            }
        }
        Ok(())
    }
}
