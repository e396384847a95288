// SPDX-FileCopyrightText: Copyright (c) 2026 NVIDIA CORPORATION & AFFILIATES. All rights reserved.
// SPDX-License-Identifier: Apache-2.0

#![doc = include_str!("../README.md")]
#![forbid(unsafe_code)]

mod ast;
mod attr;
mod case;
mod check;
mod contract;
mod doc;
mod engine;
mod errors;
mod expand;
mod form;
mod key;
mod known;
mod likely;
mod nearest;
mod refusal;
mod schema;
mod spelling;

use proc_macro::TokenStream;
use syn::{DeriveInput, parse_macro_input};

/// Makes a struct a usage event. The [crate's page](crate) has the grammar.
#[proc_macro_derive(TelemetryEvent, attributes(telemetry))]
pub fn telemetry_event(input: TokenStream) -> TokenStream {
    expand::derive_event(&parse_macro_input!(input as DeriveInput)).into()
}

/// Makes an enum a closed vocabulary. The [crate's page](crate) has the grammar.
#[proc_macro_derive(TelemetryEnum, attributes(telemetry))]
pub fn telemetry_enum(input: TokenStream) -> TokenStream {
    expand::derive_vocabulary(&parse_macro_input!(input as DeriveInput)).into()
}

/// Makes a struct the value of a field. The [crate's page](crate) has the grammar.
#[proc_macro_derive(TelemetryValue, attributes(telemetry))]
pub fn telemetry_value(input: TokenStream) -> TokenStream {
    expand::derive_object(&parse_macro_input!(input as DeriveInput)).into()
}

/// Makes a struct an engine, and lets its constructors report.
///
/// It is re-exported by `telemetry-guardrails`, whose page has a running example.
///
/// On a struct: `engine` says which engine it is (a constant; required), `config` where it keeps its configuration (an
/// expression with `self`; without it only facts about the system are reported). The struct gets the trait
/// `TelemetryEngine` and is registered.
///
/// On its inherent impl block: each associated function with `#[telemetry(constructor)]` reports after it has made an engine,
/// once for each call. It returns `Self`, `Result<Self, E>`, `Option<Self>`, `Box<Self>`, `Rc<Self>` or `Arc<Self>`, or one in
/// another, and may be `async`. A construction that fails or panics reports nothing.
///
/// `crate = "path"` says where `telemetry_guardrails` is, if not at the root.
#[proc_macro_attribute]
pub fn telemetry_engine(arguments: TokenStream, item: TokenStream) -> TokenStream {
    engine::expand(arguments.into(), item.into()).into()
}
