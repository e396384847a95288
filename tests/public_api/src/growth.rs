// SPDX-FileCopyrightText: Copyright (c) 2026 NVIDIA CORPORATION & AFFILIATES. All rights reserved.
// SPDX-License-Identifier: Apache-2.0

//! Which public types a later release may extend: all of them, because every enum and every struct with public fields is
//! `#[non_exhaustive]`.

use crate::listing::Listing;
use crate::workspace::Result;

/// An error that lists the types to which a field or variant cannot be added, if there are any.
pub(crate) fn check(listing: &Listing) -> Result<()> {
    let closed: Vec<_> = closed(&listing.lines).collect();
    let Some(first) = closed.first() else { return Ok(()) };
    Err(format!(
        "in `{}` no field or variant can be added to {}\n\
         help: write `#[non_exhaustive]` on `{first}`, and give it a constructor if programs make it",
        listing.name,
        closed.join(", ")
    )
    .into())
}

/// The paths of enums and structs with public fields that are not `#[non_exhaustive]`.
fn closed(lines: &[String]) -> impl Iterator<Item = &str> {
    lines.iter().filter_map(move |line| {
        let (kind, rest) = line.strip_prefix("pub ")?.split_once(' ')?;
        let path = rest.split(['<', '(']).next()?;
        let has_fields = || rest.contains("(pub ") || lines.iter().any(|line| is_field(line, path));
        (kind == "enum" || kind == "struct" && has_fields()).then_some(path)
    })
}

/// Whether the line is a public field of the struct with this path.
fn is_field(line: &str, path: &str) -> bool {
    let member = line.strip_prefix("pub ").and_then(|line| line.strip_prefix(path));
    let member = member.and_then(|rest| rest.strip_prefix("::"));
    member.and_then(|rest| rest.split_once(": ")).is_some_and(|(name, _)| !name.contains([' ', ':', '(']))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn found(lines: &[&str]) -> Vec<String> {
        let lines: Vec<_> = lines.iter().map(|line| (*line).to_owned()).collect();
        closed(&lines).map(str::to_owned).collect()
    }

    #[test]
    fn an_enum_is_closed_unless_it_is_non_exhaustive() {
        assert_eq!(found(&["pub enum shop::Size", "pub shop::Size::Small"]), ["shop::Size"]);
        assert!(found(&["#[non_exhaustive] pub enum shop::Size", "pub shop::Size::Small"]).is_empty());
    }

    #[test]
    fn a_struct_is_closed_if_it_has_public_fields() {
        assert_eq!(found(&["pub struct shop::Item<T>", "pub shop::Item::price: u32"]), ["shop::Item"]);
        assert_eq!(found(&["pub struct shop::Price(pub u32)"]), ["shop::Price"]);
        assert!(found(&["#[non_exhaustive] pub struct shop::Item", "pub shop::Item::price: u32"]).is_empty());
        let methods =
            ["pub struct shop::Item", "pub const shop::Item::NONE: Self", "pub fn shop::Item::new(a: u32)"];
        assert!(found(&methods).is_empty());
        assert!(found(&["pub struct shop::Price(_)", "pub shop::PriceList::price: u32"]).is_empty());
    }

    #[test]
    fn the_error_names_the_types_and_the_remedy() {
        let lines = vec!["pub enum shop::Size".to_owned()];
        let error = check(&Listing { name: "shop".to_owned(), lines }).unwrap_err().to_string();
        assert!(error.contains("added to shop::Size\nhelp: write `#[non_exhaustive]`"), "{error}");
    }
}
