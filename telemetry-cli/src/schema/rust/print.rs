// SPDX-FileCopyrightText: Copyright (c) 2026 NVIDIA CORPORATION & AFFILIATES. All rights reserved.
// SPDX-License-Identifier: Apache-2.0

//! Writes items as Rust source, formatted as rustfmt formats it.

use telemetry_schema::__cli1::escape_untrusted;

use super::Options;
use super::items::{Doc, Field, Item, Items, Struct, Variant, Vocabulary};

/// The maximum width of a line (rustfmt's `max_width`).
const WIDTH: usize = 100;

/// The maximum width of an attribute's arguments on one line (rustfmt's `attr_fn_like_width`).
const ATTRIBUTE_WIDTH: usize = 70;

/// The name of the constant with the schema version.
const VERSION: &str = "SCHEMA_VERSION";

/// The source of the items.
pub(super) fn source(items: &Items, options: &Options<'_>) -> String {
    let mut blocks = Vec::new();
    if options.is_module {
        blocks.push(lines(&format!("The events of `{}`.", options.file), "//!", ""));
    }
    blocks.extend(imports(items));
    // A product in the parent module.
    if options.is_module && !options.product.contains("::") {
        blocks.push(format!("use super::{};\n", options.product));
    }
    if options.is_module {
        blocks.push(version(items));
    }
    blocks.extend(items.sources.iter().map(|(key, value)| {
        let value = value.as_deref().unwrap_or("…");
        format!("// The product's profile sends `{key}`, with `.source({key:?}, {value:?})`.\n")
    }));
    blocks.extend(items.all.iter().map(|item| match item {
        Item::Vocabulary(vocabulary) => vocabulary_source(vocabulary),
        Item::Struct(item) => struct_source(item, &items.version, options),
    }));
    blocks.join("\n")
}

/// The version constant that all events of a module share, so that a new version is a single edit.
fn version(items: &Items) -> String {
    format!("/// The version of the schema.\npub const {VERSION}: &str = {:?};\n", items.version)
}

fn imports(items: &Items) -> Vec<String> {
    let types: Vec<&str> = items.all.iter().flat_map(types_in).collect();
    let has = |name: &str| types.iter().any(|rust_type| words(rust_type).any(|word| word == name));
    let of_kind = |name, wanted: fn(&Item) -> bool| items.all.iter().any(wanted).then_some(name);
    let derives = [
        of_kind("TelemetryEnum", |item| matches!(item, Item::Vocabulary(_))),
        Some("TelemetryEvent"),
        of_kind("TelemetryValue", |item| matches!(item, Item::Struct(item) if item.event.is_none())),
    ];
    let names: Vec<_> = derives.into_iter().flatten().collect();
    let core = match names.as_slice() {
        [only] => format!("use telemetry_core::{only};\n"),
        names => format!("use telemetry_core::{{{}}};\n", names.join(", ")),
    };
    let map = has("BTreeMap").then(|| "use std::collections::BTreeMap;\n".to_owned());
    let token = has("Token").then(|| "use telemetry_core::value::Token;\n".to_owned());
    map.into_iter().chain(token).chain([core]).collect()
}

fn types_in(item: &Item) -> Vec<&str> {
    match item {
        Item::Vocabulary(_) => Vec::new(),
        Item::Struct(item) => item.fields.iter().map(|field| field.rust_type.as_str()).collect(),
    }
}

fn words(rust_type: &str) -> impl Iterator<Item = &str> {
    rust_type.split(|char: char| !char.is_alphanumeric() && char != '_')
}

fn vocabulary_source(vocabulary: &Vocabulary) -> String {
    let mut text = doc(&vocabulary.doc, "");
    text.push_str("#[derive(Debug, Clone, Copy, PartialEq, Eq, TelemetryEnum)]\n");
    let rule = vocabulary.rename_all.map(|rule| format!("rename_all = {:?}", rule.name()));
    text.push_str(&attributes(rule.as_slice(), ""));
    text.push_str(&format!("pub enum {} {{\n", vocabulary.ident));
    vocabulary.variants.iter().for_each(|variant| text.push_str(&variant_source(variant)));
    text + "}\n"
}

fn variant_source(variant: &Variant) -> String {
    let rename = variant.rename.as_ref().map(|text| format!("rename = {text:?}"));
    let fallback = variant.fallback.then(|| "fallback".to_owned());
    let keys: Vec<_> = rename.into_iter().chain(fallback).collect();
    format!("{}    {},\n", attributes(&keys, "    "), variant.ident)
}

fn struct_source(item: &Struct, version: &str, options: &Options<'_>) -> String {
    let mut text = doc(&item.doc, "");
    let derive = if item.event.is_some() { "TelemetryEvent" } else { "TelemetryValue" };
    text.push_str(&format!("#[derive(Debug, Clone, PartialEq, {derive})]\n"));
    if let Some(name) = &item.event {
        text.push_str(&attributes(&event_keys(name, version, options), ""));
    }
    if item.fields.is_empty() {
        return text + &format!("pub struct {} {{}}\n", item.ident);
    }
    text.push_str(&format!("pub struct {} {{\n", item.ident));
    item.fields.iter().for_each(|field| text.push_str(&field_source(field)));
    text + "}\n"
}

fn event_keys(name: &str, version: &str, options: &Options<'_>) -> [String; 4] {
    let version = if options.is_module { VERSION.to_owned() } else { format!("{version:?}") };
    [
        format!("product = {}", options.product),
        format!("event_name = {name:?}"),
        format!("schema_version = {version}"),
        format!("schema = {:?}", options.file),
    ]
}

fn field_source(field: &Field) -> String {
    let Field { ident, doc: sentence, keys, rust_type } = field;
    let line = format!("    pub {ident}: {rust_type},\n");
    let line = if line.chars().count() <= WIDTH + 1 {
        line
    } else {
        format!("    pub {ident}:\n        {rust_type},\n")
    };
    doc(sentence, "    ") + &attributes(keys, "    ") + &line
}

/// The keys in as few attributes as fit the width.
fn attributes(keys: &[String], indent: &str) -> String {
    let mut lines = Vec::<String>::new();
    for key in keys {
        match lines.last_mut() {
            Some(line) if line.chars().count() + 2 + key.chars().count() <= ATTRIBUTE_WIDTH => {
                line.push_str(", ");
                line.push_str(key);
            }
            _ => lines.push(key.clone()),
        }
    }
    lines.iter().map(|line| format!("{indent}#[telemetry({line})]\n")).collect()
}

/// A doc comment. A missing one becomes a comment that asks for it, and the derive rejects the item.
fn doc(doc: &Doc, indent: &str) -> String {
    match doc {
        Doc::Text(text) => lines(text, "///", indent),
        Doc::Question(question) => {
            lines(&format!("Describe this in a doc comment: {question}"), "//", indent)
        }
    }
}

/// A comment whose lines start with `mark`, wrapped between words. Characters that disturb a terminal are escaped; the compiler rejects
/// those that reorder the text of a comment.
fn lines(text: &str, mark: &str, indent: &str) -> String {
    let mut lines = vec![String::new()];
    for word in text.split_whitespace().map(|word| escape_untrusted(word, usize::MAX)) {
        match lines.last_mut() {
            Some(line)
                if indent.len() + mark.len() + line.chars().count() + 1 + word.chars().count() <= WIDTH =>
            {
                line.push(' ');
                line.push_str(&word);
            }
            _ => lines.push(format!(" {word}")),
        }
    }
    lines.iter().map(|line| format!("{indent}{mark}{line}\n")).collect()
}
