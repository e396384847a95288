// SPDX-FileCopyrightText: Copyright (c) 2026 NVIDIA CORPORATION & AFFILIATES. All rights reserved.
// SPDX-License-Identifier: Apache-2.0

//! The listings that are committed: how they are written, and how a difference is shown.

use std::fs;
use std::path::Path;

use similar::TextDiff;

use crate::listing::Listing;
use crate::workspace::Result;

pub(crate) fn write(listing: &Listing, place: &Path) -> Result<()> {
    fs::create_dir_all(place.parent().unwrap_or(place))?;
    Ok(fs::write(place, listing.text())?)
}

/// An error that shows the difference, if there is one. A listing that is missing is an empty one.
pub(crate) fn compare(listing: &Listing, place: &Path) -> Result<()> {
    let recorded = fs::read_to_string(place).unwrap_or_default();
    let found = listing.text();
    if recorded == found { Ok(()) } else { Err(differs(&listing.name, &recorded, &found).into()) }
}

fn differs(name: &str, recorded: &str, found: &str) -> String {
    let diff = TextDiff::from_lines(recorded, found);
    let hunks = diff.unified_diff().context_radius(1).header("recorded", "found").to_string();
    format!(
        "the public API of `{name}` is not the one recorded in `docs/api/{name}.txt`\n{hunks}\
         help: if the change is meant, `cargo api-record` records it"
    )
}

#[cfg(test)]
mod tests {
    use super::*;

    fn listing(lines: &[&str]) -> Listing {
        Listing { name: "shop".to_owned(), lines: lines.iter().map(|&line| line.to_owned()).collect() }
    }

    #[test]
    fn what_is_recorded_is_what_is_compared() {
        let directory = tempfile::tempdir().unwrap();
        let place = directory.path().join("api/shop.txt");
        let before = listing(&["pub mod shop", "pub fn shop::buy()", "pub fn shop::sell()"]);
        write(&before, &place).unwrap();
        compare(&before, &place).unwrap();
    }

    #[test]
    fn a_difference_is_shown_beside_its_neighbors_with_the_command_that_records_it() {
        let directory = tempfile::tempdir().unwrap();
        let place = directory.path().join("shop.txt");
        write(&listing(&["pub mod shop", "pub fn shop::buy()", "pub fn shop::sell()"]), &place).unwrap();
        let after = listing(&["pub mod shop", "pub fn shop::buy(articles: u32)", "pub fn shop::sell()"]);
        let error = compare(&after, &place).unwrap_err().to_string();
        let expected =
            "\n pub mod shop\n-pub fn shop::buy()\n+pub fn shop::buy(articles: u32)\n pub fn shop::sell()\n";
        assert!(error.contains(expected), "{error}");
        assert!(error.ends_with("`cargo api-record` records it"), "{error}");
    }

    #[test]
    fn an_item_that_moved_or_left_is_a_difference() {
        let directory = tempfile::tempdir().unwrap();
        let place = directory.path().join("shop.txt");
        write(&listing(&["pub mod shop", "pub fn shop::buy()"]), &place).unwrap();
        for after in [&["pub mod shop"][..], &["pub fn shop::buy()", "pub mod shop"], &[]] {
            compare(&listing(after), &place).unwrap_err();
        }
    }

    #[test]
    fn a_crate_without_a_listing_differs() {
        let error =
            compare(&listing(&["pub mod shop"]), Path::new("nowhere/shop.txt")).unwrap_err().to_string();
        assert!(error.contains("+pub mod shop"), "{error}");
    }
}
