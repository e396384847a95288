// SPDX-FileCopyrightText: Copyright (c) 2026 NVIDIA CORPORATION & AFFILIATES. All rights reserved.
// SPDX-License-Identifier: Apache-2.0

//! Whether a configured flow can be a statement of Colang 2.x, which it must where rails in YAML become a flow.
//!
//! Looks for the mistakes that configurations have: a value without quotes, `$` without a name, white space and signs that no
//! statement has or that are its last, parentheses that stay open, a word that begins a block. All else is let through: refusing a
//! configuration that loads is worse than the reverse.

use crate::text::is_space;

/// Words that begin statements of other kinds, which are let through.
const KEYWORDS: [&str; 17] = [
    "abort",
    "activate",
    "await",
    "break",
    "continue",
    "deactivate",
    "global",
    "import",
    "log",
    "match",
    "pass",
    "print",
    "priority",
    "return",
    "send",
    "start",
    "stop",
];
/// Words that begin a block, which one line cannot hold.
const BLOCKS: [&str; 4] = ["flow", "when", "while", "if"];
/// What is not looked into: texts over several lines, lists and mappings, labels, and several lines.
const UNREAD: [&str; 7] = ["\"\"\"", "'''", "[", "{", ":", "\n", "\r"];
/// The signs that statements have.
const SIGNS: &str = "(),.=+-~*/%@|&^<>";
/// Lines of more bytes are let through, since each byte can be a token.
const LONGEST: usize = 1 << 20;

/// The reason why a line is not a statement.
pub(crate) fn check(line: &str) -> Result<(), String> {
    // White space in front is indentation.
    let line = line.trim_start_matches([' ', '\t']);
    if line.len() > LONGEST || line.starts_with("...") || UNREAD.iter().any(|unread| line.contains(unread)) {
        return Ok(());
    }
    let tokens = tokens(line)?;
    match tokens.first() {
        Some(Token::Word(word)) if KEYWORDS.contains(word) => return Ok(()),
        Some(Token::Word(word)) if BLOCKS.contains(word) && tokens.get(1) != Some(&Token::Sign('(')) => {
            return Err("its first word begins a block".to_owned());
        }
        _ => {}
    }
    parentheses(&tokens)?;
    (0..tokens.len()).try_for_each(|at| token_in_place(&tokens, at))
}

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Token<'a> {
    Word(&'a str),
    /// A variable, a number or a text in quotes.
    Value,
    Sign(char),
}

fn tokens(line: &str) -> Result<Vec<Token<'_>>, String> {
    let mut tokens = Vec::new();
    let mut rest = line;
    while let Some(c) = rest.chars().next() {
        let length = match c {
            ' ' => 1,
            '#' => break,
            '"' | '\'' => text_length(rest, c)?,
            '$' => 1 + variable_length(rest)?,
            '0'..='9' => {
                rest.find(|c: char| !c.is_ascii_digit() && !matches!(c, '.' | '_')).unwrap_or(rest.len())
            }
            _ if is_letter(c) => word_length(rest),
            _ if SIGNS.contains(c) => 1,
            _ if is_space(c) => return Err("it contains white space other than a space".to_owned()),
            _ => return Err(format!("`{c}` has no meaning there")),
        };
        let (written, behind) = rest.split_at_checked(length).unwrap_or((rest, ""));
        match c {
            ' ' => {}
            '"' | '\'' | '$' | '0'..='9' => tokens.push(Token::Value),
            _ if is_letter(c) => tokens.push(Token::Word(written)),
            _ => tokens.push(Token::Sign(c)),
        }
        rest = behind;
    }
    Ok(tokens)
}

fn is_letter(c: char) -> bool {
    c == '_' || c.is_alphabetic()
}

fn word_length(text: &str) -> usize {
    text.find(|c| !is_letter(c) && !c.is_numeric()).unwrap_or(text.len())
}

/// The length of the name behind the `$` at the start.
fn variable_length(text: &str) -> Result<usize, String> {
    let name = text.get(1..).unwrap_or_default();
    if name.starts_with(is_letter) {
        Ok(word_length(name))
    } else {
        Err("`$` needs a name behind it".to_owned())
    }
}

