// SPDX-FileCopyrightText: Copyright (c) 2026 NVIDIA CORPORATION & AFFILIATES. All rights reserved.
// SPDX-License-Identifier: Apache-2.0

//! Whether a configured flow reads as a statement of Colang 2.x, which it must where rails in YAML become a flow.
//!
//! Recognises what flow names look like: names, arguments, `and`, `or`. Statements with a keyword of their own and
//! literals in brackets are let through unread: refusing a configuration that loads is worse than the reverse.

use crate::config::text::is_space;

/// Why reading stops before the end.
#[derive(Debug, PartialEq, Eq)]
enum Stop {
    /// No statement begins or goes on like this.
    Wrong(String),
    /// Beyond what is recognised here.
    Unread,
}

type Read<T> = Result<T, Stop>;

/// Words that begin statements of other kinds.
const KEYWORDS: [&str; 18] = [
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
    "else",
];
/// Words that begin a block, which one line cannot hold.
const BLOCKS: [&str; 3] = ["flow", "when", "while"];

/// Lines of more bytes are let through unread, since each byte can be a token.
const LONGEST: usize = 1 << 20;

/// Says why a line is no statement.
pub(crate) fn check(line: &str) -> Result<(), String> {
    // Several lines in one name are several statements; they are not followed.
    if line.len() > LONGEST || line.contains(['\n', '\r']) {
        return Ok(());
    }
    // White space in front is indentation; `word:` alone is a label.
    let line = line.trim_start_matches([' ', '\t']);
    if line.starts_with("...") || line.strip_suffix(':').is_some_and(|label| !label.contains(' ')) {
        return Ok(());
    }
    let tokens = match tokens(line) {
        Ok(tokens) => tokens,
        Err(Stop::Wrong(reason)) => return Err(reason),
        Err(Stop::Unread) => return Ok(()),
    };
    let mut statement = Statement { tokens: &tokens };
    match statement.read() {
        Err(Stop::Wrong(reason)) => Err(reason),
        Ok(()) | Err(Stop::Unread) => Ok(()),
    }
}

#[derive(Debug, Clone, PartialEq, Eq)]
enum Token {
    Name(String),
    /// `and` or `or` with white space behind it, which joins calls wherever a call can end.
    Join,
    Variable,
    /// A number or text.
    Literal,
    Sign(char),
}

fn tokens(line: &str) -> Read<Vec<Token>> {
    let mut tokens = Vec::new();
    let mut rest = line;
    while let Some(c) = rest.chars().next() {
        let (token, length) = match c {
            ' ' => (None, 1),
            '#' => return Ok(tokens),
            '"' | '\'' => (Some(Token::Literal), text(rest, c)?),
            '$' => (Some(Token::Variable), 1 + word(rest.get(1..).unwrap_or_default())?),
            _ if c.is_ascii_digit() => (Some(Token::Literal), number(rest)),
            _ if is_letter(c) => {
                let length = word(rest)?;
                let (name, behind) = rest.split_at_checked(length).unwrap_or((rest, ""));
                let joins = matches!(name, "and" | "or") && behind.starts_with([' ', '\t']);
                (Some(if joins { Token::Join } else { Token::Name(name.to_owned()) }), length)
            }
            '[' | '{' => return Err(Stop::Unread),
            '(' | ')' | ',' | '.' | '=' | '+' | '-' | '~' | '*' | '/' | '%' | '@' | '|' | '&' | '^' | '<'
            | '>' => (Some(Token::Sign(c)), 1),
            _ if c == '\t' || is_space(c) => return wrong("it contains white space other than a space"),
            _ => return Err(Stop::Wrong(format!("`{c}` has no meaning there"))),
        };
        tokens.extend(token);
        rest = rest.get(length..).unwrap_or_default();
    }
    Ok(tokens)
}

fn wrong<T>(reason: &str) -> Read<T> {
    Err(Stop::Wrong(reason.to_owned()))
}

fn is_letter(c: char) -> bool {
    c == '_' || c.is_alphabetic()
}

/// The length of the word at the start.
fn word(text: &str) -> Read<usize> {
    if !text.starts_with(is_letter) {
        return wrong("`$` needs a name behind it");
    }
    Ok(text.find(|c| !is_letter(c) && !c.is_numeric()).unwrap_or(text.len()))
}

fn number(text: &str) -> usize {
    text.find(|c: char| !c.is_ascii_digit() && !matches!(c, '.' | '_')).unwrap_or(text.len())
}

/// The length of the text in quotes at the start.
fn text(text: &str, quote: char) -> Read<usize> {
    let mut escaped = false;
    for (at, c) in text.char_indices().skip(1) {
        if c == quote && !escaped {
            // Two quotes in a row may begin a text over several lines.
            return if at == 1 { Err(Stop::Unread) } else { Ok(at + 1) };
        }
        escaped = c == '\\' && !escaped;
    }
    wrong("a text in quotes does not end")
}

/// What is left to read.
struct Statement<'a> {
    tokens: &'a [Token],
}

