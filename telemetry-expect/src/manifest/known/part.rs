// SPDX-FileCopyrightText: Copyright (c) 2026 NVIDIA CORPORATION & AFFILIATES. All rights reserved.
// SPDX-License-Identifier: Apache-2.0

//! Expected values in the parameters or in the envelope of an event.

use telemetry_schema::__cli1::{Constraint, Members};
use telemetry_schema::json::Json;

use super::allowed::{culprit, description, is_number, overlaps, replacement};
use super::place::{Unknown, find};
use crate::manifest::error::Mistake;
use crate::manifest::fields::{key_of, pointer_to};
use crate::manifest::matcher::{Field, Matcher};
use crate::manifest::placed::Placed;
use crate::manifest::writer::Toml;

/// The parameters or the envelope of an event.
pub(super) struct Part<'a> {
    /// The name in a message.
    pub(super) title: String,
    pub(super) members: Members<'a>,
    /// The members of the other part.
    pub(super) other: Members<'a>,
    /// The help for a name that the other part has.
    pub(super) remedy: &'static str,
}

impl Part<'_> {
    /// The mistakes of an expected value.
    pub(super) fn mistakes(&self, field: &Field) -> Vec<Mistake> {
        match (find(self.members, &field.pointer), &*field.matcher) {
            // A field that the schema does not have is absent.
            (Err(_), Matcher::Absent) => Vec::new(),
            (Err(unknown), _) => vec![self.unknown(&field.pointer, unknown)],
            (Ok(_), Matcher::Absent) => self.always_present(field).into_iter().collect(),
            (Ok(value), Matcher::Equal(expected)) => {
                self.cannot_be(field, &value, expected).into_iter().collect()
            }
            (Ok(value), Matcher::OneOf(all)) => {
                all.iter().filter_map(|expected| self.cannot_be(field, &value, expected)).collect()
            }
            (Ok(value), Matcher::Range(min, max)) => {
                let bounds = [min, max].map(|bound| bound.as_deref());
                self.out_of_range(field, &value, bounds).into_iter().collect()
            }
            (Ok(_), Matcher::Present) => Vec::new(),
        }
    }

    /// The mistake if the value at `pointer` is not a number.
    pub(super) fn cannot_increase(&self, pointer: &Placed<String>) -> Option<Mistake> {
        match find(self.members, pointer) {
            Err(unknown) => Some(self.unknown(pointer, unknown)),
            Ok(value) if is_number(&value.kind) => None,
            Ok(value) => Some(self.not_a_number(pointer, pointer.at, &value, "remove it")),
        }
    }

    fn unknown(&self, pointer: &Placed<String>, unknown: Unknown) -> Mistake {
        let is_in_other =
            self.other.property(&unknown.step).is_some_and(|other| pointer_to(other.name) == **pointer);
        let help = if is_in_other { self.remedy.to_owned() } else { unknown.help };
        let problem = format!("{} has no field `{}`", self.title, key_of(pointer));
        Mistake { at: pointer.at, problem, help }
    }

    fn always_present(&self, field: &Field) -> Option<Mistake> {
        let mut required = self.members.properties.iter().filter(|property| property.required);
        let problem = format!("{} always has the field `{}`", self.title, key_of(&field.pointer));
        required.any(|property| pointer_to(property.name) == *field.pointer).then(|| Mistake {
            at: field.matcher.at,
            problem,
            help: "write a value, or remove the line".to_owned(),
        })
    }

    fn cannot_be(&self, field: &Field, allowed: &Constraint<'_>, expected: &Json) -> Option<Mistake> {
        let (allowed, wrong) = culprit(allowed, expected)?;
        let verb = if std::ptr::eq(wrong, expected) { "be" } else { "contain" };
        let problem =
            format!("`{}` of {} cannot {verb} `{}`", key_of(&field.pointer), self.title, Toml(wrong));
        Some(Mistake { at: field.matcher.at, problem, help: replacement(&allowed, wrong) })
    }

    fn out_of_range(
        &self,
        field: &Field,
        allowed: &Constraint<'_>,
        bounds: [Option<&str>; 2],
    ) -> Option<Mistake> {
        let at = field.matcher.at;
        if !is_number(&allowed.kind) {
            return Some(self.not_a_number(&field.pointer, at, allowed, "write its value"));
        }
        let problem = format!("`{}` of {} cannot be {}", key_of(&field.pointer), self.title, *field.matcher);
        let help = format!("write bounds that fit: it is {}", description(&allowed.kind));
        (!overlaps(&allowed.kind, bounds)).then_some(Mistake { at, problem, help })
    }

    fn not_a_number(&self, pointer: &str, at: usize, allowed: &Constraint<'_>, remedy: &str) -> Mistake {
        let problem = format!("`{}` of {} is not a number", key_of(pointer), self.title);
        Mistake { at, problem, help: format!("{remedy}: it is {}", description(&allowed.kind)) }
    }
}
