// SPDX-FileCopyrightText: Copyright (c) 2026 NVIDIA CORPORATION & AFFILIATES. All rights reserved.
// SPDX-License-Identifier: Apache-2.0

//! Compares what two schemas allow, event by event and property by property.
//!
//! `telemetry-schema` reads both sides, as it does for the macro. Therefore `$ref`, titles, the order of keys and the spelling of
//! bounds make no difference.

use std::cmp::Ordering;
use std::collections::{BTreeMap, BTreeSet};
use std::mem::discriminant;

use telemetry_schema::__cli1::{Arena, Constraint, Kind, Members, Node, Problem, Property, Schema};

use super::difference::{Change, Difference, Place, Relation, Side};
use super::notation::quoted;
use super::words;

/// The maximum number of differences. With types that refer to types, a short file can expand to more than fits in memory.
const MOST: usize = 10_000;

/// The keys of `schemaMeta` that concern what is sent.
const META: [&str; 2] = ["schemaVersion", "clientId"];

/// The members of a missing event.
const NOTHING: Members<'static> = Members { properties: &[], others: None };

/// All differences between `left` and `right`, with events ordered by name.
pub(crate) fn differences(left: &Schema, right: &Schema) -> Vec<Difference> {
    let found = META.iter().filter_map(|key| meta(key, left, right)).collect();
    let mut comparison = Comparison { found, ..Comparison::default() };
    let names: BTreeSet<&str> = left.event_names().into_iter().chain(right.event_names()).collect();
    for name in names {
        comparison.event = name.to_owned();
        comparison.events(left, right);
    }
    comparison.found
}

/// Whether both places allow the same.
pub(crate) fn means_the_same(left: &Node<'_>, right: &Node<'_>) -> Result<bool, Problem> {
    let (arena, mut comparison) = (Arena::new(), Comparison::default());
    comparison.constraints(&left.constraint(&arena)?, &right.constraint(&arena)?);
    Ok(comparison.found.is_empty())
}

/// A value of `schemaMeta` that differs, or that only one side states.
fn meta(key: &'static str, left: &Schema, right: &Schema) -> Option<Difference> {
    let text = |schema: &Schema| {
        let value = schema.root().optional("schemaMeta")?.optional(key)?;
        Some(value.text().map_or_else(|_| format!("{:?}", value.json()), quoted))
    };
    let (left, right) = (text(left), text(right));
    let is_same = left == right;
    (!is_same).then_some(Difference { place: Place::Meta(key), change: Change::Meta { left, right } })
}

/// The differences found so far, and the current place.
#[derive(Default)]
struct Comparison {
    event: String,
    path: String,
    /// Pairs of shared types that were found equal, so that each pair is compared once.
    same: BTreeSet<(String, String)>,
    found: Vec<Difference>,
}

impl Comparison {
    fn report(&mut self, change: Change) {
        let place = Place::Event { event: self.event.clone(), path: self.path.clone() };
        self.found.push(Difference { place, change });
    }

    fn at(&mut self, step: &str, look: impl FnOnce(&mut Self)) {
        let length = self.path.len();
        self.path.push_str(if length == 0 { step.trim_start_matches('.') } else { step });
        look(self);
        self.path.truncate(length);
    }

    fn events(&mut self, left: &Schema, right: &Schema) {
        let arena = Arena::new();
        let name = self.event.clone();
        match (left.event(&name, &arena), right.event(&name, &arena)) {
            (Some(left), Some(right)) => {
                self.only(left.is_listed, right.is_listed, Change::Listed);
                self.members(&left.members, &right.members);
            }
            (Some(left), None) => {
                self.report(Change::Event(Side::Left));
                self.members(&left.members, &NOTHING);
            }
            (None, Some(right)) => {
                self.report(Change::Event(Side::Right));
                self.members(&NOTHING, &right.members);
            }
            (None, None) => {}
        }
    }

    /// Reports a property of only one side.
    fn only(&mut self, left: bool, right: bool, change: impl Fn(Side) -> Change) {
        match (left, right) {
            (true, false) => self.report(change(Side::Left)),
            (false, true) => self.report(change(Side::Right)),
            _ => {}
        }
    }

    fn constraints(&mut self, left: &Constraint<'_>, right: &Constraint<'_>) {
        let pair = (left.target.to_owned(), right.target.to_owned());
        if self.found.len() >= MOST || self.same.contains(&pair) {
            return;
        }
        let before = self.found.len();
        // If the kinds differ, their descriptions already mention `null`.
        if discriminant(&left.kind) == discriminant(&right.kind) {
            self.only(left.nullable, right.nullable, Change::Null);
        }
        self.kinds(left, right);
        if self.found.len() == before && !pair.0.is_empty() && !pair.1.is_empty() {
            self.same.insert(pair);
        }
    }

