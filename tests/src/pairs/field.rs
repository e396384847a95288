// SPDX-FileCopyrightText: Copyright (c) 2026 NVIDIA CORPORATION & AFFILIATES. All rights reserved.
// SPDX-License-Identifier: Apache-2.0

//! Events and their fields: everything that can be declared, and values at the ends of what each can be.

use serde_json::{Value, json};
use telemetry_schema::bucket;
use telemetry_schema::descriptor::{
    EnumDescriptor, FieldDescriptor, IdentifierKind, ObjectDescriptor, Origin, Shape,
};
use telemetry_schema::json::Json;

use super::choices::Choices;
use super::fit::Fit;
use super::number::PLAIN;
use super::{NAMES, Name, SOURCE, WORDS};

/// How deep fields nest that are not made for a schema.
const DEPTH: usize = 3;

/// What a field can hold.
#[derive(Debug, Clone, PartialEq)]
pub enum Field {
    /// A boolean.
    Boolean,
    /// A whole number between both bounds.
    Integer(i64, i64),
    /// A float between both bounds.
    Number(f64, f64),
    /// A vocabulary.
    Enum(Vec<&'static str>),
    /// An identifier.
    Identifier(IdentifierKind),
    /// A free text of so many characters.
    FreeText(u32),
    /// A count that is sent as a label.
    Bucket(Vec<u64>),
    /// A list.
    List(Box<Field>),
    /// A set.
    Set(Box<Field>),
    /// A map from an identifier or a vocabulary.
    Map(Box<Field>, Box<Field>),
    /// A value struct.
    Object(Vec<(Name, Field)>),
    /// An option.
    Nullable(Box<Field>),
}

/// An event: the source that its product sends with it, and its fields.
#[derive(Debug, Clone, PartialEq)]
pub struct Event {
    /// Whether the product has a source.
    pub has_source: bool,
    /// The fields.
    pub fields: Vec<(Name, Field)>,
}

impl Event {
    /// An event that most likely keeps to the event schema `asked` of the file `root`, or is near to that.
    #[must_use]
    pub fn near(choices: &mut Choices, asked: &Json, root: &Json) -> Self {
        let mut event = Fit { choices, root }.event(asked);
        if choices.once_in(2) {
            event.change(choices);
        }
        event
    }

    /// An event that does not depend on a schema.
    #[must_use]
    pub fn random(choices: &mut Choices) -> Self {
        let names = choices.some(&NAMES);
        let fields = names.into_iter().map(|name| (name, Field::random(choices, DEPTH)));
        let fields = fields.collect();
        Self { has_source: choices.once_in(2), fields }
    }

    fn change(&mut self, choices: &mut Choices) {
        match choices.below(6) {
            0 => self.has_source = !self.has_source,
            1 => change_members(&mut self.fields, choices),
            _ if self.fields.is_empty() => change_members(&mut self.fields, choices),
            _ => {
                let index = choices.below(self.fields.len());
                self.fields[index].1.change(choices);
            }
        }
    }

    /// The wire names of the event, with the source.
    #[must_use]
    pub fn sent(&self) -> Vec<(&'static str, Field)> {
        let source = self.has_source.then(|| (SOURCE.0, Field::Enum(vec![SOURCE.1])));
        source.into_iter().chain(self.fields.iter().map(|(name, field)| (name.wire, field.clone()))).collect()
    }

