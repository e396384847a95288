// SPDX-FileCopyrightText: Copyright (c) 2026 NVIDIA CORPORATION & AFFILIATES. All rights reserved.
// SPDX-License-Identifier: Apache-2.0

//! Reads the events of a schema into Rust items.

use std::collections::BTreeSet;

use telemetry_schema::__cli1::{
    Arena, Case, Constraint, Kind, Node, Place, Problem, Schema, camel_field, rust_field,
};

use super::Options;
use super::field_type::FieldType;
use super::items::{Doc, Field, Item, Items, Struct, Value, Variant, Vocabulary};
use super::name;
use crate::schema::comparison::means_the_same;
use crate::schema::description::{description, is_described_alike, resolved};

/// Names that the generated source already uses.
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

/// Texts that mean "unknown". The first that a vocabulary has becomes its sentinel.
const UNKNOWN: [&str; 2] = ["undefined", "unknown"];

/// Collects the items of events.
pub(super) struct ItemReader<'a> {
    options: &'a Options<'a>,
    items: Items,
    /// The names of types that are taken.
    taken: BTreeSet<String>,
    /// The vocabularies so far, with the names that they were requested under.
    vocabularies: Vec<Known<Vec<String>>>,
    /// The value structs so far, each with the place that it was made for.
    structs: Vec<Known<Node<'a>>>,
    /// The event, or the property of an event, that is read.
    path: String,
}

/// The context of a value.
struct Purpose<'p> {
    /// The name of its property, or of its type.
    wire: &'p str,
    /// The struct that has the property.
    owner: &'p str,
    /// Its description in the schema.
    described: Option<String>,
}

/// A type that was made for the name `base`.
struct Known<T> {
    base: String,
    ident: String,
    content: T,
}

impl<'a> ItemReader<'a> {
    pub(super) fn new(options: &'a Options<'a>) -> Self {
        let product = options.product.rsplit("::").next().unwrap_or_default();
        Self {
            options,
            items: Items::default(),
            taken: USED.iter().chain([&product]).map(|name| (*name).to_owned()).collect(),
            vocabularies: Vec::new(),
            structs: Vec::new(),
            path: String::new(),
        }
    }

    /// The items of the events in `schema` that the options name.
    pub(super) fn events(mut self, schema: &'a Schema) -> Result<Items, Problem> {
        if self.options.events.is_empty() {
            let place = Place::Pointer("#/definitions/events".to_owned());
            let help = "describe an event there".to_owned();
            return Err(Problem { place, problem: "has no event".to_owned(), help });
        }
        self.items.version = schema.version().to_owned();
        // Reserves the names of events first, so that they do not depend on other types.
        let mut named = Vec::new();
        for name in self.options.events {
            named.push((*name, self.claim(&[name::pascal(name)])));
        }
        for (name, ident) in named {
            self.event(schema, name, ident)?;
        }
        Ok(self.items)
    }

    fn event(&mut self, schema: &'a Schema, name: &str, ident: String) -> Result<(), Problem> {
        let Some(node) = schema.event_node(name) else { return Err(unknown(schema, name)) };
        self.path = name.to_owned();
        let doc = self.doc(description(&node)?, || format!("what has happened when `{name}` is sent?"));
        let fields = self.fields(&resolved(node)?, &ident, true)?;
        self.items.all.push(Item::Struct(Struct { ident, doc, event: Some(name.to_owned()), fields }));
        Ok(())
    }

    /// The fields of an object that becomes the struct `owner`.
    fn fields(&mut self, object: &Node<'a>, owner: &str, is_event: bool) -> Result<Vec<Field>, Problem> {
        let mut fields = Vec::<Field>::new();
        self.check_described(object, is_event)?;
        let properties = object.optional("properties").map(|node| node.members()).transpose()?;
        for (wire, property) in properties.unwrap_or_default() {
            if is_event && self.options.source_keys.contains(&wire) {
                let source = (wire.to_owned(), only_text(&property)?);
                if !self.items.sources.contains(&source) {
                    self.items.sources.push(source);
                }
                continue;
            }
            let ident =
                name::distinct(&rust_field(wire), |name| fields.iter().any(|field| field.ident == name));
            let length = self.path.len();
            self.path.extend([".", wire]);
            fields.push(self.field(wire, ident, &property, owner)?);
            self.path.truncate(length);
        }
        Ok(fields)
    }

