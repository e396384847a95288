// SPDX-FileCopyrightText: Copyright (c) 2026 NVIDIA CORPORATION & AFFILIATES. All rights reserved.
// SPDX-License-Identifier: Apache-2.0

//! Objects and lists of JSON, of which only so much is kept as a limit allows: a body with a million members of a few bytes each would take
//! many times its size of memory.

use std::collections::BTreeMap;
use std::fmt;

use serde::Deserializer as _;
use serde::de::{MapAccess, SeqAccess, Visitor};
use serde_json::value::RawValue;
use serde_json::{Deserializer, Result};

use super::EVENTS;

/// The members of a JSON object. Of members with one name, the last counts.
pub(super) type Members<'a> = BTreeMap<String, &'a RawValue>;

/// A JSON object.
pub(super) struct Object<'a> {
    pub(super) members: Members<'a>,
    /// Whether members are missing, because they take more than the limit.
    pub(super) is_cut_off: bool,
}

/// Reads an object, of which members with at most `most_bytes` are kept; [`EVENTS`] do not count.
pub(super) fn object(json: &str, most_bytes: usize) -> Result<Object<'_>> {
    Deserializer::from_str(json).deserialize_map(ObjectOf { most_bytes })
}

/// Reads a list; `None` if it has more than `most` elements.
pub(super) fn elements(json: &str, most: usize) -> Result<Option<Vec<&RawValue>>> {
    Deserializer::from_str(json).deserialize_seq(ElementsOf { most })
}

struct ObjectOf {
    most_bytes: usize,
}

impl<'de> Visitor<'de> for ObjectOf {
    type Value = Object<'de>;

    fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("an object")
    }

    fn visit_map<A: MapAccess<'de>>(self, mut map: A) -> std::result::Result<Object<'de>, A::Error> {
        let (mut members, mut bytes) = (Members::new(), 0_usize);
        while let Some((name, value)) = map.next_entry::<String, &RawValue>()? {
            let size = if name == EVENTS { 0 } else { name.len() + value.get().len() };
            bytes = bytes.saturating_add(size);
            if bytes <= self.most_bytes {
                members.insert(name, value);
            }
        }
        Ok(Object { members, is_cut_off: bytes > self.most_bytes })
    }
}

struct ElementsOf {
    most: usize,
}

impl<'de> Visitor<'de> for ElementsOf {
    type Value = Option<Vec<&'de RawValue>>;

    fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("a list")
    }

    fn visit_seq<A: SeqAccess<'de>>(self, mut list: A) -> std::result::Result<Self::Value, A::Error> {
        let mut elements = Some(Vec::new());
        while let Some(element) = list.next_element()? {
            elements = elements.filter(|elements| elements.len() < self.most);
            if let Some(elements) = &mut elements {
                elements.push(element);
            }
        }
        Ok(elements)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn no_more_than_the_limit_is_kept() {
        let many: Vec<_> = (0..1000).map(|index| format!(r#""{index:03}":{{}}"#)).collect();
        let json = format!(r#"{{{},"events":[{}]}}"#, many.join(","), "0,".repeat(9999) + "0");
        let Object { members, is_cut_off } = object(&json, 5000).unwrap();
        assert!(!is_cut_off);
        assert_eq!((members.len(), members["events"].get().len()), (1001, 20_001));
        let events = members["events"].get();
        assert_eq!(elements(events, 10_000).unwrap().unwrap().len(), 10_000);
        assert!(elements(events, 9999).unwrap().is_none());
        let cut_off = object(&json, 4999).unwrap();
        assert_eq!((cut_off.members.len(), cut_off.is_cut_off), (999, true));
    }

    #[test]
    fn other_json_and_texts_that_are_not_unicode_are_errors() {
        for json in ["1", "null", "[]", r#"{"\ud800":1}"#] {
            assert!(object(json, 100).is_err(), "{json}");
        }
        assert!(elements("{}", 100).is_err() && elements("1", 100).is_err());
        assert_eq!(object(r#"{"a":1,"a":"\ud800"}"#, 100).unwrap().members["a"].get(), r#""\ud800""#);
    }
}
