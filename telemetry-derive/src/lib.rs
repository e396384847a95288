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
mod errors;
mod expand;
mod key;
mod known;
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
