// SPDX-FileCopyrightText: Copyright (c) 2026 NVIDIA CORPORATION & AFFILIATES. All rights reserved.
// SPDX-License-Identifier: Apache-2.0

//! `new-event`: the Rust source of events that a schema file describes.

use std::io::Write;
use std::path::{Component, Path, PathBuf};

use clap::Args;
use serde_json::json;
use telemetry_core::Product;

use super::file::{bad_schema, read_schema};
use crate::message::{CommandError, eprint_message, escape_path};
use crate::output::Output;
use crate::progress::Progress;
use crate::schema::rust::{Options, Source, rust_source};
use crate::schema::words::texts;

/// The source keys of the known products.
const SOURCE_KEYS: [&str; 2] = ["nemoSource", "nvidiaSource"];

/// The events to print, and their product.
#[derive(Debug, Clone, Args)]
#[non_exhaustive]
pub struct NewEventArgs {
    /// The event's name in the schema.
    #[arg(value_name = "EVENT", required_unless_present = "all", conflicts_with = "all")]
    event: Option<String>,
    /// Print a module with all events of the file.
    #[arg(long)]
    all: bool,
    /// The schema file. The structs refer to it relative to its package, or to the package of the current directory.
    #[arg(long, value_name = "FILE")]
    from: PathBuf,
    /// The path of the type that implements `Product`. A name without a path is a sibling of the module of `--all`. Default: this
    /// command's product.
    #[arg(long, value_name = "PATH")]
    product: Option<String>,
    /// Print one JSON object with the source and the items that have no description.
    #[arg(long)]
    json: bool,
}

pub(super) fn print<P: Product>(args: &NewEventArgs, out: &mut Output<'_>) -> Result<(), CommandError> {
    let source = Progress::during(args.json, "reading the schema file", || source::<P>(args))?;
    if args.json {
        let json = json!({"source": source.text, "undescribed": source.undescribed});
        return Ok(out.json(json)?);
    }
    out.write_all(source.text.as_bytes())?;
    out.flush()?;
    ask_for_descriptions(&args.from, &source.undescribed);
    Ok(())
}

/// The source of the events that `args` select.
fn source<P: Product>(args: &NewEventArgs) -> Result<Source, CommandError> {
    let product = args.product.as_deref().unwrap_or_else(|| type_name::<P>());
    check_path(product)?;
    let schema = read_schema(
        &args.from,
        "give the path of a JSON Schema with `--from`; `schema --write FILE` writes one",
    )?;
    let own_key = P::PROFILE.event_source().map(|(key, _)| key);
    let source_keys: Vec<&str> = SOURCE_KEYS.into_iter().chain(own_key).collect();
    let events: Vec<&str> =
        if args.all { schema.event_names() } else { args.event.as_deref().into_iter().collect() };
    let file = as_the_derive_looks(&args.from);
    let options =
        Options { events: &events, is_module: args.all, product, file: &file, source_keys: &source_keys };
    rust_source(&schema, &options).map_err(|problem| bad_schema(&args.from, &problem))
}

/// Lists the items that the derive will reject because they have no description.
fn ask_for_descriptions(file: &Path, undescribed: &[String]) {
    if !undescribed.is_empty() {
        eprint_message(&format!(
            "note: {} has no description of {}\nhelp: add `\"description\"` there, or a doc comment to the source, which does \
             not compile without",
            escape_path(file),
            texts(undescribed)
        ));
    }
}

/// The name of the product's type, without its module.
fn type_name<P: Product>() -> &'static str {
    std::any::type_name::<P>().rsplit("::").next().unwrap_or_default()
}

/// The file relative to its package. A file outside all packages, which the packages of a workspace share, is relative to the
/// package of the current directory; without such a package, the path is unchanged.
fn as_the_derive_looks(file: &Path) -> String {
    let path = file.canonicalize().unwrap_or_else(|_| file.to_owned());
    let here = std::env::current_dir().and_then(|here| here.canonicalize()).unwrap_or_default();
    let package = path.ancestors().skip(1).find(|directory| is_package(directory));
    let package = package.or_else(|| here.ancestors().find(|directory| is_package(directory)));
    let relative = package.map(|package| relative(&path, package));
    relative.as_deref().unwrap_or(file).to_string_lossy().replace('\\', "/")
}

/// Whether the directory contains a package. A workspace without a package does not count.
fn is_package(directory: &Path) -> bool {
    let manifest = std::fs::read_to_string(directory.join("Cargo.toml")).unwrap_or_default();
    manifest.lines().any(|line| line.trim_start().starts_with("[package]"))
}

/// The relative path from the directory to the file. Both paths are absolute.
fn relative(file: &Path, directory: &Path) -> PathBuf {
    let common =
        file.components().zip(directory.components()).take_while(|(one, other)| one == other).count();
    let up = directory.components().skip(common).map(|_| Component::ParentDir);
    up.chain(file.components().skip(common)).collect()
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
