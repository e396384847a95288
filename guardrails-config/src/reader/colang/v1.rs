// SPDX-FileCopyrightText: Copyright (c) 2026 NVIDIA CORPORATION & AFFILIATES. All rights reserved.
// SPDX-License-Identifier: Apache-2.0

//! Colang 1.0 by lines: which flows a file defines.
//!
//! Flows come from `define … flow NAME`, from a `bot` line inside a definition of messages, and from a bare word with deeper
//! lines below it (`docs/LOADING.md` 3.1). Each of them opens a block, and the first statement in a block makes it a flow.
//! Statements matter only as far as they decide where a bare word may open a block.

mod keyword;
mod lines;

use std::collections::HashSet;
use std::iter::Peekable;

use self::keyword::{Keyword, normalized};
use self::lines::{Line, LogicalLines, logical_lines};
use super::flow_name::{FlowId, FlowName};
use super::{Content, Problem};

/// Words that may come between `define` and what is defined.
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

/// Collects the flows.
pub(super) fn scan(text: &str, most_flows: u64) -> Result<Content, Problem> {
    let mut scan = Scan::new(text);
    while let Some(line) = scan.lines.next() {
        scan.line(&line)?;
        if scan.content.flows > most_flows {
            break;
        }
    }
    Ok(scan.content)
}

/// Lines that belong to one name.
struct Block {
    name: String,
    /// With the names of the blocks around it.
    full_name: FlowName,
    /// The line that opens it.
    number: u32,
    /// The indentation of its first line.
    indentation: usize,
    /// Whether a statement has made it a flow.
    begun: bool,
}

/// Where statements go: the current block itself, or the part of an `if` or the like.
struct Branch {
    indentation: usize,
    /// Whether it has a statement. A bare word opens a block only before the first statement.
    filled: bool,
}

struct Scan<'a> {
    lines: Peekable<LogicalLines<'a>>,
    /// From the outermost to the innermost, which is the current one. They end only where another one opens.
    blocks: Vec<Block>,
    /// Those of the current block, each indented deeper than the one before.
    branches: Vec<Branch>,
    seen: HashSet<FlowId>,
    content: Content,
}

impl<'a> Scan<'a> {
    fn new(text: &'a str) -> Self {
        Self {
            lines: logical_lines(text).peekable(),
            blocks: Vec::new(),
            branches: Vec::new(),
            seen: HashSet::new(),
            content: Content::default(),
        }
    }

    fn line(&mut self, line: &Line) -> Result<(), Problem> {
        let text = normalized(&line.text);
        match Keyword::of(&text) {
            Keyword::Import => Ok(()),
            Keyword::Define => self.definition(line, &text),
            Keyword::Bare => self.bare_word(line, &text),
            keyword => self.statement(line, keyword),
        }
    }

    /// A bare word opens a block if lines below it are deeper, and is a statement otherwise.
    fn bare_word(&mut self, line: &Line, text: &str) -> Result<(), Problem> {
        let name = text.strip_prefix(':').unwrap_or(text);
        match self.block_below(line) {
            Some(indentation) if self.may_open(line.indentation) => {
                self.open(line, name, indentation);
                Ok(())
            }
            _ => self.statement(line, Keyword::Plain),
        }
    }

    /// The indentation of the next line, if it is deeper than this one.
    fn block_below(&mut self, line: &Line) -> Option<usize> {
        self.next_indentation().filter(|next| *next > line.indentation)
    }

    fn next_indentation(&mut self) -> Option<usize> {
        self.lines.peek().map(|next| next.indentation)
    }

    /// Whether a block may open here: before any statement of the branch around it.
    fn may_open(&mut self, indentation: usize) -> bool {
        self.leave_branches(indentation);
        self.branches.last().is_none_or(|branch| !branch.filled)
    }

    fn leave_branches(&mut self, indentation: usize) {
        while self.branches.pop_if(|branch| branch.indentation > indentation).is_some() {}
    }

    /// Opens a block whose lines have the given indentation.
    fn open(&mut self, line: &Line, name: &str, indentation: usize) {
        while self.blocks.pop_if(|block| block.indentation > line.indentation).is_some() {}
        let full_name = match self.blocks.last() {
            Some(around) => around.full_name.of_block(name),
            None => FlowName::new(name),
        };
        self.blocks.push(Block {
            name: name.to_owned(),
            full_name,
            number: line.number,
            indentation,
            begun: false,
        });
        self.branches.clear();
    }

    fn statement(&mut self, line: &Line, keyword: Keyword) -> Result<(), Problem> {
        self.leave_branches(line.indentation);
        self.begin_flow(line)?;
        match keyword {
            Keyword::Detailed => self.skip(|next| next.indentation > line.indentation),
            Keyword::Branching => self.branch(),
            _ => {}
        }
        Ok(())
    }

    /// Begins a branch with the next line. Those that end with it or before it are no longer needed.
    fn branch(&mut self) {
        let indentation = self.next_indentation().unwrap_or_default();
        while self.branches.pop_if(|branch| branch.indentation >= indentation).is_some() {}
        self.branches.push(Branch { indentation, filled: false });
    }