/// The length of the text in quotes at the start.
fn text_length(text: &str, quote: char) -> Result<usize, String> {
    let mut escaped = false;
    for (at, c) in text.char_indices().skip(1) {
        if c == quote && !escaped {
            return Ok(at + 1);
        }
        escaped = c == '\\' && !escaped;
    }
    Err("a text in quotes does not end".to_owned())
}

fn parentheses(tokens: &[Token<'_>]) -> Result<(), String> {
    let count = |sign| tokens.iter().filter(|token| **token == Token::Sign(sign)).count();
    if count('(') == count(')') { Ok(()) } else { Err("a parenthesis has no counterpart".to_owned()) }
}

/// Whether a token can follow the one before it.
fn token_in_place(tokens: &[Token<'_>], at: usize) -> Result<(), String> {
    let before = at.checked_sub(1).and_then(|before| tokens.get(before));
    match (before, tokens.get(at), tokens.get(at + 1)) {
        (_, Some(Token::Sign(sign)), None) if *sign != ')' => Err(format!("it ends with `{sign}`")),
        (_, Some(Token::Word("None" | "True" | "False" | "and" | "or" | "as")), _) => Ok(()),
        // A call, and the name of an argument.
        (_, Some(Token::Word(_)), Some(Token::Sign('(' | '='))) => Ok(()),
        (Some(Token::Value), Some(Token::Word(word)), _) => Err(without_quotes(word)),
        (Some(Token::Sign(sign)), Some(Token::Word(word)), _) if !matches!(sign, '(' | ')' | '.') => {
            Err(without_quotes(word))
        }
        (Some(Token::Sign('(')), Some(Token::Word(word)), _) if has_arguments(tokens, at) => {
            Err(without_quotes(word))
        }
        _ => Ok(()),
    }
}

/// Whether the parenthesis in front of a token holds arguments: it follows a name, and not `and` or `or`.
fn has_arguments(tokens: &[Token<'_>], at: usize) -> bool {
    let before = at.checked_sub(2).and_then(|before| tokens.get(before));
    matches!(before, Some(Token::Word(word)) if !matches!(*word, "and" | "or"))
}

fn without_quotes(word: &str) -> String {
    format!("`{word}` is not a value; text needs quotes")
}

#[cfg(test)]
mod tests {
    use super::check;

    #[test]
    fn flow_names_are_statements() {
        for line in [
            "self check input",
            "",
            "  # a comment",
            "order check",
            "a and b or c",
            "a and (b c)",
            "check it or",
            "dummy rail(x=1)",
            "dummy rail(1, $x, None)",
            "check $model=\"a\"",
            "check $x=1 $y",
            "check $x=f(1)",
            "check 'it\\'s (a; b.'",
            "check -1",
            "check as $ref",
            "check it.Finished()",
            "check1.5",
            "é check",
            "send Event()",
            "check [1]",
            "\tcheck",
            "label:",
            "flow(1, 2)",
            "check # it's",
        ] {
            assert_eq!(check(line), Ok(()), "{line:?}");
        }
    }

    #[test]
    fn other_texts_are_not() {
        for (line, reason) in [
            ("check $model=judge", "`judge` is not a value"),
            ("check(a, b)", "`a` is not a value"),
            ("check(1, b)", "`b` is not a value"),
            ("check (x = judge)", "`judge` is not a value"),
            ("self-check input", "`check` is not a value"),
            ("check $x it", "`it` is not a value"),
            ("check $", "`$` needs a name"),
            ("check\t", "white space"),
            ("check\u{a0}it", "white space"),
            ("flow $x", "begins a block"),
            ("if check", "begins a block"),
            ("self check input.", "ends with `.`"),
            ("check -", "ends with `-`"),
            ("check; it", "`;` has no meaning"),
            ("check !", "`!` has no meaning"),
            ("bad (((", "parenthesis"),
            ("check \"text", "does not end"),
        ] {
            let error = check(line).unwrap_err();
            assert!(error.contains(reason), "{line:?}: {error}");
        }
    }
}
