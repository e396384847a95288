// SPDX-FileCopyrightText: Copyright (c) 2026 NVIDIA CORPORATION & AFFILIATES. All rights reserved.
// SPDX-License-Identifier: Apache-2.0

//! The comparison of a field with a schema, and the message about one that does not fit: the same at run time, in the macro
//! and in a constant.
//!
//! ```
//! use telemetry_schema::comparison::Comparison;
//! use telemetry_schema::constraint::{Constraint, Kind};
//! use telemetry_schema::descriptor::Shape;
//!
//! const FIELD: Comparison = Comparison {
//!     file: "schemas/app.json",
//!     event: "login",
//!     owner: "Login",
//!     field: "num_tries",
//!     property: "numTries",
//!     type_name: "u8",
//! };
//! const ASKED: Constraint = Constraint::of(false, Kind::Integer { min: 0, max: 9 });
//!
//! let shape = Shape::Integer { min: 0, max: 255 };
//! let message = FIELD.check(&shape, &ASKED).unwrap();
//! assert_eq!(
//!     message.as_str(),
//!     "field `num_tries` of `Login` does not match schema `schemas/app.json`: \
//!      `#/definitions/events/login/properties/numTries` requires a number from 0 to 9, but `u8` goes from 0 to 255\n\
//!      help: write `#[telemetry(range = 0..=9)]`"
//! );
//! assert!(FIELD.check(&Shape::Integer { min: 1, max: 5 }, &ASKED).is_none());
//! ```

use crate::bucket;
use crate::constraint::{Constraint, Float, Kind, Members, Property};
use crate::descriptor::{EnumDescriptor, FieldDescriptor, Shape};
use crate::message::{Listed, Message};
use crate::mismatch::{Fault, Mismatch, Path, Step, first_extra, mismatch};
use crate::number::{ceil, floor};
use crate::text::{TextSet, is_one_of};

/// A field of an event, and the schema file that it is compared with.
#[derive(Debug, Clone, Copy)]
pub struct Comparison<'a> {
    /// The schema file, as the author names it.
    pub file: &'a str,
    /// The event's name on the wire.
    pub event: &'a str,
    /// The event's type.
    pub owner: &'a str,
    /// The field's name in Rust.
    pub field: &'a str,
    /// The field's name on the wire.
    pub property: &'a str,
    /// The field's type, as the author spelled it.
    pub type_name: &'a str,
}

/// Whether every value of `shape` is one that is `asked` for.
#[must_use]
pub const fn fits(shape: &Shape, asked: &Constraint) -> bool {
    mismatch(shape, asked).is_none()
}

/// The vocabulary of `shape` that has texts other than those that are `asked` for, and the index of its first one, if that is
/// what does not fit.
#[must_use]
pub const fn extra_variant(shape: &Shape, asked: &Constraint) -> Option<(&'static EnumDescriptor, usize)> {
    let Some(found) = mismatch(shape, asked) else { return None };
    let Fault::Words(allowed, vocabulary) = found.fault else { return None };
    match first_extra(vocabulary, allowed) {
        Some(index) => Some((vocabulary, index)),
        None => None,
    }
}

