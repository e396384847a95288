// SPDX-FileCopyrightText: Copyright (c) 2026 NVIDIA CORPORATION & AFFILIATES. All rights reserved.
// SPDX-License-Identifier: Apache-2.0

//! Builds JSON in which keys keep their order, and writes it as text.

use serde_json::Value;

use crate::ordered::Ordered;

impl Ordered {
    /// The member of an object, if it has it.
    #[must_use]
    pub fn get(&self, key: &str) -> Option<&Self> {
        match self {
            Self::Object(members) => members.iter().find(|(name, _)| name == key).map(|(_, value)| value),
            Self::Array(_) | Self::Scalar(_) => None,
        }
    }

    /// The text, if it is one.
    #[must_use]
    pub fn as_str(&self) -> Option<&str> {
        match self {
            Self::Scalar(value) => value.as_str(),
            Self::Object(_) | Self::Array(_) => None,
        }
    }
}

pub(super) fn object<const N: usize>(members: [(&str, Ordered); N]) -> Ordered {
    Ordered::Object(members.into_iter().map(|(name, value)| (name.to_owned(), value)).collect())
}

pub(super) fn array(elements: impl IntoIterator<Item = Ordered>) -> Ordered {
    Ordered::Array(elements.into_iter().collect())
}

pub(super) fn text(text: &str) -> Ordered {
    Ordered::Scalar(Value::from(text))
}

/// The value as text that people can read: two blanks per level; what holds no object
/// is on one line if it fits.
pub(super) fn pretty(value: &Ordered) -> String {
    let mut text = String::new();
    write(&mut text, value, 0);
    text.push('\n');
    text
}

/// The longest line.
const WIDTH: usize = 110;

fn write(text: &mut String, value: &Ordered, level: usize) {
    let line = one_line(value);
    if is_flat(value) && 2 * level + line.len() <= WIDTH {
        return text.push_str(&line);
    }
    match value {
        Ordered::Object(members) => block(text, '{', '}', level, members, |text, (name, member)| {
            text.push_str(&format!("{}: ", Value::from(name.as_str())));
            write(text, member, level + 1);
        }),
        Ordered::Array(elements) => block(text, '[', ']', level, elements, |text, element| {
            write(text, element, level + 1);
        }),
        Ordered::Scalar(_) => text.push_str(&line),
    }
}

fn block<T>(
    text: &mut String,
    open: char,
    close: char,
    level: usize,
    all: &[T],
    each: impl Fn(&mut String, &T),
) {
    text.push(open);
    for (index, item) in all.iter().enumerate() {
        text.push_str(if index == 0 { "\n" } else { ",\n" });
        text.push_str(&"  ".repeat(level + 1));
        each(text, item);
    }
    text.push('\n');
    text.push_str(&"  ".repeat(level));
    text.push(close);
}

/// Whether the value holds no object.
fn is_flat(value: &Ordered) -> bool {
    let holds_no_object = |value: &Ordered| !matches!(value, Ordered::Object(_)) && is_flat(value);
    match value {
        Ordered::Object(members) => members.iter().all(|(_, member)| holds_no_object(member)),
        Ordered::Array(elements) => elements.iter().all(holds_no_object),
        Ordered::Scalar(_) => true,
    }
}

fn one_line(value: &Ordered) -> String {
    match value {
        Ordered::Object(members) => {
            let members: Vec<String> = members
                .iter()
                .map(|(name, member)| format!("{}: {}", Value::from(name.as_str()), one_line(member)))
                .collect();
            format!("{{{}}}", members.join(", "))
        }
        Ordered::Array(elements) => {
            format!("[{}]", elements.iter().map(one_line).collect::<Vec<_>>().join(", "))
        }
        Ordered::Scalar(value) => value.to_string(),
    }
}