    /// Adds a statement to the current branch. The first one makes the block a flow.
    fn begin_flow(&mut self, line: &Line) -> Result<(), Problem> {
        let id = self.blocks.last().map_or_else(|| FlowId::of(""), |block| block.full_name.id());
        if self.seen.insert(id) {
            self.content.flows += 1;
            self.content.ids.push(id);
            self.branches.push(Branch { indentation: line.indentation, filled: false });
        }
        let branch = self.branches.last_mut().ok_or_else(|| no_branch(self.blocks.last(), line))?;
        branch.filled = true;
        if let Some(block) = self.blocks.last_mut() {
            block.begun = true;
        }
        Ok(())
    }

    fn skip(&mut self, covers: impl Fn(&Line) -> bool) {
        while self.lines.next_if(&covers).is_some() {}
    }

    fn definition(&mut self, line: &Line, text: &str) -> Result<(), Problem> {
        let Definition { kind, name, modified } = Definition::of(text);
        let below = self.block_below(line);
        let at_end = self.lines.peek().is_none();
        match (kind, below) {
            ("flow", Some(indentation)) if name.is_empty() && !modified => {
                let name = self.name_by_body(line);
                self.flow(line, &name, indentation, modified)
            }
            ("flow" | "subflow", Some(indentation)) => {
                self.flow(line, name, indentation, modified || kind == "subflow")
            }
            ("user", Some(indentation)) => self.messages(&name.replace(' ', "|"), indentation),
            ("bot", Some(indentation)) => self.messages(name, indentation),
            ("user", None) if !modified => Ok(()),
            ("user" | "bot" | "action", None) if at_end => Ok(()),
            ("action", Some(_)) => {
                self.skip(|next| next.indentation > 0);
                Ok(())
            }
            ("flow" | "subflow" | "user" | "bot" | "action", None) => Err(without_block(line, name)),
            _ => Err(unknown_kind(line, kind)),
        }
    }

    /// A flow without a name is known by its body: two with the same body are the same flow. Inside another block, where
    /// reading ahead could read the same lines over and over, it is one of its own.
    fn name_by_body(&mut self, line: &Line) -> String {
        if line.indentation > 0 {
            return format!("anonymous-{}", line.number);
        }
        let body = self.lines.clone().take_while(|next| next.indentation > 0);
        let hash = body.fold(FlowName::new(""), |hash, next| hash.followed_by(&next.text)).id();
        format!("anonymous-{:x}", hash.number())
    }

    fn flow(&mut self, line: &Line, name: &str, indentation: usize, modified: bool) -> Result<(), Problem> {
        if !self.may_open(line.indentation) {
            return Err(Problem {
                line: line.number,
                words: format!("defines the flow `{name}` among statements of another one"),
                remedy: "begin every definition in the first column, and indent all statements below one",
            });
        }
        self.open(line, name, indentation);
        // Modifiers become a statement in front of the others.
        if modified { self.begin_flow(&line.indented_by(indentation)) } else { Ok(()) }
    }

    /// Messages of the user or the bot, up to a `bot` line, which makes them and the rest a flow.
    fn messages(&mut self, name: &str, indentation: usize) -> Result<(), Problem> {
        while let Some(line) = self.lines.next_if(|next| next.indentation >= indentation) {
            if line.text == "bot" || line.text.starts_with("bot ") {
                self.answer(&line, &format!("{name}_direct"))?;
                return self.line(&line);
            }
        }
        Ok(())
    }

    /// Opens the block that a `bot` line among messages begins.
    fn answer(&mut self, line: &Line, name: &str) -> Result<(), Problem> {
        let above = line.indented_by(line.indentation.saturating_sub(2));
        if self.may_open(above.indentation) {
            self.open(&above, name, line.indentation);
        }
        self.begin_flow(line)
    }
}

/// Why a statement belongs nowhere.
fn no_branch(block: Option<&Block>, line: &Line) -> Problem {
    match block {
        Some(block) if !block.begun => Problem {
            line: block.number,
            words: format!("defines the flow `{}` a second time", block.name),
            remedy: "rename one of the two, or move it into a file of its own",
        },
        Some(block) => Problem {
            line: line.number,
            words: format!("has a statement after the end of `{}`", block.name),
            remedy: "indent it as the lines of the flow that it belongs to, or define a flow for it",
        },
        None => Problem {
            line: line.number,
            words: "has a statement in front of the others".to_owned(),
            remedy: "indent all statements below a definition",
        },
    }
}

fn without_block(line: &Line, name: &str) -> Problem {
    let words = format!("defines `{name}` without a block below it");
    Problem { line: line.number, words, remedy: "indent its lines with spaces" }
}

fn unknown_kind(line: &Line, kind: &str) -> Problem {
    let words = format!("defines a `{kind}`, which does not exist");
    Problem { line: line.number, words, remedy: "define a user, bot, flow, subflow or action" }
}

/// What follows `define`.
struct Definition<'a> {
    kind: &'a str,
    name: &'a str,
    /// Whether there are modifiers.
    modified: bool,
}

impl<'a> Definition<'a> {
    fn of(text: &'a str) -> Self {
        let mut rest = text.split_once(' ').map_or("", |(_, rest)| rest);
        let mut modified = false;
        loop {
            let (kind, name) = rest.split_once(' ').unwrap_or((rest, ""));
            if !MODIFIERS.contains(&kind) {
                return Self { kind, name, modified };
            }
            rest = name;
            modified = true;
        }
    }
}
