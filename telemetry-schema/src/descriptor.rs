// SPDX-FileCopyrightText: Copyright (c) 2026 NVIDIA CORPORATION & AFFILIATES. All rights reserved.
// SPDX-License-Identifier: Apache-2.0

//! Static descriptions of events: names, types, bounds and documentation.
//!
//! The derives generate them as constants. The core, the schema, the data table and run-time validation read them, so none of
//! these depends on a particular event.
//!
//! The structs are non-exhaustive: use their constructors to create them in other crates.

mod shape;

use std::time::Duration;

pub use self::shape::{IdentifierKind, Shape};

/// The description of one kind of event.
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
    /// The author's documentation; empty without the feature `describe`.
    pub doc: &'static str,
    /// The key and value that identify the product in every event, from its profile.
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

    /// Sets the documentation.
    #[must_use]
    pub const fn doc(mut self, doc: &'static str) -> Self {
        self.doc = doc;
        self
    }

    /// Sets the key and value that identify the product in every event.
    #[must_use]
    pub const fn source(mut self, key: &'static str, value: &'static str) -> Self {
        self.source = Some((key, value));
        self
    }

    /// Whether a field contains a session identifier, at any depth.
    #[must_use]
    pub const fn has_session(&self) -> bool {
        shape::have_session(self.fields)
    }
}

/// One field of an event or of a value struct.
#[derive(Debug, Clone, Copy, PartialEq)]
#[non_exhaustive]
pub struct FieldDescriptor {
    /// The field's name on the wire.
    pub name: &'static str,
    /// The field's name in Rust.
    pub rust_name: &'static str,
    /// The author's documentation; empty without the feature `describe`.
    pub doc: &'static str,
    /// The values that the field can have.
    pub shape: Shape,
    /// The role of the field in an event that reports an operation.
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

    /// Sets the documentation.
    #[must_use]
    pub const fn doc(mut self, doc: &'static str) -> Self {
        self.doc = doc;
        self
    }

    /// Sets the role of the field in an event that reports an operation.
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
    /// Milliseconds.
    Milliseconds,
    /// Seconds.
    Seconds,
}

impl DurationUnit {
    /// The length of one unit.
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

/// The description of a vocabulary: an enum of texts.
#[derive(Debug, Clone, Copy, PartialEq)]
#[non_exhaustive]
pub struct EnumDescriptor {
    /// The enum's name in Rust.
    pub name: &'static str,
    /// The author's documentation; empty without the feature `describe`.
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

    /// Sets the documentation.
    #[must_use]
    pub const fn doc(mut self, doc: &'static str) -> Self {
        self.doc = doc;
        self
    }
}

/// The description of a value struct: a struct that is the value of a field.
#[derive(Debug, Clone, Copy, PartialEq)]
#[non_exhaustive]
pub struct ObjectDescriptor {
    /// The struct's name in Rust.
    pub name: &'static str,
    /// The author's documentation; empty without the feature `describe`.
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

    /// Sets the documentation.
    #[must_use]
    pub const fn doc(mut self, doc: &'static str) -> Self {
        self.doc = doc;
        self
    }
}

/// A place in source code, used in registrations and reports of conflicts.
///
/// Origins are ordered by crate, file and line. If two registrations disagree, the one with the smaller origin wins.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
#[non_exhaustive]
pub struct Origin {
    /// The package.
    pub package: &'static str,
    /// The source file, as passed to the compiler.
    pub file: &'static str,
    /// The line, counted from 1.
    pub line: u32,
}

impl Origin {
    /// A place in the source code of a package. The macro `origin!` of telemetry-core returns the place where it is called.
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