impl Comparison<'_> {
    /// What keeps values of `shape` from being what is `asked` for, and what to write instead; nothing if they are.
    #[must_use]
    pub const fn check(&self, shape: &Shape, asked: &Constraint) -> Option<Message> {
        match mismatch(shape, asked) {
            Some(found) => Some(self.explain(&found)),
            None => None,
        }
    }

    const fn explain(&self, found: &Mismatch) -> Message {
        let Mismatch { asked, fault, .. } = found;
        let message = self.place(found);
        match fault {
            Fault::JsonType(shape) => json_type(message, self.what(found), shape, asked),
            Fault::Null(shape) => null(message, self.what(found), shape, asked),
            Fault::Range(shape) => range(message, self.what(found), shape, asked),
            Fault::AnyText(allowed) => any_text(message, self.what(found), allowed),
            Fault::Words(allowed, vocabulary) => extra_words(message, allowed, vocabulary),
            Fault::Labels(allowed, limits) => extra_labels(message, allowed, limits),
            Fault::AnyMember => any_member(message, self.what(found), asked),
            Fault::Missing(property) => missing(message, self.what(found), property),
            Fault::MissingKey(property) => missing_key(message, self.what(found), property),
            Fault::Unknown(field) => unknown(message, self.what(found), field, asked),
        }
    }

    /// ``field `x` of `Login` does not match schema `app.json`: `#/definitions/events/login/properties/x` ``
    const fn place(&self, found: &Mismatch) -> Message {
        let message = Message::new("field `")
            .push(self.field)
            .push("` of `")
            .push(self.owner)
            .push("` does not match schema `")
            .push(self.file)
            .push("`: `");
        let message = if found.path.target.is_empty() {
            let event = message.push("#/definitions/events/").push_step(self.event);
            event.push("/properties/").push_step(self.property)
        } else {
            message.push(found.path.target)
        };
        steps(message, &found.path).push("` ")
    }

    /// The type that is compared, and where its values are in it, if they are inside.
    const fn what<'a>(&'a self, found: &Mismatch<'a>) -> What<'a> {
        What { type_name: self.type_name, outermost: found.outermost, field: found.field }
    }
}

/// The steps from the beginning of the path to its end.
#[expect(clippy::indexing_slicing, reason = "the length is at most that of the array")]
const fn steps(mut message: Message, path: &Path) -> Message {
    let mut index = path.len;
    while index > 0 {
        index -= 1;
        message = match path.steps[index] {
            Step::Items => message.push("/items"),
            Step::Property(name) => message.push("/properties/").push_step(name),
            Step::Others => message.push("/additionalProperties"),
        };
    }
    message
}

/// The type that a message is about.
#[derive(Clone, Copy)]
struct What<'a> {
    type_name: &'a str,
    /// The step to a part of it that the message is about, if it is about a part.
    outermost: Option<Step<'a>>,
    /// The field of a value struct that has these values, if it is not the field of the event.
    field: Option<&'a FieldDescriptor>,
}

impl What<'_> {
    /// `` `Vec<u32>` goes from 0 to 9 there``, whose `end` is what follows the type.
    const fn push_to(self, message: Message, end: &str) -> Message {
        self.there(message.push("`").push(self.type_name).push("`").push(end))
    }

    /// A type to write for what the schema asks.
    const fn push_type(self, message: Message, kind: &Kind) -> Message {
        match self.outermost {
            Some(Step::Items) if self.field.is_none() => element_type(message, kind, "Vec::new()"),
            Some(_) if self.field.is_none() => element_type(message, kind, "BTreeMap::new()"),
            _ => rust_type(message, kind),
        }
    }

    /// Where an attribute goes, if not on the field of the event.
    const fn on_field(self, message: Message) -> Message {
        match self.field {
            Some(field) => message.push(" on `").push(field.rust_name).push("`"),
            None => message,
        }
    }

    /// The end of a sentence about the type.
    const fn there(self, message: Message) -> Message {
        if self.outermost.is_some() { message.push(" there") } else { message }
    }
}

const fn json_type(message: Message, what: What, shape: &Shape, asked: &Constraint) -> Message {
    if let Kind::Nothing = asked.kind {
        let (only, others) =
            if asked.nullable { ("only `null`", " has other values") } else { ("no value", " has some") };
        let message = what.push_to(message.push("allows ").push(only).push(", but "), others);
        return message.push("\nhelp: remove the field, or let the schema allow its values");
    }
    let message = message.push("requires JSON `").push(asked.kind.json_type()).push("`, but `");
    let message = match shape {
        Shape::Bucket(_) => message.push("bucket` of `").push(what.type_name).push("` has JSON `"),
        _ => message.push(what.type_name).push("` has JSON `"),
    };
    let message = what.there(message.push(json_name(shape)).push("`"));
    what.push_type(message.push("\nhelp: use "), &asked.kind)
}