    /// Checks that each required property is described, because the type of its field is unknown otherwise.
    fn check_described(&self, object: &Node<'a>, is_event: bool) -> Result<(), Problem> {
        let arena = Arena::new();
        let Kind::Object(members) = object.constraint(&arena)?.kind else { return Ok(()) };
        let is_source = |name: &str| is_event && self.options.source_keys.contains(&name);
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
        property: &Node<'a>,
        owner: &str,
    ) -> Result<Field, Problem> {
        let described = description(property)?;
        let doc = self.doc(described.clone(), || format!("what does `{wire}` say?"));
        let value = self.value(property, Purpose { wire, owner, described })?;
        let FieldType { rust_type, keys } = FieldType::of(&value, property)?;
        let rename =
            (camel_field(ident.trim_start_matches("r#")) != wire).then(|| format!("rename = {wire:?}"));
        Ok(Field { ident, doc, keys: rename.into_iter().chain(keys).collect(), rust_type })
    }

    /// The type of a property. A type without a description gets that of the property.
    fn value(&mut self, node: &Node<'a>, purpose: Purpose<'_>) -> Result<Value, Problem> {
        if let Some((name, target)) = node.target()? {
            let described = target.description().or(purpose.described);
            let wire = name.strip_suffix("Enum").unwrap_or(name);
            return self.value(&target, Purpose { wire, described, ..purpose });
        }
        let purpose = Purpose { described: node.description().or(purpose.described), ..purpose };
        let arena = Arena::new();
        let Constraint { nullable, kind, .. } = node.constraint(&arena)?;
        let value = match kind {
            Kind::Boolean => Value::Boolean,
            Kind::Integer { min, max } => Value::Integer { min, max },
            Kind::Number { min, max } => Value::Number { min: min.value, max: max.value },
            Kind::Text => Value::Text,
            Kind::Vocabulary(words) => self.vocabulary(node, words, purpose)?,
            Kind::Array(_) => Value::List(Box::new(self.value(&node.member("items")?, purpose)?)),
            Kind::Object(_) => self.object(node, purpose)?,
            Kind::Any | Kind::Nothing => return Err(without_type(node)),
        };
        Ok(if nullable { Value::Nullable(Box::new(value)) } else { value })
    }

    fn vocabulary(
        &mut self,
        node: &Node<'a>,
        words: &[&str],
        purpose: Purpose<'_>,
    ) -> Result<Value, Problem> {
        // An empty text cannot be a variant.
        let texts: Vec<&str> = words.iter().copied().filter(|text| !text.is_empty()).collect();
        if texts.is_empty() {
            return Err(node.problem("allows no text that has a name", "list the texts, or remove `enum`"));
        }
        let (ident, is_new) = self.vocabulary_ident(&purpose, &texts);
        let question = || Doc::Question(format!("what are the texts of `{}`?", purpose.wire));
        let vocabulary =
            vocabulary(ident.clone(), &texts, purpose.described.map_or_else(question, Doc::Text));
        let unknown = unknown_variant(&vocabulary, &texts);
        if is_new {
            self.items.all.push(Item::Vocabulary(vocabulary));
        }
        Ok(Value::Vocabulary { ident, unknown })
    }

    /// The name of a vocabulary, and whether it is new.
    fn vocabulary_ident(&mut self, purpose: &Purpose<'_>, texts: &[&str]) -> (String, bool) {
        let base = name::pascal(purpose.wire);
        let mut content: Vec<String> = texts.iter().map(|text| (*text).to_owned()).collect();
        content.sort();
        let is_same = |known: &&Known<Vec<String>>| known.base == base && known.content == content;
        if let Some(known) = self.vocabularies.iter().find(is_same) {
            return (known.ident.clone(), false);
        }
        let ident = self.claim(&[base.clone(), format!("{}{base}", purpose.owner)]);
        self.vocabularies.push(Known { base, ident: ident.clone(), content });
        (ident, true)
    }

