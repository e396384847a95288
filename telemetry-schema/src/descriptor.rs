// SPDX-FileCopyrightText: Copyright (c) 2026 NVIDIA CORPORATION & AFFILIATES. All rights reserved.
// SPDX-License-Identifier: Apache-2.0

//! What the program knows about an event without having one: names, types, bounds, documentation.
//!
//! The derives write these as constants. The core, the schema, the data table and run-time validation read them, so none
//! of them ever needs to know an event by name.

/// Everything known about one kind of event.
///
/// ```
/// use telemetry_core::descriptor::Shape;
/// use telemetry_core::{Product, Profile, TelemetryEvent};
///
/// struct Shop;
/// impl Product for Shop {
///     const PROFILE: Profile = Profile::new("shop", "1").source("nemoSource", "shop");
/// }
///
/// /// A basket was paid for.
/// #[derive(TelemetryEvent)]
/// #[telemetry(product = Shop, event_name = "checkout", schema_version = "1.0")]
/// struct Checkout {
///     /// Articles in the basket.
///     num_articles: u32,
/// }
///
/// let checkout = Checkout::DESCRIPTOR;
/// assert_eq!((checkout.name, checkout.schema_version), ("checkout", "1.0"));
/// assert_eq!(checkout.source, Some(("nemoSource", "shop")));
/// assert_eq!(checkout.fields[0].name, "numArticles");
/// assert_eq!(checkout.fields[0].shape, Shape::Integer { min: 0, max: u32::MAX as i64 });
/// ```
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct EventDescriptor {
    /// The event's name on the wire.
    pub name: &'static str,
    /// The version of the schema that the event follows.
    pub schema_version: &'static str,
    /// What the event says, in the author's words; empty without the feature `describe`.
    pub doc: &'static str,
    /// The key and value that name the product in every event, taken from the profile.
    pub source: Option<(&'static str, &'static str)>,
    /// The fields, in the order in which they are sent.
    pub fields: &'static [FieldDescriptor],
    /// Where the event is declared.
    pub origin: Origin,
}

/// One field of an event or of an object inside an event.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct FieldDescriptor {
    /// The field's name on the wire.
    pub name: &'static str,
    /// The field's name in Rust.
    pub rust_name: &'static str,
    /// What the field says, in the author's words; empty without the feature `describe`.
    pub doc: &'static str,
    /// What values the field can have.
    pub shape: Shape,
    /// What the field is for an operation, if anything.
    pub role: Option<Role>,
}

/// The part a field plays in an event that reports one operation.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Role {
    /// How the operation ended.
    Outcome,
    /// How long the operation took.
    Duration(DurationUnit),
}

/// The unit of a duration field.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum DurationUnit {
    /// Thousandths of a second.
    Milliseconds,
    /// Seconds.
    Seconds,
}

/// The values a field can have: the closed world of what may leave a machine.
#[derive(Debug, Clone, Copy, PartialEq)]
pub enum Shape {
    /// `true` or `false`.
    Boolean,
    /// A whole number between both bounds, which are included.
    Integer {
        /// The smallest value.
        min: i64,
        /// The largest value.
        max: i64,
    },
    /// A finite number between both bounds, which are included.
    Number {
        /// The smallest value; `f64::MIN` if there is no bound.
        min: f64,
        /// The largest value; `f64::MAX` if there is no bound.
        max: f64,
    },
    /// One text out of a closed vocabulary.
    Enum(&'static EnumDescriptor),
    /// A text with a fixed form, such as a UUID or a version.
    Identifier(IdentifierKind),
    /// A text that the author has declared free, with the reason and the longest length in characters.
    FreeText {
        /// Why the text cannot be a closed vocabulary, and why it is harmless.
        reason: &'static str,
        /// The longest length, in characters.
        max_len: u32,
    },
    /// A count that is sent as the label of the range it falls into.
    Bucket(&'static [u64]),
    /// A list in the order given.
    List(&'static Shape),
    /// A sorted list without duplicates.
    Set(&'static Shape),
    /// Texts mapped to values.
    Map {
        /// What the keys can be.
        key: &'static Shape,
        /// What the values can be.
        value: &'static Shape,
    },
    /// An object with its own fields.
    Object(&'static ObjectDescriptor),
    /// Something that can also be JSON `null`.
    Nullable(&'static Shape),
}

/// The kinds of text with a fixed form.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
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

/// A closed vocabulary.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct EnumDescriptor {
    /// The enum's name in Rust.
    pub name: &'static str,
    /// What the vocabulary is about; empty without the feature `describe`.
    pub doc: &'static str,
    /// The texts, in the order of declaration.
    pub variants: &'static [&'static str],
    /// Where the enum is declared.
    pub origin: Origin,
}

/// A struct that is the value of a field.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct ObjectDescriptor {
    /// The struct's name in Rust.
    pub name: &'static str,
    /// What the object is about; empty without the feature `describe`.
    pub doc: &'static str,
    /// The fields, in the order in which they are sent.
    pub fields: &'static [FieldDescriptor],
    /// Where the struct is declared.
    pub origin: Origin,
}

/// A place in source code, as registrations and conflicts name it.
///
/// Ordered by crate, file and line; where two registrations disagree, the smallest origin wins.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Origin {
    /// The package.
    pub package: &'static str,
    /// The source file, as the compiler was given it.
    pub file: &'static str,
    /// The line, counted from 1.
    pub line: u32,
}

impl std::fmt::Display for Origin {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        write!(f, "{}:{}", self.file, self.line)
    }
}