/// The name of the JSON type of a shape.
const fn json_name(shape: &Shape) -> &'static str {
    match shape {
        Shape::Boolean => "boolean",
        Shape::Integer { .. } => "integer",
        Shape::Number { .. } => "number",
        Shape::Enum(_) | Shape::Identifier(_) | Shape::FreeText { .. } | Shape::Bucket(_) => "string",
        Shape::List(_) | Shape::Set(_) => "array",
        Shape::Map { .. } | Shape::Object(_) => "object",
        Shape::Nullable(inner) => json_name(inner),
    }
}

/// `message` with a type to write for what the schema asks.
#[must_use]
pub const fn rust_type(message: Message, kind: &Kind) -> Message {
    match kind {
        Kind::Any | Kind::Nothing => message.push("one that can be sent, such as `bool`"),
        Kind::Boolean => message.push("`bool`"),
        Kind::Integer { min: i64::MIN, max: i64::MAX } => message.push("`i64`"),
        Kind::Integer { min, max } => {
            push_range(message.push("`i64` with `#[telemetry("), *min, *max).push(")]`")
        }
        Kind::Number { min, max } => {
            push_float(message.push("`f64` with `#[telemetry("), min, max).push(")]`")
        }
        Kind::Text => message.push("`Token`, `Version`, or a `String` with `free_text`"),
        Kind::Vocabulary(words) => {
            message.push("an enum with `#[derive(TelemetryEnum)]` of ").push_all(words)
        }
        Kind::Array(items) => element_type(message.push("a `Vec` of "), &items.kind, "Vec::new()"),
        Kind::Object(members) => match members.others {
            Some(others) if members.properties.is_empty() => {
                let message = message.push("a `BTreeMap` from `Token` to ");
                element_type(message, &others.kind, "BTreeMap::new()")
            }
            _ => message.push("a struct with `#[derive(TelemetryValue)]`"),
        },
    }
}

/// The type of what is in a list or map. There floats have no `range`, and the sentinel is that of the whole.
const fn element_type(message: Message, kind: &Kind, unknown: &str) -> Message {
    let Kind::Number { min, max } = kind else { return rust_type(message, kind) };
    let is_bounded = min.value > f64::MIN || max.value < f64::MAX;
    let message = message.push(if is_bounded { "`f64`, without bounds in the schema," } else { "`f64`" });
    message.push(" with `#[telemetry(sentinel = ").push(unknown).push(")]`")
}

/// `range = 0..=9`
const fn push_range(message: Message, min: i64, max: i64) -> Message {
    message.push("range = ").push_integer(min).push("..=").push_integer(max)
}

/// `range = 0.0..=1.0, sentinel = 0.0`, without the range if there are no bounds.
const fn push_float(message: Message, min: &Float, max: &Float) -> Message {
    let message = if min.value == f64::MIN && max.value == f64::MAX {
        message
    } else {
        message.push("range = ").push(min.literal).push("..=").push(max.literal).push(", ")
    };
    message.push("sentinel = ").push(float_unknown(min, max))
}

/// A bound, as the literal of a float that can mean unknown; of no bounds another one.
const fn float_unknown<'a>(min: &Float<'a>, max: &Float<'a>) -> &'a str {
    match (min.value == f64::MIN, max.value == f64::MAX) {
        (true, true) => "-1.0",
        (true, false) => max.literal,
        (false, _) => min.literal,
    }
}

