// SPDX-FileCopyrightText: Copyright (c) 2026 NVIDIA CORPORATION & AFFILIATES. All rights reserved.
// SPDX-License-Identifier: Apache-2.0

//! A sequence of items, and how often they repeat.

use super::escape::Escape;
use super::group::Group;
use super::{Parsed, Parser, Width};

/// The most a repetition can ask for.
const MAX_REPEAT: u64 = 4_294_967_295;

/// The last item read, as far as repeating it goes.
#[derive(Clone, Copy)]
enum Last {
    /// Nothing, or a position: there is nothing to repeat.
    Nothing,
    /// Something that matches characters.
    Item(Width),
    /// Something that repeats already.
    Repeated,
}

impl Parser {
    /// Items up to a `|`, a `)` or the end; `first` if global flags may still come.
    pub(super) fn sequence(&mut self, verbose: bool, first: bool) -> Parsed<Width> {
        let (mut width, mut last, mut empty) = (Width::ZERO, Last::Nothing, true);
        while let Some(c) = self.cursor.peek().filter(|c| !matches!(c, '|' | ')')) {
            self.cursor.next();
            if verbose && self.skipped(c) {
                continue;
            }
            if let Some((least, most)) = self.repetition(c)? {
                let Last::Item(item) = last else { return Err(unrepeatable(last).into()) };
                // The item was counted once already.
                width = width.less(item).then(item.times(least, most));
                last = Last::Repeated;
                continue;
            }
            let Some(item) = self.item(c, verbose, first && empty)? else { continue };
            last = item;
            empty = false;
            if let Last::Item(item) = item {
                width = width.then(item);
            }
        }
        Ok(width)
    }

    /// White space and comments of verbose mode.
    fn skipped(&mut self, c: char) -> bool {
        if c == '#' {
            self.cursor.take(usize::MAX, |c| c != '\n');
        }
        c == '#' || matches!(c, ' ' | '\t' | '\n' | '\r' | '\x0b' | '\x0c')
    }

    /// One item; `None` for what leaves nothing behind, such as a comment.
    fn item(&mut self, c: char, verbose: bool, first: bool) -> Parsed<Option<Last>> {
        Ok(Some(match c {
            '^' | '$' => Last::Nothing,
            '(' => match self.group(verbose, first)? {
                Group::Nothing => return Ok(None),
                Group::Item(width) => Last::Item(width),
            },
            '[' => self.class().map(|()| Last::Item(Width::ONE))?,
            '\\' => match self.escape()? {
                Escape::Position => Last::Nothing,
                Escape::Char(_) | Escape::Class => Last::Item(Width::ONE),
                Escape::Group(width) => Last::Item(width),
            },
            _ => Last::Item(Width::ONE),
        }))
    }

    /// How often the item before repeats, if `c` begins a repetition.
    fn repetition(&mut self, c: char) -> Parsed<Option<(u64, u64)>> {
        let bounds = match c {
            '*' => (0, MAX_REPEAT),
            '+' => (1, MAX_REPEAT),
            '?' => (0, 1),
            '{' => match self.counts()? {
                Some(counts) => counts,
                None => return Ok(None),
            },
            _ => return Ok(None),
        };
        // Lazy or possessive.
        let _ = self.cursor.eat('?') || self.cursor.eat('+');
        Ok(Some(bounds))
    }

    /// `{2}`, `{2,}`, `{,5}` or `{2,5}`, the brace already read; anything else is a brace that stands for itself.
    fn counts(&mut self) -> Parsed<Option<(u64, u64)>> {
        let mark = self.cursor.mark();
        if self.cursor.peek() == Some('}') {
            return Ok(None);
        }
        let least = self.cursor.take(usize::MAX, |c| c.is_ascii_digit());
        let most = if self.cursor.eat(',') {
            self.cursor.take(usize::MAX, |c| c.is_ascii_digit())
        } else {
            least.clone()
        };
        if !self.cursor.eat('}') {
            self.cursor.reset(mark);
            return Ok(None);
        }
        let number = |digits: &str, default| {
            if digits.is_empty() { default } else { digits.parse().unwrap_or(u64::MAX) }
        };
        let (from, to) = (number(&least, 0), number(&most, MAX_REPEAT));
        let huge = |digits: &str, value| !digits.is_empty() && value >= MAX_REPEAT;
        if huge(&least, from) || huge(&most, to) {
            return Err("a repetition is too large".into());
        }
        if to < from {
            Err("a repetition asks for more at least than at most".into())
        } else {
            Ok(Some((from, to)))
        }
    }
}

fn unrepeatable(last: Last) -> &'static str {
    match last {
        Last::Repeated => "a repetition is repeated",
        _ => "a repetition has nothing before it",
    }
}

impl Width {
    fn less(self, item: Self) -> Self {
        Self { least: self.least.saturating_sub(item.least), most: self.most.saturating_sub(item.most) }
    }
}
