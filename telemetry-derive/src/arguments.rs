// SPDX-FileCopyrightText: Copyright (c) 2026 NVIDIA CORPORATION & AFFILIATES. All rights reserved.
// SPDX-License-Identifier: Apache-2.0

//! The arguments of an attribute macro: `key = value`, separated by commas.
//!
//! Values are split off by their tokens: the lean parser knows neither closures nor blocks, and the compiler reads them
//! anyway.

use proc_macro2::{Ident, TokenStream, TokenTree};
use syn::{LitStr, Path};
use telemetry_schema::nearest::nearest;

use crate::errors::{Errors, problem_at};

/// The keys that an attribute knows.
pub(crate) struct Grammar {
    /// The attribute's name.
    pub(crate) attribute: &'static str,
    /// Each key with a value, as an author writes it.
    pub(crate) samples: &'static [&'static str],
}

impl Grammar {
    fn names(&self) -> impl Iterator<Item = &'static str> {
        self.samples.iter().filter_map(|sample| sample.split(' ').next())
    }

    fn sample(&self, key: &str) -> &'static str {
        let sample = self.samples.iter().find(|sample| sample.split(' ').next() == Some(key));
        sample.copied().unwrap_or_default()
    }

    fn unknown(&self, key: &Ident) -> syn::Error {
        let help = match nearest(&key.to_string(), self.names()) {
            Some(name) => format!("did you mean `{name}`? write `{}`", self.sample(name)),
            None => format!("the keys are {}", in_words(self.names())),
        };
        problem_at(key, format_args!("`{key}` is no key of `#[{}]`", self.attribute), help)
    }
}

/// `a`, `b` and `c`.
fn in_words(names: impl Iterator<Item = &'static str>) -> String {
    let quoted: Vec<String> = names.map(|name| format!("`{name}`")).collect();
    match quoted.as_slice() {
        [all @ .., last] if !all.is_empty() => format!("{} and {last}", all.join(", ")),
        all => all.concat(),
    }
}

/// A key and what stands after its `=`.
pub(crate) struct Argument {
    pub(crate) key: Ident,
    pub(crate) value: TokenStream,
}

/// What an author has said.
pub(crate) struct Arguments {
    grammar: Grammar,
    given: Vec<Argument>,
    /// Whether each of them could be read. What is not among them may then be the one that could not.
    pub(crate) are_read: bool,
}

impl Arguments {
    /// Reads all arguments, and reports each one that is wrong.
    pub(crate) fn read(grammar: Grammar, tokens: TokenStream, errors: &Errors) -> Self {
        let mut arguments = Self { grammar, given: Vec::new(), are_read: true };
        let tokens: Vec<TokenTree> = tokens.into_iter().collect();
        for (entry, comma) in entries(&tokens) {
            arguments.are_read &= errors.keep(arguments.take(entry, comma)).is_some();
        }
        arguments
    }

    fn take(&mut self, entry: &[TokenTree], comma: Option<&TokenTree>) -> syn::Result<()> {
        let [TokenTree::Ident(key), rest @ ..] = entry else { return Err(self.no_key(entry, comma)) };
        let name = key.to_string();
        if !self.grammar.names().any(|known| known == name) {
            return Err(self.grammar.unknown(key));
        }
        if self.get(&name).is_some() {
            return Err(problem_at(key, format_args!("`{key}` is given twice"), "leave one of them out"));
        }
        let value = match rest {
            [TokenTree::Punct(equals), value @ ..] if equals.as_char() == '=' && !value.is_empty() => value,
            _ => {
                let help = format!("write `{}`", self.grammar.sample(&name));
                return Err(problem_at(key, format_args!("`{key}` needs a value"), help));
            }
        };
        if let Some(next) = swallowed_key(value, &self.grammar) {
            return Err(problem_at(next, "a comma is missing here", format_args!("write `, {next} = …`")));
        }
        self.given.push(Argument { key: key.clone(), value: value.iter().cloned().collect() });
        Ok(())
    }

