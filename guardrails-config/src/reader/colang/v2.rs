// SPDX-FileCopyrightText: Copyright (c) 2026 NVIDIA CORPORATION & AFFILIATES. All rights reserved.
// SPDX-License-Identifier: Apache-2.0

//! Colang 2.x by lines: every `flow …` and `import …` at the start of a line outside a docstring.

use std::collections::HashSet;

use super::{Content, Problem, line_number};

/// Paths that one file can import.
const MOST_IMPORTS: usize = 10_000;

/// White space that indents.
const INDENTATION: [char; 3] = [' ', '\t', '\r'];

/// Counts flows and collects imports.
pub(super) fn scan(text: &str) -> Result<Content, Problem> {
    let mut scan = Scan::default();
    for (index, line) in text.split('\n').enumerate() {
        scan.line(line, line_number(index))?;
    }
    scan.body_begins_or_fails(false)?;
    alone(text).map(|()| scan.content)
}

#[derive(Default)]
struct Scan<'a> {
    content: Content,
    /// Paths imported so far.
    imports: HashSet<&'a str>,
    /// The triple quotes that are open.
    quotes: Option<&'static str>,
    /// The line of a flow whose body has not begun.
    bodiless: Option<u32>,
    /// The indentation of statements outside of flows.
    top: Option<usize>,
}

impl<'a> Scan<'a> {
    fn line(&mut self, line: &'a str, number: u32) -> Result<(), Problem> {
        let in_text = self.quotes.is_some();
        self.quotes = open_quotes(line, self.quotes);
        let written = line.trim_start_matches(INDENTATION);
        if in_text || written.is_empty() {
            return Ok(());
        }
        // The reference looks for indentation in front of comments, too: one is enough of a body, and one that is not
        // indented ends the flow before it has a body.
        let indented = self.is_indented(line, number);
        self.body_begins_or_fails(indented)?;
        if indented || written.starts_with('#') {
            return Ok(());
        }
        if let Some(header) = header(written) {
            check_header(header, number)?;
            self.content.flows += 1;
            self.bodiless = Some(number);
        } else if let Some(import) = import(written).filter(|_| self.imports.insert(written)) {
            self.content.imports.push((import, number));
        }
        if self.imports.len() > MOST_IMPORTS {
            let words = format!("imports more than {MOST_IMPORTS} paths");
            return Err(Problem { line: number, words, remedy: "import fewer" });
        }
        Ok(())
    }

    /// Whether a line is deeper than the top of the file. White space in front of the whole text is not indentation; a text
    /// that begins with an empty line or a comment may be indented as a whole.
    fn is_indented(&mut self, line: &str, number: u32) -> bool {
        let written = line.trim_start_matches(INDENTATION);
        if number == 1 {
            self.top = (!written.starts_with('#')).then_some(0);
            return false;
        }
        let before = line.chars().take_while(|c| INDENTATION.contains(c));
        let indentation = before.map(|c| if c == '\t' { 8 } else { 1 }).sum();
        indentation > *self.top.get_or_insert(indentation)
    }

    /// After the header of a flow comes an indented line.
    fn body_begins_or_fails(&mut self, indented: bool) -> Result<(), Problem> {
        match self.bodiless.take() {
            Some(line) if !indented => Err(Problem {
                line,
                words: "defines a flow without a block below it".to_owned(),
                remedy: "indent the first line below it; a comment will do",
            }),
            _ => Ok(()),
        }
    }
}

/// Which triple quotes are open after a line.
fn open_quotes(line: &str, mut open: Option<&'static str>) -> Option<&'static str> {
    let mut rest = line;
    while let Some(c) = rest.chars().next() {
        let step = if let Some(quotes) = open {
            let closes = rest.starts_with(quotes);
            open = open.filter(|_| !closes);
            if closes { 3 } else { escaped_step(rest, c) }
        } else if let Some(quotes) = ["\"\"\"", "'''"].into_iter().find(|quotes| rest.starts_with(quotes)) {
            open = Some(quotes);
            3
        } else if c == '#' {
            return None;
        } else if matches!(c, '"' | '\'') {
            text_length(rest, c)
        } else {
            c.len_utf8()
        };
        rest = rest.get(step..).unwrap_or_default();
    }
    open
}

/// The length of a text in quotes on one line; the rest of the line where it does not end.
fn text_length(text: &str, quote: char) -> usize {
    let mut at = 1;
    while let Some(c) = text.get(at..).and_then(|rest| rest.chars().next()) {
        if c == quote {
            return at + 1;
        }
        at += text.get(at..).map_or(1, |rest| escaped_step(rest, c));
    }
    text.len()
}

/// How far to go on in a text: over a backslash and what it escapes.
fn escaped_step(rest: &str, c: char) -> usize {
    let escaped = if c == '\\' { rest.chars().nth(1).map_or(0, char::len_utf8) } else { 0 };
    c.len_utf8() + escaped
}

/// What follows `flow` in a line that defines one; `flow (…)` is a call.
fn header(line: &str) -> Option<&str> {
    let rest = line.strip_prefix("flow")?;
    let header = rest.trim_start_matches([' ', '\t']);
    let named = header.len() < rest.len() && !header.is_empty() && !header.starts_with(['(', '#', '\r']);
    named.then_some(rest)
}

/// The name is made of words.
fn check_header(header: &str, line: u32) -> Result<(), Problem> {
    let name = header.split(['(', '$', '#', '\r']).next().unwrap_or_default();
    let name = name.split("->").next().unwrap_or_default();
    let letter = |c: char| c == '_' || c.is_alphabetic();
    let is_word = |word: &str| {
        word.is_empty() || word.starts_with(letter) && word.chars().all(|c| letter(c) || c.is_alphanumeric())
    };
    if name.split(' ').all(is_word) && !header.trim_start_matches(' ').starts_with('$') {
        return Ok(());
    }
    let words = format!("defines a flow called `{}`", name.trim());
    Err(Problem {
        line,
        words,
        remedy: "name a flow with words of letters, digits and underscores, separated by spaces",
    })
}

/// A file whose first line is an import, or another call, and that goes on with nothing is beyond the reference's parser.
fn alone(text: &str) -> Result<(), Problem> {
    let (first, rest) = text.split_once('\n').unwrap_or((text, ""));
    let only = !first.trim().is_empty() && rest.trim_matches([' ', '\n', '\r']).is_empty();
    let statement = import(first.trim_start_matches(' ')).is_some();
    if only && statement {
        return Err(Problem {
            line: 1,
            words: "holds one import and nothing else, which the product cannot load".to_owned(),
            remedy: "add an empty line before it",
        });
    }
    Ok(())
}

/// The path an import line names: `import a.b` is `a/b`; a quoted one keeps its quotes and never leads anywhere.
fn import(line: &str) -> Option<String> {
    let rest = line.strip_prefix("import")?;
    let name = rest.trim_start_matches(' ');
    if name.len() == rest.len() {
        return None;
    }
    if let Some(quote) = name.chars().next().filter(|c| matches!(c, '"' | '\'')) {
        let end = name.get(1..)?.find(quote)? + 2;
        return name.get(..end).map(str::to_owned);
    }
    let name = name.split('#').next().unwrap_or_default();
    let mut path = String::with_capacity(name.len());
    for (index, part) in name.split('.').enumerate() {
        path.push_str(if index > 0 { "/" } else { "" });
        path.push_str(part.trim());
    }
    Some(path).filter(|path| !path.is_empty())
}
