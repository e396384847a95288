// SPDX-FileCopyrightText: Copyright (c) 2026 NVIDIA CORPORATION & AFFILIATES. All rights reserved.
// SPDX-License-Identifier: Apache-2.0

//! Reads expressions token by token, to find where one ends and which parts of it run in another function.
//!
//! `syn` without the feature `full` parses neither blocks nor closures, and the compiler checks the expression anyway. The scan
//! only tracks whether an operand or an operator comes next. That distinguishes the `<` of a path from a comparison, and the `|`
//! of a closure from an or.

use proc_macro2::{Delimiter, Ident, Spacing, TokenTree};

/// The state before a token of one nesting level. The contents of groups are skipped.
#[derive(Default)]
pub(crate) struct Scan {
    /// Whether an operand is complete, so that an operator must follow.
    after_operand: bool,
    /// Whether a type is being read, after `as` or an arrow.
    in_type: bool,
    /// Whether the parameters of a closure are being read.
    in_parameters: bool,
    /// The number of open angle brackets.
    angles: u32,
    before: Option<(char, Spacing)>,
    elsewhere: Elsewhere,
}

/// The part that runs separately: its `?`, `return` and `.await` do not leave the function.
#[derive(Default, Clone, Copy, PartialEq)]
enum Elsewhere {
    #[default]
    Nothing,
    /// The next braces: an `async` block, or a function.
    Block,
    /// The body of a closure, which extends to the end.
    Rest,
}

/// Keywords that continue an expression after an operand.
const INFIX: [&str; 5] = ["as", "else", "in", "const", "mut"];

/// Keywords that are followed by an operand.
const PREFIX: [&str; 19] = [
    "as", "async", "break", "const", "dyn", "else", "fn", "for", "if", "in", "let", "loop", "match", "move",
    "mut", "ref", "return", "unsafe", "while",
];

impl Scan {
    /// Whether the expression ends before this token: a comma, a semicolon, or a name where an operator must be.
    pub(crate) fn ends_at(&self, token: &TokenTree) -> bool {
        self.angles == 0
            && !self.in_parameters
            && match token {
                TokenTree::Punct(punct) => matches!(punct.as_char(), ',' | ';'),
                TokenTree::Ident(ident) => self.after_operand && !is_one_of(ident, &INFIX),
                TokenTree::Group(_) | TokenTree::Literal(_) => false,
            }
    }

    /// Whether this token or its contents run separately from the expression.
    pub(crate) fn is_elsewhere(&self, token: &TokenTree) -> bool {
        match self.elsewhere {
            Elsewhere::Nothing => false,
            Elsewhere::Block => is_block(token),
            Elsewhere::Rest => true,
        }
    }

    /// Advances past the token.
    pub(crate) fn step(&mut self, token: &TokenTree) {
        match token {
            TokenTree::Punct(punct) => self.punct(punct.as_char()),
            TokenTree::Ident(ident) => self.ident(ident),
            TokenTree::Group(_) | TokenTree::Literal(_) => self.after_operand = true,
        }
        if is_block(token) {
            self.in_type = false;
            if self.elsewhere == Elsewhere::Block {
                self.elsewhere = Elsewhere::Nothing;
            }
        }
        self.before = match token {
            TokenTree::Punct(punct) => Some((punct.as_char(), punct.spacing())),
            _ => None,
        };
    }

    fn ident(&mut self, ident: &Ident) {
        self.in_type |= ident == "as";
        // A lifetime or label is not an operand.
        self.after_operand = !self.is_after('\'') && !is_one_of(ident, &PREFIX);
        if self.elsewhere == Elsewhere::Nothing && (ident == "async" || ident == "fn") {
            self.elsewhere = Elsewhere::Block;
        }
    }

