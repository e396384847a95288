// SPDX-FileCopyrightText: Copyright (c) 2026 NVIDIA CORPORATION & AFFILIATES. All rights reserved.
// SPDX-License-Identifier: Apache-2.0

//! Reads an event's part of a schema into Rust items.

use std::collections::BTreeMap;

use telemetry_schema::arena::Arena;
use telemetry_schema::constraint::{Constraint, Kind};
use telemetry_schema::name::{Case, camel_field, rust_field};
use telemetry_schema::node::Node;
use telemetry_schema::problem::{Place, Problem};
use telemetry_schema::schema::Schema;

use super::Wanted;
use super::choice::{Choice, choose};
use super::items::{Field, Item, Items, Struct, Value, Variant, Vocabulary};
use super::name;

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

    /// The items of the wanted event in `schema`.
    pub(super) fn event(mut self, schema: &Schema) -> Result<Items, Problem> {
        let Some(event) = schema.event_node(self.wanted.event) else { return Err(self.unknown(schema)) };
        let event = event.target()?.map_or(event, |(_, target)| target);
        let ident = self.claim(&[name::pascal(self.wanted.event)], &[]);
        let fields = self.fields(&event, &ident, true)?;
        let doc = doc(&event, || format!("what has happened when `{}` is sent?", self.wanted.event));
        let event = Struct { ident, doc, schema_version: Some(schema.version().to_owned()), fields };
        self.items.all.push(Item::Struct(event));
        Ok(self.items)
    }

    fn unknown(&self, schema: &Schema) -> Problem {
        let known: Vec<_> = schema.event_names().iter().map(|name| format!("`{name}`")).collect();
        let help = match known.as_slice() {
            [] => "describe the event there".to_owned(),
            known => format!("the events are {}", known.join(", ")),
        };
        let place = Place::Pointer("#/definitions/events".to_owned());
        Problem { place, problem: format!("has no event `{}`", self.wanted.event), help }
    }

    /// The fields of an object that becomes the struct `owner`.
    fn fields(&mut self, object: &Node<'_>, owner: &str, is_event: bool) -> Result<Vec<Field>, Problem> {
        let mut fields = Vec::<Field>::new();
        self.check_described(object, is_event)?;
        let properties = object.optional("properties").map(|node| node.members()).transpose()?;
        for (wire, property) in properties.unwrap_or_default() {
            if is_event && self.wanted.source_keys.contains(&wire) {
                self.items.source = Some((wire.to_owned(), only_text(&property)?));
                continue;
            }
            let ident =
                name::distinct(&rust_field(wire), |name| fields.iter().any(|field| field.ident == name));
            fields.push(self.field(wire, ident, &property, owner)?);
        }
        Ok(fields)
    }

    /// That each property that is required is described: otherwise the type of its field is not known.
    fn check_described(&self, object: &Node<'_>, is_event: bool) -> Result<(), Problem> {
        let arena = Arena::new();
        let Kind::Object(members) = object.constraint(&arena)?.kind else { return Ok(()) };
        let is_source = |name: &str| is_event && self.wanted.source_keys.contains(&name);
        let mut undescribed = members.properties.iter().filter(|property| !property.is_described);
        match undescribed.find(|property| !is_source(property.name)) {
            Some(property) => {
                let problem = format!("requires `{}`, which is not in `properties`", property.name);
                Err(object.problem(problem, "describe it in `properties`"))
            }
            None => Ok(()),
        }
    }

    fn field(
        &mut self,
        wire: &str,
        ident: String,
        property: &Node<'_>,
        owner: &str,
    ) -> Result<Field, Problem> {
        let value = self.value(property, wire, owner)?;
        let Choice { rust_type, keys } = choose(&value, property)?;
        let rename =
            (camel_field(ident.trim_start_matches("r#")) != wire).then(|| format!("rename = {wire:?}"));
        let doc = doc(property, || format!("what does `{wire}` say?"));
        Ok(Field { ident, doc, keys: rename.into_iter().chain(keys).collect(), rust_type })
    }

    /// What a property called `wire` of the struct `owner` can hold.
    fn value(&mut self, node: &Node<'_>, wire: &str, owner: &str) -> Result<Value, Problem> {
        if let Some((type_name, target)) = node.target()? {
            return self.value(&target, type_name.strip_suffix("Enum").unwrap_or(type_name), owner);
        }
        let arena = Arena::new();
        let Constraint { nullable, kind, .. } = node.constraint(&arena)?;
        let value = match kind {
            Kind::Boolean => Value::Boolean,
            Kind::Integer { min, max } => Value::Integer { min, max },
            Kind::Number { min, max } => Value::Number { min: min.value, max: max.value },
            Kind::Text => Value::Text,
            Kind::Vocabulary(words) => self.vocabulary(node, words, wire, owner)?,
            Kind::Array(_) => Value::List(Box::new(self.value(&node.member("items")?, wire, owner)?)),
            Kind::Object(_) => self.object(node, wire, owner)?,
            Kind::Any | Kind::Nothing => {
                let help = "use `boolean`, `integer`, `number`, `string`, `array` or `object`";
                return Err(node.problem("has no type that a field can have", help));
            }
        };
        Ok(if nullable { Value::Nullable(Box::new(value)) } else { value })
    }

    fn vocabulary(
        &mut self,
        node: &Node<'_>,
        words: &[&str],
        wire: &str,
        owner: &str,
    ) -> Result<Value, Problem> {
        // The empty text can be no variant.
        let texts: Vec<&str> = words.iter().copied().filter(|text| !text.is_empty()).collect();
        if texts.is_empty() {
            return Err(node.problem("allows no text that has a name", "list the texts, or leave `enum` out"));
        }
        let base = name::pascal(wire);
        let (ident, is_new) = self.vocabulary_ident(&base, owner, &texts);
        let doc = doc(node, || format!("what are the texts of `{wire}`?"));
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

    /// An object with named members becomes a struct, any other one a map to tokens, unless the schema says what its values
    /// are.
    fn object(&mut self, node: &Node<'_>, wire: &str, owner: &str) -> Result<Value, Problem> {
        let (properties, others) = (node.optional("properties"), node.optional("additionalProperties"));
        if properties.is_none() && others.as_ref().is_none_or(|others| others.boolean() != Some(false)) {
            let value = match others.filter(|others| others.boolean().is_none()) {
                Some(values) => self.value(&values, wire, owner)?,
                None => Value::Text,
            };
            return Ok(Value::Map(Box::new(value)));
        }
        let base = name::pascal(wire);
        let ident = self.claim(&[base.clone(), format!("{owner}{base}")], &[]);
        let fields = self.fields(node, &ident, false)?;
        let doc = doc(node, || format!("what is `{wire}`?"));
        self.items.all.push(Item::Struct(Struct { ident: ident.clone(), doc, schema_version: None, fields }));
        Ok(Value::Object { ident })
    }
}

/// The text of a property that allows only one.
fn only_text(property: &Node<'_>) -> Result<Option<String>, Problem> {
    match property.constraint(&Arena::new())?.kind {
        Kind::Vocabulary([only]) => Ok(Some((*only).to_owned())),
        _ => Ok(None),
    }
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
        rename: (rename_all.unwrap_or(Case::Pascal).of_variant(&ident) != text).then(|| text.to_owned()),
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
fn doc(node: &Node<'_>, question: impl FnOnce() -> String) -> String {
    node.description().unwrap_or_else(|| format!("Replace this sentence: {}", question()))
}
