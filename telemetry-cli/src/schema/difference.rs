// SPDX-FileCopyrightText: Copyright (c) 2026 NVIDIA CORPORATION & AFFILIATES. All rights reserved.
// SPDX-License-Identifier: Apache-2.0

//! The semantic differences between two schemas.

use std::cmp::Ordering;
use std::fmt;

use serde_json::{Value, json};

/// One difference between a left and a right schema.
#[derive(Debug, Clone, PartialEq)]
pub(crate) struct Difference {
    pub(crate) place: Place,
    pub(crate) change: Change,
}

/// The subject of a difference.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) enum Place {
    /// A key of `schemaMeta`.
    Meta(&'static str),
    /// An event; and a property of it if the path is not empty: `address.zone`, `names[]`, `counters.*`.
    Event { event: String, path: String },
}

/// One of the two schemas.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Side {
    Left,
    Right,
}

/// How the values that the left schema allows relate to those of the right one.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Relation {
    Wider,
    Narrower,
    Other,
}

/// The kinds of differences.
#[derive(Debug, Clone, PartialEq)]
pub(crate) enum Change {
    /// Only one side has the event.
    Event(Side),
    /// Only one side lists the event, in the `oneOf` at its root.
    Listed(Side),
    /// Only one side has the property.
    Property { side: Side, words: String },
    /// Only one side requires the property.
    Required(Side),
    /// Only one side allows `null`.
    Null(Side),
    /// The values are of different kinds; each in words.
    Kind { left: String, right: String, relation: Relation },
    /// The bounds differ; each pair in words.
    Bounds { left: String, right: String, relation: Relation },
    /// Texts that only one of the vocabularies has.
    Texts { left: Vec<String>, right: Vec<String> },
    /// Other properties may be there beside those that have names; in words.
    Others { left: Option<String>, right: Option<String> },
    /// The descriptions differ.
    Description { left: Option<String>, right: Option<String> },
    /// The values of a key of `schemaMeta`, as far as there is one.
    Meta { left: Option<String>, right: Option<String> },
}

impl Relation {
    /// That of two ranges, from the comparison of their lower and of their upper bounds.
    pub(crate) fn of_bounds(low: Option<Ordering>, high: Option<Ordering>) -> Self {
        let (starts_below, ends_above) = (low == Some(Ordering::Less), high == Some(Ordering::Greater));
        let (starts_above, ends_below) = (low == Some(Ordering::Greater), high == Some(Ordering::Less));
        match (starts_below || ends_above, starts_above || ends_below) {
            (true, false) => Self::Wider,
            (false, true) => Self::Narrower,
            _ => Self::Other,
        }
    }

    /// The same one beside another difference of the same values, which are wider if it is `Greater`.
    pub(crate) fn beside(self, other: Ordering) -> Self {
        match (self, other) {
            (Self::Wider, Ordering::Less) | (Self::Narrower, Ordering::Greater) => Self::Other,
            (relation, _) => relation,
        }
    }

    fn wider(side: Side) -> Self {
        if side == Side::Left { Self::Wider } else { Self::Narrower }
    }
}

impl Change {
    /// How what the left schema allows at this place relates to what the right one allows.
    pub(crate) fn relation(&self) -> Relation {
        match self {
            Self::Event(side) | Self::Listed(side) | Self::Null(side) | Self::Property { side, .. } => {
                Relation::wider(*side)
            }
            // To require less is to allow more.
            Self::Required(Side::Left) => Relation::Narrower,
            Self::Required(Side::Right) => Relation::Wider,
            Self::Kind { relation, .. } | Self::Bounds { relation, .. } => *relation,
            Self::Texts { left, right } if right.is_empty() && !left.is_empty() => Relation::Wider,
            Self::Texts { left, .. } if left.is_empty() => Relation::Narrower,
            Self::Others { right: None, .. } => Relation::Wider,
            Self::Others { left: None, .. } => Relation::Narrower,
            Self::Texts { .. } | Self::Others { .. } | Self::Description { .. } | Self::Meta { .. } => {
                Relation::Other
            }
        }
    }
}

impl Place {
    /// The place and a text about it, as JSON. A key of `schemaMeta` is a property without an event.
    pub(crate) fn to_json(&self, message: &str) -> Value {
        let (event, property) = match self {
            Self::Meta(key) => (None, Some(format!("schemaMeta.{key}"))),
            Self::Event { event, path } => (Some(event), Some(path.clone()).filter(|path| !path.is_empty())),
        };
        json!({"event": event, "property": property, "message": message})
    }
}

impl fmt::Display for Place {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Meta(key) => write!(f, "`schemaMeta.{key}`"),
            Self::Event { event, path } if path.is_empty() => write!(f, "event `{}`", event.escape_debug()),
            Self::Event { event, path } => {
                write!(f, "event `{}`, property `{}`", event.escape_debug(), path.escape_debug())
            }
        }
    }
}
