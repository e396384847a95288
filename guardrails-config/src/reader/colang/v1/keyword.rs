// SPDX-FileCopyrightText: Copyright (c) 2026 NVIDIA CORPORATION & AFFILIATES. All rights reserved.
// SPDX-License-Identifier: Apache-2.0

//! Classifies the first word of a Colang 1.0 line by its effect on the lines below it.

/// How a line acts on the lines below it.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Keyword {
    /// `import` and `include`, which have no effect.
    Import,
    Define,
    /// A statement that takes all deeper lines as its details.
    Detailed,
    /// A statement with a block that has statements of its own.
    Branching,
    /// Any other statement, and words that are reserved.
    Plain,
    /// A bare word: with deeper lines below it, it may name a flow.
    Bare,
}

impl Keyword {
    /// The keyword of a line as [`normalized`] returns it.
    pub(super) fn of(text: &str) -> Self {
        let (first, rest) = text.split_once(' ').unwrap_or((text, ""));
        let second = rest.split(' ').next().unwrap_or_default();
        match first {
            "import" | "include" => Self::Import,
            "define" => Self::Define,
            "else" if matches!(second, "" | "if") => Self::Branching,
            "else" if second == "when" => Self::Plain,
            "go" if second == "to" => Self::Plain,
            // Intents joined by `or` become statements of their own.
            "user" if text.contains(" or ") => Self::Plain,
            "user" | "bot" | "event" | "do" | "run" | "set" | "expect" | "label" | "checkpoint" | "meta" => {
                Self::Detailed
            }
            "execute" | "exec" if !rest.is_empty() => Self::Detailed,
            "if" | "while" | "any" | "infer" | "new" | "create" => Self::Branching,
            "when" | "goto" | "pass" | "continue" | "stop" | "abort" | "break" | "return" | "done" => {
                Self::Plain
            }
            "use" | "flow" | "allow" | "accept" | "disallow" | "deny" | "reject" | "context" | "log"
            | "for" | "foreach" => Self::Plain,
            _ if is_assignment(text) => Self::Detailed,
            _ if is_priority(text) => Self::Detailed,
            _ => Self::Bare,
        }
    }
}

/// `$name = value`, `$name += value` and `$name -= value`.
fn is_assignment(text: &str) -> bool {
    let Some(behind) = text.strip_prefix('$') else { return false };
    let is_name = |c: char| c.is_alphanumeric() || matches!(c, '_' | '.');
    let value = behind.trim_start_matches(is_name);
    let operator = value.trim_start();
    value.len() < behind.len()
        && (value.starts_with(" = ") || operator.starts_with("+=") || operator.starts_with("-="))
}

/// `priority 2`.
fn is_priority(text: &str) -> bool {
    let number = text.strip_prefix("priority").unwrap_or_default().trim();
    !number.is_empty() && number.chars().all(|c| c == '.' || c.is_numeric())
}

/// A line with single spaces outside quotes, without a colon at its end, and `def` spelled out.
pub(super) fn normalized(text: &str) -> String {
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

#[cfg(test)]
mod tests {
    use super::{Keyword, normalized};

    #[test]
    fn words_that_begin_no_statement_are_bare() {
        for text in [
            "try",
            "except B:",
            "elif $x",
            "execute",
            "exec:",
            "else x",
            "go x",
            "check it",
            "global x",
            "param x",
            "$x",
            "$x=1",
            "$x =",
            "\"text\"",
            "userx",
            "priority high",
            "define:x",
        ] {
            assert_eq!(Keyword::of(&normalized(text)), Keyword::Bare, "{text}");
        }
    }

    #[test]
    fn statements_are_not() {
        for (text, keyword) in [
            ("def  flow x:", Keyword::Define),
            ("else:", Keyword::Branching),
            ("else if $x", Keyword::Branching),
            ("new x", Keyword::Branching),
            ("execute x", Keyword::Detailed),
            ("$x.y = 1", Keyword::Detailed),
            ("$x+= 1", Keyword::Detailed),
            ("priority 1.5", Keyword::Detailed),
            ("user a or user b", Keyword::Plain),
            ("for $x in $y", Keyword::Plain),
            ("go to x", Keyword::Plain),
        ] {
            assert_eq!(Keyword::of(&normalized(text)), keyword, "{text}");
        }
    }
}