    fn no_key(&self, entry: &[TokenTree], comma: Option<&TokenTree>) -> syn::Error {
        if entry.is_empty() {
            return problem_at(comma, "there is no argument before this comma", "leave the comma out");
        }
        let tokens: TokenStream = entry.iter().cloned().collect();
        let help = format!("the keys are {}", in_words(self.grammar.names()));
        problem_at(tokens, format_args!("`#[{}]` takes `key = value`", self.grammar.attribute), help)
    }

    /// The argument of this key, if it is given.
    pub(crate) fn get(&self, key: &str) -> Option<&Argument> {
        self.given.iter().find(|argument| argument.key == key)
    }

    /// All arguments, in order.
    #[cfg(feature = "engine")]
    pub(crate) fn iter(&self) -> impl Iterator<Item = &Argument> {
        self.given.iter()
    }

    /// Where the crate is that generated code names: the value of `crate`, or `default`.
    pub(crate) fn krate(&self, default: Path) -> syn::Result<Path> {
        let Some(argument) = self.get("crate") else { return Ok(default) };
        let help = || format!("write `{}`", self.grammar.sample("crate"));
        let text: LitStr = syn::parse2(argument.value.clone())
            .map_err(|_| problem_at(&argument.value, "`crate` needs a path in quotes", help()))?;
        text.parse_with(Path::parse_mod_style)
            .map_err(|_| problem_at(&text, "`crate` needs the path of a crate or module", help()))
    }
}

/// The tokens of each argument, and the comma that ends it.
fn entries(tokens: &[TokenTree]) -> Vec<(&[TokenTree], Option<&TokenTree>)> {
    let (mut entries, mut start, mut depth) = (Vec::new(), 0, 0_u32);
    for (index, token) in tokens.iter().enumerate() {
        let TokenTree::Punct(punct) = token else { continue };
        let before = index.checked_sub(1).and_then(|before| tokens.get(before));
        match punct.as_char() {
            // Only in the generic arguments of a path: elsewhere in an expression `<` compares.
            '<' if depth > 0 || is_punct(before, ':') => depth += 1,
            '>' if !is_punct(before, '-') && !is_punct(before, '=') => depth = depth.saturating_sub(1),
            ',' if depth == 0 => {
                entries.push((tokens.get(start..index).unwrap_or_default(), Some(token)));
                start = index + 1;
            }
            _ => {}
        }
    }
    let last = tokens.get(start..).filter(|last| !last.is_empty());
    entries.extend(last.map(|last| (last, None)));
    entries
}

fn is_punct(token: Option<&TokenTree>, char: char) -> bool {
    matches!(token, Some(TokenTree::Punct(punct)) if punct.as_char() == char)
}

/// A key that stands right behind a value, where an expression cannot go on.
fn swallowed_key<'a>(value: &'a [TokenTree], grammar: &Grammar) -> Option<&'a Ident> {
    value.windows(3).find_map(|window| match window {
        [before, TokenTree::Ident(key), equals]
            if !matches!(before, TokenTree::Punct(_))
                && is_punct(Some(equals), '=')
                && grammar.names().any(|name| key == name) =>
        {
            Some(key)
        }
        _ => None,
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    fn split(arguments: &str) -> Vec<String> {
        let tokens: Vec<TokenTree> = arguments.parse::<TokenStream>().unwrap().into_iter().collect();
        let text = |entry: &[TokenTree]| entry.iter().cloned().collect::<TokenStream>().to_string();
        entries(&tokens).into_iter().map(|(entry, _)| text(entry)).collect()
    }

    #[test]
    fn arguments_end_at_commas_outside_of_groups_and_generic_arguments() {
        assert_eq!(split("a = 1, b = f(2, 3), c = |x| x,").len(), 3);
        assert_eq!(split("a = f::<A, B<C, D>>(), b = 1").len(), 2);
        assert_eq!(split("a = || -> u8 { 1 }, b = x < y, c = x > y, d = f::<fn() -> A, B>()").len(), 4);
        assert_eq!(split(""), [""; 0]);
        assert_eq!(split("a,, b"), ["a", "", "b"]);
    }

    #[test]
    fn names_are_listed_in_words() {
        assert_eq!(in_words(["a"].into_iter()), "`a`");
        assert_eq!(in_words(["a", "b", "c"].into_iter()), "`a`, `b` and `c`");
    }
}
