// SPDX-FileCopyrightText: Copyright (c) 2026 NVIDIA CORPORATION & AFFILIATES. All rights reserved.
// SPDX-License-Identifier: Apache-2.0

//! Reads an event's part of a schema into Rust items.

use std::collections::BTreeMap;

use super::Wanted;
use super::choice::{Choice, choose};
use super::items::{Field, Item, Items, Struct, Value, Variant, Vocabulary};
use super::json::Json;
use super::name;
use super::node::{Node, SourceError};

/// Names that generated source uses itself.
const USED: [&str; 11] = [
    "BTreeMap",
    "None",
    "Option",
    "Some",
    "String",
    "TelemetryEnum",
    "TelemetryEvent",
    "TelemetryValue",
    "Token",
    "Vec",
    "Default",
];

/// Texts that mean that something is not known; the first that a vocabulary has stands for it.
const UNKNOWN: [&str; 2] = ["undefined", "unknown"];

/// Collects the items of one event.
pub(super) struct Reader<'a> {
    wanted: &'a Wanted<'a>,
    items: Items,
    /// The names of types, with the texts of those that are vocabularies.
    types: BTreeMap<String, Vec<String>>,
}

impl<'a> Reader<'a> {
    pub(super) fn new(wanted: &'a Wanted<'a>) -> Self {
        let product = wanted.product.rsplit("::").next().unwrap_or_default();
        let types = USED.iter().chain([&product]).map(|name| ((*name).to_owned(), Vec::new())).collect();
        Self { wanted, items: Items::default(), types }
    }

    /// The items of the wanted event in the schema `root`.
    pub(super) fn event(mut self, root: &Node<'_>) -> Result<Items, SourceError> {
        root.check_keywords(&["schemaMeta", "definitions", "oneOf"])?;
        let version = root.member("schemaMeta")?.member("schemaVersion")?.text()?;
        let events = root.member("definitions")?.member("events")?;
        let Some(event) = events.optional(self.wanted.event) else { return Err(self.unknown(&events)) };
        let ident = self.claim(&[name::pascal(self.wanted.event)], &[]);
        let fields = self.fields(&event, &ident, true)?;
        let doc = doc(&event, || format!("what has happened when `{}` is sent?", self.wanted.event))?;
        let event = Struct { ident, doc, schema_version: Some(version.to_owned()), fields };
        self.items.all.push(Item::Struct(event));
        Ok(self.items)
    }

    fn unknown(&self, events: &Node<'_>) -> SourceError {
        let known = events.members().unwrap_or_default();
        let known: Vec<_> = known.iter().map(|(name, _)| format!("`{name}`")).collect();
        let help = match known.as_slice() {
            [] => "describe the event there".to_owned(),
            known => format!("the events are {}", known.join(", ")),
        };
        events.error(format!("has no event `{}`", self.wanted.event), help)
    }

    /// The fields of an object that becomes the struct `owner`.
    fn fields(&mut self, object: &Node<'_>, owner: &str, is_event: bool) -> Result<Vec<Field>, SourceError> {
        object.check_keywords(&["type", "properties", "required", "additionalProperties"])?;
        let mut fields = Vec::<Field>::new();
        let properties = object.optional("properties").map(|node| node.members()).transpose()?;
        for (wire, property) in properties.unwrap_or_default() {
            if is_event && self.wanted.source_keys.contains(&wire) {
                self.items.source = Some((wire.to_owned(), only_text(&property)?));
                continue;
            }
            let ident =
                name::distinct(&name::field(wire), |name| fields.iter().any(|field| field.ident == name));
            fields.push(self.field(wire, ident, &property, owner)?);
        }
        Ok(fields)
    }

    fn field(
        &mut self,
        wire: &str,
        ident: String,
        property: &Node<'_>,
        owner: &str,
    ) -> Result<Field, SourceError> {
        let value = self.value(property, wire, owner)?;
        let Choice { rust_type, keys } = choose(&value, property)?;
        let rename = (name::wire_of_field(&ident) != wire).then(|| format!("rename = {wire:?}"));
        let doc = doc(property, || format!("what does `{wire}` say?"))?;
        Ok(Field { ident, doc, keys: rename.into_iter().chain(keys).collect(), rust_type })
    }

    /// What a property called `wire` of the struct `owner` can hold.
    fn value(&mut self, node: &Node<'_>, wire: &str, owner: &str) -> Result<Value, SourceError> {
        if let Some((type_name, target)) = node.target()? {
            return self.value(&target, type_name.strip_suffix("Enum").unwrap_or(type_name), owner);
        }
        node.members()?;
        let (json_type, nullable) = node.json_type()?;
        let value = match json_type {
            Some("boolean") => node.check_keywords(&["type"]).map(|()| Value::Boolean)?,
            Some("integer") => integer(node)?,
            Some("number") => number(node)?,
            Some("string") => self.text(node, wire, owner)?,
            Some("array") => self.list(node, wire, owner)?,
            Some("object") => self.object(node, wire, owner)?,
            None if node.optional("properties").is_some() => self.object(node, wire, owner)?,
            None if node.vocabulary()?.is_some() => self.text(node, wire, owner)?,
            _ => {
                let help = "use `boolean`, `integer`, `number`, `string`, `array` or `object`";
                return Err(node.error("has no type that a field can have", help));
            }
        };
        Ok(if nullable { Value::Nullable(Box::new(value)) } else { value })
    }

