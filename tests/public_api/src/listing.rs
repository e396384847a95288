// SPDX-FileCopyrightText: Copyright (c) 2026 NVIDIA CORPORATION & AFFILIATES. All rights reserved.
// SPDX-License-Identifier: Apache-2.0

//! What counts as an item of a public API: modules, types, fields, variants, traits with their members, functions, methods, constants,
//! macros and re-exports that are not hidden, one a line; and which traits a type implements, with the types that it gives them.
//! Implementations for all types and those of `Send` and the like are left out.

use std::collections::HashSet;
use std::fmt;
use std::fs;
use std::path::Path;

use public_api::{Builder, PublicApi, PublicItem};
use serde_json::Value;

use crate::workspace::Result;

/// The format that the `public-api` of this package reads.
const FORMAT: u64 = 57;

/// The public API of one crate.
pub(crate) struct Listing {
    pub(crate) name: String,
    pub(crate) lines: Vec<String>,
}

impl Listing {
    /// Reads what rustdoc wrote about a crate.
    pub(crate) fn read(name: &str, documentation: &Path) -> Result<Self> {
        let json = documentation.join(format!("{}.json", name.replace('-', "_")));
        check_format(&json)?;
        let api =
            Builder::from_rustdoc_json(json).omit_blanket_impls(true).omit_auto_trait_impls(true).build()?;
        Ok(Self { name: name.to_owned(), lines: lines(&api) })
    }

    /// The committed listing.
    pub(crate) fn text(&self) -> String {
        self.lines.iter().flat_map(|line| [line.as_str(), "\n"]).collect()
    }

    /// The number of lines that are not implementations of a trait.
    fn items(&self) -> usize {
        self.lines.iter().filter(|line| !is_implementation(line)).count()
    }
}

impl fmt::Display for Listing {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let (name, items) = (&self.name, self.items());
        write!(f, "{name}: {items} items, {} implementations of traits", self.lines.len() - items)
    }
}

fn is_implementation(line: &str) -> bool {
    line.starts_with("impl")
}

/// The lines of an API, in the order that keeps a type and its members together. A type with two paths is listed at each of them,
/// its members at the first.
fn lines(api: &PublicApi) -> Vec<String> {
    let ids = |is_wanted: fn(&str) -> bool| -> HashSet<_> {
        api.items().filter(|item| is_wanted(&item.to_string())).map(PublicItem::id).collect()
    };
    let (modules, implementations) = (ids(is_module), ids(is_of_a_trait));
    let mut seen = HashSet::new();
    let mut is_listed = |item: &PublicItem, line: &str| {
        let is_inside = |ids: &HashSet<_>| item.parent_id().is_some_and(|id| ids.contains(&id));
        let is_said = !is_noise(line) && (!is_inside(&implementations) || line.starts_with("pub type "));
        is_said && (seen.insert(item.id()) || is_inside(&modules))
    };
    let all = api.items().map(|item| (item, item.to_string()));
    all.filter(|(item, line)| is_listed(item, line)).map(|(_, line)| line).collect()
}

fn is_module(line: &str) -> bool {
    line.starts_with("pub mod ")
}

fn is_of_a_trait(line: &str) -> bool {
    is_implementation(line) && line.contains(" for ")
}

/// Blocks of methods, which follow as lines of their own, and implementations of traits that are hidden.
fn is_noise(line: &str) -> bool {
    is_implementation(line) && (!is_of_a_trait(line) || line.contains("::private::"))
}

fn check_format(json: &Path) -> Result<()> {
    let text = fs::read_to_string(json).map_err(|error| {
        format!(
            "cannot read `{}`: {error}\nhelp: `cargo clean --doc`, so that rustdoc writes it again",
            json.display()
        )
    })?;
    let documented: Value = serde_json::from_str(&text)?;
    match documented.get("format_version").and_then(Value::as_u64) {
        Some(FORMAT) => Ok(()),
        other => Err(unreadable(other).into()),
    }
}

fn unreadable(found: Option<u64>) -> String {
    let found = found.map_or("no format".to_owned(), |format| format!("format {format}"));
    format!(
        "the rustdoc of this toolchain writes {found}, and `public-api` reads format {FORMAT}\n\
         help: in `tests/public_api/Cargo.toml`, name the release of `public-api` whose `rustdoc-types` has that number, and set \
         `FORMAT` in `tests/public_api/src/listing.rs` to it"
    )
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn another_format_is_named_with_what_to_do() {
        let directory = tempfile::tempdir().unwrap();
        for (text, named) in [(r#"{"format_version": 60}"#, "format 60"), ("{}", "no format")] {
            fs::write(directory.path().join("web_shop.json"), text).unwrap();
            let error = Listing::read("web-shop", directory.path()).err().unwrap().to_string();
            assert!(
                error.contains(named) && error.contains("help: in `tests/public_api/Cargo.toml`"),
                "{error}"
            );
        }
    }

    #[test]
    fn documentation_that_is_missing_can_be_written_again() {
        let directory = tempfile::tempdir().unwrap();
        let error = Listing::read("web-shop", directory.path()).err().unwrap().to_string();
        assert!(error.contains("web_shop.json") && error.contains("help: `cargo clean --doc`"), "{error}");
    }

    #[test]
    fn noise_is_what_says_nothing_to_a_reader() {
        assert!(is_noise("impl shop::Order"));
        assert!(is_noise("impl<M> telemetry_core::private::vocabulary::Vocabulary<M> for shop::Order"));
        assert!(!is_noise("impl core::clone::Clone for shop::Order"));
        assert!(!is_noise("pub fn shop::Order::new() -> Self"));
    }

    #[test]
    fn implementations_are_counted_apart() {
        let lines = ["pub mod shop", "pub struct shop::Order", "impl core::clone::Clone for shop::Order"];
        let listing = Listing { name: "shop".to_owned(), lines: lines.map(str::to_owned).to_vec() };
        assert_eq!(listing.to_string(), "shop: 2 items, 1 implementations of traits");
        assert_eq!(listing.text(), lines.join("\n") + "\n");
    }
}
