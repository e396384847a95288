// SPDX-FileCopyrightText: Copyright (c) 2026 NVIDIA CORPORATION & AFFILIATES. All rights reserved.
// SPDX-License-Identifier: Apache-2.0

//! The code that makes an event the report of an operation.

use proc_macro2::TokenStream;
use quote::{quote, quote_spanned};
use syn::spanned::Spanned;

use crate::ast::{Core, Event, Field};
use crate::attr::TimeUnit;

/// For fields `outcome` and `duration_ms`:
///
/// ```text
/// impl OperationEvent for SandboxCreate {
///     fn record_outcome(&mut self, __outcome: OperationOutcome, __elapsed: Duration) {
///         OutcomeField::set(&mut self.outcome, __outcome);
///         DurationField::set(&mut self.duration_ms, __elapsed, DurationUnit::Milliseconds);
///     }
/// }
/// const _: () = require_outcome_words::<Outcome>();
/// ```
///
/// Empty for an event without an outcome field, which does not report operations.
pub(super) fn operation_impl(event: &Event) -> Option<TokenStream> {
    let outcome = event.fields.iter().find(|field| field.keys.outcome.is_some())?;
    let core = event.core();
    let (ident, set_outcome) = (event.ident, set_outcome(outcome));
    let set_duration = event.fields.iter().filter_map(set_duration);
    let (ty, span) = (outcome.ty, outcome.ty.span());
    let reported = Core::reported_at(span);
    Some(quote! {
        #[automatically_derived]
        impl #core::OperationEvent for #ident {
            #[allow(unused_variables)]
            #[inline]
            fn record_outcome(&mut self, __outcome: #core::OperationOutcome, __elapsed: #core::Duration) {
                #set_outcome
                #(#set_duration)*
            }
        }
        const _: () = #reported::require_outcome_words::<#ty>();
    })
}

fn set_outcome(field: &Field) -> TokenStream {
    let (ident, span) = (field.ident, field.ty.span());
    let core = Core::reported_at(span);
    quote_spanned! {span=> #core::OutcomeField::set(&mut self.#ident, __outcome); }
}

fn set_duration(field: &Field) -> Option<TokenStream> {
    let (ident, span) = (field.ident, field.ty.span());
    let core = Core::reported_at(span);
    let unit = match field.keys.duration? {
        TimeUnit::Milliseconds => quote!(Milliseconds),
        TimeUnit::Seconds => quote!(Seconds),
    };
    Some(
        quote_spanned! {span=> #core::DurationField::set(&mut self.#ident, __elapsed, #core::DurationUnit::#unit); },
    )
}
