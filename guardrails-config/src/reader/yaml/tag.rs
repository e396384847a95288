// SPDX-FileCopyrightText: Copyright (c) 2026 NVIDIA CORPORATION & AFFILIATES. All rights reserved.
// SPDX-License-Identifier: Apache-2.0

//! Explicit tags: the ones of YAML 1.1's type repository, and nothing else.

use std::rc::Rc;

use saphyr_parser::Tag;

use super::scalar::{self, Refusal};
use super::value::{Map, Node, Value};
use super::{number, time};

const CORE: &str = "tag:yaml.org,2002:";

/// A tag in full, or `None` for no tag and for the non-specific `!`, which leaves the choice to the loader.
pub(super) fn full_name(tag: Option<&Tag>) -> Option<String> {
    tag.map(|tag| format!("{}{}", tag.handle, tag.suffix)).filter(|name| name != "!")
}

/// The value of a scalar with an explicit tag.
pub(super) fn scalar(name: &str, text: &str) -> Result<Value, Refusal> {
    match name.strip_prefix(CORE) {
        Some("str") => Ok(Value::Str(text.into())),
        Some("null") => Ok(Value::Null),
        Some("bool") => {
            scalar::boolean(text).map(Value::Bool).ok_or_else(|| format!("`{text}` is not a boolean word"))
        }
        Some("int") => number::int(text).map(Value::Int),
        Some("float") => number::float(text).map(Value::Float),
        Some("binary") => base64(text).map(Value::Bytes),
        Some("timestamp") if time::is_timestamp(text) => time::check(text).map(|()| Value::Time(text.into())),
        _ => Err(unknown(name)),
    }
}

/// The value of a sequence with an explicit tag.
pub(super) fn sequence(name: &str, items: Vec<Node>) -> Result<Value, Refusal> {
    match name.strip_prefix(CORE) {
        Some("seq") => Ok(Value::Seq(Rc::new(items))),
        Some("omap" | "pairs") => {
            items.iter().map(pair).collect::<Result<_, _>>().map(|all| Value::Seq(Rc::new(all)))
        }
        _ => Err(unknown(name)),
    }
}

fn pair(item: &Node) -> Result<Node, Refusal> {
    let Value::Map(map) = &item.value else {
        return Err("an ordered mapping is a list of single pairs".to_owned());
    };
    let [(key, value)] = map.entries.as_slice() else {
        return Err("each item of an ordered mapping has exactly one pair".to_owned());
    };
    Ok(Node::new(Value::Seq(Rc::new(vec![key.clone(), value.clone()])), item.place.clone()))
}

/// The value of a mapping with an explicit tag.
pub(super) fn mapping(name: &str, map: Map) -> Result<Value, Refusal> {
    match name.strip_prefix(CORE) {
        Some("map") => Ok(Value::Map(Rc::new(map))),
        Some("set") => Ok(Value::Set(Rc::new(map.entries.into_iter().map(|(key, _)| key).collect()))),
        _ => Err(unknown(name)),
    }
}

fn unknown(name: &str) -> Refusal {
    format!("the tag `{name}` is unknown or does not fit here")
}

/// Decodes base 64 the way the reference's loader does: white space is skipped, padding must be right.
fn base64(text: &str) -> Result<Rc<[u8]>, Refusal> {
    let digits: Vec<u8> = text.bytes().filter_map(sextet).collect();
    let padding = text.bytes().filter(|byte| *byte == b'=').count();
    if !text.is_ascii() || digits.len() % 4 == 1 || !(digits.len() + padding).is_multiple_of(4) {
        return Err("binary data must be base 64 with its padding".to_owned());
    }
    Ok(digits.chunks(4).flat_map(triple).collect())
}

fn sextet(byte: u8) -> Option<u8> {
    match byte {
        b'A'..=b'Z' => Some(byte - b'A'),
        b'a'..=b'z' => Some(byte - b'a' + 26),
        b'0'..=b'9' => Some(byte - b'0' + 52),
        b'+' => Some(62),
        b'/' => Some(63),
        _ => None,
    }
}

fn triple(chunk: &[u8]) -> Vec<u8> {
    let bits =
        chunk.iter().fold(0_u32, |bits, digit| bits << 6 | u32::from(*digit)) << (6 * (4 - chunk.len()));
    let [_, bytes @ ..] = bits.to_be_bytes();
    bytes.iter().copied().take(chunk.len() * 3 / 4).collect()
}
