// SPDX-FileCopyrightText: Copyright (c) 2026 NVIDIA CORPORATION & AFFILIATES. All rights reserved.
// SPDX-License-Identifier: Apache-2.0

//! The constraints that a schema puts on values.
//!
//! ```
//! use telemetry_schema::constraint::{Constraint, Kind};
//!
//! const TRIES: Constraint = Constraint::of(false, Kind::Integer { min: 0, max: 9 });
//!
//! assert_eq!(TRIES.kind.json_type(), "integer");
//! assert!(!TRIES.nullable);
//! ```

/// The constraint that a schema puts on one value.
///
/// The reader creates it from a schema file. The derive writes it into generated code, where constants compare it with the
/// [`Shape`](crate::descriptor::Shape) of a field.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Constraint<'a> {
    /// The JSON pointer of the schema that a `$ref` refers to; empty for a schema that is written in place.
    pub target: &'a str,
    /// Whether the value may be `null`.
    pub nullable: bool,
    /// The constraint on values other than `null`.
    pub kind: Kind<'a>,
}

/// The kinds of values other than `null`.
#[derive(Debug, Clone, Copy, PartialEq)]
pub enum Kind<'a> {
    /// Any value, `null` included.
    Any,
    /// No value: the schema allows only `null`, or nothing at all.
    Nothing,
    /// `true` or `false`.
    Boolean,
    /// An integer within both bounds, inclusive.
    Integer {
        /// The smallest value; `i64::MIN` if the schema has no bound.
        min: i64,
        /// The largest value; `i64::MAX` if the schema has no bound.
        max: i64,
    },
    /// A number within both bounds, inclusive.
    Number {
        /// The smallest value; `f64::MIN` if the schema has no bound.
        min: Float<'a>,
        /// The largest value; `f64::MAX` if the schema has no bound.
        max: Float<'a>,
    },
    /// Any text.
    Text,
    /// One of these texts, in the order of the file.
    Vocabulary(&'a [&'a str]),
    /// An array whose elements all match this constraint.
    Array(&'a Constraint<'a>),
    /// An object.
    Object(Members<'a>),
}

/// A float bound.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Float<'a> {
    /// The bound.
    pub value: f64,
    /// The bound as a Rust literal, such as `0.0`. A constant cannot format a float.
    pub literal: &'a str,
}

/// The members that an object, or the parameters of an event, may have.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Members<'a> {
    /// The properties in the order of the file, followed by those that are required but not described.
    pub properties: &'a [Property<'a>],
    /// The constraint on any other member; `None` if other members are not allowed.
    pub others: Option<&'a Constraint<'a>>,
}

/// One property of an object or an event.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Property<'a> {
    /// The name.
    pub name: &'a str,
    /// Whether the property is required.
    pub required: bool,
    /// Whether the schema describes the property, instead of only listing it as required.
    pub is_described: bool,
    /// The constraint on its value.
    pub constraint: Constraint<'a>,
}

impl<'a> Constraint<'a> {
    /// A constraint that allows everything.
    pub const ANYTHING: Self = Self::of(true, Kind::Any);

    /// A constraint that allows any text.
    pub const TEXT: Self = Self::of(false, Kind::Text);

    /// A constraint that is written in place.
    #[must_use]
    pub const fn of(nullable: bool, kind: Kind<'a>) -> Self {
        Self { target: "", nullable, kind }
    }
}

impl<'a> Members<'a> {
    /// The property called `name`.
    #[must_use]
    pub fn property(&self, name: &str) -> Option<&'a Property<'a>> {
        self.properties.iter().find(|property| property.name == name)
    }

    /// The constraint on the member called `name`; `None` if such a member is not allowed.
    #[must_use]
    pub fn member(&self, name: &str) -> Option<&'a Constraint<'a>> {
        self.property(name).map(|property| &property.constraint).or(self.others)
    }
}

impl Float<'_> {
    /// The bound below all floats.
    pub const MIN: Self = Self { value: f64::MIN, literal: "-1.7976931348623157e308" };
    /// The bound above all floats.
    pub const MAX: Self = Self { value: f64::MAX, literal: "1.7976931348623157e308" };
}

impl Kind<'_> {
    /// Any number.
    pub const ANY_NUMBER: Self = Self::Number { min: Float::MIN, max: Float::MAX };

    /// The JSON type of the innermost elements of nested arrays.
    #[must_use]
    pub const fn innermost(&self) -> &Self {
        match self {
            Self::Array(items) => items.kind.innermost(),
            other => other,
        }
    }

    /// The name of the JSON type.
    #[must_use]
    pub const fn json_type(&self) -> &'static str {
        match self {
            Self::Any => "any",
            Self::Nothing => "null",
            Self::Boolean => "boolean",
            Self::Integer { .. } => "integer",
            Self::Number { .. } => "number",
            Self::Text | Self::Vocabulary(_) => "string",
            Self::Array(_) => "array",
            Self::Object(_) => "object",
        }
    }
}