const fn null(message: Message, what: What, shape: &Shape, asked: &Constraint) -> Message {
    let message = what.push_to(message.push("does not allow `null`, but "), " can be `None`");
    let message = message.push("\nhelp: leave `Option` out, ");
    if let Kind::Vocabulary(words) = asked.kind {
        return message.push("and let one of ").push_all(words).push(" mean unknown");
    }
    let message = message.push("with a value that means unknown");
    // The elements of a collection have no sentinel of their own.
    let has_sentinel = what.outermost.is_none();
    let start = if has_sentinel { ": `#[telemetry(" } else { ", such as `" };
    let end = if has_sentinel { ")]`" } else { "`" };
    let message = match (&asked.kind, shape) {
        (Kind::Boolean, Shape::Boolean) if has_sentinel => message.push(start).push("sentinel = false"),
        (Kind::Boolean, Shape::Boolean) => message.push(start).push("false"),
        (Kind::Integer { min, max }, Shape::Integer { min: low, max: high }) => {
            let [from, to] = common([*min, *max], [*low, *high]);
            if from > to {
                return rust_type(message.push(": use "), &asked.kind);
            }
            let needs_range = has_sentinel && (*low < *min || *max < *high);
            let message = message.push(start);
            let message = if needs_range { push_range(message, from, to).push(", ") } else { message };
            let message = if has_sentinel { message.push("sentinel = ") } else { message };
            message.push_integer(unknown_integer(from, to))
        }
        (Kind::Number { min, max }, Shape::Number { .. }) if has_sentinel => {
            push_float(message.push(start), min, max)
        }
        (Kind::Number { min, max }, Shape::Number { .. }) => {
            message.push(start).push(float_unknown(min, max))
        }
        (Kind::Text, _) => return message.push(", such as `unknown`"),
        (Kind::Array(_), _) => return message.push(", such as an empty list"),
        _ => return message,
    };
    message.push(end)
}

/// An integer between both bounds that can mean unknown.
const fn unknown_integer(from: i64, to: i64) -> i64 {
    if from <= -1 && -1 <= to {
        -1
    } else if from <= 0 && 0 <= to {
        0
    } else {
        from
    }
}

/// What two ranges have in common; the first bound is above the second if that is nothing.
const fn common([min, max]: [i64; 2], [low, high]: [i64; 2]) -> [i64; 2] {
    [if min > low { min } else { low }, if max < high { max } else { high }]
}

const fn range(message: Message, what: What, shape: &Shape, asked: &Constraint) -> Message {
    match (&asked.kind, shape) {
        (Kind::Integer { min, max }, Shape::Integer { min: low, max: high }) => {
            let bounds = [Message::new("").push_integer(*min), Message::new("").push_integer(*max)];
            let message = push_bounds(message, &bounds, [*min > i64::MIN, *max < i64::MAX]);
            let message =
                message.push(", but `").push(what.type_name).push("` goes from ").push_integer(*low);
            let message = what.there(message.push(" to ").push_integer(*high));
            integer_remedy(message, what, [*min, *max], [*low, *high], asked)
        }
        (Kind::Number { min, max }, shape) => {
            let bounds = [Message::new(min.literal), Message::new(max.literal)];
            let message = push_bounds(message, &bounds, [min.value > f64::MIN, max.value < f64::MAX]);
            let message = what.push_to(message.push(", but "), " can be outside of that");
            match shape {
                Shape::Integer { min: low, max: high } => {
                    let whole = [saturated(ceil(min.value)), saturated(floor(max.value))];
                    integer_remedy(message, what, whole, [*low, *high], asked)
                }
                _ if what.outermost.is_some() && what.field.is_none() => {
                    message.push("\nhelp: leave `minimum` and `maximum` out of the schema: floats in a list or map have no bounds")
                }
                _ => what.on_field(rust_type(message.push("\nhelp: use "), &asked.kind)),
            }
        }
        _ => message,
    }
}

/// `requires a number from 0 to 9`, or `of at least 0` if only that bound is one.
const fn push_bounds(message: Message, [min, max]: &[Message; 2], is_bound: [bool; 2]) -> Message {
    let message = message.push("requires a number ");
    match is_bound {
        [true, false] => message.push("of at least ").push(min.as_str()),
        [false, true] => message.push("of at most ").push(max.as_str()),
        _ => message.push("from ").push(min.as_str()).push(" to ").push(max.as_str()),
    }
}

