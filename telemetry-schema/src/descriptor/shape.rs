// SPDX-FileCopyrightText: Copyright (c) 2026 NVIDIA CORPORATION & AFFILIATES. All rights reserved.
// SPDX-License-Identifier: Apache-2.0

//! The values that a field can have.

use super::{EnumDescriptor, FieldDescriptor, ObjectDescriptor};

/// The values that a field can have. Only values with a shape can leave a machine.
///
/// Releases may add shapes and fields of shapes. Call [`json_type`](Self::json_type) if only the JSON type matters, and
/// [`walk`](Self::walk) to search a shape and everything in it.
///
/// ```
/// use telemetry_core::descriptor::Shape;
///
/// const DIGITS: Shape = Shape::list(&Shape::integer(0, 9));
///
/// let Shape::List { item, .. } = DIGITS else { unreachable!() };
/// assert!(matches!(item, Shape::Integer { min: 0, max: 9, .. }));
/// assert_eq!(DIGITS.json_type(), "array");
/// ```
#[derive(Debug, Clone, Copy, PartialEq)]
#[non_exhaustive]
pub enum Shape {
    /// `true` or `false`.
    Boolean,
    /// An integer within both bounds, inclusive.
    #[non_exhaustive]
    Integer {
        /// The smallest value.
        min: i64,
        /// The largest value.
        max: i64,
    },
    /// A finite number within both bounds, inclusive.
    #[non_exhaustive]
    Number {
        /// The smallest value; `f64::MIN` if there is no bound.
        min: f64,
        /// The largest value; `f64::MAX` if there is no bound.
        max: f64,
    },
    /// One text of a vocabulary.
    Enum(&'static EnumDescriptor),
    /// A text with a fixed format, such as a UUID or a version.
    Identifier(IdentifierKind),
    /// A text that the author has declared free.
    #[non_exhaustive]
    FreeText {
        /// Why the text cannot be a vocabulary, and why it is harmless.
        reason: &'static str,
        /// The maximum length, in characters.
        max_len: u32,
    },
    /// A count that is sent as the label of the range it falls into.
    #[non_exhaustive]
    Bucket {
        /// The largest count of each range except the last, which has no limit.
        limits: &'static [u64],
    },
    /// A list in the order given.
    #[non_exhaustive]
    List {
        /// The shape of each value.
        item: &'static Shape,
    },
    /// A sorted list without duplicates.
    #[non_exhaustive]
    Set {
        /// The shape of each value.
        item: &'static Shape,
    },
    /// Texts mapped to values.
    #[non_exhaustive]
    Map {
        /// The shape of the keys.
        key: &'static Shape,
        /// The shape of the values.
        value: &'static Shape,
    },
    /// A value struct with fields of its own.
    Object(&'static ObjectDescriptor),
    /// A value that can also be JSON `null`.
    Nullable(&'static Shape),
}

/// The kinds of text with a fixed format.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
#[non_exhaustive]
pub enum IdentifierKind {
    /// A UUID in its hyphenated form.
    Uuid,
    /// The identifier of a session.
    Session,
    /// A version, a `Version` of telemetry-core.
    Version,
    /// A short name without blanks, a `Token` of telemetry-core.
    Token,
}

/// Constructors of the shapes that have data.
///
/// ```
/// use telemetry_core::descriptor::{IdentifierKind, Shape};
///
/// const TOKEN: Shape = Shape::Identifier(IdentifierKind::Token);
/// const SHARE: Shape = Shape::number(0.0, 1.0);
///
/// assert!(matches!(Shape::free_text("error codes of the device", 64), Shape::FreeText { max_len: 64, .. }));
/// assert!(matches!(Shape::bucket(&[1, 10]), Shape::Bucket { limits: [1, 10], .. }));
/// assert_eq!(Shape::set(&TOKEN).json_type(), "array");
/// assert_eq!(Shape::map(&TOKEN, &SHARE).json_type(), "object");
/// // Parts are `&'static`: outside a constant, create them in a `const` block.
/// assert_eq!(Shape::list(const { &Shape::integer(0, 9) }).json_type(), "array");
/// ```
impl Shape {
    /// An integer within both bounds, inclusive.
    #[must_use]
    pub const fn integer(min: i64, max: i64) -> Self {
        Self::Integer { min, max }
    }

    /// A finite number within both bounds, inclusive. Pass `f64::MIN` and `f64::MAX` for a number without bounds.
    #[must_use]
    pub const fn number(min: f64, max: f64) -> Self {
        Self::Number { min, max }
    }

    /// A free text, with the reason for it and its maximum length in characters.
    #[must_use]
    pub const fn free_text(reason: &'static str, max_len: u32) -> Self {
        Self::FreeText { reason, max_len }
    }

    /// A count that is sent as the label of its range. Each limit is the largest count of a range. The limits are strictly
    /// increasing.
    #[must_use]
    pub const fn bucket(limits: &'static [u64]) -> Self {
        Self::Bucket { limits }
    }

    /// A list in the order given.
    #[must_use]
    pub const fn list(item: &'static Self) -> Self {
        Self::List { item }
    }

    /// A sorted list without duplicates.
    #[must_use]
    pub const fn set(item: &'static Self) -> Self {
        Self::Set { item }
    }

    /// Texts mapped to values.
    #[must_use]
    pub const fn map(key: &'static Self, value: &'static Self) -> Self {
        Self::Map { key, value }
    }
}

impl Shape {
    /// The JSON type of the values, as a schema names it: `boolean`, `integer`, `number`, `string`, `array` or `object`. Whether
    /// the value can be `null` does not matter.
    ///
    /// ```
    /// use telemetry_core::descriptor::Shape;
    ///
    /// assert_eq!(Shape::Nullable(&Shape::Boolean).json_type(), "boolean");
    /// assert_eq!(Shape::bucket(&[1, 10]).json_type(), "string");
    /// ```
    #[must_use]
    pub const fn json_type(&self) -> &'static str {
        match self {
            Self::Boolean => "boolean",
            Self::Integer { .. } => "integer",
            Self::Number { .. } => "number",
            Self::Enum(_) | Self::Identifier(_) | Self::FreeText { .. } | Self::Bucket { .. } => "string",
            Self::List { .. } | Self::Set { .. } => "array",
            Self::Map { .. } | Self::Object(_) => "object",
            Self::Nullable(inner) => inner.json_type(),
        }
    }

    /// Calls `visit` with this shape, and then with every shape in it, at any depth: items, keys, values, and fields of value
    /// structs.
    ///
    /// ```
    /// use telemetry_core::descriptor::{IdentifierKind, Shape};
    ///
    /// const TOKEN: Shape = Shape::Identifier(IdentifierKind::Token);
    ///
    /// let mut types = Vec::new();
    /// Shape::map(&TOKEN, &Shape::Boolean).walk(&mut |shape| types.push(shape.json_type()));
    /// assert_eq!(types, ["object", "string", "boolean"]);
    /// ```
    pub fn walk(&self, visit: &mut dyn FnMut(&Self)) {
        visit(self);
        match self {
            Self::List { item } | Self::Set { item } | Self::Nullable(item) => item.walk(visit),
            Self::Map { key, value } => {
                key.walk(visit);
                value.walk(visit);
            }
            Self::Object(object) => object.fields.iter().for_each(|field| field.shape.walk(visit)),
            Self::Boolean
            | Self::Integer { .. }
            | Self::Number { .. }
            | Self::Enum(_)
            | Self::Identifier(_)
            | Self::FreeText { .. }
            | Self::Bucket { .. } => {}
        }
    }

    /// Whether the values contain a session identifier, at any depth.
    ///
    /// ```
    /// use telemetry_core::descriptor::{IdentifierKind, Shape};
    ///
    /// const SESSION: Shape = Shape::Identifier(IdentifierKind::Session);
    ///
    /// assert!(Shape::list(&SESSION).has_session());
    /// assert!(!Shape::Boolean.has_session());
    /// ```
    #[must_use]
    pub const fn has_session(&self) -> bool {
        match self {
            Self::Identifier(kind) => matches!(kind, IdentifierKind::Session),
            Self::List { item } | Self::Set { item } | Self::Nullable(item) => item.has_session(),
            Self::Map { key, value } => key.has_session() || value.has_session(),
            Self::Object(object) => have_session(object.fields),
            Self::Boolean
            | Self::Integer { .. }
            | Self::Number { .. }
            | Self::Enum(_)
            | Self::FreeText { .. }
            | Self::Bucket { .. } => false,
        }
    }
}

/// Whether one of the fields contains a session identifier.
pub(super) const fn have_session(fields: &[FieldDescriptor]) -> bool {
    let mut rest = fields;
    while let [first, tail @ ..] = rest {
        if first.shape.has_session() {
            return true;
        }
        rest = tail;
    }
    false
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::descriptor::Origin;

    const SESSION: Shape = Shape::Identifier(IdentifierKind::Session);
    const FIELDS: &[FieldDescriptor] = &[
        FieldDescriptor::new("digits", "digits", Shape::set(&Shape::integer(0, 9))),
        FieldDescriptor::new("sessions", "sessions", Shape::map(&SESSION, &Shape::bucket(&[1]))),
    ];
    const OBJECT: &ObjectDescriptor = &ObjectDescriptor::new("Parts", FIELDS, Origin::new("", "", 1));

    #[test]
    fn a_walk_meets_every_part_once_and_in_order() {
        const LIST: Shape = Shape::list(&Shape::Object(OBJECT));
        const DIGIT: Shape = Shape::integer(0, 9);
        const COUNT: Shape = Shape::bucket(&[1]);
        let mut met = Vec::new();
        Shape::Nullable(&LIST).walk(&mut |shape| met.push(*shape));
        let expected = [
            Shape::Nullable(&LIST),
            LIST,
            Shape::Object(OBJECT),
            Shape::set(&DIGIT),
            DIGIT,
            Shape::map(&SESSION, &COUNT),
            SESSION,
            COUNT,
        ];
        assert_eq!(met, expected);
    }

    #[test]
    fn a_session_is_found_wherever_it_is() {
        for shape in [
            SESSION,
            Shape::Nullable(&SESSION),
            Shape::set(&SESSION),
            Shape::map(&SESSION, &Shape::Boolean),
            Shape::map(&Shape::Boolean, &SESSION),
            Shape::list(&Shape::Object(OBJECT)),
        ] {
            assert!(shape.has_session(), "{shape:?}");
        }
        for shape in [Shape::Boolean, Shape::Identifier(IdentifierKind::Uuid), Shape::number(0.0, 1.0)] {
            assert!(!shape.has_session(), "{shape:?}");
        }
    }
}
