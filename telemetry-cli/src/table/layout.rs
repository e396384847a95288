// SPDX-FileCopyrightText: Copyright (c) 2026 NVIDIA CORPORATION & AFFILIATES. All rights reserved.
// SPDX-License-Identifier: Apache-2.0

//! The columns of a table in a limited width.

use crate::wrap::{columns, longest_word, wrap};

/// Between two columns.
const GAP: &str = "  ";

/// The indent of the columns that are below the others.
const INDENT: usize = 2;

/// Columns are not made narrower than this for longer texts, because such a column is hard to read.
const NARROW: usize = 20;

/// The widths that the texts of a column need, in columns of the terminal.
#[derive(Debug, Clone, Copy, Default)]
struct Need {
    /// The longest text, in one line.
    natural: usize,
    /// The longest word, or more.
    least: usize,
}

impl Need {
    fn of<'a>(texts: impl Iterator<Item = &'a String>) -> Self {
        texts.fold(Self::default(), |need, text| {
            let natural = columns(text);
            Self {
                natural: need.natural.max(natural),
                least: need.least.max(longest_word(text)).max(natural.min(NARROW)),
            }
        })
    }
}

/// The places of the columns. As many of them as fit are beside one another; the others follow on lines of their own, below.
#[derive(Debug)]
pub(super) struct Layout {
    beside: Vec<usize>,
    indent: usize,
    width: usize,
}

impl Layout {
    /// The layout of these rows in `width`; without a limit, each text is on one line.
    pub(super) fn of<const N: usize>(
        heading: &[String; N],
        rows: &[[String; N]],
        width: Option<usize>,
    ) -> Self {
        let all = || std::iter::once(heading).chain(rows);
        let needs: [Need; N] =
            std::array::from_fn(|column| Need::of(all().filter_map(|row| row.get(column))));
        let Some(width) = width else {
            let beside = needs.iter().map(|need| need.natural).collect();
            return Self { beside, indent: INDENT, width: usize::MAX };
        };
        let fits = |count: &usize| {
            let least: usize = needs.iter().take(*count).map(|need| need.least).sum();
            least + gaps(*count) <= width
        };
        let (beside, below) = needs.split_at((1..=N).rev().find(fits).unwrap_or(N.min(1)));
        let beside = shared(beside, width.saturating_sub(gaps(beside.len())));
        Self { indent: indent(&beside, below, width), beside, width }
    }

    /// The lines of a row.
    pub(super) fn lines(&self, row: &[String]) -> Vec<String> {
        let (beside, below) = row.split_at(self.beside.len().min(row.len()));
        let mut lines = self.beside(beside);
        let below = below.iter().filter(|cell| !cell.is_empty()).cloned().collect::<Vec<_>>().join(GAP);
        if !below.is_empty() {
            lines.retain(|line| !line.is_empty());
            let indent = " ".repeat(self.indent);
            let wrapped = wrap(&below, self.width.saturating_sub(self.indent), "");
            lines.extend(wrapped.iter().map(|line| format!("{indent}{line}")));
        }
        lines
    }

    fn beside(&self, row: &[String]) -> Vec<String> {
        let cells: Vec<_> =
            row.iter().zip(&self.beside).map(|(cell, width)| wrap(cell, *width, "")).collect();
        let height = cells.iter().map(Vec::len).max().unwrap_or_default();
        let cell = |line: usize, (cell, width): (&Vec<String>, &usize)| {
            let text = cell.get(line).map_or("", String::as_str);
            format!("{text}{:1$}", "", width.saturating_sub(columns(text)))
        };
        let line = |line| cells.iter().zip(&self.beside).map(|pair| cell(line, pair)).collect::<Vec<_>>();
        (0..height).map(|index| line(index).join(GAP).trim_end().to_owned()).collect()
    }
}

fn gaps(count: usize) -> usize {
    GAP.len() * count.saturating_sub(1)
}

/// Shares `width` among columns: the widest ones are narrowed first.
fn shared(needs: &[Need], width: usize) -> Vec<usize> {
    let limited = |limit: usize| needs.iter().map(move |need| need.natural.min(limit).max(need.least));
    let limit = (0..=width).rev().find(|limit| limited(*limit).sum::<usize>() <= width);
    limited(limit.unwrap_or_default()).collect()
}

/// Below the second column, if there is room.
fn indent(beside: &[usize], below: &[Need], width: usize) -> usize {
    let second = beside.first().map_or(0, |first| first + GAP.len()) + INDENT;
    let least = below.iter().map(|need| need.least).max().unwrap_or_default();
    if beside.len() > 1 && second + least <= width { second } else { INDENT }
}
