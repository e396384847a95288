// SPDX-FileCopyrightText: Copyright (c) 2026 NVIDIA CORPORATION & AFFILIATES. All rights reserved.
// SPDX-License-Identifier: Apache-2.0

//! What keeps a function from being measured, and arguments from fitting it.

use proc_macro2::{Ident, TokenStream, TokenTree};
use quote::ToTokens;

use super::arguments::Arguments;
use super::returned::Returned;
use crate::errors::Errors;
use crate::function::{Function, Signature, check_caller_location};

/// Reports everything that is wrong with a function and its arguments.
pub(super) fn check(function: &Function, arguments: &Arguments, errors: &Errors) {
    let signature = &function.signature;
    check_kind(signature, errors);
    check_caller_location(signature, "#[telemetry_operation]", errors);
    check_presence(signature, arguments, errors);
    for (key, value) in [("client", &arguments.client), ("event", &arguments.event)] {
        if let Some(exit) = value.clone().and_then(find_exit) {
            let problem =
                format_args!("`{key}` cannot leave or suspend the function: nothing is measured yet");
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
            "leave `const` out, or put the attribute on the function that calls it",
        );
    }
}

fn check_presence(signature: &Signature, arguments: &Arguments, errors: &Errors) {
    let name = &signature.name;
    if !arguments.are_read {
        return;
    }
    if arguments.client.is_none() {
        let problem = format_args!("`{name}` does not say which client reports it");
        errors.report(name, problem, "name it: `#[telemetry_operation(client = self.telemetry, …)]`");
    }
    if arguments.event.is_none() {
        let problem = format_args!("`{name}` does not say which event reports it");
        errors.report(
            name,
            problem,
            "give it: `#[telemetry_operation(event = SandboxCreate::default(), …)]`",
        );
    }
}

/// The first token with which an expression leaves or suspends the function.
fn find_exit(expression: TokenStream) -> Option<TokenTree> {
    expression.into_iter().find_map(|token| match &token {
        TokenTree::Group(group) => find_exit(group.stream()),
        TokenTree::Punct(punct) if punct.as_char() == '?' => Some(token),
        TokenTree::Ident(ident) if ident == "return" || ident == "await" => Some(token),
        _ => None,
    })
}

/// An argument of the same name could not be used any more.
fn check_binding(signature: &Signature, arguments: &Arguments, errors: &Errors) {
    let Some(name) = &arguments.operation else { return };
    if let Some(hidden) = find_pattern(signature.arguments.clone(), name) {
        errors.report(
            name,
            format_args!("`operation = {name}` would hide the argument `{hidden}`"),
            "take another name",
        );
    }
}

/// An argument of this name. Types are passed over: what follows a colon, up to the next comma.
fn find_pattern(arguments: TokenStream, name: &Ident) -> Option<Ident> {
    let mut in_type = false;
    arguments.into_iter().find_map(|token| match token {
        TokenTree::Punct(punct) => {
            in_type = matches!((punct.as_char(), in_type), (':', _) | ('<' | '>' | '&' | '+', true));
            None
        }
        TokenTree::Ident(ident) if !in_type && ident == *name => Some(ident),
        TokenTree::Group(group) if !in_type => find_pattern(group.stream(), name),
        _ => None,
    })
}

fn check_outcome(signature: &Signature, arguments: &Arguments, errors: &Errors) {
    let Some(outcome) = &arguments.outcome else { return };
    let problem = match Returned::of(signature.returns.as_ref()) {
        Returned::Unit => "returns nothing",
        Returned::Never => "never returns",
        Returned::Value(_) => return,
    };
    errors.report(
        outcome.key.to_token_stream(),
        format_args!("`{}` {problem}, so there is nothing to tell the outcome from", signature.name),
        "leave `outcome` out",
    );
}
