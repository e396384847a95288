// SPDX-FileCopyrightText: Copyright (c) 2026 NVIDIA CORPORATION & AFFILIATES. All rights reserved.
// SPDX-License-Identifier: Apache-2.0

//! Which other crates a public API may name. A breaking release of such a crate breaks our API too.

use std::collections::BTreeSet;

use crate::listing::Listing;
use crate::workspace::Result;

/// The standard library, which any API may name.
const STANDARD: [&str; 3] = ["alloc", "core", "std"];

/// What the published crates name besides: `clap_builder` and `serde_core` are where `clap` and `serde` define their traits.
const NAMED: [(&str, &[&str]); 7] = [
    ("guardrails-config", &[]),
    (
        "telemetry-cli",
        &["clap_builder", "serde_json", "telemetry_core", "telemetry_expect", "telemetry_schema"],
    ),
    ("telemetry-core", &["inventory", "serde_core", "telemetry_expect", "telemetry_schema", "uuid"]),
    ("telemetry-derive", &[]),
    ("telemetry-expect", &["telemetry_schema"]),
    ("telemetry-guardrails", &["guardrails_config", "serde_core", "telemetry_core", "telemetry_schema"]),
    ("telemetry-schema", &[]),
];

/// An error that lists the lines with a crate that the API may not name, if there are any.
pub(crate) fn check(listing: &Listing) -> Result<()> {
    let lines: Vec<_> =
        listing.lines.iter().filter(|line| !unexpected(&listing.name, line).is_empty()).collect();
    let Some(first) = lines.first() else { return Ok(()) };
    let name = &listing.name;
    let krate = unexpected(name, first).into_iter().next().unwrap_or_default();
    let lines = lines.iter().map(|line| format!("{line}\n")).collect::<String>();
    Err(format!(
        "the public API of `{name}` names `{krate}`, so each breaking release of that crate breaks it\n{lines}\
         help: use a type of our own there, or add the crate to `NAMED` in `tests/public_api/src/foreign.rs`"
    )
    .into())
}

fn unexpected<'l>(name: &str, line: &'l str) -> BTreeSet<&'l str> {
    let own = name.replace('-', "_");
    let named = NAMED.iter().find(|(krate, _)| *krate == name).map_or(&[][..], |(_, named)| named);
    let is_expected = |krate: &str| krate == own || STANDARD.contains(&krate) || named.contains(&krate);
    crates(line).filter(|krate| !is_expected(krate)).collect()
}

/// The first segments of the paths in a line. Those of types, such as `Self::Error`, start with a capital.
fn crates(line: &str) -> impl Iterator<Item = &str> {
    let paths = line.split(|c: char| !(c.is_alphanumeric() || c == '_' || c == ':'));
    let first = paths.filter_map(|path| path.split_once("::")).map(|(first, _)| first);
    first.filter(|first| first.starts_with(|c: char| c.is_lowercase() || c == '_'))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn listing(line: &str) -> Listing {
        Listing { name: "telemetry-core".to_owned(), lines: vec![line.to_owned()] }
    }

    #[test]
    fn crates_are_found_wherever_a_path_begins() {
        let line = "pub fn shop::buy<T: a::X>(&'static b::Y, [c::Z; 3]) -> core::option::Option<<T as d::X>::Y> where T::Y: e::X";
        let found: Vec<_> = crates(line).collect();
        assert_eq!(found, ["shop", "a", "b", "c", "core", "d", "e"]);
    }

    #[test]
    fn the_core_may_not_name_what_it_is_built_with() {
        for krate in ["clap", "clap_builder", "log", "serde_json", "toml", "ureq"] {
            let line =
                format!("pub fn telemetry_core::Client::get(&self) -> alloc::vec::Vec<{krate}::Value>");
            let error = check(&listing(&line)).unwrap_err().to_string();
            assert!(error.contains(&format!("names `{krate}`")) && error.contains(&line), "{error}");
        }
    }

    #[test]
    fn a_crate_names_itself_the_standard_library_and_what_is_allowed() {
        let line =
            "impl serde_core::ser::Serialize for telemetry_core::value::Uuid where Self::X: core::fmt::Debug";
        check(&listing(line)).unwrap();
    }

    #[test]
    fn a_crate_that_is_not_in_the_table_names_no_other() {
        let unknown =
            Listing { name: "shop".to_owned(), lines: vec!["pub fn shop::x() -> log::Level".to_owned()] };
        check(&unknown).unwrap_err();
    }
}
