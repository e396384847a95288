// SPDX-FileCopyrightText: Copyright (c) 2026 NVIDIA CORPORATION & AFFILIATES. All rights reserved.
// SPDX-License-Identifier: Apache-2.0

//! Classes in brackets.

use super::escape::{Escape, in_class};
use super::{Parsed, Parser};

impl Parser {
    /// A class, its opening bracket already read.
    pub(super) fn class(&mut self) -> Parsed<()> {
        self.cursor.eat('^');
        let mut first = true;
        loop {
            let Some(c) = self.cursor.next() else { return Err("a `[` has no `]`".into()) };
            if c == ']' && !first {
                return Ok(());
            }
            first = false;
            let low = self.member(c)?;
            if self.cursor.eat('-') && self.range_ends(low)? {
                return Ok(());
            }
        }
    }

    /// What follows a hyphen; true if the class ends with it.
    fn range_ends(&mut self, low: Option<u32>) -> Parsed<bool> {
        let Some(c) = self.cursor.next() else { return Err("a `[` has no `]`".into()) };
        if c == ']' {
            return Ok(true);
        }
        let high = self.member(c)?;
        match low.zip(high) {
            Some((low, high)) if low <= high => Ok(false),
            _ => Err("a range in brackets is in the wrong order".into()),
        }
    }

    /// One member; `None` if it is a class of characters.
    fn member(&mut self, c: char) -> Parsed<Option<u32>> {
        if c != '\\' {
            return Ok(Some(u32::from(c)));
        }
        Ok(match in_class(&mut self.cursor)? {
            Escape::Char(code) => Some(code),
            Escape::Class | Escape::Position | Escape::Group(_) => None,
        })
    }
}
