// SPDX-FileCopyrightText: Copyright (c) 2026 NVIDIA CORPORATION & AFFILIATES. All rights reserved.
// SPDX-License-Identifier: Apache-2.0

//! What the program knows about an event without having one: names, types, bounds, documentation.
//!
//! The derives write these as constants. The core, the schema, the data table and run-time validation read them, so none
//! of them ever needs to know an event by name.
//!
//! All of it may grow, so other crates make descriptors with the constructors.

mod shape;

use std::time::Duration;

pub use self::shape::{IdentifierKind, Shape};

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
/// assert_eq!(checkout.fields[0].shape, Shape::integer(0, u32::MAX.into()));
/// ```
#[derive(Debug, Clone, Copy, PartialEq)]
#[non_exhaustive]
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

impl EventDescriptor {
    /// An event without documentation and without a source.
    ///
    /// ```
    /// use telemetry_core::descriptor::{EventDescriptor, FieldDescriptor, Origin, Shape};
    ///
    /// const FIELDS: &[FieldDescriptor] =
    ///     &[FieldDescriptor::new("numArticles", "num_articles", Shape::integer(0, 99))];
    /// const CHECKOUT: EventDescriptor =
    ///     EventDescriptor::new("checkout", "1.0", FIELDS, Origin::new("shop", file!(), line!()))
    ///         .doc("A basket was paid for.")
    ///         .source("nemoSource", "shop");
    ///
    /// assert_eq!(CHECKOUT.source, Some(("nemoSource", "shop")));
    /// ```
    #[must_use]
    pub const fn new(
        name: &'static str,
        schema_version: &'static str,
        fields: &'static [FieldDescriptor],
        origin: Origin,
    ) -> Self {
        Self { name, schema_version, doc: "", source: None, fields, origin }
    }

    /// What the event says, in the author's words.
    #[must_use]
    pub const fn doc(mut self, doc: &'static str) -> Self {
        self.doc = doc;
        self
    }

    /// The key and value that name the product in every event.
    #[must_use]
    pub const fn source(mut self, key: &'static str, value: &'static str) -> Self {
        self.source = Some((key, value));
        self
    }

    /// Whether a field has the identifier of a session, or something in it has.
    #[must_use]
    pub const fn has_session(&self) -> bool {
        shape::have_session(self.fields)
    }
}

/// One field of an event or of an object inside an event.
#[derive(Debug, Clone, Copy, PartialEq)]
#[non_exhaustive]
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

impl FieldDescriptor {
    /// A field without documentation and without a role, by its names on the wire and in Rust.
    ///
    /// ```
    /// use telemetry_core::descriptor::{DurationUnit, FieldDescriptor, Role, Shape};
    ///
    /// const WALL_TIME: FieldDescriptor =
    ///     FieldDescriptor::new("durationMs", "duration_ms", Shape::integer(-1, i64::MAX))
    ///         .doc("Wall time.")
    ///         .role(Role::Duration(DurationUnit::Milliseconds));
    ///
    /// assert_eq!((WALL_TIME.rust_name, WALL_TIME.doc), ("duration_ms", "Wall time."));
    /// ```
    #[must_use]
    pub const fn new(name: &'static str, rust_name: &'static str, shape: Shape) -> Self {
        Self { name, rust_name, doc: "", shape, role: None }
    }

    /// What the field says, in the author's words.
    #[must_use]
    pub const fn doc(mut self, doc: &'static str) -> Self {
        self.doc = doc;
        self
    }

    /// What the field is for an operation.
    #[must_use]
    pub const fn role(mut self, role: Role) -> Self {
        self.role = Some(role);
        self
    }
}

/// The part a field plays in an event that reports one operation.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
#[non_exhaustive]
pub enum Role {
    /// How the operation ended.
    Outcome,
    /// How long the operation took.
    Duration(DurationUnit),
}

