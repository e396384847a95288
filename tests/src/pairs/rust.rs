// SPDX-FileCopyrightText: Copyright (c) 2026 NVIDIA CORPORATION & AFFILIATES. All rights reserved.
// SPDX-License-Identifier: Apache-2.0

//! Events as Rust source.

use std::fmt::Write as _;

use telemetry_schema::descriptor::IdentifierKind;
use telemetry_schema::name::camel_field;

use super::Name;
use super::choices::Choices;
use super::field::{Event, Field, words_name};
use super::number::PLAIN;

/// The integers that need a range, with the smallest `i64` that each holds.
const WIDE: [(&str, i64); 5] =
    [("u64", 0), ("usize", 0), ("u128", 0), ("isize", i64::MIN), ("i128", i64::MIN)];

impl Event {
    /// The nearest event that can be written in Rust.
    #[must_use]
    pub fn declared(&self) -> Self {
        let fields = self.fields.iter().map(|(name, field)| (*name, field.declared()));
        Self { has_source: self.has_source, fields: fields.collect() }
    }
}

impl Field {
    /// The nearest field of a struct: bounds, free texts and buckets are keys of fields, and not of the types inside of others.
    fn declared(&self) -> Self {
        match self {
            Self::Integer(..) | Self::Number(..) | Self::FreeText(_) => self.clone(),
            Self::Bucket(limits) if limits.is_empty() => Self::Bucket(vec![1]),
            Self::Bucket(_) => self.clone(),
            _ if self.is_container_of_texts() => self.clone(),
            Self::Nullable(inner) if matches!(**inner, Self::Integer(..)) => self.clone(),
            _ => self.inside(),
        }
    }

    fn is_container_of_texts(&self) -> bool {
        let is_text = |field: &Self| matches!(field, Self::FreeText(_));
        match self {
            Self::List(inner) | Self::Set(inner) => is_text(inner),
            Self::Nullable(inner) => match &**inner {
                Self::List(item) | Self::Set(item) => is_text(item),
                inner => is_text(inner),
            },
            _ => false,
        }
    }

    /// The nearest type inside of others.
    fn inside(&self) -> Self {
        match self {
            Self::Boolean | Self::Enum(_) | Self::Identifier(_) => self.clone(),
            Self::Integer(min, max) => {
                let fits = PLAIN.iter().find(|(_, low, high)| min <= low && high <= max);
                fits.map_or(Self::Integer(0, 255), |(_, low, high)| Self::Integer(*low, *high))
            }
            Self::Number(..) => Self::Number(f64::MIN, f64::MAX),
            Self::FreeText(_) | Self::Bucket(_) => Self::Identifier(IdentifierKind::Token),
            Self::List(item) => Self::List(item.inside().into()),
            Self::Set(item) if item.is_ordered() => Self::Set(item.inside().into()),
            Self::Set(item) => Self::List(item.inside().into()),
            Self::Map(key, value) => Self::Map(key.clone(), value.inside().into()),
            Self::Object(fields) => {
                Self::Object(fields.iter().map(|(name, field)| (*name, field.declared())).collect())
            }
            Self::Nullable(inner) => match inner.inside() {
                nullable @ Self::Nullable(_) => nullable,
                inner => Self::Nullable(inner.into()),
            },
        }
    }

    fn is_ordered(&self) -> bool {
        match self {
            Self::List(inner) | Self::Set(inner) | Self::Nullable(inner) => inner.is_ordered(),
            Self::Map(..) | Self::Object(_) | Self::Number(..) => false,
            Self::Identifier(kind) => *kind != IdentifierKind::Session,
            _ => true,
        }
    }

    /// The value for a field with floats, which needs one.
    fn sentinel(&self) -> Option<&'static str> {
        let holds_float = |field: &Self| field.sentinel().is_some();
        match self {
            Self::Number(..) => Some("-1.0"),
            Self::List(item) if holds_float(item) => Some("Vec::new()"),
            Self::Map(_, value) if holds_float(value) => Some("BTreeMap::new()"),
            Self::Nullable(inner) if holds_float(inner) => Some("None"),
            _ => None,
        }
    }
}

/// A module with an event.
#[derive(Debug)]
pub struct Module {
    /// The source.
    pub source: String,
    /// The types of the fields, as the source spells them.
    pub types: Vec<String>,
}

