// SPDX-FileCopyrightText: Copyright (c) 2026 NVIDIA CORPORATION & AFFILIATES. All rights reserved.
// SPDX-License-Identifier: Apache-2.0

//! Checks that a function can be measured and that the arguments fit it.

use proc_macro2::{Ident, TokenStream, TokenTree};

use super::arguments::OperationArguments;
use super::return_type::ReturnType;
use crate::angles::{is_punct, punct, split_outside};
use crate::errors::Errors;
use crate::function::{Function, Signature, check_caller_location};
use crate::key::Key;
use crate::scan::Scan;

/// Reports all errors of a function and its arguments.
pub(super) fn check(function: &Function, arguments: &OperationArguments, errors: &Errors) {
    let signature = &function.signature;
    check_kind(signature, errors);
    check_caller_location(signature, "#[telemetry_operation]", errors);
    check_presence(signature, arguments, errors);
    for (key, value) in [("client", &arguments.client), ("event", &arguments.event)] {
        if let Some(exit) = value.clone().and_then(find_exit) {
            let problem = format_args!(
                "`{key}` cannot leave or suspend the function: it is evaluated before the operation starts"
            );
            errors.report(exit, problem, format_args!("give `{key}` an expression that always has a value"));
        }
    }
    check_binding(signature, arguments, errors);
    check_outcome(signature, arguments, errors);
}

fn check_kind(signature: &Signature, errors: &Errors) {
    if let Some(constness) = signature.constness {
        errors.report(
            constness,
            format_args!("`{}` is a `const fn`, which can neither read a clock nor report", signature.name),
            "remove `const`, or put `#[telemetry_operation]` on the function that calls it",
        );
    }
}

fn check_presence(signature: &Signature, arguments: &OperationArguments, errors: &Errors) {
    let name = &signature.name;
    if arguments.present.lacks(Key::Client) {
        let problem = format_args!("operation `{name}` has no `client`");
        let client = if signature.receiver().is_some() { "self.telemetry" } else { "telemetry" };
        errors.report(
            name,
            problem,
            format_args!("add `client = {client}`, or another expression for a `Client`"),
        );
    }
    if arguments.present.lacks(Key::Event) {
        let problem = format_args!("operation `{name}` has no `event`");
        errors.report(name, problem, format_args!("add `{}`", Key::Event.sample()));
    }
}

/// The first token with which an expression leaves or suspends the function.
fn find_exit(expression: TokenStream) -> Option<TokenTree> {
    let mut scan = Scan::default();
    expression.into_iter().find_map(|token| {
        if scan.ends_at(&token) {
            scan = Scan::default();
        }
        let is_elsewhere = scan.is_elsewhere(&token);
        scan.step(&token);
        match &token {
            _ if is_elsewhere => None,
            TokenTree::Group(group) => find_exit(group.stream()),
            TokenTree::Punct(punct) if punct.as_char() == '?' => Some(token),
            TokenTree::Ident(ident) if ident == "return" || ident == "await" => Some(token),
            _ => None,
        }
    })
}

/// Rejects an `operation` name that hides an argument.
fn check_binding(signature: &Signature, arguments: &OperationArguments, errors: &Errors) {
    let Some(name) = &arguments.operation else { return };
    if let Some(hidden) = find_argument(signature.arguments.clone(), name) {
        errors.report(
            name,
            format_args!("`operation = {name}` would hide the argument `{hidden}`"),
            "choose another name",
        );
    }
}

/// The argument with this name, also in a pattern. Types are skipped.
fn find_argument(arguments: TokenStream, name: &Ident) -> Option<Ident> {
    let tokens: Vec<TokenTree> = arguments.into_iter().collect();
    let mut rest = tokens.as_slice();
    while !rest.is_empty() {
        let (argument, others) = split_outside(rest, |token| is_punct(token, ','));
        if let Some(found) = find_variable(pattern(argument), name) {
            return Some(found);
        }
        rest = others;
    }
    None
}

