// SPDX-FileCopyrightText: Copyright (c) 2026 NVIDIA CORPORATION & AFFILIATES. All rights reserved.
// SPDX-License-Identifier: Apache-2.0

//! `new-event`: the Rust source of an event that a schema file describes.

use std::io::Write;
use std::path::{Path, PathBuf};

use clap::Args;
use telemetry_core::Product;

use super::file::{bad_schema, read_schema};
use crate::message::CommandError;
use crate::schema::rust::{Wanted, rust_source};

/// The keys under which the products of the family name themselves.
const SOURCE_KEYS: [&str; 2] = ["nemoSource", "nvidiaSource"];

/// Which event is written, and for which product.
#[derive(Debug, Clone, Args)]
pub struct NewEventArgs {
    /// The event's name in the schema.
    #[arg(value_name = "EVENT")]
    event: String,
    /// The schema file. The struct names it relative to the package it lies in.
    #[arg(long, value_name = "FILE")]
    from: PathBuf,
    /// The path of the type that implements `Product`. Default: this command's product.
    #[arg(long, value_name = "PATH")]
    product: Option<String>,
}

pub(super) fn print<P: Product>(args: &NewEventArgs, out: &mut dyn Write) -> Result<(), CommandError> {
    let product = args.product.as_deref().unwrap_or_else(|| type_name::<P>());
    check_path(product)?;
    let schema = read_schema(
        &args.from,
        "give the path of a JSON Schema with `--from`; `schema --write FILE` writes one",
    )?;
    let own_key = P::PROFILE.event_source().map(|(key, _)| key);
    let source_keys: Vec<&str> = SOURCE_KEYS.into_iter().chain(own_key).collect();
    let file = in_package(&args.from);
    let wanted = Wanted { event: &args.event, product, file: &file, source_keys: &source_keys };
    let source = rust_source(&schema, &wanted).map_err(|problem| bad_schema(&args.from, &problem))?;
    Ok(out.write_all(source.as_bytes())?)
}

/// The name of the product's type, without its module.
fn type_name<P: Product>() -> &'static str {
    std::any::type_name::<P>().rsplit("::").next().unwrap_or_default()
}

/// The file relative to its package, as the derive looks for it; as given, if it lies in none.
fn in_package(file: &Path) -> String {
    let path = file.canonicalize().unwrap_or_else(|_| file.to_owned());
    let package = path.ancestors().skip(1).find(|directory| directory.join("Cargo.toml").is_file());
    let inside = package.and_then(|package| path.strip_prefix(package).ok());
    inside.unwrap_or(file).to_string_lossy().replace('\\', "/")
}

fn check_path(product: &str) -> Result<(), CommandError> {
    let is_ident = |part: &str| {
        part.starts_with(|first: char| first.is_alphabetic() || first == '_')
            && part.chars().all(|char| char.is_alphanumeric() || char == '_')
    };
    if product.trim_start_matches("::").split("::").all(is_ident) {
        return Ok(());
    }
    let help = "write the path of a type, such as `--product crate::MyProduct`";
    Err(CommandError::BadInput(format!("`{}` is not a path\nhelp: {help}", product.escape_debug())))
}