/// The source of an event called `E`, which is sent as `event_name`: of a [declared](Event::declared) one.
#[must_use]
pub fn module(event: &Event, event_name: &str, choices: &mut Choices) -> Module {
    let mut writer = Writer { choices, enums: 0, others: 0, items: String::new() };
    let (fields, types) = writer.fields(&event.fields);
    let product = if event.has_source { "crate::WithSource" } else { "crate::WithoutSource" };
    let items = writer.items;
    let source = format!(
        "//! Compiled by a test.\nuse std::borrow::Cow;\nuse std::collections::{{BTreeMap, BTreeSet}};\n\
         use telemetry_core::session::SessionId;\nuse telemetry_core::value::{{Token, Uuid, Version}};\n\
         use telemetry_core::*;\n{items}\n/// An event.\n#[derive(TelemetryEvent)]\n\
         #[telemetry(product = {product}, event_name = {event_name:?}, schema_version = \"1.0\", schema = \"schema.json\")]\n\
         pub struct E {{\n{fields}}}\n"
    );
    Module { source, types }
}

struct Writer<'a> {
    choices: &'a mut Choices,
    /// How many vocabularies there are.
    enums: usize,
    /// How many other items there are.
    others: usize,
    items: String,
}

/// The type of a field, and its keys but for the name.
struct Typed {
    ty: String,
    keys: Vec<String>,
    /// Whether the keys depend on the spelling of the type.
    is_spelled: bool,
}

