// SPDX-FileCopyrightText: Copyright (c) 2026 NVIDIA CORPORATION & AFFILIATES. All rights reserved.
// SPDX-License-Identifier: Apache-2.0

//! Values whose range is plain from the author's text alone, compared with what a schema expects.
//!
//! A field spelled as a primitive, or with a key that says everything, needs no help from the compiler: the generated code
//! type-checks only if the spelling is true. Comparing here keeps the common case free of generated checks.

use crate::ast::{Field, Treatment};
use crate::attr::{Bounds, literal_float};
use crate::schema::{Expected, Kind};

/// What values a field can have.
#[derive(Debug, Clone, PartialEq)]
pub(crate) enum Known {
    Boolean,
    Integer(i64, i64),
    Number(f64, f64),
    Text,
    /// The labels of a bucket.
    Labels(Vec<String>),
}

/// What is wrong with a value, and what to write instead.
pub(crate) struct Mismatch {
    pub(crate) problem: String,
    pub(crate) help: String,
}

impl Known {
    /// What is known about `field`, if anything.
    pub(crate) fn of(field: &Field) -> Option<Self> {
        match (field.treatment(), field.primitive.map(|primitive| primitive.name)) {
            (Treatment::Plain, Some(name)) => primitive(name),
            (Treatment::Bounded(bounds), Some("f32" | "f64")) => floats(bounds),
            (Treatment::Bounded(bounds), Some(_)) => {
                bounds.literal().map(|(min, max)| Self::Integer(min, max))
            }
            (Treatment::Text { .. }, _) if field.is_string => Some(Self::Text),
            (Treatment::Bucketed(limits), _) => {
                let limits: Result<Vec<u64>, _> = limits.iter().map(syn::LitInt::base10_parse).collect();
                limits.ok().map(|limits| Self::Labels(labels(&limits)))
            }
            _ => None,
        }
    }

    /// What keeps the value, whose type is spelled as `spelling` says (which takes its time), from being what the schema expects.
    pub(crate) fn mismatch(&self, expected: &Expected, spelling: impl Fn() -> String) -> Option<Mismatch> {
        match (self, &expected.kind) {
            (_, Kind::Any) | (Self::Boolean, Kind::Boolean) | (Self::Text | Self::Labels(_), Kind::Text) => {
                None
            }
            (Self::Integer(low, high), Kind::Integer { min, max }) => {
                (low < min || high > max).then(|| out_of_range(&spelling(), (low, high), (min, max)))
            }
            (Self::Number(low, high), Kind::Number { min, max }) => {
                (low < min || high > max).then(|| out_of_float_range(&spelling(), *min, *max))
            }
            #[expect(
                clippy::cast_precision_loss,
                reason = "a bound that a float cannot hold is compared as a float"
            )]
            (Self::Integer(low, high), Kind::Number { min, max }) => {
                let crosses = (*low as f64) < *min || (*high as f64) > *max;
                crosses.then(|| out_of_float_range(&spelling(), *min, *max))
            }
            (Self::Labels(labels), Kind::Vocabulary(words)) => unknown_labels(labels, words),
            (Self::Text, Kind::Vocabulary(words)) => Some(any_text(&spelling(), words)),
            _ => Some(wrong_type(&expected.kind, &spelling())),
        }
    }
}

/// What is known about a type spelled `name`, if that is a primitive.
pub(crate) fn primitive(name: &str) -> Option<Known> {
    Some(match name {
        "bool" => Known::Boolean,
        "i8" => Known::Integer(i8::MIN.into(), i8::MAX.into()),
        "i16" => Known::Integer(i16::MIN.into(), i16::MAX.into()),
        "i32" => Known::Integer(i32::MIN.into(), i32::MAX.into()),
        "i64" => Known::Integer(i64::MIN, i64::MAX),
        "u8" => Known::Integer(0, u8::MAX.into()),
        "u16" => Known::Integer(0, u16::MAX.into()),
        "u32" => Known::Integer(0, u32::MAX.into()),
        "f32" | "f64" => Known::Number(f64::MIN, f64::MAX),
        _ => return None,
    })
}

fn floats(bounds: &Bounds) -> Option<Known> {
    Some(Known::Number(literal_float(&bounds.min)?, literal_float(&bounds.max)?))
}

