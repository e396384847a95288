// SPDX-FileCopyrightText: Copyright (c) 2026 NVIDIA CORPORATION & AFFILIATES. All rights reserved.
// SPDX-License-Identifier: Apache-2.0

//! `#[telemetry_engine]`: makes a struct an engine, and makes the constructors of an inherent impl block report.

mod arguments;
mod block;
mod calls;
mod constructor;
mod constructor_return;
mod tokens;

use proc_macro2::TokenStream;
use quote::{quote, quote_spanned};
use syn::spanned::Spanned;
use syn::{DeriveInput, Expr};

use self::arguments::EngineArguments;
use self::block::Block;
use crate::errors::Errors;
use crate::key::{Key, Place};

/// Expands the attribute. If there are errors, the output still contains the item unchanged.
pub(crate) fn expand(arguments: TokenStream, item: TokenStream) -> TokenStream {
    let is_block = tokens::starts_with_impl(item.clone());
    if is_block { expand_block(arguments, item) } else { expand_struct(arguments, item) }
}

fn expand_struct(arguments: TokenStream, item: TokenStream) -> TokenStream {
    let errors = Errors::new();
    let arguments = EngineArguments::read(arguments, Place::Engine, &errors);
    let engine = engine_impl(&arguments, &item, &errors);
    let generated = errors.finish(engine).unwrap_or_else(|errors| errors);
    quote! { #item #generated }
}

/// ```text
/// impl ::telemetry_guardrails::TelemetryEngine for LlmRails {
///     const ENGINE: RailsEngine = RailsEngine::LlmRails;
///     fn usage_config(&self) -> Option<&dyn UsageConfig> { Some(&self.config) }
/// }
/// ::telemetry_guardrails::__private1::submit_engine! { LlmRails, RailsEngine::LlmRails }
/// ```
fn engine_impl(arguments: &EngineArguments, item: &TokenStream, errors: &Errors) -> Option<TokenStream> {
    let input =
        errors.keep(syn::parse2::<DeriveInput>(item.clone()).map_err(|error| not_an_engine(&error)))?;
    let Some(engine) = &arguments.engine else {
        let problem = format_args!("engine `{}` has no `engine`", input.ident);
        let sample = Key::Engine.sample();
        let help = format_args!("add `{sample}`");
        if arguments.present.lacks(Key::Engine) {
            errors.report(&input.ident, problem, help);
        }
        return None;
    };
    if let Some(receiver) = tokens::find_self(engine.clone()) {
        errors.report(
            receiver,
            "which engine a struct is cannot depend on its value",
            "name a constant: `engine = RailsEngine::LlmRails`",
        );
        return None;
    }
    let (core, ident) = (&arguments.krate, &input.ident);
    let (for_impl, for_type, bounds) = input.generics.split_for_impl();
    let config = arguments.config.as_ref().map(|config| {
        let reference = reference(config);
        quote! {
            fn usage_config(&self) -> #core::__private1::Option<&dyn #core::UsageConfig> {
                #core::__private1::Option::Some(#reference)
            }
        }
    });
    Some(quote! {
        #[automatically_derived]
        impl #for_impl #core::TelemetryEngine for #ident #for_type #bounds {
            const ENGINE: #core::RailsEngine = #engine;
            #config
        }
        #core::__private1::submit_engine! { #ident, #engine }
    })
}

/// A reference to the configuration: a field is borrowed; a method must return a reference.
fn reference(config: &TokenStream) -> TokenStream {
    match syn::parse2(config.clone()) {
        Ok(Expr::Reference(_) | Expr::Call(_) | Expr::MethodCall(_)) => config.clone(),
        _ => quote_spanned!(config.span()=> &#config),
    }
}

fn not_an_engine(error: &syn::Error) -> syn::Error {
    syn::Error::new(
        error.span(),
        "`#[telemetry_engine]` belongs on a struct or on its inherent impl block\n\
         help: put it on the struct that is the engine, and on the `impl` block with its constructors",
    )
}

fn expand_block(arguments: TokenStream, item: TokenStream) -> TokenStream {
    let errors = Errors::new();
    let plain = tokens::without_marks(item.clone());
    let krate = EngineArguments::read(arguments, Place::EngineBlock, &errors).krate;
    let block = errors.keep(syn::parse2::<Block>(item));
    let reporting = block.and_then(|block| block.reporting(&krate, &errors));
    errors.finish(reporting).unwrap_or_else(|errors| quote! { #plain #errors })
}