/// The pattern of an argument, before the colon.
fn pattern(argument: &[TokenTree]) -> &[TokenTree] {
    let is_colon = |index: usize| argument.get(index).is_some_and(|token| is_punct(token, ':'));
    let mut indices = 0..argument.len();
    let colon = indices.find(|index| {
        is_colon(*index) && !is_colon(index + 1) && !index.checked_sub(1).is_some_and(is_colon)
    });
    colon.and_then(|colon| argument.get(..colon)).unwrap_or(argument)
}

/// A variable with this name in a pattern, which can also contain names of types, constants and fields.
fn find_variable(pattern: &[TokenTree], name: &Ident) -> Option<Ident> {
    let char_at = |index: usize| pattern.get(index).and_then(punct);
    pattern.iter().enumerate().find_map(|(index, token)| {
        let (before, after) = (index.wrapping_sub(1), index + 1);
        match token {
            TokenTree::Ident(ident) => {
                let ends_path = char_at(before.wrapping_sub(1)) == Some(':') && char_at(before) == Some(':');
                let goes_on =
                    char_at(after) == Some(':') || matches!(pattern.get(after), Some(TokenTree::Group(_)));
                (ident == name && !ends_path && !goes_on).then(|| ident.clone())
            }
            TokenTree::Group(group) if char_at(before) != Some('#') => {
                find_variable(&group.stream().into_iter().collect::<Vec<_>>(), name)
            }
            _ => None,
        }
    })
}

fn check_outcome(signature: &Signature, arguments: &OperationArguments, errors: &Errors) {
    let Some(key) = arguments.present.token(Key::OperationOutcome) else { return };
    let problem = match ReturnType::of(signature.returns.as_ref()) {
        ReturnType::Unit => "returns nothing",
        ReturnType::Never => "never returns",
        ReturnType::Value(_) => return,
    };
    errors.report(
        key,
        format_args!("`{}` {problem}, so `outcome` has no value to read", signature.name),
        "remove `outcome`",
    );
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_argument_is_found_in_its_pattern_and_nowhere_else() {
        let hides = |arguments: &str| {
            find_argument(arguments.parse().unwrap(), &syn::parse_str("op").unwrap()).is_some()
        };
        for arguments in [
            "&self, op: u8",
            "mut op: u8",
            "(a, &op): (u8, &u8)",
            "[op, ..]: [u8; 2]",
            "Pair { op, .. }: Pair",
            "Pair { left: op, .. }: Pair",
            "a::Pair(op): a::Pair",
            "a: BTreeMap<u8, fn(u8) -> u16>, op: u8",
            "#[cfg(all())] op: u8",
        ] {
            assert!(hides(arguments), "{arguments}");
        }
        for arguments in [
            "",
            "&self",
            "a: op::Kind",
            "a: BTreeMap<u8, op::Kind>",
            "a: BTreeMap<u8, op>, b: u8",
            "a: (u8, op)",
            "a: impl Fn(u8) -> op",
            "op::Kind(a): op::Kind",
            "Pair { op: a }: Pair",
            "op { a }: op",
            "#[cfg(op)] a: u8",
        ] {
            assert!(!hides(arguments), "{arguments}");
        }
    }

    #[test]
    fn only_what_leaves_the_function_is_an_exit() {
        let leaves = |expression: &str| find_exit(expression.parse().unwrap()).is_some();
        for expression in [
            "f()?",
            "{ f(|| 1, x?) }",
            "f(|| x, y?)",
            "x.await",
            "{ return }",
            "async { x? }.await",
            "f({ || x }, y?)",
        ] {
            assert!(leaves(expression), "{expression}");
        }
        for expression in [
            "(|| x?)()",
            "f(|x| x? + y.g::<A, B>()?, z)",
            "f(move || -> Option<u8> { return x })",
            "f(async { x.await? })",
            "{ fn f() -> Option<u8> { return None } f() }",
            "a | b || c",
        ] {
            assert!(!leaves(expression), "{expression}");
        }
    }
}
