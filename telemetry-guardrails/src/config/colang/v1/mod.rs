// SPDX-FileCopyrightText: Copyright (c) 2026 NVIDIA CORPORATION & AFFILIATES. All rights reserved.
// SPDX-License-Identifier: Apache-2.0

//! Colang 1.0 by lines: which flows a file defines.
//!
//! Flows come from `define … flow NAME`, from a `bot` line inside a definition of messages, and from a bare block `NAME:`
//! (LOADING.md 3.1).

mod lines;

use std::collections::HashSet;

use self::lines::{Line, logical_lines};
use super::{Content, Problem};

/// Words that may stand between `define` and what is defined.
const MODIFIERS: [&str; 11] = [
    "interruption",
    "repair",
    "test",
    "non-interruptable",
    "noninterruptable",
    "continuous",
    "recursive",
    "parallel",
    "extension",
    "sample",
    "response",
];

/// Words that begin a statement; a line that begins with another one and has a block below it names that block.
const STATEMENTS: [&str; 41] = [
    "import",
    "include",
    "use",
    "define",
    "def",
    "when",
    "user",
    "bot",
    "event",
    "do",
    "flow",
    "allow",
    "accept",
    "disallow",
    "deny",
    "reject",
    "goto",
    "go",
    "run",
    "set",
    "expect",
    "label",
    "checkpoint",
    "if",
    "else",
    "any",
    "infer",
    "pass",
    "continue",
    "break",
    "stop",
    "abort",
    "return",
    "done",
    "context",
    "meta",
    "log",
    "while",
    "for",
    "foreach",
    "execute",
];

/// Collects the names of flows.
pub(super) fn scan(text: &str) -> Result<Content, Problem> {
    let lines = logical_lines(text);
    let mut scan = Scan { seen: HashSet::new(), content: Content::default() };
    let mut rest = lines.as_slice();
    while let Some((line, after)) = rest.split_first() {
        let body = body(line, after);
        rest = if scan.block(line, body, after.is_empty())? {
            after.get(body.len()..).unwrap_or_default()
        } else {
            after
        };
    }
    scan.content.flows = scan.content.names.len() as u64;
    Ok(scan.content)
}

impl Line {
    fn problem(&self, words: String, remedy: &'static str) -> Problem {
        Problem { line: self.number, words, remedy }
    }
}

/// The lines below `line` that are indented more.
fn body<'a>(line: &Line, after: &'a [Line]) -> &'a [Line] {
    let end = after.iter().position(|below| below.indentation <= line.indentation).unwrap_or(after.len());
    after.get(..end).unwrap_or_default()
}

struct Scan {
    seen: HashSet<String>,
    content: Content,
}

impl Scan {
    /// Looks at a line and the block below it; true if the block is done with.
    fn block(&mut self, line: &Line, body: &[Line], last: bool) -> Result<bool, Problem> {
        let text = normalized(&line.text);
        let first = text.split(' ').next().unwrap_or_default();
        if first == "define" {
            return self.definition(line, &text, body, last).map(|()| false);
        }
        let names_block = line.indentation == 0 && !body.is_empty() && !STATEMENTS.contains(&first);
        if names_block && !first.starts_with(['$', '"']) {
            self.flow(text.strip_prefix(':').unwrap_or(&text).to_owned(), line)?;
        }
        Ok(names_block)
    }

    fn definition(&mut self, line: &Line, text: &str, body: &[Line], last: bool) -> Result<(), Problem> {
        let mut words = text.split(' ').skip(1);
        let kind = words.by_ref().find(|word| !MODIFIERS.contains(word)).unwrap_or_default();
        let name = words.collect::<Vec<_>>().join(" ");
        let may_lack_body =
            kind == "user" && text.starts_with("define user") || last && kind != "flow" && kind != "subflow";
        if body.is_empty() && !may_lack_body {
            return Err(line.problem(
                format!("defines `{name}` without a block below it"),
                "indent its lines with spaces",
            ));
        }
        match kind {
            "flow" if text == "define flow" => self.flow(anonymous(body), line),
            "flow" | "subflow" => self.flow(name, line),
            "user" | "bot" if answers_directly(body) => self.flow(format!("{name}_direct"), line),
            "user" | "bot" | "action" => Ok(()),
            _ => Err(line.problem(
                format!("defines a `{kind}`, which does not exist"),
                "define a user, bot, flow, subflow or action",
            )),
        }
    }

    fn flow(&mut self, name: String, line: &Line) -> Result<(), Problem> {
        if self.seen.insert(name.clone()) {
            self.content.names.push(name);
            return Ok(());
        }
        let words = format!("defines the flow `{name}` a second time");
        Err(line.problem(words, "rename one of the two, or move it into a file of its own"))
    }
}

/// A nameless flow is known by its body: two with the same body are the same flow.
fn anonymous(body: &[Line]) -> String {
    let body: String = body.iter().map(|line| line.text.as_str()).collect();
    format!("anonymous flow: {body}")
}

/// Whether a definition of messages goes on with what the bot does.
fn answers_directly(body: &[Line]) -> bool {
    body.iter().any(|line| line.text == "bot" || line.text.starts_with("bot "))
}

/// A line with single spaces outside quotes, without a colon at its end, and `def` spelled out.
fn normalized(text: &str) -> String {
    let mut line = String::with_capacity(text.len());
    let mut in_text = false;
    for c in text.chars() {
        in_text ^= c == '"';
        if in_text || c != ' ' || !line.ends_with(' ') {
            line.push(c);
        }
    }
    let line = line.strip_suffix(':').unwrap_or(&line);
    line.strip_prefix("def ").map_or_else(|| line.to_owned(), |rest| format!("define {rest}"))
}