impl Writer<'_> {
    fn fields(&mut self, fields: &[(Name, Field)]) -> (String, Vec<String>) {
        let (mut text, mut types) = (String::new(), Vec::new());
        for (name, field) in fields {
            let Typed { mut ty, mut keys, is_spelled } = self.field(field);
            if !is_spelled && self.choices.once_in(3) {
                ty = self.alias(&ty);
            }
            if camel_field(name.rust) != name.wire {
                keys.push(format!("rename = {:?}", name.wire));
            }
            let raw = if name.rust == "type" { "r#" } else { "" };
            let keys =
                if keys.is_empty() { String::new() } else { format!("#[telemetry({})] ", keys.join(", ")) };
            let _ = writeln!(text, "    /// A field.\n    {keys}pub {raw}{}: {ty},", name.rust);
            types.push(ty);
        }
        (text, types)
    }

    /// An alias, which hides a type from the macro.
    fn alias(&mut self, ty: &str) -> String {
        let name = format!("Alias{}", self.other());
        let _ = writeln!(self.items, "pub type {name} = {ty};");
        name
    }

    fn other(&mut self) -> usize {
        self.others += 1;
        self.others
    }

    fn field(&mut self, field: &Field) -> Typed {
        match field {
            Field::Integer(min, max) => self.integer(*min, *max),
            Field::Nullable(inner) if matches!(**inner, Field::Integer(..)) => {
                let Typed { ty, keys, .. } = self.field(inner);
                Typed { ty: format!("Option<{ty}>"), keys, is_spelled: false }
            }
            Field::Number(min, max) if (*min, *max) != (f64::MIN, f64::MAX) => {
                let keys = vec![format!("range = {min:?}..={max:?}"), format!("sentinel = {min:?}")];
                Typed { ty: "f64".to_owned(), keys, is_spelled: true }
            }
            Field::Bucket(limits) => {
                let limits: Vec<_> = limits.iter().map(ToString::to_string).collect();
                let keys = vec![format!("bucket({})", limits.join(", "))];
                Typed {
                    ty: (*self.choices.pick(&["usize", "u64", "u8"])).to_owned(),
                    keys,
                    is_spelled: false,
                }
            }
            _ if field.is_container_of_texts() || matches!(field, Field::FreeText(_)) => self.text(field),
            _ => {
                let keys =
                    field.sentinel().map(|sentinel| format!("sentinel = {sentinel}")).into_iter().collect();
                Typed { ty: self.ty(field), keys, is_spelled: false }
            }
        }
    }

    /// An integer that can hold both bounds; with a range unless its type says it all.
    fn integer(&mut self, min: i64, max: i64) -> Typed {
        let plain = PLAIN.iter().filter(|(_, low, high)| *low <= min && max <= *high).map(|(name, ..)| *name);
        let wide = WIDE.iter().filter(|(_, low)| *low <= min).map(|(name, _)| *name);
        let names: Vec<_> = plain.chain(wide).collect();
        let exact = PLAIN.iter().find(|(_, low, high)| (*low, *high) == (min, max));
        let ty = match exact {
            Some((name, ..)) if !self.choices.once_in(3) => {
                return Typed { ty: (*name).to_owned(), keys: Vec::new(), is_spelled: false };
            }
            _ => (*self.choices.pick(&names)).to_owned(),
        };
        let range = match self.choices.below(3) {
            2 => self.constant_range(min, max),
            _ => format!("range = {min}..={max}"),
        };
        Typed { ty, keys: vec![range], is_spelled: false }
    }

    /// A range that only the compiler can evaluate.
    fn constant_range(&mut self, min: i64, max: i64) -> String {
        let index = self.other();
        let _ = writeln!(self.items, "const MIN{index}: i64 = {min};\nconst MAX{index}: i64 = {max};");
        format!("range = MIN{index}..=MAX{index}")
    }

    fn text(&mut self, field: &Field) -> Typed {
        let text = *self.choices.pick(&["String", "Cow<'static, str>"]);
        let (ty, sentinel, max_len) = texts(field, text);
        let keys = vec![
            "free_text = \"a test\"".to_owned(),
            format!("max_len = {max_len}"),
            format!("sentinel = {sentinel}"),
        ];
        Typed { ty, keys, is_spelled: false }
    }

    /// A type with all that it can be.
    fn ty(&mut self, field: &Field) -> String {
        match field {
            Field::Boolean => "bool".to_owned(),
            Field::Integer(min, max) => {
                let exact = PLAIN.iter().find(|(_, low, high)| (low, high) == (min, max));
                exact.expect("a declared field has no other integers inside").0.to_owned()
            }
            Field::Number(..) => (*self.choices.pick(&["f64", "f32"])).to_owned(),
            Field::Enum(words) => self.vocabulary(words),
            Field::Identifier(IdentifierKind::Token) => "Token".to_owned(),
            Field::Identifier(IdentifierKind::Version) => "Version".to_owned(),
            Field::Identifier(IdentifierKind::Uuid) => "Uuid".to_owned(),
            Field::Identifier(IdentifierKind::Session) => "SessionId".to_owned(),
            Field::Identifier(other) => unreachable!("fields are never made with {other:?}"),
            Field::FreeText(_) | Field::Bucket(_) => unreachable!("a declared field has them as keys"),
            Field::List(item) => format!("Vec<{}>", self.ty(item)),
            Field::Set(item) => format!("BTreeSet<{}>", self.ty(item)),
            Field::Map(key, value) => format!("BTreeMap<{}, {}>", self.ty(key), self.ty(value)),
            Field::Object(fields) => self.object(fields),
            Field::Nullable(inner) => format!("Option<{}>", self.ty(inner)),
        }
    }

    fn vocabulary(&mut self, words: &[&str]) -> String {
        let name = words_name(self.enums);
        self.enums += 1;
        let variant =
            |(index, word): (usize, &&str)| format!("    #[telemetry(rename = {word:?})]\n    V{index},\n");
        let variants: String = words.iter().enumerate().map(variant).collect();
        let derives = "Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, TelemetryEnum";
        let _ = writeln!(self.items, "/// Words.\n#[derive({derives})]\npub enum {name} {{\n{variants}}}");
        name
    }

    fn object(&mut self, fields: &[(Name, Field)]) -> String {
        let name = format!("Object{}", self.other());
        let (fields, _) = self.fields(fields);
        let _ =
            writeln!(self.items, "/// A value.\n#[derive(TelemetryValue)]\npub struct {name} {{\n{fields}}}");
        name
    }
}

/// The type that holds free texts as `field` does, a sentinel, and the longest length.
fn texts(field: &Field, text: &str) -> (String, &'static str, u32) {
    match field {
        Field::FreeText(max_len) => (text.to_owned(), "\"-\"", *max_len),
        Field::List(item) => (format!("Vec<{text}>"), "Vec::new()", texts(item, text).2),
        Field::Set(item) => (format!("BTreeSet<{text}>"), "BTreeSet::new()", texts(item, text).2),
        Field::Nullable(inner) => {
            let (ty, _, max_len) = texts(inner, text);
            (format!("Option<{ty}>"), "None", max_len)
        }
        _ => unreachable!("a field of free texts holds nothing else"),
    }
}
