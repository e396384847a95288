// SPDX-FileCopyrightText: Copyright (c) 2026 NVIDIA CORPORATION & AFFILIATES. All rights reserved.
// SPDX-License-Identifier: Apache-2.0

//! Whether a regular expression compiles in Python's `re`, without running it.
//!
//! A Rust regular expression crate would refuse patterns that the reference accepts and accept others; since an accepted
//! configuration is what counts, the language is followed here: release 3.11 of it, as parsed by its standard library.

mod class;
mod cursor;
mod escape;
mod group;
mod sequence;

use std::collections::HashMap;

use self::cursor::Cursor;

/// What is wrong with a pattern, in words.
type Fault = String;

/// Groups inside one another that are followed; the reference's interpreter gives up at a similar depth.
const MAX_DEPTH: usize = 150;

/// Longer patterns, in bytes, pass unread: every group is kept until the end.
const LONGEST: usize = 1 << 20;

/// Says what is wrong with a pattern.
pub(super) fn check(pattern: &str) -> Result<(), Fault> {
    if pattern.len() > LONGEST {
        return Ok(());
    }
    match Parser::new(pattern, false).run() {
        // A global `(?x)` changes how everything before and after it is read.
        Err(Stop::Verbose) => Parser::new(pattern, true).run().or_else(|stop| stop.fault()),
        outcome => outcome.or_else(|stop| stop.fault()),
    }
}

/// Why parsing ends early.
enum Stop {
    Fault(Fault),
    /// The whole pattern must be read again, in verbose mode.
    Verbose,
}

impl Stop {
    fn fault(self) -> Result<(), Fault> {
        match self {
            Self::Fault(fault) => Err(fault),
            Self::Verbose => Ok(()),
        }
    }
}

impl<T: Into<String>> From<T> for Stop {
    fn from(fault: T) -> Self {
        Self::Fault(fault.into())
    }
}

type Parsed<T> = Result<T, Stop>;

/// How many characters something matches, at least and at most.
#[derive(Clone, Copy, PartialEq, Eq)]
struct Width {
    least: u64,
    most: u64,
}

impl Width {
    const ZERO: Self = Self { least: 0, most: 0 };
    const ONE: Self = Self { least: 1, most: 1 };

    fn then(self, next: Self) -> Self {
        Self { least: self.least.saturating_add(next.least), most: self.most.saturating_add(next.most) }
    }

    fn or(self, other: Self) -> Self {
        Self { least: self.least.min(other.least), most: self.most.max(other.most) }
    }

    fn times(self, least: u64, most: u64) -> Self {
        Self { least: self.least.saturating_mul(least), most: self.most.saturating_mul(most) }
    }
}

/// Reads a pattern once.
struct Parser {
    cursor: Cursor,
    /// The widths of capturing groups from number 1, `None` while a group is open.
    groups: Vec<Option<Width>>,
    names: HashMap<String, usize>,
    /// How many groups there were when the outermost look-behind began.
    look_behind: Option<usize>,
    /// Groups that conditions ask about by number.
    conditions: Vec<usize>,
    depth: usize,
    verbose: bool,
}

impl Parser {
    fn new(pattern: &str, verbose: bool) -> Self {
        Self {
            cursor: Cursor::new(pattern),
            groups: Vec::new(),
            names: HashMap::new(),
            look_behind: None,
            conditions: Vec::new(),
            depth: 0,
            verbose,
        }
    }

    fn run(mut self) -> Parsed<()> {
        let verbose = self.verbose;
        self.alternatives(verbose)?;
        if self.cursor.peek().is_some() {
            return Err("a `)` has no `(`".into());
        }
        match self.conditions.iter().find(|group| **group > self.groups.len()) {
            Some(group) => Err(format!("a condition asks about group {group}, which does not exist").into()),
            None => Ok(()),
        }
    }

    /// Alternatives up to a `)` or the end.
    fn alternatives(&mut self, verbose: bool) -> Parsed<Width> {
        self.depth += 1;
        if self.depth > MAX_DEPTH {
            return Err("groups are nested too deeply".into());
        }
        let mut width = self.sequence(verbose, self.depth == 1)?;
        while self.cursor.eat('|') {
            width = width.or(self.sequence(verbose, false)?);
        }
        self.depth -= 1;
        Ok(width)
    }

    /// The width of a group that is referred to.
    fn reference(&self, group: usize) -> Parsed<Width> {
        let Some(width) = group.checked_sub(1).and_then(|index| self.groups.get(index)) else {
            return Err(format!("group {group} does not exist").into());
        };
        self.visible_behind(group)?;
        width.ok_or_else(|| format!("group {group} is referred to inside itself").into())
    }

    /// Inside a look-behind, only groups that ended before it can be referred to.
    fn visible_behind(&self, group: usize) -> Parsed<()> {
        let Some(before) = self.look_behind else { return Ok(()) };
        let closed =
            group.checked_sub(1).and_then(|index| self.groups.get(index)).is_some_and(Option::is_some);
        if closed && group <= before {
            Ok(())
        } else {
            Err(format!("group {group} cannot be used in a look-behind").into())
        }
    }
}

#[cfg(test)]
mod tests;