    fn kinds(&mut self, left: &Constraint<'_>, right: &Constraint<'_>) {
        match (&left.kind, &right.kind) {
            (Kind::Any, Kind::Any)
            | (Kind::Nothing, Kind::Nothing)
            | (Kind::Boolean, Kind::Boolean)
            | (Kind::Text, Kind::Text) => {}
            (Kind::Integer { .. }, Kind::Integer { .. }) | (Kind::Number { .. }, Kind::Number { .. }) => {
                self.bounds(&left.kind, &right.kind);
            }
            (Kind::Vocabulary(left), Kind::Vocabulary(right)) => self.texts(left, right),
            (Kind::Array(left), Kind::Array(right)) => self.at("[]", |inner| inner.constraints(left, right)),
            (Kind::Object(left), Kind::Object(right)) => self.members(left, right),
            (one, other) => {
                let relation = relation(one, other).beside(left.nullable.cmp(&right.nullable));
                let change =
                    Change::Kind { left: words::allowed(left), right: words::allowed(right), relation };
                self.report(change);
            }
        }
    }

    fn bounds(&mut self, left: &Kind<'_>, right: &Kind<'_>) {
        let (low, high) = match (left, right) {
            (Kind::Integer { min, max }, Kind::Integer { min: low, max: high }) => {
                (min.partial_cmp(low), max.partial_cmp(high))
            }
            (Kind::Number { min, max }, Kind::Number { min: low, max: high }) => {
                (min.value.partial_cmp(&low.value), max.value.partial_cmp(&high.value))
            }
            _ => return,
        };
        if (low, high) != (Some(Ordering::Equal), Some(Ordering::Equal)) {
            let (left, right) = (words::bounds(left), words::bounds(right));
            self.report(Change::Bounds { left, right, relation: Relation::of_bounds(low, high) });
        }
    }

    fn texts(&mut self, left: &[&str], right: &[&str]) {
        let missing = |of: &[&str], from: &[&str]| {
            let known: BTreeSet<&str> = from.iter().copied().collect();
            of.iter().filter(|text| !known.contains(**text)).map(|text| (*text).to_owned()).collect()
        };
        let (left, right): (Vec<String>, Vec<String>) = (missing(left, right), missing(right, left));
        if !left.is_empty() || !right.is_empty() {
            self.report(Change::Texts { left, right });
        }
    }

    fn members(&mut self, left: &Members<'_>, right: &Members<'_>) {
        let (named_left, named_right) = (by_name(left), by_name(right));
        for property in left.properties {
            self.at(&format!(".{}", property.name), |inner| match named_right.get(property.name) {
                Some(other) => inner.both(property, other),
                None => inner.one(Side::Left, property, right),
            });
        }
        for property in right.properties.iter().filter(|property| !named_left.contains_key(property.name)) {
            self.at(&format!(".{}", property.name), |inner| inner.one(Side::Right, property, left));
        }
        self.others(left, right);
    }

    fn both(&mut self, left: &Property<'_>, right: &Property<'_>) {
        self.only(left.required, right.required, Change::Required);
        self.constraints(&left.constraint, &right.constraint);
    }

    /// A property that only the schema of `side` names. The other one may still constrain it as an additional property.
    fn one(&mut self, side: Side, property: &Property<'_>, other: &Members<'_>) {
        match other.others.filter(|others| !matches!(others.kind, Kind::Any)) {
            Some(others) => {
                self.only(
                    side == Side::Left && property.required,
                    side == Side::Right && property.required,
                    Change::Required,
                );
                match side {
                    Side::Left => self.constraints(&property.constraint, others),
                    Side::Right => self.constraints(others, &property.constraint),
                }
            }
            None => {
                self.report(Change::Property { side, words: words::allowed(&property.constraint) });
            }
        }
    }

    fn others(&mut self, left: &Members<'_>, right: &Members<'_>) {
        match (left.others, right.others) {
            (Some(left), Some(right)) => self.at(".*", |inner| inner.constraints(left, right)),
            (None, None) => {}
            (left, right) => {
                let change =
                    Change::Others { left: left.map(words::allowed), right: right.map(words::allowed) };
                self.report(change);
            }
        }
    }
}

fn by_name<'a>(members: &Members<'a>) -> BTreeMap<&'a str, &'a Property<'a>> {
    members.properties.iter().map(|property| (property.name, property)).collect()
}

/// How values of different kinds relate.
fn relation(left: &Kind<'_>, right: &Kind<'_>) -> Relation {
    match (left, right) {
        (Kind::Any, _) | (_, Kind::Nothing) | (Kind::Text, Kind::Vocabulary(_)) => Relation::Wider,
        (_, Kind::Any) | (Kind::Nothing, _) | (Kind::Vocabulary(_), Kind::Text) => Relation::Narrower,
        (&Kind::ANY_NUMBER, Kind::Integer { .. }) => Relation::Wider,
        (Kind::Integer { .. }, &Kind::ANY_NUMBER) => Relation::Narrower,
        _ => Relation::Other,
    }
}
