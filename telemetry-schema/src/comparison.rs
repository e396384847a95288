// SPDX-FileCopyrightText: Copyright (c) 2026 NVIDIA CORPORATION & AFFILIATES. All rights reserved.
// SPDX-License-Identifier: Apache-2.0

//! Compares a field with a schema and explains a mismatch. The code is the same at run time, in the macro and in a constant.
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
//! let shape = Shape::integer(0, 255);
//! let message = FIELD.check(&shape, &ASKED).unwrap();
//! assert_eq!(
//!     message.as_str(),
//!     "field `num_tries` of `Login` does not match schema `schemas/app.json`: \
//!      `#/definitions/events/login/properties/numTries` requires a number from 0 to 9, but `u8` ranges from 0 to 255\n\
//!      help: write `#[telemetry(range = 0..=9)]`"
//! );
//! assert!(FIELD.check(&Shape::integer(1, 5), &ASKED).is_none());
//! ```

use crate::constraint::Constraint;
use crate::descriptor::{EnumDescriptor, Shape};
use crate::explanation::{What, explain, extra_words};
use crate::message::Message;
use crate::mismatch::{Fault, Mismatch, Path, Step, first_extra, mismatch};

/// A field of an event, and the schema file that it is compared with.
#[derive(Debug, Clone, Copy)]
pub struct Comparison<'a> {
    /// The path of the schema file, as the author wrote it.
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

/// Whether the schema accepts every value of `shape`.
#[must_use]
pub const fn fits(shape: &Shape, asked: &Constraint) -> bool {
    mismatch(shape, asked).is_none()
}

/// The vocabulary of `shape` with a text that the schema does not allow, and the index of the first such text, if this is the
/// mismatch that is found first.
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
    /// The error message for a `shape` that the schema does not accept, with its help. `None` if the schema accepts every value.
    #[must_use]
    pub const fn check(&self, shape: &Shape, asked: &Constraint) -> Option<Message> {
        match mismatch(shape, asked) {
            Some(found) => Some(explain(self.place(&found), self.what(&found), &found)),
            None => None,
        }
    }

    /// Like [`check`](Self::check), but reports only the words of a vocabulary. The message is the same for all fields and events
    /// whose constraint is at the same place in the schema.
    #[must_use]
    pub const fn check_words(&self, shape: &Shape, asked: &Constraint) -> Option<Message> {
        let Some(found) = mismatch(shape, asked) else { return None };
        let Fault::Words(allowed, vocabulary) = found.fault else { return None };
        let place = self.pointer(Message::new("schema `").push(self.file), &found);
        Some(extra_words(place, allowed, vocabulary, ""))
    }

    /// ``field `x` of `Login` does not match schema `app.json`: `#/definitions/events/login/properties/x` ``
    const fn place(&self, found: &Mismatch) -> Message {
        let message = Message::new("field `").push(self.field).push("` of `").push(self.owner);
        self.pointer(message.push("` does not match schema `").push(self.file), found)
    }

    /// Appends the place in the schema to a message that ends with the name of the file.
    const fn pointer(&self, message: Message, found: &Mismatch) -> Message {
        let message = message.push("`: `");
        let message = if found.path.target.is_empty() {
            let event = message.push("#/definitions/events/").push_step(self.event);
            event.push("/properties/").push_step(self.property)
        } else {
            message.push(found.path.target)
        };
        steps(message, &found.path).push("` ")
    }

    /// The compared type, and the part of it that the mismatch is in.
    const fn what<'a>(&'a self, found: &Mismatch<'a>) -> What<'a> {
        What { type_name: self.type_name, outermost: found.outermost, field: found.field }
    }
}

/// Appends the steps of the path, outermost first.
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

#[cfg(test)]
mod tests {
    use super::*;
    use crate::constraint::{Float, Kind, Members, Property};
    use crate::descriptor::{IdentifierKind, Origin};

    const INTEGER: Kind = Kind::Integer { min: 0, max: 9 };
    const U8: Shape = Shape::integer(0, 255);
    const DIGIT: Shape = Shape::integer(0, 9);

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
        let integer = |max| Shape::integer(0, max);
        assert!(fits(&integer(9_007_199_254_740_992), &number));
        assert!(!fits(&integer(9_007_199_254_740_993), &number));
        let float = Shape::number(0.0, 1.0);
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
        let list = Shape::list(&U8);
        let place = |asked: Constraint| message(&list, &asked).split('`').nth(7).unwrap().to_owned();
        let tries = "#/definitions/events/login/properties/tries";
        assert_eq!(place(Constraint::of(false, Kind::Array(&DIGITS))), format!("{tries}/items"));
        assert_eq!(place(Constraint::of(false, Kind::Array(&REFERRED))), "#/definitions/types/A~1B");
        let outer = Constraint { target: "#/x", ..Constraint::of(false, Kind::Array(&DIGITS)) };
        assert_eq!(place(outer), "#/x/items");
    }

    #[test]
    fn a_map_may_have_any_of_its_keys_and_need_not_have_one() {
        const AB: &EnumDescriptor = &EnumDescriptor::new("Ab", &["a", "b"], Origin::new("", "", 1));
        let asked = |properties, others| {
            let members = Members { properties, others };
            Constraint::of(false, Kind::Object(members))
        };
        let (named, tokens) = (
            Shape::map(&Shape::Enum(AB), &DIGIT),
            Shape::map(&Shape::Identifier(IdentifierKind::Token), &DIGIT),
        );
        let both = [property("a", false, INTEGER), property("b", false, INTEGER)];
        assert!(fits(&named, &asked(&both, None)));
        assert!(message(&tokens, &asked(&both, None)).contains("allows only named members"));
        assert!(message(&named, &asked(&both[..1], None)).contains("allows only named members"));
        let required = [property("a", true, INTEGER)];
        assert!(message(&named, &asked(&required, Some(&Constraint::ANYTHING))).contains("requires `a`"));
        let text = [property("a b", false, Kind::Text), property("c", false, Kind::Text)];
        assert!(fits(&tokens, &asked(&text[..1], Some(&Constraint::ANYTHING))));
        assert!(!fits(&tokens, &asked(&text, Some(&Constraint::ANYTHING))));
        assert!(fits(&named, &asked(&text, Some(&Constraint::ANYTHING))));
    }

    /// Comparing every word with every other exceeds the compiler's step limit for constants, which is an error.
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
        const PART: &EnumDescriptor =
            &EnumDescriptor::new("Part", WORDS.split_at(1).1, Origin::new("", "", 1));
        const ASKED: Constraint = Constraint::of(false, Kind::Vocabulary(&WORDS));
        const FITS: bool = fits(&Shape::Enum(PART), &ASKED);
        assert!(FITS && !fits(&Shape::Enum(PART), &Constraint::of(false, Kind::Vocabulary(&WORDS[2..]))));
    }

    #[test]
    fn a_long_vocabulary_fits_in_any_order_and_its_extra_word_is_found() {
        let words: Vec<String> = (0..500).map(|number| format!("word_{number}")).collect();
        let words: Vec<&'static str> = words.into_iter().map(|word| &*word.leak()).collect();
        let vocabulary = |variants: Vec<&'static str>| {
            let origin = Origin::new("", "", 1);
            let descriptor = EnumDescriptor::new("Words", variants.leak(), origin);
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
