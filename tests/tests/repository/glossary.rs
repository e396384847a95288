// SPDX-FileCopyrightText: Copyright (c) 2026 NVIDIA CORPORATION & AFFILIATES. All rights reserved.
// SPDX-License-Identifier: Apache-2.0

//! The glossary in `ARCHITECTURE.md` has every public type and macro of the published crates, and no others.

use std::collections::BTreeSet;
use std::fs;
use std::path::Path;

use fancy_regex::Regex;

use crate::files::{ROOT, files};

fn glossary() -> String {
    let page = fs::read_to_string(Path::new(ROOT).join("ARCHITECTURE.md")).unwrap();
    let section = page.split_once("\n## Glossary\n").unwrap().1;
    section.split_once("\n## ").unwrap().0.to_owned()
}

/// The names in backticks in the last column of the tables.
fn named(glossary: &str) -> Vec<&str> {
    let cells = glossary.lines().filter_map(|line| line.strip_suffix(" |")?.rsplit('|').next());
    cells.flat_map(|cell| cell.split('`').skip(1).step_by(2)).collect()
}

/// The types, traits and macros of one listing in `docs/api`. Associated types belong to their trait.
fn public(listing: &str) -> BTreeSet<String> {
    let item =
        Regex::new(r"^(?:#\[\w+\] )?pub (?:struct|enum|union|trait|type|macro) ((?:\w+::)+)(\w+!?)").unwrap();
    let items = listing.lines().filter_map(|line| item.captures(line).unwrap());
    let is_module =
        |path: &str| path.trim_end_matches("::").rsplit("::").next().unwrap().starts_with(char::is_lowercase);
    items.filter(|found| is_module(&found[1])).map(|found| found[2].to_owned()).collect()
}

fn listings() -> Vec<String> {
    let listings =
        files(&Path::new(ROOT).join("docs/api"), |file| file.extension().is_some_and(|found| found == "txt"));
    listings.iter().map(|file| fs::read_to_string(file).unwrap()).collect()
}

#[test]
fn the_glossary_has_each_public_type_once() {
    let (glossary, listings) = (glossary(), listings());
    assert_eq!(listings.len(), 7, "a listing for each published crate");
    let named = named(&glossary);
    let once: BTreeSet<String> = named.iter().map(|&name| name.to_owned()).collect();
    assert_eq!(once.len(), named.len(), "a type has one term: {named:?}");
    let public: BTreeSet<String> = listings.iter().flat_map(|listing| public(listing)).collect();
    assert!(public.len() >= 100, "{public:?}");
    let lacking: Vec<_> = public.difference(&once).collect();
    assert!(
        lacking.is_empty(),
        "add these types to the glossary of ARCHITECTURE.md, each under its term: {lacking:?}"
    );
    // Re-exports of other crates, such as `Uuid`, are named although their definition is elsewhere.
    let is_public = |name: &&String| listings.iter().any(|listing| listing.contains(&format!("::{name}\n")));
    let unknown: Vec<_> = once.difference(&public).filter(|name| !is_public(name)).collect();
    assert!(unknown.is_empty(), "the glossary names types that do not exist: {unknown:?}");
}

#[test]
fn types_are_found_in_a_listing_and_associated_types_are_left_out() {
    let listing = "\
pub mod shop
#[non_exhaustive] pub enum shop::client::Missing
pub shop::client::Missing::Build
pub struct shop::client::Client<P: shop::Product>
pub type shop::client::Flush::Output = bool
pub macro shop::origin!
pub fn shop::client::Client<P>::builder() -> shop::client::ClientBuilder<P>
";
    assert_eq!(public(listing), ["Client", "Missing", "origin!"].map(str::to_owned).into());
}

#[test]
fn each_term_has_one_meaning() {
    let glossary = glossary();
    let rows = glossary.lines().filter(|line| line.starts_with("| ") && !line.starts_with("| term |"));
    let terms: Vec<&str> = rows.map(|line| line.split(" | ").next().unwrap()).collect();
    assert!(terms.len() >= 50, "{terms:?}");
    assert_eq!(terms.iter().collect::<BTreeSet<_>>().len(), terms.len(), "{terms:?}");
}
