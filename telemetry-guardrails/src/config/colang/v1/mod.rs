// SPDX-FileCopyrightText: Copyright (c) 2026 NVIDIA CORPORATION & AFFILIATES. All rights reserved.
// SPDX-License-Identifier: Apache-2.0

//! Colang 1.0 by lines: which flows a file defines.
//!
//! Flows come from `define … flow NAME`, from a `bot` line inside a definition of messages, and from a bare block `NAME:`
//! (`docs/LOADING.md` 3.1).

mod lines;

use std::collections::HashSet;
use std::hash::{DefaultHasher, Hash, Hasher};

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
pub(super) fn scan(text: &str, most_flows: u64) -> Result<Content, Problem> {
    let mut scan = Scan { seen: HashSet::new(), open: Vec::new(), content: Content::default() };
    for line in logical_lines(text) {
        scan.line(&line)?;
        if scan.content.names.len() as u64 > most_flows {
            break;
        }
    }
    scan.close_down_to(0, true)?;
    scan.content.flows = scan.content.names.len() as u64;
    Ok(scan.content)
}

/// What a line with a block below it introduces.
enum Block {
    Flow,
    /// A flow without a name is known by its body: two with the same body are the same flow.
    Anonymous(DefaultHasher),
    /// Messages of the user; they may stand without a block.
    User,
    /// Messages of the bot.
    Bot,
    Action,
    /// A line that is no statement: with a block below it, it names a flow.
    Bare,
}

/// A line whose block is being read.
struct Open {
    kind: Block,
    name: String,
    number: u32,
    indentation: usize,
    /// Whether anything is in the block.
    filled: bool,
    /// Whether the block goes on with what the bot does.
    answers: bool,
}

struct Scan {
    seen: HashSet<String>,
    /// From the outermost to the innermost.
    open: Vec<Open>,
    content: Content,
}

impl Scan {
    fn line(&mut self, line: &Line) -> Result<(), Problem> {
        self.close_down_to(line.indentation, false)?;
        let answers = line.text == "bot" || line.text.starts_with("bot ");
        for open in &mut self.open {
            open.filled = true;
            open.answers |= answers;
            if let Block::Anonymous(body) = &mut open.kind {
                line.text.hash(body);
            }
        }
        let inside_bare = self.open.iter().any(|open| matches!(open.kind, Block::Bare));
        if let Some((kind, name)) = introduced(line)?.filter(|_| !inside_bare) {
            let (number, indentation) = (line.number, line.indentation);
            self.open.push(Open { kind, name, number, indentation, filled: false, answers: false });
        }
        Ok(())
    }

    /// Ends every block that a line with this indentation is not in.
    fn close_down_to(&mut self, indentation: usize, at_end: bool) -> Result<(), Problem> {
        while let Some(open) = self.open.pop_if(|open| open.indentation >= indentation) {
            self.close(open, at_end)?;
        }
        Ok(())
    }

    fn close(&mut self, open: Open, at_end: bool) -> Result<(), Problem> {
        let lacks_block = match open.kind {
            _ if open.filled => false,
            Block::Flow | Block::Anonymous(_) => true,
            Block::Bot | Block::Action => !at_end,
            Block::User | Block::Bare => false,
        };
        if lacks_block {
            let words = format!("defines `{}` without a block below it", open.name);
            return Err(Problem { line: open.number, words, remedy: "indent its lines with spaces" });
        }
        match open.kind {
            Block::Flow => self.flow(open.name, open.number),
            Block::Anonymous(body) => {
                self.flow(format!("anonymous flow {:016x}", body.finish()), open.number)
            }
            Block::User | Block::Bot if open.answers => {
                self.flow(format!("{}_direct", open.name), open.number)
            }
            Block::Bare if open.filled => self.flow(open.name, open.number),
            Block::User | Block::Bot | Block::Action | Block::Bare => Ok(()),
        }
    }

    fn flow(&mut self, name: String, line: u32) -> Result<(), Problem> {
        if self.seen.insert(name.clone()) {
            self.content.names.push(name);
            return Ok(());
        }
        let words = format!("defines the flow `{name}` a second time");
        Err(Problem { line, words, remedy: "rename one of the two, or move it into a file of its own" })
    }
}

/// What a line introduces, if it introduces anything, and its name.
fn introduced(line: &Line) -> Result<Option<(Block, String)>, Problem> {
    let text = normalized(&line.text);
    let first = text.split(' ').next().unwrap_or_default();
    if first == "define" {
        return definition(line, &text).map(Some);
    }
    let bare = line.indentation == 0 && !STATEMENTS.contains(&first) && !first.starts_with(['$', '"']);
    Ok(bare.then(|| (Block::Bare, text.strip_prefix(':').unwrap_or(&text).to_owned())))
}

fn definition(line: &Line, text: &str) -> Result<(Block, String), Problem> {
    let (kind, name) = kind_and_name(text);
    let kind = match kind {
        "flow" if text == "define flow" => Block::Anonymous(DefaultHasher::new()),
        "flow" | "subflow" => Block::Flow,
        "user" if text.starts_with("define user") => Block::User,
        "user" | "bot" => Block::Bot,
        "action" => Block::Action,
        _ => {
            let words = format!("defines a `{kind}`, which does not exist");
            let remedy = "define a user, bot, flow, subflow or action";
            return Err(Problem { line: line.number, words, remedy });
        }
    };
    Ok((kind, name.to_owned()))
}

/// What follows `define` and its modifiers: a word and the rest.
fn kind_and_name(text: &str) -> (&str, &str) {
    let mut rest = text.split_once(' ').map_or("", |(_, rest)| rest);
    loop {
        let (word, behind) = rest.split_once(' ').unwrap_or((rest, ""));
        if !MODIFIERS.contains(&word) {
            return (word, behind);
        }
        rest = behind;
    }
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
