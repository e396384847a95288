// SPDX-FileCopyrightText: Copyright (c) 2026 NVIDIA CORPORATION & AFFILIATES. All rights reserved.
// SPDX-License-Identifier: Apache-2.0

//! One constructor: its signature is read, its body is not.

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

    /// Reports everything that keeps the function from being a constructor.
    pub(super) fn check(&self, all: &[Self], own_name: Option<&str>, errors: &Errors) {
        let name = &self.0.signature.name;
        if let Some(constness) = self.0.signature.constness {
            errors.report(
                constness,
                format_args!("constructor `{name}` is a `const fn`, which cannot report"),
                "leave `const` or `#[telemetry(constructor)]` out",
            );
        }
        if let Some(receiver) = self.0.signature.receiver() {
            errors.report(
                receiver,
                format_args!("constructor `{name}` takes an engine, so it does not make one"),
                "leave `#[telemetry(constructor)]` out: only functions without `self` are constructors",
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
                format_args!("leave `#[telemetry(constructor)]` off one of them; a wrapper stays unmarked"),
            ));
        }
    }

    /// The function, which reports after the body has made an engine.
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
                "return `Self`, or leave `#[telemetry(constructor)]` out",
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

    /// What the body makes: `?` and `return` in it leave the body only.
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