/// The labels of all ranges that `limits` makes, as the core makes them.
fn labels(limits: &[u64]) -> Vec<String> {
    let mut labels = vec!["0".to_owned()];
    let mut low = 1;
    for limit in limits {
        labels.push(if *limit == low { format!("{low}") } else { format!("{low}-{limit}") });
        low = limit.saturating_add(1);
    }
    labels.push(format!("{low}+"));
    labels
}

fn wrong_type(kind: &Kind, spelling: &str) -> Mismatch {
    let problem = format!("requires JSON `{}`, but `{spelling}` does not serialize as one", kind.json_type());
    Mismatch { problem, help: format!("use {}", rust_type(kind)) }
}

/// A type to write for what the schema expects.
pub(crate) fn rust_type(kind: &Kind) -> String {
    match kind {
        Kind::Any | Kind::Boolean => "`bool`".to_owned(),
        Kind::Integer { min: i64::MIN, max: i64::MAX } => "`i64`".to_owned(),
        Kind::Integer { min, max } => format!("`i64` with `#[telemetry(range = {min}..={max})]`"),
        Kind::Number { .. } => "`f64` with `#[telemetry(sentinel = -1.0)]`".to_owned(),
        Kind::Text => "`Token`, `Version`, or a `String` with `free_text`".to_owned(),
        Kind::Vocabulary(words) => {
            format!("an enum with `#[derive(TelemetryEnum)]` of `{}`", words.join("`, `"))
        }
        Kind::Array(items) => format!("a `Vec` of {}", rust_type(&items.kind)),
        Kind::Map(_) => "a `BTreeMap`".to_owned(),
        Kind::Object(_) => "a struct with `#[derive(TelemetryValue)]`".to_owned(),
    }
}

fn out_of_range(spelling: &str, (low, high): (&i64, &i64), (min, max): (&i64, &i64)) -> Mismatch {
    Mismatch {
        problem: format!(
            "requires a number from {min} to {max}, but `{spelling}` goes from {low} to {high} here"
        ),
        help: format!("write `#[telemetry(range = {}..={})]`", low.max(min), high.min(max)),
    }
}

fn out_of_float_range(spelling: &str, min: f64, max: f64) -> Mismatch {
    Mismatch {
        problem: format!("requires a number from {min:?} to {max:?}, which `{spelling}` can cross"),
        help: format!("write `#[telemetry(range = {min:?}..={max:?})]`"),
    }
}

fn any_text(spelling: &str, words: &[String]) -> Mismatch {
    Mismatch {
        problem: format!("allows only `{}`, but `{spelling}` can be another text", words.join("`, `")),
        help: "use an enum of them with `#[derive(TelemetryEnum)]`".to_owned(),
    }
}

fn unknown_labels(labels: &[String], words: &[String]) -> Option<Mismatch> {
    let unknown: Vec<_> = labels.iter().filter(|label| !words.contains(label)).map(String::as_str).collect();
    if unknown.is_empty() {
        return None;
    }
    Some(Mismatch {
        problem: format!("does not allow the labels `{}` of `bucket`", unknown.join("`, `")),
        help: format!("choose the limits so that the labels are among `{}`", words.join("`, `")),
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn labels_are_those_of_the_core() {
        assert_eq!(labels(&[1, 2, 5, 10]), ["0", "1", "2", "3-5", "6-10", "11+"]);
        assert_eq!(labels(&[200]), ["0", "1-200", "201+"]);
    }

    #[test]
    fn integers_may_stand_for_numbers_but_floats_not_for_integers() {
        let expected = |kind| Expected { pointer: String::new(), nullable: false, kind };
        let number = expected(Kind::Number { min: 0.0, max: 100.0 });
        assert!(Known::Integer(0, 100).mismatch(&number, String::new).is_none());
        assert!(Known::Integer(0, 255).mismatch(&number, String::new).is_some());
        assert!(Known::Number(0.0, 1.0).mismatch(&number, String::new).is_none());
        let integer = expected(Kind::Integer { min: i64::MIN, max: i64::MAX });
        assert!(Known::Number(0.0, 1.0).mismatch(&integer, String::new).is_some());
    }
}
