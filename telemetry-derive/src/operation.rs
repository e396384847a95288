// SPDX-FileCopyrightText: Copyright (c) 2026 NVIDIA CORPORATION & AFFILIATES. All rights reserved.
// SPDX-License-Identifier: Apache-2.0

//! `#[telemetry_operation]`: a function that emits one event for each call, however the call ends.

mod arguments;
mod body;
mod check;
mod return_type;

use proc_macro2::{Delimiter, TokenStream, TokenTree};
use quote::quote;

use self::arguments::OperationArguments;
use crate::errors::{Errors, problem_at};
use crate::function::{Function, Signature, ungrouped};

/// Expands the attribute. If there are errors, the output still contains the item unchanged.
pub(crate) fn expand(arguments: TokenStream, item: TokenStream) -> TokenStream {
    let errors = Errors::new();
    let function = errors.keep(read(item.clone()));
    let arguments = OperationArguments::read(arguments, &errors);
    let measured = function.and_then(|function| {
        check::check(&function, &arguments, &errors);
        body::measured(&function, &arguments)
    });
    errors.finish(measured).unwrap_or_else(|errors| quote! { #item #errors })
}

/// The body is the last token of a function.
fn read(item: TokenStream) -> syn::Result<Function> {
    let mut head: Vec<TokenTree> = item.into_iter().collect();
    match head.pop().map(ungrouped) {
        Some(TokenTree::Group(body)) if body.delimiter() == Delimiter::Brace => {
            Function::new(head.into_iter().collect(), &body).map_err(|error| not_a_function(&error))
        }
        Some(last) => Err(without_body(head, &last)),
        None => Err(syn::Error::new(proc_macro2::Span::call_site(), "expected a function")),
    }
}

fn without_body(head: Vec<TokenTree>, last: &TokenTree) -> syn::Error {
    match syn::parse2::<Signature>(head.into_iter().collect()) {
        Ok(signature) => problem_at(
            last,
            format_args!("`{}` has no body to measure", signature.name),
            "put `#[telemetry_operation]` on the function that implements it",
        ),
        Err(error) => not_a_function(&error),
    }
}

fn not_a_function(error: &syn::Error) -> syn::Error {
    syn::Error::new(
        error.span(),
        "`#[telemetry_operation]` belongs on a function or method\n\
         help: put it right above the `fn` whose calls are to be reported",
    )
}
