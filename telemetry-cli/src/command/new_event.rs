// SPDX-FileCopyrightText: Copyright (c) 2026 NVIDIA CORPORATION & AFFILIATES. All rights reserved.
// SPDX-License-Identifier: Apache-2.0

//! `new-event`: the Rust source of an event that a schema file describes.

use std::io::Write;
use std::path::{Path, PathBuf};

use clap::Args;
use telemetry_core::Product;
use telemetry_schema::problem::{Place, Problem};
use telemetry_schema::schema::Schema;

use crate::message::{CommandError, printable_path};
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
    let schema = read(&args.from)?;
    let own_key = P::PROFILE.event_source().map(|(key, _)| key);
    let source_keys: Vec<&str> = SOURCE_KEYS.into_iter().chain(own_key).collect();
    let (file, from) = (in_package(&args.from), printable_path(&args.from));
    let wanted = Wanted { event: &args.event, product, file: &file, source_keys: &source_keys };
    let source = rust_source(&schema, &wanted).map_err(|problem| bad_schema(&from, &problem))?;
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

fn read(file: &Path) -> Result<Schema, CommandError> {
    let path = printable_path(file);
    let text = std::fs::read_to_string(file).map_err(|error| {
        let help = "give the path of a JSON Schema with `--from`; `schema --write FILE` writes one";
        CommandError::BadInput(format!("cannot read {path}: {error}\nhelp: {help}"))
    })?;
    Schema::read(&text).map_err(|problem| bad_schema(&path, &problem))
}

fn bad_schema(file: &impl std::fmt::Display, Problem { place, problem, help }: &Problem) -> CommandError {
    CommandError::BadInput(match place {
        Place::Position(line, column) => format!("{file}:{line}:{column}: not JSON: {problem}\nhelp: {help}"),
        Place::Pointer(pointer) => format!("{file}: `{pointer}` {problem}\nhelp: {help}"),
    })
}
