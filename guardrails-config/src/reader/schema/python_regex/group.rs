// SPDX-FileCopyrightText: Copyright (c) 2026 NVIDIA CORPORATION & AFFILIATES. All rights reserved.
// SPDX-License-Identifier: Apache-2.0

//! Groups in parentheses: capturing, named, looking around, conditional, with flags.

use super::{Parsed, Parser, Stop, Width};

/// What a group leaves behind.
pub(super) enum Group {
    /// Nothing at all: a comment, or flags for the whole pattern.
    Nothing,
    Item(Width),
}

/// Flags that can be switched off again.
const SWITCHES: [char; 4] = ['i', 'm', 's', 'x'];
/// Flags of which a pattern has at most one.
const CHARACTER_SETS: [char; 2] = ['a', 'u'];

impl Parser {
    /// A group, its opening parenthesis already read.
    pub(super) fn group(&mut self, verbose: bool, first: bool) -> Parsed<Group> {
        if !self.cursor.eat('?') {
            return self.capturing(None, verbose);
        }
        match self.cursor.next() {
            None => Err("it ends after `(?`".into()),
            Some('P') => self.named(verbose),
            Some(':' | '>') => self.plain(verbose),
            Some('#') => match self.cursor.until(')') {
                Some(_) => Ok(Group::Nothing),
                None => Err("a comment has no `)`".into()),
            },
            Some('=') | Some('!') => self.look(verbose),
            Some('<') => self.look_behind(verbose),
            Some('(') => self.condition(verbose),
            Some(c) if c == '-' || is_flag(c) => self.flags(c, verbose, first),
            Some(c) => Err(format!("`(?{c}` is unknown").into()),
        }
    }

    fn contents(&mut self, verbose: bool) -> Parsed<Width> {
        let width = self.alternatives(verbose)?;
        if self.cursor.eat(')') { Ok(width) } else { Err("a `(` has no `)`".into()) }
    }

    fn plain(&mut self, verbose: bool) -> Parsed<Group> {
        self.contents(verbose).map(Group::Item)
    }

    fn capturing(&mut self, name: Option<String>, verbose: bool) -> Parsed<Group> {
        let index = self.groups.len();
        self.groups.push(None);
        if let Some(name) = name
            && self.names.insert(name.clone(), index + 1).is_some()
        {
            return Err(format!("two groups are called `{name}`").into());
        }
        let width = self.contents(verbose)?;
        if let Some(group) = self.groups.get_mut(index) {
            *group = Some(width);
        }
        Ok(Group::Item(width))
    }

    fn named(&mut self, verbose: bool) -> Parsed<Group> {
        if self.cursor.eat('<') {
            let name = self.name('>')?;
            return self.capturing(Some(name), verbose);
        }
        if !self.cursor.eat('=') {
            return Err("`(?P` must go on with `<` or `=`".into());
        }
        let name = self.name(')')?;
        let group = self.group_called(&name)?;
        self.reference(group).map(Group::Item)
    }

    fn name(&mut self, end: char) -> Parsed<String> {
        match self.cursor.until(end) {
            Some(name) if is_identifier(&name) => Ok(name),
            _ => Err("the name of a group is not a word".into()),
        }
    }

    fn group_called(&self, name: &str) -> Parsed<usize> {
        self.names.get(name).copied().ok_or_else(|| format!("no group is called `{name}`").into())
    }

    fn look(&mut self, verbose: bool) -> Parsed<Group> {
        self.contents(verbose).map(|_| Group::Item(Width::ZERO))
    }

    fn look_behind(&mut self, verbose: bool) -> Parsed<Group> {
        if !(self.cursor.eat('=') || self.cursor.eat('!')) {
            return Err("`(?<` must go on with `=` or `!`".into());
        }
        let outer = self.look_behind;
        self.look_behind = outer.or(Some(self.groups.len()));
        let width = self.contents(verbose)?;
        self.look_behind = outer;
        if width.least == width.most {
            Ok(Group::Item(Width::ZERO))
        } else {
            Err("what a look-behind looks for must have one width".into())
        }
    }

    fn condition(&mut self, verbose: bool) -> Parsed<Group> {
        let Some(name) = self.cursor.until(')') else { return Err("a condition has no `)`".into()) };
        let group = if is_identifier(&name) { self.group_called(&name)? } else { self.group_number(&name)? };
        self.visible_behind(group)?;
        let yes = self.branch(verbose)?;
        let no = if self.cursor.eat('|') { self.branch(verbose)? } else { Width::ZERO };
        if self.cursor.eat(')') {
            Ok(Group::Item(yes.or(no)))
        } else {
            Err("a condition has more than two branches, or no `)`".into())
        }
    }

    fn branch(&mut self, verbose: bool) -> Parsed<Width> {
        self.depth += 1;
        if self.depth > super::MAX_DEPTH {
            return Err("groups are nested too deeply".into());
        }
        let width = self.sequence(verbose, false)?;
        self.depth -= 1;
        Ok(width)
    }

    fn group_number(&mut self, digits: &str) -> Parsed<usize> {
        let number = digits.bytes().all(|byte| byte.is_ascii_digit()).then(|| digits.parse().ok()).flatten();
        match number {
            Some(group) if group > 0 => {
                self.conditions.push(group);
                Ok(group)
            }
            _ => Err("a condition must name a group or give its number".into()),
        }
    }

    /// Flags for the whole pattern, `(?i)`, or for a group, `(?i-s:…)`; the first character already read.
    fn flags(&mut self, first_flag: char, verbose: bool, first: bool) -> Parsed<Group> {
        let mut on = String::new();
        let mut next = first_flag;
        while is_flag(next) {
            on.push(next);
            next = self.cursor.next().ok_or("flags have no `)`")?;
        }
        if CHARACTER_SETS.iter().all(|flag| on.contains(*flag)) {
            return Err("the flags `a` and `u` contradict each other".into());
        }
        match next {
            ')' if !first => Err("flags for the whole pattern must come first".into()),
            ')' if on.contains('x') && !verbose => Err(Stop::Verbose),
            ')' => Ok(Group::Nothing),
            ':' => self.plain(verbose || on.contains('x')),
            '-' => self.flags_off(&on, verbose),
            _ => Err(format!("`{next}` is not a flag").into()),
        }
    }

    fn flags_off(&mut self, on: &str, verbose: bool) -> Parsed<Group> {
        let off = self.cursor.take(usize::MAX, |c| SWITCHES.contains(&c));
        if off.is_empty() || !self.cursor.eat(':') {
            return Err("flags to switch off must be some of `imsx`, followed by `:`".into());
        }
        if on.chars().any(|flag| off.contains(flag)) {
            return Err("a flag is switched on and off".into());
        }
        self.plain((verbose || on.contains('x')) && !off.contains('x'))
    }
}

fn is_flag(c: char) -> bool {
    SWITCHES.contains(&c) || CHARACTER_SETS.contains(&c)
}

fn is_identifier(name: &str) -> bool {
    let letter = |c: char| c == '_' || c.is_alphabetic();
    name.starts_with(letter) && name.chars().all(|c| letter(c) || c.is_alphanumeric())
}