/// What to write for an integer of a type where the schema has these bounds.
const fn integer_remedy(
    message: Message,
    what: What,
    bounds: [i64; 2],
    of_type: [i64; 2],
    asked: &Constraint,
) -> Message {
    let [from, to] = common(bounds, of_type);
    if from <= to {
        let message = push_range(message.push("\nhelp: write `#[telemetry("), from, to).push(")]`");
        return what.on_field(message);
    }
    rust_type(message.push("\nhelp: use "), &asked.kind)
}

const fn saturated(bound: i128) -> i64 {
    if bound < i64::MIN as i128 {
        i64::MIN
    } else if bound > i64::MAX as i128 {
        i64::MAX
    } else {
        bound as i64
    }
}

const fn any_text(message: Message, what: What, allowed: &[&str]) -> Message {
    let message =
        what.push_to(message.push("allows only ").push_all(allowed).push(", but "), " can be another text");
    message.push("\nhelp: use an enum of them with `#[derive(TelemetryEnum)]`")
}

/// Lists the variants that are not allowed.
const fn extra_words(message: Message, allowed: &[&str], vocabulary: &EnumDescriptor) -> Message {
    let (mut message, mut list) = (message.push("does not allow "), Listed::new());
    let (set, mut rest) = (TextSet::new(allowed), vocabulary.variants);
    while let [variant, tail @ ..] = rest {
        if !set.contains(variant) {
            message = list.push(message, variant);
        }
        rest = tail;
    }
    let message = list
        .end(message)
        .push(" of `")
        .push(vocabulary.name)
        .push("` (reported for each field of that type)");
    message.push("\nhelp: the schema has ").push_all(allowed)
}

const fn extra_labels(message: Message, allowed: &[&str], limits: &[u64]) -> Message {
    let (mut message, mut list) = (message.push("does not allow the labels "), Listed::new());
    let mut index = 0;
    while index < bucket::label_count(limits) {
        let label = bucket::label(limits, index);
        if !is_one_of(label.as_str(), allowed) {
            message = list.push(message, label.as_str());
        }
        index += 1;
    }
    let message = list.end(message).push(" of `bucket`");
    message.push("\nhelp: choose the limits so that the labels are among ").push_all(allowed)
}

const fn any_member(message: Message, what: What, asked: &Constraint) -> Message {
    let message = what.push_to(message.push("names its members, but "), " can have others");
    rust_type(message.push("\nhelp: use "), &asked.kind)
}

const fn missing(message: Message, what: What, property: &Property) -> Message {
    let message = message.push("requires `").push(property.name).push("`, but ");
    let message = what.push_to(message, " has no such field");
    let message =
        message.push("\nhelp: add a field that is sent as `").push(property.name).push("`, whose type is ");
    rust_type(message, &property.constraint.kind)
}

/// A map need not have a member.
const fn missing_key(message: Message, what: What, property: &Property) -> Message {
    let message = message.push("requires `").push(property.name).push("`, but ");
    let message = what.push_to(message, " need not have it");
    let message =
        message.push("\nhelp: use a struct with `#[derive(TelemetryValue)]` and a field that is sent as `");
    rust_type(message.push(property.name).push("`, whose type is "), &property.constraint.kind)
}