    /// Parameters at the ends of what the event can have.
    #[must_use]
    pub fn values(&self) -> Vec<Value> {
        objects(self.sent().iter().map(|(name, field)| (*name, field.values())).collect())
    }
}

/// Objects that together have each of the values of each member. A schema says nothing about two members at once, so all other
/// combinations are valid if these are.
fn objects(members: Vec<(&str, Vec<Value>)>) -> Vec<Value> {
    let count = members.iter().map(|(_, values)| values.len()).max().unwrap_or(1);
    let object = |index: usize| {
        members
            .iter()
            .map(|(name, values)| ((*name).to_owned(), values[index % values.len()].clone()))
            .collect()
    };
    (0..count).map(object).collect()
}

fn change_members(fields: &mut Vec<(Name, Field)>, choices: &mut Choices) {
    let name = *choices.pick(&NAMES);
    let before = fields.len();
    fields.retain(|(known, _)| *known != name);
    if fields.len() == before || choices.once_in(2) {
        fields.push((name, Field::random(choices, 1)));
    }
}

fn some_words(choices: &mut Choices, words: &[&'static str]) -> Vec<&'static str> {
    let some = choices.some(words);
    if some.is_empty() { vec![*choices.pick(words)] } else { some }
}

impl Field {
    /// A field that does not depend on a schema.
    pub fn random(choices: &mut Choices, depth: usize) -> Self {
        match choices.below(if depth == 0 { 9 } else { 15 }) {
            0 => Self::Boolean,
            1 | 2 => Self::random_integer(choices),
            3 => Self::random_number(choices),
            4 | 5 => Self::Enum(some_words(choices, &WORDS)),
            6 => Self::random_identifier(choices),
            7 => Self::FreeText(1 + u32::try_from(choices.below(9)).unwrap_or(0)),
            8 => Self::random_bucket(choices),
            9 => Self::List(Self::random(choices, depth - 1).into()),
            10 => Self::Set(Self::random(choices, depth - 1).into()),
            11 => Self::Map(Self::random_key(choices).into(), Self::random(choices, depth - 1).into()),
            12 | 13 => {
                let names = choices.some(&NAMES);
                Self::Object(names.into_iter().map(|name| (name, Self::random(choices, depth - 1))).collect())
            }
            _ => Self::Nullable(Self::random(choices, depth - 1).into()),
        }
    }

    fn random_integer(choices: &mut Choices) -> Self {
        const ENDS: [i64; 15] = [
            0,
            9,
            255,
            1,
            -1,
            -128,
            127,
            1000,
            u32::MAX as i64,
            i32::MIN as i64,
            1 << 53,
            (1 << 53) + 1,
            -(1 << 53) - 1,
            i64::MAX,
            i64::MIN,
        ];
        if choices.once_in(2) {
            let (_, min, max) = *choices.pick(&PLAIN);
            return Self::Integer(min, max);
        }
        let (one, other) = (*choices.pick(&ENDS), *choices.pick(&ENDS));
        Self::Integer(one.min(other), one.max(other))
    }

    fn random_number(choices: &mut Choices) -> Self {
        const ENDS: [f64; 11] =
            [f64::MIN, 0.0, 1.0, 0.5, 9.5, -0.5, 1000.0, 9_007_199_254_740_992.0, 1e19, -1e308, f64::MAX];
        let (one, other) = (*choices.pick(&ENDS), *choices.pick(&ENDS));
        Self::Number(one.min(other), one.max(other))
    }

    /// Any identifier.
    pub(super) fn random_identifier(choices: &mut Choices) -> Self {
        use IdentifierKind::{Session, Token, Uuid, Version};
        Self::Identifier(*choices.pick(&[Token, Version, Uuid, Session]))
    }

    /// Any bucket.
    pub(super) fn random_bucket(choices: &mut Choices) -> Self {
        Self::Bucket(choices.pick(&[&[1, 5][..], &[1], &[], &[200, u64::MAX]]).to_vec())
    }

    /// The types that can be the key of a map.
    pub(super) fn random_key(choices: &mut Choices) -> Self {
        match choices.below(4) {
            0 => Self::Identifier(IdentifierKind::Token),
            1 => Self::Identifier(IdentifierKind::Version),
            _ => Self::Enum(some_words(choices, &NAMES.map(|name| name.wire))),
        }
    }

    /// Changes one thing.
    fn change(&mut self, choices: &mut Choices) {
        if let Some(inner) = self.inner(choices) {
            return inner.change(choices);
        }
        let step = i64::try_from(choices.below(3)).unwrap_or(0) - 1;
        match (choices.below(5), &mut *self) {
            (0, _) => *self = Self::random(choices, 1),
            (1, Self::Nullable(inner)) => *self = (**inner).clone(),
            (1, _) => *self = Self::Nullable(self.clone().into()),
            (_, Self::Integer(min, max)) => {
                (*min, *max) = (min.saturating_sub(step.max(0)), max.saturating_add(step.min(0).abs()));
            }
            (_, Self::Number(min, max)) if step < 0 && *min > f64::MIN => *min = min.next_down(),
            (_, Self::Number(_, max)) if *max < f64::MAX => *max = max.next_up(),
            (_, Self::Enum(words)) => {
                let other = WORDS.into_iter().find(|word| !words.contains(word));
                words.extend(other);
            }
            (_, Self::Bucket(_)) => *self = Self::random_bucket(choices),
            (_, Self::Map(key, _)) => **key = Self::random_key(choices),
            (_, Self::Object(fields)) => change_members(fields, choices),
            _ => *self = Self::random(choices, 1),
        }
    }

    /// A part of the field to change instead of itself, now and then.
    fn inner(&mut self, choices: &mut Choices) -> Option<&mut Self> {
        match self {
            Self::List(inner) | Self::Set(inner) | Self::Nullable(inner) | Self::Map(_, inner) => {
                (!choices.once_in(3)).then_some(inner)
            }
            Self::Object(fields) if !fields.is_empty() && !choices.once_in(3) => {
                let index = choices.below(fields.len());
                fields.get_mut(index).map(|(_, field)| field)
            }
            _ => None,
        }
    }

    /// Values at the ends of what the field can be: if all of them are valid, each of its values is.
    #[must_use]
    pub fn values(&self) -> Vec<Value> {
        match self {
            Self::Boolean => vec![json!(false), json!(true)],
            Self::Integer(min, max) => vec![json!(min), json!(max)],
            Self::Number(min, max) => {
                // Between the bounds there is a number with a fraction, which is not an integer, unless they are close and far off.
                [*min, *max, min.next_up().min(*max), max.next_down().max(*min), 0.5_f64.clamp(*min, *max)]
                    .map(|number| json!(number))
                    .to_vec()
            }
            Self::Enum(words) => words.iter().map(|word| json!(word)).collect(),
            Self::Identifier(IdentifierKind::Uuid | IdentifierKind::Session) => {
                vec![json!("00000000-0000-4000-8000-000000000000")]
            }
            Self::Identifier(_) => vec![json!("z"), json!("!".repeat(64))],
            Self::FreeText(len) => vec![json!(""), json!("é".repeat(*len as usize))],
            Self::Bucket(limits) => bucket::labels(limits).into_iter().map(Value::from).collect(),
            Self::List(item) | Self::Set(item) => vec![json!([]), item.values().into()],
            Self::Map(key, value) => {
                let members = key.keys().into_iter().map(|key| (key, value.values())).collect();
                std::iter::once(json!({})).chain(objects(members)).collect()
            }
            Self::Object(fields) => {
                objects(fields.iter().map(|(name, field)| (name.wire, field.values())).collect())
            }
            Self::Nullable(inner) => inner.values().into_iter().chain([Value::Null]).collect(),
        }
    }

    /// A name of each form that keys have in schemas, and a name of no such form.
    fn keys(&self) -> Vec<&'static str> {
        match self {
            Self::Enum(words) => words.clone(),
            _ => vec!["a", "numTries", "type", "z!"],
        }
    }

    /// Whether the field has floats that are all whole, which are valid integers.
    #[must_use]
    pub fn has_whole_floats(&self) -> bool {
        match self {
            Self::Number(..) => {
                self.values().iter().all(|value| value.as_f64().is_some_and(|one| one.fract() == 0.0))
            }
            Self::List(inner) | Self::Set(inner) | Self::Nullable(inner) | Self::Map(_, inner) => {
                inner.has_whole_floats()
            }
            Self::Object(fields) => fields.iter().any(|(_, field)| field.has_whole_floats()),
            _ => false,
        }
    }

    /// The shape. A shape borrows its parts forever, so they are leaked.
    #[must_use]
    pub fn shape(&self) -> Shape {
        self.named_shape(&mut 0)
    }

    /// The shape, with vocabularies called `Words0`, `Words1`, … from `enums` on, in the order in which they are met.
    pub fn named_shape(&self, enums: &mut usize) -> Shape {
        let mut inner = |field: &Self| leak(field.named_shape(enums));
        match self {
            Self::Boolean => Shape::Boolean,
            Self::Integer(min, max) => Shape::integer(*min, *max),
            Self::Number(min, max) => Shape::number(*min, *max),
            Self::Enum(words) => {
                let name = String::leak(words_name(*enums));
                *enums += 1;
                let variants = words.clone().leak();
                Shape::Enum(leak(EnumDescriptor::new(name, variants, ORIGIN)))
            }
            Self::Identifier(kind) => Shape::Identifier(*kind),
            Self::FreeText(max_len) => Shape::free_text("", *max_len),
            Self::Bucket(limits) => Shape::bucket(limits.clone().leak()),
            Self::List(item) => Shape::list(inner(item)),
            Self::Set(item) => Shape::set(inner(item)),
            Self::Map(key, value) => Shape::map(inner(key), inner(value)),
            Self::Object(fields) => {
                let fields = fields.iter().map(|(name, field)| described(*name, field.named_shape(enums)));
                let fields = fields.collect::<Vec<_>>().leak();
                Shape::Object(leak(ObjectDescriptor::new("", fields, ORIGIN)))
            }
            Self::Nullable(inside) => Shape::Nullable(inner(inside)),
        }
    }
}

const ORIGIN: Origin = Origin::new("", "", 1);

/// The name of a vocabulary.
#[must_use]
pub fn words_name(index: usize) -> String {
    format!("Words{index}")
}

/// A field of an object with this shape.
#[must_use]
pub fn described(name: Name, shape: Shape) -> FieldDescriptor {
    FieldDescriptor::new(name.wire, name.rust, shape)
}

fn leak<T>(value: T) -> &'static T {
    Box::leak(Box::new(value))
}
