// SPDX-FileCopyrightText: Copyright (c) 2026 NVIDIA CORPORATION & AFFILIATES. All rights reserved.
// SPDX-License-Identifier: Apache-2.0

//! What a schema file says, as far as it constrains events.

/// A schema file.
#[derive(Debug, Clone, PartialEq)]
pub(crate) struct Schema {
    /// `schemaMeta.schemaVersion`.
    pub(crate) version: String,
    /// `definitions.events` in the order of the file, each of which is an object.
    pub(crate) events: Vec<(String, Members)>,
}

impl Schema {
    /// The event of this name.
    pub(crate) fn event(&self, name: &str) -> Option<&Members> {
        self.events.iter().find(|(known, _)| known == name).map(|(_, members)| members)
    }
}

/// The members that an event or an object may have.
#[derive(Debug, Clone, PartialEq)]
pub(crate) struct Members {
    /// The properties in the order of the file.
    pub(crate) properties: Vec<Property>,
    /// What any other member may be: nothing at all if `additionalProperties` is `false`.
    pub(crate) others: Option<Box<Expected>>,
}

/// One property of an event or an object.
#[derive(Debug, Clone, PartialEq)]
pub(crate) struct Property {
    pub(crate) name: String,
    pub(crate) required: bool,
    pub(crate) expected: Expected,
}

/// What a value must be.
#[derive(Debug, Clone, PartialEq)]
pub(crate) struct Expected {
    /// Where the schema says so, as a JSON pointer.
    pub(crate) pointer: String,
    /// Whether `null` will do as well.
    pub(crate) nullable: bool,
    pub(crate) kind: Kind,
}

/// The kinds of values.
#[derive(Debug, Clone, PartialEq)]
pub(crate) enum Kind {
    /// Anything: the schema does not say.
    Any,
    Boolean,
    Integer {
        min: i64,
        max: i64,
    },
    Number {
        min: f64,
        max: f64,
    },
    Text,
    /// One of these texts.
    Vocabulary(Vec<String>),
    Array(Box<Expected>),
    /// An object whose members are not named.
    Map(Box<Expected>),
    Object(Members),
}

impl Members {
    /// The property called `name`.
    pub(crate) fn property(&self, name: &str) -> Option<&Property> {
        self.properties.iter().find(|property| property.name == name)
    }

    /// What the member called `name` must be, if there may be one.
    pub(crate) fn expected(&self, name: &str) -> Option<&Expected> {
        self.property(name).map(|property| &property.expected).or(self.others.as_deref())
    }
}

impl Kind {
    /// What the elements are, of lists and maps the elements' elements.
    pub(crate) fn innermost(&self) -> &Self {
        match self {
            Self::Array(inner) | Self::Map(inner) => inner.kind.innermost(),
            other => other,
        }
    }

    /// The name of the JSON type.
    pub(crate) const fn json_type(&self) -> &'static str {
        match self {
            Self::Any => "any",
            Self::Boolean => "boolean",
            Self::Integer { .. } => "integer",
            Self::Number { .. } => "number",
            Self::Text | Self::Vocabulary(_) => "string",
            Self::Array(_) => "array",
            Self::Map(_) | Self::Object(_) => "object",
        }
    }
}