const fn unknown(message: Message, what: What, field: &FieldDescriptor, asked: &Constraint) -> Message {
    let message = message.push("has no property `").push(field.name).push("`, but ");
    let message = what.push_to(message, " sends one");
    let message = message.push("\nhelp: remove the field `").push(field.rust_name).push("`");
    let Kind::Object(Members { properties: mut rest @ [_, ..], .. }) = asked.kind else { return message };
    let mut message = message.push(", or rename it with `#[telemetry(rename = …)]` to a property: ");
    let mut list = Listed::new();
    while let [property, tail @ ..] = rest {
        message = list.push(message, property.name);
        rest = tail;
    }
    list.end(message)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::descriptor::{IdentifierKind, Origin};

    const INTEGER: Kind = Kind::Integer { min: 0, max: 9 };
    const U8: Shape = Shape::Integer { min: 0, max: 255 };
    const DIGIT: Shape = Shape::Integer { min: 0, max: 9 };

    fn message(shape: &Shape, asked: &Constraint) -> String {
        let comparison = Comparison {
            file: "app.json",
            event: "login",
            owner: "Login",
            field: "tries",
            property: "tries",
            type_name: "T",
        };
        let message = comparison.check(shape, asked);
        message.map_or_else(String::new, |message| message.as_str().to_owned())
    }

    fn property(name: &'static str, required: bool, kind: Kind<'static>) -> Property<'static> {
        Property { name, required, is_described: true, constraint: Constraint::of(false, kind) }
    }

    #[test]
    fn what_is_null_needs_a_constraint_that_allows_it() {
        let nullable = Shape::Nullable(&DIGIT);
        assert!(message(&nullable, &Constraint::of(false, INTEGER)).contains("does not allow `null`"));
        assert!(fits(&nullable, &Constraint::of(true, INTEGER)) && fits(&nullable, &Constraint::ANYTHING));
        assert!(!fits(&nullable, &Constraint::of(true, Kind::Nothing)));
        assert!(!fits(&U8, &Constraint::of(false, Kind::Nothing)));
    }

    #[test]
    fn integers_are_numbers_and_compared_exactly() {
        let max = Float { value: 9_007_199_254_740_992.0, literal: "9007199254740992.0" };
        let number = Constraint::of(false, Kind::Number { min: Float::MIN, max });
        let integer = |max| Shape::Integer { min: 0, max };
        assert!(fits(&integer(9_007_199_254_740_992), &number));
        assert!(!fits(&integer(9_007_199_254_740_993), &number));
        let float = Shape::Number { min: 0.0, max: 1.0 };
        assert!(message(&float, &Constraint::of(false, INTEGER)).contains("requires JSON `integer`"));
    }

    #[test]
    fn the_remedy_for_a_range_is_one_that_the_type_can_have() {
        let asked = |min, max| Constraint::of(false, Kind::Integer { min, max });
        assert!(message(&U8, &asked(1, 1000)).ends_with("write `#[telemetry(range = 1..=255)]`"));
        let far = message(&U8, &asked(1000, 2000));
        assert!(far.ends_with("use `i64` with `#[telemetry(range = 1000..=2000)]`"), "{far}");
        let bounds = [Float { value: 0.5, literal: "0.5" }, Float { value: 9.5, literal: "9.5" }];
        let number = Constraint::of(false, Kind::Number { min: bounds[0], max: bounds[1] });
        assert!(message(&U8, &number).ends_with("write `#[telemetry(range = 1..=9)]`"));
    }

    #[test]
    fn the_place_is_that_of_the_part_that_does_not_fit() {
        const DIGITS: Constraint = Constraint::of(false, INTEGER);
        const REFERRED: Constraint = Constraint { target: "#/definitions/types/A~1B", ..DIGITS };
        let list = Shape::List(&U8);
        let place = |asked: Constraint| message(&list, &asked).split('`').nth(7).unwrap().to_owned();
        let tries = "#/definitions/events/login/properties/tries";
        assert_eq!(place(Constraint::of(false, Kind::Array(&DIGITS))), format!("{tries}/items"));
        assert_eq!(place(Constraint::of(false, Kind::Array(&REFERRED))), "#/definitions/types/A~1B");
        let outer = Constraint { target: "#/x", ..Constraint::of(false, Kind::Array(&DIGITS)) };
        assert_eq!(place(outer), "#/x/items");
    }

    #[test]
    fn a_map_may_have_any_of_its_keys_and_need_not_have_one() {
        const AB: &EnumDescriptor = &EnumDescriptor {
            name: "Ab",
            doc: "",
            variants: &["a", "b"],
            origin: Origin { package: "", file: "", line: 1 },
        };
        let asked = |properties, others| {
            let members = Members { properties, others };
            Constraint::of(false, Kind::Object(members))
        };
        let (named, tokens) = (
            Shape::Map { key: &Shape::Enum(AB), value: &DIGIT },
            Shape::Map { key: &Shape::Identifier(IdentifierKind::Token), value: &DIGIT },
        );
        let both = [property("a", false, INTEGER), property("b", false, INTEGER)];
        assert!(fits(&named, &asked(&both, None)));
        assert!(message(&tokens, &asked(&both, None)).contains("names its members"));
        assert!(message(&named, &asked(&both[..1], None)).contains("names its members"));
        let required = [property("a", true, INTEGER)];
        assert!(message(&named, &asked(&required, Some(&Constraint::ANYTHING))).contains("requires `a`"));
        let text = [property("a b", false, Kind::Text), property("c", false, Kind::Text)];
        assert!(fits(&tokens, &asked(&text[..1], Some(&Constraint::ANYTHING))));
        assert!(!fits(&tokens, &asked(&text, Some(&Constraint::ANYTHING))));
        assert!(fits(&named, &asked(&text, Some(&Constraint::ANYTHING))));
    }

    /// Comparing each word with each would take the compiler more steps than it allows a constant, which is an error.
    #[test]
    fn a_long_vocabulary_is_compared_while_compiling() {
        const COUNT: usize = 400;
        static LETTERS: [[u8; 60]; COUNT] = {
            let (mut letters, mut index) = ([[b'x'; 60]; COUNT], 0);
            while index < COUNT {
                letters[index][58] = b'a' + (index / 20) as u8;
                letters[index][59] = b'a' + (index % 20) as u8;
                index += 1;
            }
            letters
        };
        const WORDS: [&str; COUNT] = {
            let (mut words, mut index) = ([""; COUNT], 0);
            while index < COUNT {
                let Ok(word) = str::from_utf8(&LETTERS[index]) else { panic!() };
                words[index] = word;
                index += 1;
            }
            words
        };
        const PART: &EnumDescriptor = &EnumDescriptor {
            name: "Part",
            doc: "",
            variants: WORDS.split_at(1).1,
            origin: Origin { package: "", file: "", line: 1 },
        };
        const ASKED: Constraint = Constraint::of(false, Kind::Vocabulary(&WORDS));
        const FITS: bool = fits(&Shape::Enum(PART), &ASKED);
        assert!(FITS && !fits(&Shape::Enum(PART), &Constraint::of(false, Kind::Vocabulary(&WORDS[2..]))));
    }

    #[test]
    fn a_long_vocabulary_fits_in_any_order_and_its_extra_word_is_found() {
        let words: Vec<String> = (0..500).map(|number| format!("word_{number}")).collect();
        let words: Vec<&'static str> = words.into_iter().map(|word| &*word.leak()).collect();
        let vocabulary = |variants: Vec<&'static str>| {
            let origin = Origin { package: "", file: "", line: 1 };
            let descriptor = EnumDescriptor { name: "Words", doc: "", variants: variants.leak(), origin };
            Shape::Enum(Box::leak(Box::new(descriptor)))
        };
        let asked = Constraint::of(false, Kind::Vocabulary(&words));
        let mut part: Vec<_> = words.iter().copied().rev().step_by(2).collect();
        assert!(fits(&vocabulary(part.clone()), &asked));
        part.push("other");
        let shape = vocabulary(part);
        assert_eq!(extra_variant(&shape, &asked).map(|(_, index)| index), Some(250));
        assert!(message(&shape, &asked).contains("does not allow `other` of `Words`"));
    }
}
