// SPDX-FileCopyrightText: Copyright (c) 2026 NVIDIA CORPORATION & AFFILIATES. All rights reserved.
// SPDX-License-Identifier: Apache-2.0

//! The keys of `#[telemetry(…)]`: each name is written here and nowhere else.

use std::fmt;

use telemetry_schema::nearest::nearest;

/// Something that `#[telemetry(…)]` can stand on.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Place {
    Event,
    Object,
    Enum,
    Variant,
    EventField,
    ObjectField,
}

impl fmt::Display for Place {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(match self {
            Self::Event => "an event",
            Self::Object => "a value struct",
            Self::Enum => "an enum",
            Self::Variant => "a variant",
            Self::EventField => "a field of an event",
            Self::ObjectField => "a field of a value struct",
        })
    }
}

/// A key of `#[telemetry(…)]`.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Key {
    Product,
    EventName,
    SchemaVersion,
    Schema,
    Crate,
    Default,
    RenameAll,
    Rename,
    Alias,
    Fallback,
    Range,
    Sentinel,
    FreeText,
    MaxLen,
    Bucket,
    Outcome,
    Duration,
}

/// What is known about a key.
struct Entry {
    name: &'static str,
    /// The key with a value, as an author writes it.
    sample: &'static str,
    places: &'static [Place],
}

const ANY_FIELD: &[Place] = &[Place::EventField, Place::ObjectField];

impl Key {
    pub(crate) const ALL: [Self; 17] = [
        Self::Product,
        Self::EventName,
        Self::SchemaVersion,
        Self::Schema,
        Self::Crate,
        Self::Default,
        Self::RenameAll,
        Self::Rename,
        Self::Alias,
        Self::Fallback,
        Self::Range,
        Self::Sentinel,
        Self::FreeText,
        Self::MaxLen,
        Self::Bucket,
        Self::Outcome,
        Self::Duration,
    ];

    const fn entry(self) -> Entry {
        let (name, sample, places): (_, _, &'static [Place]) = match self {
            Self::Product => ("product", "product = MyProduct", &[Place::Event]),
            Self::EventName => ("event_name", "event_name = \"sandbox_create\"", &[Place::Event]),
            Self::SchemaVersion => ("schema_version", "schema_version = \"1.0\"", &[Place::Event]),
            Self::Schema => ("schema", "schema = \"schemas/my_product.json\"", &[Place::Event]),
            Self::Crate => {
                ("crate", "crate = \"path::to::telemetry_core\"", &[Place::Event, Place::Object, Place::Enum])
            }
            Self::Default => ("default", "default", &[Place::Event, Place::Object]),
            Self::RenameAll => ("rename_all", "rename_all = \"snake_case\"", &[Place::Enum]),
            Self::Rename => (
                "rename",
                "rename = \"nameOnTheWire\"",
                &[Place::Variant, Place::EventField, Place::ObjectField],
            ),
            Self::Alias => ("alias", "alias = \"former_name\"", &[Place::Variant]),
            Self::Fallback => ("fallback", "fallback", &[Place::Variant]),
            Self::Range => ("range", "range = 0..=64", ANY_FIELD),
            Self::Sentinel => ("sentinel", "sentinel = -1", ANY_FIELD),
            Self::FreeText => ("free_text", "free_text = \"why it is harmless\", max_len = 64", ANY_FIELD),
            Self::MaxLen => ("max_len", "max_len = 64", ANY_FIELD),
            Self::Bucket => ("bucket", "bucket(1, 2, 5, 10)", ANY_FIELD),
            Self::Outcome => ("outcome", "outcome", &[Place::EventField]),
            Self::Duration => ("duration", "duration = \"ms\"", &[Place::EventField]),
        };
        Entry { name, sample, places }
    }

    pub(crate) const fn name(self) -> &'static str {
        self.entry().name
    }

    pub(crate) const fn sample(self) -> &'static str {
        self.entry().sample
    }

    pub(crate) const fn places(self) -> &'static [Place] {
        self.entry().places
    }

    pub(crate) fn named(name: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|key| key.name() == name)
    }

    /// The keys that may stand on `place`.
    pub(crate) fn of(place: Place) -> impl Iterator<Item = Self> {
        Self::ALL.into_iter().filter(move |key| key.places().contains(&place))
    }

    /// The key of `place` that `name` most likely means.
    pub(crate) fn nearest(name: &str, place: Place) -> Option<Self> {
        nearest(name, Self::of(place).map(Self::name)).and_then(Self::named)
    }
}

impl fmt::Display for Key {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.name())
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_key_is_found_by_its_name_and_shown_in_its_sample() {
        for key in Key::ALL {
            assert_eq!(Key::named(key.name()), Some(key));
            assert!(key.sample().starts_with(key.name()), "{key}");
            assert!(!key.places().is_empty(), "{key}");
        }
    }

    #[test]
    fn the_readme_shows_every_key() {
        for key in Key::ALL {
            let row = format!("| `{}` |", key.sample());
            assert!(include_str!("../README.md").contains(&row), "README.md lacks the row {row}");
        }
    }
}
