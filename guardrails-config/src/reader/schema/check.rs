// SPDX-FileCopyrightText: Copyright (c) 2026 NVIDIA CORPORATION & AFFILIATES. All rights reserved.
// SPDX-License-Identifier: Apache-2.0

//! Applies the tables to a value: is it of the type, within the bounds, complete, and does it differ from its default?

use std::fmt;

use super::coerce::{to_bool, to_float, to_int, to_text};
use super::{Bounds, Extra, Field, Form, Initial, Kind, Model};
use crate::reader::error::{ConfigError, ErrorKind};
use crate::reader::yaml::{Map, Node, Value};

/// The path of keys to a value, kept on the stack while checking goes down.
#[derive(Clone, Copy)]
pub(crate) struct KeyPath<'a> {
    above: Option<&'a KeyPath<'a>>,
    step: Step<'a>,
}

#[derive(Clone, Copy)]
enum Step<'a> {
    Root,
    Key(&'a str),
    Index(usize),
}

impl<'a> KeyPath<'a> {
    pub(crate) const ROOT: KeyPath<'static> = KeyPath { above: None, step: Step::Root };

    pub(crate) fn key<'b>(&'b self, key: &'b str) -> KeyPath<'b> {
        KeyPath { above: Some(self), step: Step::Key(key) }
    }

    fn index(&'a self, index: usize) -> KeyPath<'a> {
        KeyPath { above: Some(self), step: Step::Index(index) }
    }
}

impl fmt::Display for KeyPath<'_> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let Some(above) = self.above else { return Ok(()) };
        above.fmt(f)?;
        match self.step {
            Step::Root => Ok(()),
            Step::Key(key) if above.above.is_none() => f.write_str(key),
            Step::Key(key) => write!(f, ".{key}"),
            Step::Index(index) => write!(f, "[{index}]"),
        }
    }
}

/// A value after coercion, as far as later checks need it.
#[derive(Debug, Clone, PartialEq)]
pub(crate) enum Checked {
    Null,
    Bool(bool),
    Int(i64),
    Float(f64),
    Text(String),
    /// A list or mapping with so many entries.
    Entries(usize),
    /// A model, and whether one of its fields differs from the default.
    Model {
        differs: bool,
    },
    Anything,
}