    fn text(&mut self, node: &Node<'_>, wire: &str, owner: &str) -> Result<Value, SourceError> {
        node.check_keywords(&["type", "enum", "const"])?;
        let Some(texts) = node.vocabulary()? else { return Ok(Value::Text) };
        let base = name::pascal(wire);
        let (ident, is_new) = self.vocabulary_ident(&base, owner, &texts);
        let doc = doc(node, || format!("what are the texts of `{wire}`?"))?;
        let vocabulary = vocabulary(ident.clone(), &texts, doc);
        let unknown = unknown_variant(&vocabulary, &texts);
        if is_new {
            self.items.all.push(Item::Vocabulary(vocabulary));
        }
        Ok(Value::Vocabulary { ident, unknown })
    }

    /// The name of a vocabulary, and whether it is met for the first time.
    fn vocabulary_ident(&mut self, base: &str, owner: &str, texts: &[&str]) -> (String, bool) {
        let names = [base.to_owned(), format!("{owner}{base}")];
        let is_same = |name: &&String| self.types.get(*name).is_some_and(|known| known == texts);
        match names.iter().find(is_same) {
            Some(known) => (known.clone(), false),
            None => (self.claim(&names, texts), true),
        }
    }

    /// The first of `names` that is free, or the last one with a number.
    fn claim(&mut self, names: &[String], texts: &[&str]) -> String {
        let free = names.iter().find(|name| !self.types.contains_key(*name)).cloned();
        let last = names.last().map_or("", String::as_str);
        let ident = free.unwrap_or_else(|| name::distinct(last, |name| self.types.contains_key(name)));
        self.types.insert(ident.clone(), texts.iter().map(|text| (*text).to_owned()).collect());
        ident
    }

    fn list(&mut self, node: &Node<'_>, wire: &str, owner: &str) -> Result<Value, SourceError> {
        node.check_keywords(&["type", "items"])?;
        let item = self.value(&node.member("items")?, wire, owner)?;
        Ok(Value::List(Box::new(item)))
    }

    /// An object with named members becomes a struct, any other one a map.
    fn object(&mut self, node: &Node<'_>, wire: &str, owner: &str) -> Result<Value, SourceError> {
        if node.optional("properties").is_none() {
            match node.optional("additionalProperties") {
                Some(others) if *others.json == Json::Boolean(false) => {}
                others => return self.map(others, wire, owner),
            }
        }
        let base = name::pascal(wire);
        let ident = self.claim(&[base.clone(), format!("{owner}{base}")], &[]);
        let fields = self.fields(node, &ident, false)?;
        let doc = doc(node, || format!("what is `{wire}`?"))?;
        self.items.all.push(Item::Struct(Struct { ident: ident.clone(), doc, schema_version: None, fields }));
        Ok(Value::Object { ident })
    }

    /// A map to tokens, unless the schema says what its values are.
    fn map(&mut self, values: Option<Node<'_>>, wire: &str, owner: &str) -> Result<Value, SourceError> {
        let value = match values.filter(|values| *values.json != Json::Boolean(true)) {
            Some(values) => self.value(&values, wire, owner)?,
            None => Value::Text,
        };
        Ok(Value::Map(Box::new(value)))
    }
}

fn integer(node: &Node<'_>) -> Result<Value, SourceError> {
    node.check_keywords(&["type", "minimum", "maximum"])?;
    let (min, max) = (node.integer("minimum", i64::MIN)?, node.integer("maximum", i64::MAX)?);
    if min > max {
        return Err(node.error(format!("allows nothing: {min} is above {max}"), "swap its bounds"));
    }
    Ok(Value::Integer { min, max })
}

fn number(node: &Node<'_>) -> Result<Value, SourceError> {
    node.check_keywords(&["type", "minimum", "maximum"])?;
    let (min, max) = (node.float("minimum")?, node.float("maximum")?);
    if let (Some(low), Some(high)) = (min, max)
        && low > high
    {
        return Err(node.error(format!("allows nothing: {low} is above {high}"), "swap its bounds"));
    }
    Ok(Value::Number { min, max })
}

/// The text of a property that allows only one.
fn only_text(property: &Node<'_>) -> Result<Option<String>, SourceError> {
    if let Some((_, target)) = property.target()? {
        return only_text(&target);
    }
    Ok(match property.vocabulary()?.as_deref() {
        Some([only]) => Some((*only).to_owned()),
        _ => None,
    })
}

fn vocabulary(ident: String, texts: &[&str], doc: String) -> Vocabulary {
    let mut named = Vec::<(String, &str)>::new();
    for text in texts {
        let variant =
            name::distinct(&name::pascal(text), |name| named.iter().any(|(ident, _)| ident == name));
        named.push((variant, text));
    }
    let rename_all = name::rename_all(&named);
    let fallback = UNKNOWN.into_iter().find(|unknown| texts.contains(unknown));
    let variants = named.into_iter().map(|(ident, text)| Variant {
        rename: (name::text_of_variant(rename_all, &ident) != text).then(|| text.to_owned()),
        fallback: fallback == Some(text),
        ident,
    });
    Vocabulary { ident, doc, rename_all, variants: variants.collect() }
}

/// The variant that stands for an unknown value: the one that says so, or the only one.
fn unknown_variant(vocabulary: &Vocabulary, texts: &[&str]) -> Option<String> {
    let says_so = UNKNOWN.into_iter().find_map(|unknown| texts.iter().position(|text| *text == unknown));
    let only = (texts.len() == 1).then_some(0);
    vocabulary.variants.get(says_so.or(only)?).map(|variant| variant.ident.clone())
}

/// The description, or a sentence that asks for one.
fn doc(node: &Node<'_>, question: impl FnOnce() -> String) -> Result<String, SourceError> {
    Ok(node.description()?.unwrap_or_else(|| format!("Replace this sentence: {}", question())))
}
