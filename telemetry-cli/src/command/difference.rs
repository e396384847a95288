// SPDX-FileCopyrightText: Copyright (c) 2026 NVIDIA CORPORATION & AFFILIATES. All rights reserved.
// SPDX-License-Identifier: Apache-2.0

//! Where two JSON documents differ, place by place.

use std::collections::BTreeSet;
use std::fmt;

use serde_json::Value;

/// One place at which two documents differ.
#[derive(Debug, Clone, PartialEq)]
pub(super) struct Difference {
    pointer: String,
    written: Option<Value>,
    current: Option<Value>,
}

impl fmt::Display for Difference {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let pointer = &self.pointer;
        match (&self.written, &self.current) {
            (Some(written), Some(current)) => {
                write!(f, "#{pointer}: the file says {written}, the events {current}")
            }
            (Some(written), None) => write!(f, "#{pointer}: only the file has it: {written}"),
            (None, Some(current)) => write!(f, "#{pointer}: only the events have it: {current}"),
            (None, None) => Ok(()),
        }
    }
}

/// Every place at which `written` and `current` differ.
pub(super) fn differences(written: &Value, current: &Value) -> Vec<Difference> {
    let mut found = Vec::new();
    compare(String::new(), Some(written), Some(current), &mut found);
    found
}

fn compare(pointer: String, written: Option<&Value>, current: Option<&Value>, found: &mut Vec<Difference>) {
    match (written, current) {
        (Some(Value::Object(one)), Some(Value::Object(other))) => {
            let keys: BTreeSet<&String> = one.keys().chain(other.keys()).collect();
            for key in keys {
                let below = format!("{pointer}/{}", key.replace('~', "~0").replace('/', "~1"));
                compare(below, one.get(key), other.get(key), found);
            }
        }
        (written, current) if written != current => {
            found.push(Difference { pointer, written: written.cloned(), current: current.cloned() });
        }
        _ => {}
    }
}

#[cfg(test)]
mod tests {
    use serde_json::json;

    use super::*;

    #[test]
    fn each_difference_has_its_place() {
        let (one, other) =
            (json!({"a": {"b/c": 1, "d": 2}, "e": [1]}), json!({"a": {"b/c": 1, "d": 3, "f": 0}}));
        let found: Vec<String> = differences(&one, &other).iter().map(ToString::to_string).collect();
        assert_eq!(
            found,
            [
                "#/a/d: the file says 2, the events 3",
                "#/a/f: only the events have it: 0",
                "#/e: only the file has it: [1]",
            ]
        );
        assert_eq!(differences(&one, &one), []);
    }
}