    fn punct(&mut self, char: char) {
        let is_arrow = self.is_after('-') || self.is_after('=');
        match char {
            '<' if self.opens_arguments() => self.angles += 1,
            '>' if self.angles > 0 && !is_arrow => {
                self.angles -= 1;
                self.after_operand = self.angles == 0;
                return;
            }
            '|' if self.in_parameters && self.angles == 0 => self.in_parameters = false,
            '|' if !self.after_operand && self.angles == 0 && !self.is_after('|') => {
                (self.in_parameters, self.elsewhere) = (true, Elsewhere::Rest);
            }
            '>' if self.angles == 0 && self.is_after('-') => self.in_type = true,
            ':' | '&' | '*' | '\'' | '?' => {}
            _ => self.in_type = false,
        }
        self.after_operand &= char == '?';
    }

    /// Whether `<` belongs to a path or type and is not a comparison.
    fn opens_arguments(&self) -> bool {
        self.angles > 0 || self.in_parameters || self.in_type || !self.after_operand
    }

    /// Whether the previous token is this character and the first half of an operator.
    fn is_after(&self, char: char) -> bool {
        self.before == Some((char, Spacing::Joint))
    }
}

fn is_block(token: &TokenTree) -> bool {
    matches!(token, TokenTree::Group(group) if group.delimiter() == Delimiter::Brace)
}

fn is_one_of(ident: &Ident, words: &[&str]) -> bool {
    words.iter().any(|word| ident == word)
}

#[cfg(test)]
mod tests {
    use proc_macro2::TokenStream;

    use super::*;

    /// The tokens of the expression at the start, and the parts that run separately.
    fn scan(tokens: &str) -> (String, String) {
        let (mut scan, mut taken, mut elsewhere) = (Scan::default(), TokenStream::new(), TokenStream::new());
        for token in tokens.parse::<TokenStream>().unwrap() {
            if scan.ends_at(&token) {
                break;
            }
            elsewhere.extend(scan.is_elsewhere(&token).then(|| token.clone()));
            scan.step(&token);
            taken.extend([token]);
        }
        (taken.to_string(), elsewhere.to_string())
    }

    #[test]
    fn an_expression_ends_at_a_comma_that_is_its_own() {
        for expression in [
            "-1",
            "f(2, 3)",
            "f::<A, B<C, D>>()",
            "<Maker<u8, u16> as Make<u8, u16>>::make()",
            "!<A as B<C, D>>::IS && x",
            "f::<fn() -> A, B>()",
            "x < y",
            "x > y",
            "a.b < c::<D, E>()",
            "a || <A as B<C, D>>::f()",
            "|x| x",
            "|a, b: &Result<u8, u16>| a",
            "a || |b, c| b",
            "move || -> Result<A, B> { x }",
            "&x as &'a dyn Make<A, B>",
            "x as *const Map<A, B>",
            "if a < b { c } else { d }",
            "match x.y() { A | B => 1, _ => 2 }",
            "async move { x.await }",
            "'a: loop { break 'a x }",
            "x?.await.y",
            "vec![1, 2]",
            "E { a: 1, ..E::default() }",
            "&raw const x",
        ] {
            let plain = expression.parse::<TokenStream>().unwrap().to_string();
            for next in [", b = 1", " b = 1", ""] {
                assert_eq!(scan(&format!("{expression}{next}")).0, plain, "{expression}{next}");
            }
        }
    }

    #[test]
    fn closures_and_async_blocks_run_elsewhere() {
        let elsewhere = |tokens| scan(tokens).1.replace(' ', "");
        for plain in ["x?", "a | b?", "a || b?", "if c { d? } else { e? }", "unsafe { x? }"] {
            assert_eq!(elsewhere(plain), "", "{plain}");
        }
        assert_eq!(elsewhere("f() + (|| x?)()"), "");
        assert_eq!(elsewhere("|x| x.f()? + 1"), "x|x.f()?+1");
        assert_eq!(elsewhere("|| -> A { x? }"), "|->A{x?}");
        assert_eq!(elsewhere("async { x? }.await?"), "{x?}");
        assert_eq!(elsewhere("async move { x? } + y"), "{x?}");
    }
}