/// The fields of a model after coercion, those not set left out.
pub(crate) struct Fields(Vec<(&'static str, Checked)>);

impl Fields {
    /// The names of the fields that differ from their defaults, in the order of the table.
    pub(crate) fn changed(&self, model: &'static Model) -> Vec<&'static str> {
        let differs =
            |field: &&Field| self.get(field.name).is_some_and(|value| differs(value, field.initial));
        model.fields.iter().filter(differs).map(|field| field.name).collect()
    }

    pub(crate) fn get(&self, name: &str) -> Option<&Checked> {
        self.0.iter().find(|(field, _)| *field == name).map(|(_, value)| value)
    }

    /// The text of a field, unless it is unset, null or empty.
    pub(crate) fn text(&self, name: &str) -> Option<&str> {
        match self.get(name) {
            Some(Checked::Text(text)) if !text.is_empty() => Some(text),
            _ => None,
        }
    }

    /// The integer in a field, or `default` if it is unset.
    pub(crate) fn int(&self, name: &str, default: i64) -> i64 {
        match self.get(name) {
            Some(Checked::Int(value)) => *value,
            _ => default,
        }
    }
}

fn differs(value: &Checked, initial: Initial) -> bool {
    match (value, initial) {
        (_, Initial::Unasked) | (Checked::Null, Initial::Null) => false,
        (Checked::Bool(value), Initial::Bool(initial)) => *value != initial,
        (Checked::Int(value), Initial::Int(initial)) => *value != initial,
        (Checked::Float(value), Initial::Float(initial)) => *value != initial,
        (Checked::Text(value), Initial::Text(initial)) => value != initial,
        (Checked::Entries(count), Initial::Empty) => *count > 0,
        (Checked::Model { differs }, Initial::Model) => *differs,
        _ => true,
    }
}

/// Checks and coerces one value.
pub(crate) fn check(node: &Node, kind: &'static Kind, path: &KeyPath<'_>) -> Result<Checked, ConfigError> {
    match kind {
        Kind::Any => Ok(Checked::Anything),
        Kind::Bool => to_bool(&node.value)
            .map(Checked::Bool)
            .ok_or_else(|| mismatch(node, path, "a boolean").help("write `true` or `false`")),
        Kind::Int(bounds) => int(node, bounds, path),
        Kind::Float(bounds) => float(node, bounds, path),
        Kind::Text(form) => text(node, form, path),
        Kind::OneOf(words) => one_of(node, words, path),
        Kind::List(item) => list(node, item, path),
        Kind::Dict(item) => dict(node, item, path),
        Kind::Mapping => Ok(Checked::Entries(mapping(node, path)?.entries.len())),
        Kind::Model(model) => {
            Ok(Checked::Model { differs: !fields(node, model, path)?.changed(model).is_empty() })
        }
        Kind::Optional(_) if matches!(node.value, Value::Null) => Ok(Checked::Null),
        Kind::Optional(kind) => check(node, kind, path),
        Kind::ModelOrText(_) if to_text(&node.value).is_some() => Ok(Checked::Anything),
        Kind::ModelOrText(model) => fields(node, model, path).map(|_| Checked::Anything),
        Kind::Tagged { key, models } => tagged(node, key, models, path),
    }
}

/// Checks a model and hands out its fields.
pub(crate) fn fields(node: &Node, model: &'static Model, path: &KeyPath<'_>) -> Result<Fields, ConfigError> {
    let map = mapping(node, path)?;
    model.before.iter().try_for_each(|rule| rule(node, path))?;
    let mut fields = Vec::with_capacity(model.fields.len());
    for field in model.fields {
        match map.get(field.name) {
            Some(value) => fields.push((field.name, check(value, &field.kind, &path.key(field.name))?)),
            None if matches!(field.initial, Initial::Required) => {
                return Err(missing(node, path, field.name));
            }
            None => {}
        }
    }
    other_keys(map, model, path)?;
    let fields = Fields(fields);
    model.after.iter().try_for_each(|rule| rule(node, &fields, path))?;
    Ok(fields)
}

fn other_keys(map: &Map, model: &'static Model, path: &KeyPath<'_>) -> Result<(), ConfigError> {
    if model.extra == Extra::Ignored {
        return Ok(());
    }
    for (key, _) in &map.entries {
        let name = key.as_str().ok_or_else(|| not_text(key, path))?;
        let known = model.fields.iter().any(|field| field.name == name);
        if !known && model.extra == Extra::Forbidden {
            let names: Vec<&str> = model.fields.iter().map(|field| field.name).collect();
            return Err(ConfigError::at(ErrorKind::Value, &key.place, "is not a known setting")
                .about(path.key(name))
                .help(format!("remove it, or use one of: {}", names.join(", "))));
        }
    }
    Ok(())
}

fn missing(node: &Node, path: &KeyPath<'_>, name: &str) -> ConfigError {
    ConfigError::at(ErrorKind::Value, &node.place, "is missing")
        .about(path.key(name))
        .help(format!("add `{name}: …`"))
}

fn mismatch(node: &Node, path: &KeyPath<'_>, wanted: &str) -> ConfigError {
    let problem = format!("is {}, but {wanted} is required", node.value.describe());
    ConfigError::at(ErrorKind::Value, &node.place, problem).about(path)
}

fn out_of_range(node: &Node, path: &KeyPath<'_>, bound: String) -> ConfigError {
    ConfigError::at(ErrorKind::Value, &node.place, format!("must be {bound}"))
        .about(path)
        .help("use a value in range, or remove the line to get the default")
}

fn int(node: &Node, bounds: &Bounds<i64>, path: &KeyPath<'_>) -> Result<Checked, ConfigError> {
    let value =
        to_int(&node.value).ok_or_else(|| mismatch(node, path, "an integer").help("write a whole number"))?;
    within(value, bounds).map_err(|bound| out_of_range(node, path, bound))?;
    Ok(Checked::Int(value))
}

fn float(node: &Node, bounds: &Bounds<f64>, path: &KeyPath<'_>) -> Result<Checked, ConfigError> {
    let value =
        to_float(&node.value).ok_or_else(|| mismatch(node, path, "a number").help("write a number"))?;
    within(value, bounds).map_err(|bound| out_of_range(node, path, bound))?;
    Ok(Checked::Float(value))
}

/// A value that cannot be compared, such as `nan`, lies in no range.
fn within<T: PartialOrd + Copy + fmt::Display>(value: T, bounds: &Bounds<T>) -> Result<(), String> {
    match (bounds.above, bounds.least, bounds.most) {
        (Some(limit), _, _) if !matches!(value.partial_cmp(&limit), Some(std::cmp::Ordering::Greater)) => {
            Err(format!("greater than {limit}"))
        }
        (_, Some(limit), _) if value.partial_cmp(&limit).is_none_or(std::cmp::Ordering::is_lt) => {
            Err(format!("at least {limit}"))
        }
        (_, _, Some(limit)) if value.partial_cmp(&limit).is_none_or(std::cmp::Ordering::is_gt) => {
            Err(format!("at most {limit}"))
        }
        _ => Ok(()),
    }
}

fn text(node: &Node, form: &Form, path: &KeyPath<'_>) -> Result<Checked, ConfigError> {
    let text = to_text(&node.value).ok_or_else(|| {
        mismatch(node, path, "text")
            .help("write text, in quotes where it could be read as a number, a boolean or nothing")
    })?;
    if (form.accepts)(&text) {
        return Ok(Checked::Text(text.into_owned()));
    }
    Err(ConfigError::at(ErrorKind::Value, &node.place, format!("must be {}", form.words))
        .about(path)
        .help("correct the value, or remove the line to get the default"))
}

fn one_of(node: &Node, words: &[&str], path: &KeyPath<'_>) -> Result<Checked, ConfigError> {
    match node.as_str() {
        Some(word) if words.contains(&word) => Ok(Checked::Text(word.to_owned())),
        _ => Err(ConfigError::at(ErrorKind::Value, &node.place, "is not one of the allowed words")
            .about(path)
            .help(format!("write one of: {}", words.join(", ")))),
    }
}

fn list(node: &Node, item: &'static Kind, path: &KeyPath<'_>) -> Result<Checked, ConfigError> {
    let (Value::Seq(items) | Value::Set(items)) = &node.value else {
        return Err(mismatch(node, path, "a list").help("begin each item with `- ` on a line of its own"));
    };
    for (index, node) in items.iter().enumerate() {
        check(node, item, &path.index(index))?;
    }
    Ok(Checked::Entries(items.len()))
}

fn dict(node: &Node, item: &'static Kind, path: &KeyPath<'_>) -> Result<Checked, ConfigError> {
    let map = mapping(node, path)?;
    for (key, value) in &map.entries {
        let name = to_text(&key.value).ok_or_else(|| not_text(key, path))?;
        check(value, item, &path.key(&name))?;
    }
    Ok(Checked::Entries(map.entries.len()))
}

fn not_text(key: &Node, path: &KeyPath<'_>) -> ConfigError {
    let problem = format!("has {} as a key, but text is required", key.value.describe());
    ConfigError::at(ErrorKind::Value, &key.place, problem).about(path).help("put the key in quotes")
}

fn mapping<'a>(node: &'a Node, path: &KeyPath<'_>) -> Result<&'a Map, ConfigError> {
    match &node.value {
        Value::Map(map) => Ok(map),
        _ => Err(mismatch(node, path, "a mapping").help("write `key: value` lines below it, or remove it")),
    }
}

fn tagged(
    node: &Node,
    key: &str,
    models: &'static [(&'static str, &'static Model)],
    path: &KeyPath<'_>,
) -> Result<Checked, ConfigError> {
    let map = mapping(node, path)?;
    let word = map.get(key).and_then(Node::as_str);
    let Some((_, model)) = models.iter().find(|(tag, _)| Some(*tag) == word) else {
        let words: Vec<&str> = models.iter().map(|(tag, _)| *tag).collect();
        let place = map.get(key).map_or(&node.place, |found| &found.place);
        return Err(ConfigError::at(ErrorKind::Value, place, "must say which kind this is")
            .about(path.key(key))
            .help(format!("write `{key}:` with one of: {}", words.join(", "))));
    };
    Ok(Checked::Model { differs: !fields(node, model, path)?.changed(model).is_empty() })
}