impl Statement<'_> {
    fn read(&mut self) -> Read<()> {
        match self.tokens.first() {
            None => return Ok(()),
            Some(Token::Name(name)) if KEYWORDS.contains(&name.as_str()) => return Err(Stop::Unread),
            Some(Token::Name(name)) if BLOCKS.contains(&name.as_str()) || name.starts_with("if") => {
                return wrong("its first word begins a block");
            }
            // A label, an assignment, or an expression in parentheses.
            Some(Token::Variable) if matches!(self.tokens, [_, Token::Sign('=' | '+' | '-'), ..]) => {
                return Err(Stop::Unread);
            }
            Some(Token::Sign('(')) => return Err(Stop::Unread),
            Some(Token::Name(_) | Token::Join) => {}
            Some(_) => return wrong("a statement begins with a name"),
        }
        self.call()?;
        while let [Token::Join, rest @ ..] = self.tokens {
            self.tokens = rest;
            self.call()?;
        }
        if self.tokens.is_empty() {
            Ok(())
        } else {
            wrong("what follows its name cannot be read as arguments")
        }
    }

    fn name(&mut self) -> Option<&str> {
        let (Token::Name(name), rest) = self.tokens.split_first()? else { return None };
        self.tokens = rest;
        Some(name)
    }

    fn sign(&mut self, wanted: char) -> bool {
        match self.tokens.split_first() {
            Some((Token::Sign(sign), rest)) if *sign == wanted => {
                self.tokens = rest;
                true
            }
            _ => false,
        }
    }

    /// A name, its arguments, its members, what it is kept as.
    fn call(&mut self) -> Read<()> {
        match self.tokens {
            // Where a call must begin, even `and` is a name.
            [Token::Name(_) | Token::Join, rest @ ..] => self.tokens = rest,
            _ => return wrong("a name is missing"),
        }
        while !self.at_capture() && self.name().is_some() {}
        if self.sign('(') {
            self.classic()?
        } else {
            self.simple()?
        }
        while self.sign('.') {
            self.name().ok_or_else(|| Stop::Wrong("a `.` needs a name behind it".to_owned()))?;
            if self.sign('(') {
                self.classic()?;
            }
        }
        if self.at_capture() {
            self.tokens = self.tokens.get(2..).unwrap_or_default();
        }
        Ok(())
    }

    fn at_capture(&self) -> bool {
        matches!(self.tokens, [Token::Name(word), Token::Variable, ..] if word == "as")
    }

    /// Arguments in parentheses, separated by commas; the opening one already read.
    fn classic(&mut self) -> Read<()> {
        if self.sign(')') {
            return Ok(());
        }
        loop {
            if let [Token::Name(_), Token::Sign('='), rest @ ..] = self.tokens {
                self.tokens = rest;
            }
            self.value()?;
            if self.sign(')') {
                return Ok(());
            }
            if !self.sign(',') {
                return wrong("an argument must be followed by `,` or `)`");
            }
        }
    }

    /// Arguments without parentheses: `$name=value` and values.
    fn simple(&mut self) -> Read<()> {
        while !self.tokens.is_empty() && !self.at_capture() && !self.ends_arguments() {
            if let [Token::Variable, Token::Sign('='), rest @ ..] = self.tokens {
                self.tokens = rest;
            }
            self.value()?;
        }
        Ok(())
    }

    fn ends_arguments(&self) -> bool {
        matches!(self.tokens, [Token::Join | Token::Sign('.'), ..])
    }

    /// A variable, a literal, or a call; a name alone is no value.
    fn value(&mut self) -> Read<()> {
        while let [Token::Sign('+' | '-' | '~'), rest @ ..] = self.tokens {
            self.tokens = rest;
        }
        match self.tokens {
            [Token::Variable | Token::Literal, rest @ ..] => self.tokens = rest,
            [Token::Name(word), rest @ ..] if matches!(word.as_str(), "None" | "True" | "False") => {
                self.tokens = rest
            }
            [Token::Name(_), Token::Sign('('), ..] => return Err(Stop::Unread),
            [Token::Name(word), ..] => {
                return Err(Stop::Wrong(format!("`{word}` is no value; text needs quotes")));
            }
            _ => return wrong("a value is missing"),
        }
        match self.tokens.first() {
            Some(Token::Sign(sign)) if !matches!(sign, '(' | ')' | ',' | '.' | '=') => Err(Stop::Unread),
            Some(Token::Sign('.')) => Err(Stop::Unread),
            _ => Ok(()),
        }
    }
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
            "check it or",
            "dummy rail(x=1)",
            "dummy rail(1, $x, None)",
            "check $model=\"a\"",
            "check $x=1 $y",
            "check -1",
            "check as $ref",
            "check it.Finished()",
            "injection detection",
            "é check",
            "send Event()",
            "check f(1)",
            "check [1]",
            "check and",
            "a and and",
            "or or or",
            "\tcheck",
            "label:",
        ] {
            assert_eq!(check(line), Ok(()), "{line:?}");
        }
    }

    #[test]
    fn other_texts_are_not() {
        for line in [
            "check $model=judge",
            "check $",
            "check\t",
            "flow $x",
            "if check",
            "iffy check",
            "self-check input",
            "self check input.",
            "check; it",
            "2nd check",
            "bad (((",
            "check(a, b)",
            "check $x abc",
            "check and ",
            "check \"text",
            "$x",
            "check !",
        ] {
            assert!(check(line).is_err(), "{line:?}");
        }
    }
}
