// SPDX-FileCopyrightText: Copyright (c) 2026 NVIDIA CORPORATION & AFFILIATES. All rights reserved.
// SPDX-License-Identifier: Apache-2.0

//! The body of a measured function.

use proc_macro2::{Ident, Span, TokenStream, TokenTree};
use quote::{quote, quote_spanned};
use syn::Path;
use syn::spanned::Spanned;

use super::arguments::OperationArguments;
use super::return_type::ReturnType;
use crate::function::{Function, local, single, typed_branch};

/// The function with its body wrapped in an operation.
///
/// ```text
/// pub fn create(&self, spec: Spec) -> Result<Sandbox, Error> {
///     let mut guard = {
///         let client: &Client<_> = &(self.telemetry);
///         Client::operation(client, SandboxCreate::default())
///     };
///     let operation = &mut guard;
///     let returned = run(move || -> Result<Sandbox, Error> { /* the body */ });
///     let outcome = Returned(&returned).__telemetry_outcome();
///     Operation::finish_with(guard, outcome);
///     returned
/// }
/// ```
///
/// Unwinding and cancellation drop the guard. In a function that never returns, the body directly follows the guard.
pub(super) fn measured(function: &Function, arguments: &OperationArguments) -> Option<TokenStream> {
    let guard = local("guard");
    let returned = ReturnType::of(function.signature.returns.as_ref());
    let (start, run) = (start(&guard, arguments)?, run(function, &returned, &arguments.krate));
    let finish = finish(&guard, &returned, &run, arguments);
    let (head, attributes) = (&function.head, &function.inner_attributes);
    Some(quote! { #head { #attributes #start #finish } })
}

/// Starts the operation, and binds it to the name that the body uses.
fn start(guard: &Ident, arguments: &OperationArguments) -> Option<TokenStream> {
    let (core, client, event) = (&arguments.krate, arguments.client.as_ref()?, arguments.event.as_ref()?);
    let reporter = local("client");
    let borrowed = quote_spanned!(client.span()=> &(#client));
    let binding = arguments.operation.as_ref().map(|name| quote! { let #name = &mut #guard; });
    let mutable = binding.as_ref().map(|_| quote!(mut));
    Some(quote! {
        let #mutable #guard = {
            let #reporter: &#core::Client<_> = #borrowed;
            #core::Client::operation(#reporter, #event)
        };
        #binding
    })
}

/// Runs the body, in a closure or `async` block so that `?` and `return` leave only the body.
fn run(function: &Function, returned: &ReturnType, core: &Path) -> TokenStream {
    let body = &function.body;
    let (span, inner) = (body.span(), body.stream());
    let returns = match returned {
        ReturnType::Never => return inner,
        ReturnType::Unit => quote!(()),
        ReturnType::Value(returns) => returns.clone(),
    };
    if function.signature.is_async {
        let typed = typed_branch(&returns);
        return quote_spanned! {span=> async move { #typed #inner }.await };
    }
    quote_spanned! {span=> #core::__private1::run(move || -> #returns #body) }
}

/// Runs the body and finishes the operation with its outcome.
fn finish(
    guard: &Ident,
    returned: &ReturnType,
    run: &TokenStream,
    arguments: &OperationArguments,
) -> TokenStream {
    let core = &arguments.krate;
    let value = local("returned");
    match returned {
        ReturnType::Never => run.clone(),
        ReturnType::Unit => quote! {
            #run;
            #core::Operation::finish_with(#guard, #core::__private1::OperationOutcome::Success);
        },
        ReturnType::Value(returns) => {
            let outcome = outcome(&value, returns.span(), arguments);
            let is_opaque = matches!(single(returns), Some(TokenTree::Ident(hole)) if hole == "_");
            // If a body of opaque type diverges, its value has the type `!`.
            let lint = is_opaque.then(|| quote!(#[allow(clippy::diverging_sub_expression)]));
            quote! {
                #lint
                let #value = #run;
                #core::Operation::finish_with(#guard, #outcome);
                #value
            }
        }
    }
}

/// The outcome of the operation. The compiler reports type errors at `returns`.
fn outcome(value: &Ident, returns: Span, arguments: &OperationArguments) -> TokenStream {
    let core = &arguments.krate;
    if let Some(outcome) = &arguments.outcome {
        return quote_spanned! {outcome.span()=> #core::__private1::outcome_of(&#value, #outcome) };
    }
    let outcome = Ident::new("__telemetry_outcome", returns.resolved_at(Span::call_site()));
    quote! {{
        use #core::__private1::{AnyReturned as _, WithoutAnswer as _};
        #core::__private1::Returned(&#value).#outcome()
    }}
}
