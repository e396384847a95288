// SPDX-FileCopyrightText: Copyright (c) 2026 NVIDIA CORPORATION & AFFILIATES. All rights reserved.
// SPDX-License-Identifier: Apache-2.0

//! Types that cannot be sent although authors commonly try them, each with the reason and a replacement.
//!
//! A name alone is never rejected, because only the compiler knows the type. The name only selects the text of the error.

use proc_macro2::{TokenStream, TokenTree};
use quote::ToTokens;
use syn::Type;

use crate::type_name::{last_argument, last_name, unknown_value};

/// The reason why a type cannot be sent, and its replacement.
#[derive(Debug, Clone, Copy)]
pub(crate) struct Refusal {
    /// The JSON type that such a value would have, if it is clear.
    pub(crate) json_type: &'static str,
    pub(crate) reason: &'static str,
    pub(crate) instead: &'static str,
}

/// The names of types, the reason that they share, and their replacement.
const REFUSALS: &[(&[&str], Refusal)] = &[
    (
        &["String", "str", "char", "Cow"],
        Refusal {
            json_type: "string",
            reason: "a text can carry personal data",
            instead: "use an enum with `#[derive(TelemetryEnum)]`, `Token` or `Version`",
        },
    ),
    (
        &["PathBuf", "Path", "OsString", "OsStr", "CString", "CStr"],
        Refusal {
            json_type: "string",
            reason: "a path can carry a user name",
            instead: "use an enum with `#[derive(TelemetryEnum)]` that names the kind of place",
        },
    ),
    (
        &["IpAddr", "Ipv4Addr", "Ipv6Addr", "SocketAddr", "SocketAddrV4", "SocketAddrV6"],
        Refusal {
            json_type: "string",
            reason: "a network address identifies a machine",
            instead: "use an enum with `#[derive(TelemetryEnum)]`, such as `Loopback`, `Private`, `Public`",
        },
    ),
    (
        &["Value", "RawValue"],
        Refusal {
            json_type: "",
            reason: "a JSON value can carry anything",
            instead: "use a struct with `#[derive(TelemetryValue)]` that names each part",
        },
    ),
    (
        &["u64", "usize", "isize", "u128", "i128"],
        Refusal {
            json_type: "integer",
            reason: "it can hold numbers that do not fit an `i64`",
            instead: "state its bounds: `#[telemetry(range = 0..=1_000_000)]`",
        },
    ),
    (
        &["HashMap", "HashSet"],
        Refusal {
            json_type: "",
            reason: "a hash table has a different order in every process",
            instead: "use `BTreeMap` or `BTreeSet`",
        },
    ),
    (
        &["Duration"],
        Refusal {
            json_type: "",
            reason: "a duration has no unit on the wire",
            instead: "use a number and name its unit: `#[telemetry(duration = \"ms\", sentinel = -1)]` on an `i64`",
        },
    ),
    (
        &["SystemTime", "Instant", "DateTime"],
        Refusal {
            json_type: "",
            reason: "every event is already sent with its time",
            instead: "remove the field, or send a number such as the seconds since the start",
        },
    ),
    (
        &["Box", "Rc", "Arc"],
        Refusal {
            json_type: "",
            reason: "a pointer adds nothing to what is sent",
            instead: "use the type it points to",
        },
    ),
];

impl Refusal {
    /// The replacement for `ty`, which cannot be sent.
    pub(crate) fn help(&self, ty: &Type) -> String {
        let instead = self.instead;
        if !can_be_free_text(ty) {
            return instead.to_owned();
        }
        let unknown = unknown_value(ty, "\"unknown\"");
        format!(
            "{instead}, or say why it is harmless: \
             `#[telemetry(free_text = \"why\", max_len = 64, sentinel = {unknown})]`"
        )
    }
}

/// Whether the key `free_text` can be used with the type, by its name.
fn can_be_free_text(ty: &Type) -> bool {
    let inside = |ty, names: &[&str]| {
        last_name(ty).filter(|name| names.contains(&name.as_str())).and(last_argument(ty))
    };
    let ty = inside(ty, &["Option"]).unwrap_or(ty);
    let ty = inside(ty, &["Vec", "BTreeSet"]).unwrap_or(ty);
    last_name(ty).is_some_and(|name| name == "String" || name == "Cow")
}

const TUPLE: Refusal = Refusal {
    json_type: "",
    reason: "the parts of a tuple have no names",
    instead: "use a struct with `#[derive(TelemetryValue)]` that names each part",
};

const ARRAY: Refusal = Refusal {
    json_type: "",
    reason: "an array has a fixed length, which a schema cannot state",
    instead: "use a `Vec`",
};

/// The reason and the help to report if `ty` turns out not to be a `TelemetryValue`.
pub(crate) fn refusal(ty: &Type) -> Option<Refusal> {
    match ty {
        Type::Tuple(_) => Some(TUPLE),
        Type::Array(_) => Some(ARRAY),
        _ => named(ty.to_token_stream()),
    }
}

/// The JSON type of an item is not that of its collection.
const COLLECTIONS: [&str; 3] = ["Vec", "BTreeSet", "BTreeMap"];

fn named(tokens: TokenStream) -> Option<Refusal> {
    let mut in_collection = false;
    tokens.into_iter().find_map(|token| match token {
        TokenTree::Ident(name) => {
            // Converted once, because getting the text of a compiler token is slow.
            let name = name.to_string();
            let names_it = |(names, _): &&(&[&str], Refusal)| names.contains(&name.as_str());
            in_collection |= COLLECTIONS.contains(&name.as_str());
            let (_, refusal) = REFUSALS.iter().find(names_it)?;
            Some(if in_collection { Refusal { json_type: "", ..*refusal } } else { *refusal })
        }
        TokenTree::Group(group) => named(group.stream()),
        _ => None,
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_name_is_found_anywhere_in_the_type() {
        let reason = |ty: &str| refusal(&syn::parse_str(ty).unwrap()).map(|refusal| refusal.reason);
        assert_eq!(reason("std::path::PathBuf"), Some("a path can carry a user name"));
        assert_eq!(reason("Option<Vec<serde_json::Value>>"), Some("a JSON value can carry anything"));
        assert_eq!(reason("(u32, bool)"), Some(TUPLE.reason));
        assert_eq!(reason("BTreeMap<Token, Option<Outcome>>"), None);
    }

    #[test]
    fn the_items_of_a_collection_do_not_say_what_its_json_is() {
        let json_type = |ty: &str| refusal(&syn::parse_str(ty).unwrap()).map(|refusal| refusal.json_type);
        assert_eq!(json_type("Option<PathBuf>"), Some("string"));
        assert_eq!(json_type("Option<Vec<PathBuf>>"), Some(""));
    }
}