/// The unit of a duration field.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
#[non_exhaustive]
pub enum DurationUnit {
    /// Thousandths of a second.
    Milliseconds,
    /// Seconds.
    Seconds,
}

impl DurationUnit {
    /// How long one unit is.
    ///
    /// ```
    /// use std::time::Duration;
    ///
    /// use telemetry_core::descriptor::DurationUnit;
    ///
    /// let elapsed = Duration::from_millis(1500);
    /// assert_eq!(elapsed.div_duration_f64(DurationUnit::Milliseconds.length()), 1500.0);
    /// assert_eq!(elapsed.div_duration_f64(DurationUnit::Seconds.length()), 1.5);
    /// ```
    #[must_use]
    pub const fn length(self) -> Duration {
        match self {
            Self::Milliseconds => Duration::from_millis(1),
            Self::Seconds => Duration::from_secs(1),
        }
    }
}

/// A closed vocabulary.
#[derive(Debug, Clone, Copy, PartialEq)]
#[non_exhaustive]
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

impl EnumDescriptor {
    /// A vocabulary without documentation, by its name in Rust and its texts.
    ///
    /// ```
    /// use telemetry_core::descriptor::{EnumDescriptor, Origin};
    ///
    /// const OUTCOME: EnumDescriptor =
    ///     EnumDescriptor::new("Outcome", &["success", "failure"], Origin::new("shop", file!(), line!()))
    ///         .doc("How the operation ended.");
    ///
    /// assert_eq!(OUTCOME.variants, ["success", "failure"]);
    /// ```
    #[must_use]
    pub const fn new(name: &'static str, variants: &'static [&'static str], origin: Origin) -> Self {
        Self { name, doc: "", variants, origin }
    }

    /// What the vocabulary is about.
    #[must_use]
    pub const fn doc(mut self, doc: &'static str) -> Self {
        self.doc = doc;
        self
    }
}

/// A struct that is the value of a field.
#[derive(Debug, Clone, Copy, PartialEq)]
#[non_exhaustive]
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

impl ObjectDescriptor {
    /// A value struct without documentation, by its name in Rust and its fields.
    ///
    /// ```
    /// use telemetry_core::descriptor::{FieldDescriptor, ObjectDescriptor, Origin, Shape};
    ///
    /// const FIELDS: &[FieldDescriptor] = &[FieldDescriptor::new("index", "index", Shape::integer(0, 9))];
    /// const STEP: ObjectDescriptor =
    ///     ObjectDescriptor::new("Step", FIELDS, Origin::new("shop", file!(), line!())).doc("A step.");
    ///
    /// assert_eq!(STEP.fields, FIELDS);
    /// ```
    #[must_use]
    pub const fn new(name: &'static str, fields: &'static [FieldDescriptor], origin: Origin) -> Self {
        Self { name, doc: "", fields, origin }
    }

    /// What the object is about.
    #[must_use]
    pub const fn doc(mut self, doc: &'static str) -> Self {
        self.doc = doc;
        self
    }
}

/// A place in source code, as registrations and conflicts name it.
///
/// Ordered by crate, file and line; where two registrations disagree, the smallest origin wins.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
#[non_exhaustive]
pub struct Origin {
    /// The package.
    pub package: &'static str,
    /// The source file, as the compiler was given it.
    pub file: &'static str,
    /// The line, counted from 1.
    pub line: u32,
}

impl Origin {
    /// A place in the source code of a package; the macro `origin!` of telemetry-core makes that of its call.
    ///
    /// ```
    /// use telemetry_core::descriptor::Origin;
    ///
    /// assert_eq!(Origin::new("shop", "src/checkout.rs", 12).to_string(), "src/checkout.rs:12");
    /// ```
    #[must_use]
    pub const fn new(package: &'static str, file: &'static str, line: u32) -> Self {
        Self { package, file, line }
    }
}

impl std::fmt::Display for Origin {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        write!(f, "{}:{}", self.file, self.line)
    }
}
