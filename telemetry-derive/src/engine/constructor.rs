// SPDX-FileCopyrightText: Copyright (c) 2026 NVIDIA CORPORATION & AFFILIATES. All rights reserved.
// SPDX-License-Identifier: Apache-2.0

//! A constructor, whose signature is parsed and whose body is not.

use proc_macro2::{Group, Ident, TokenStream, TokenTree};
use quote::{quote, quote_spanned};
use syn::Path;

use super::calls::find_call;
use super::constructor_return::ConstructorReturn;
use crate::errors::{Errors, problem_at};
use crate::function::{Function, check_caller_location, local, typed_branch};
use crate::impl_trait::without_impl_trait;

/// A function marked with `#[telemetry(constructor)]`.
pub(super) struct Constructor(Function);

impl Constructor {
    pub(super) fn new(signature: &[TokenTree], body: &Group) -> syn::Result<Self> {
        Function::new(signature.iter().cloned().collect(), body).map(Self)
    }

    /// Reports every reason why the function cannot be a constructor.
    pub(super) fn check(&self, all: &[Self], own_name: Option<&str>, errors: &Errors) {
        let name = &self.0.signature.name;
        if let Some(constness) = self.0.signature.constness {
            errors.report(
                constness,
                format_args!("constructor `{name}` is a `const fn`, which cannot report"),
                "remove `const` or `#[telemetry(constructor)]`",
            );
        }
        if let Some(receiver) = self.0.signature.receiver() {
            errors.report(
                receiver,
                format_args!("constructor `{name}` takes an engine, so it does not make one"),
                "remove `#[telemetry(constructor)]`: only functions without `self` are constructors",
            );
        }
        check_caller_location(&self.0.signature, "#[telemetry(constructor)]", errors);
        let is_marked = |name: &Ident| all.iter().any(|one| one.0.signature.name == *name);
        if let Some(call) = find_call(self.0.body.stream(), own_name, &is_marked) {
            errors.absorb(problem_at(
                &call,
                format_args!(
                    "constructor `{name}` calls constructor `{call}`, so one engine would be reported twice"
                ),
                format_args!("remove `#[telemetry(constructor)]` from one of them; a wrapper stays unmarked"),
            ));
        }
    }

    /// The function, which reports after its body has created an engine.
    ///
    /// ```text
    /// pub fn new(config: RailsConfig) -> Result<Self, Error> {
    ///     let constructed: Result<Self, Error> =
    ///         ::telemetry_guardrails::__private1::construct::<Self, _>(move || -> Result<Self, Error> { /* the body */ });
    ///     if let Result::Ok(engine) = &constructed {
    ///         ::telemetry_guardrails::__private1::report_constructed(engine);
    ///     }
    ///     constructed
    /// }
    /// ```
    pub(super) fn reporting(
        &self,
        krate: &Path,
        own_name: Option<&str>,
        errors: &Errors,
    ) -> Option<TokenStream> {
        let Some(returns) = &self.0.signature.returns else {
            errors.report(
                &self.0.signature.name,
                format_args!("constructor `{}` returns nothing", self.0.signature.name),
                "return `Self`, or remove `#[telemetry(constructor)]`",
            );
            return None;
        };
        let returned = errors.keep(ConstructorReturn::new(returns, own_name))?;
        let constructed = local("constructed");
        let report = returned.report(&quote!(&#constructed), krate);
        let returns = without_impl_trait(returns);
        let (head, attributes) = (&self.0.head, &self.0.inner_attributes);
        let made = self.made(&returns, krate);
        Some(quote! {
            #head {
                #attributes
                let #constructed: #returns = #made;
                #report
                #constructed
            }
        })
    }

    /// The value of the body, in a closure or `async` block so that `?` and `return` leave only the body.
    fn made(&self, returns: &TokenStream, krate: &Path) -> TokenStream {
        let (body, span) = (&self.0.body, self.0.body.span());
        if !self.0.signature.is_async {
            return quote_spanned! {span=>
                #krate::__private1::construct::<Self, _>(move || -> #returns #body)
            };
        }
        let (typed, inner) = (typed_branch(returns), body.stream());
        quote_spanned! {span=>
            #krate::__private1::construct_async::<Self, _>(#krate::__private1::pin!(async move {
                #typed
                #inner
            })).await
        }
    }
}