    /// The first of `names` that is free, or the last one with a number.
    fn claim(&mut self, names: &[String]) -> String {
        let free = names.iter().find(|name| !self.taken.contains(*name)).cloned();
        let last = names.last().map_or("", String::as_str);
        let ident = free.unwrap_or_else(|| name::distinct(last, |name| self.taken.contains(name)));
        self.taken.insert(ident.clone());
        ident
    }

    /// An object with named members becomes a struct, any other object a map, to tokens unless the schema constrains the values.
    fn object(&mut self, node: &Node<'a>, purpose: Purpose<'_>) -> Result<Value, Problem> {
        let (properties, others) = (node.optional("properties"), node.optional("additionalProperties"));
        if properties.is_some() || others.as_ref().is_some_and(|others| others.boolean() == Some(false)) {
            return self.value_struct(node, purpose);
        }
        let value = match others.filter(|others| others.boolean().is_none()) {
            Some(values) => self.value(&values, purpose)?,
            None => Value::Text,
        };
        Ok(Value::Map(Box::new(value)))
    }

    fn value_struct(&mut self, node: &Node<'a>, purpose: Purpose<'_>) -> Result<Value, Problem> {
        let Purpose { wire, owner, described } = purpose;
        let base = name::pascal(wire);
        if let Some(ident) = self.known_struct(node, &base)? {
            return Ok(Value::Object { ident });
        }
        let ident = self.claim(&[base.clone(), format!("{owner}{base}")]);
        let fields = self.fields(node, &ident, false)?;
        let doc = self.doc(described, || format!("what is `{wire}`?"));
        self.structs.push(Known { base, ident: ident.clone(), content: node.clone() });
        self.items.all.push(Item::Struct(Struct { ident: ident.clone(), doc, event: None, fields }));
        Ok(Value::Object { ident })
    }

    /// The struct that was created for the same place or for an equal schema.
    fn known_struct(&self, node: &Node<'a>, base: &str) -> Result<Option<String>, Problem> {
        for Known { base: other, ident, content } in &self.structs {
            let is_same = content.pointer() == node.pointer()
                || (other == base && means_the_same(content, node)? && is_described_alike(content, node)?);
            if is_same {
                return Ok(Some(ident.clone()));
            }
        }
        Ok(None)
    }

    /// The documentation of the current place. A missing description is recorded.
    fn doc(&mut self, described: Option<String>, question: impl FnOnce() -> String) -> Doc {
        described.map_or_else(
            || {
                if !self.items.undescribed.contains(&self.path) {
                    self.items.undescribed.push(self.path.clone());
                }
                Doc::Question(question())
            },
            Doc::Text,
        )
    }
}

/// The error for a value that no field type can hold.
fn without_type(node: &Node<'_>) -> Problem {
    let help = "use `boolean`, `integer`, `number`, `string`, `array` or `object`";
    node.problem("has no type that a field can have", help)
}

/// The schema does not have the event.
fn unknown(schema: &Schema, event: &str) -> Problem {
    let known: Vec<_> = schema.event_names().iter().map(|name| format!("`{name}`")).collect();
    let help = match known.as_slice() {
        [] => "describe the event there".to_owned(),
        known => format!("the events are {}", known.join(", ")),
    };
    let place = Place::Pointer("#/definitions/events".to_owned());
    Problem { place, problem: format!("has no event `{event}`"), help }
}

/// The text of a property that allows exactly one text.
fn only_text(property: &Node<'_>) -> Result<Option<String>, Problem> {
    match property.constraint(&Arena::new())?.kind {
        Kind::Vocabulary([only]) => Ok(Some((*only).to_owned())),
        _ => Ok(None),
    }
}

fn vocabulary(ident: String, texts: &[&str], doc: Doc) -> Vocabulary {
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

/// The variant for an unknown value: by its text, or the only variant.
fn unknown_variant(vocabulary: &Vocabulary, texts: &[&str]) -> Option<String> {
    let says_so = UNKNOWN.into_iter().find_map(|unknown| texts.iter().position(|text| *text == unknown));
    let only = (texts.len() == 1).then_some(0);
    vocabulary.variants.get(says_so.or(only)?).map(|variant| variant.ident.clone())
}
