// SPDX-FileCopyrightText: Copyright (c) 2026 NVIDIA CORPORATION & AFFILIATES. All rights reserved.
// SPDX-License-Identifier: Apache-2.0

//! The keys of `#[telemetry(…)]`, `#[telemetry_operation(…)]` and `#[telemetry_engine(…)]`. Each name is defined only here.

use std::fmt;

use telemetry_schema::nearest::nearest;

/// A kind of item that has keys.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Place {
    Event,
    ValueStruct,
    Enum,
    Variant,
    EventField,
    ValueStructField,
    Operation,
    Engine,
    EngineBlock,
    Constructor,
}

impl Place {
    /// The attribute that has the keys.
    pub(crate) const fn attribute(self) -> &'static str {
        match self {
            Self::Operation => "telemetry_operation",
            Self::Engine | Self::EngineBlock => "telemetry_engine",
            _ => "telemetry",
        }
    }
}

impl fmt::Display for Place {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(match self {
            Self::Event => "an event",
            Self::ValueStruct => "a value struct",
            Self::Enum => "an enum",
            Self::Variant => "a variant",
            Self::EventField => "a field of an event",
            Self::ValueStructField => "a field of a value struct",
            Self::Operation => "an operation",
            Self::Engine => "the struct of an engine",
            Self::EngineBlock => "the impl block of an engine",
            Self::Constructor => "a function in the impl block of an engine",
        })
    }
}

macro_rules! keys {
    ($($key:ident: $name:literal, $sample:literal, [$($place:ident),*];)*) => {
        /// A key of an attribute. Keys of different items may have the same name.
        #[derive(Debug, Clone, Copy, PartialEq, Eq)]
        pub(crate) enum Key {
            $($key,)*
        }

        impl Key {
            const ALL: &[Self] = &[$(Self::$key),*];

            pub(crate) const fn name(self) -> &'static str {
                match self { $(Self::$key => $name,)* }
            }

            /// The key with an example value, as an author writes it.
            pub(crate) const fn sample(self) -> &'static str {
                match self { $(Self::$key => $sample,)* }
            }

            const fn places(self) -> &'static [Place] {
                match self { $(Self::$key => &[$(Place::$place),*],)* }
            }
        }
    };
}

keys! {
    Client: "client", "client = self.telemetry", [Operation];
    Event: "event", "event = MyEvent::default()", [Operation];
    Operation: "operation", "operation = operation", [Operation];
    OperationOutcome: "outcome", "outcome = |status| if status.success() { OperationOutcome::Success } else { OperationOutcome::Failure }", [Operation];
    Product: "product", "product = MyProduct", [Event];
    EventName: "event_name", "event_name = \"sandbox_create\"", [Event];
    SchemaVersion: "schema_version", "schema_version = \"1.0\"", [Event];
    Schema: "schema", "schema = \"schemas/my_product.json\"", [Event];
    Crate: "crate", "crate = \"::telemetry_core\"", [Event, ValueStruct, Enum, Operation];
    Default: "default", "default", [Event, ValueStruct];
    RenameAll: "rename_all", "rename_all = \"snake_case\"", [Enum];
    Rename: "rename", "rename = \"nameOnTheWire\"", [Variant, EventField, ValueStructField];
    Alias: "alias", "alias = \"former_name\"", [Variant];
    Fallback: "fallback", "fallback", [Variant];
    Range: "range", "range = 0..=64", [EventField, ValueStructField];
    OutOfRange: "out_of_range", "out_of_range = \"drop\"", [EventField, ValueStructField];
    Sentinel: "sentinel", "sentinel = -1", [EventField, ValueStructField];
    FreeText: "free_text", "free_text = \"why it is harmless\", max_len = 64", [EventField, ValueStructField];
    MaxLen: "max_len", "max_len = 64", [EventField, ValueStructField];
    Bucket: "bucket", "bucket(1, 2, 5, 10)", [EventField, ValueStructField];
    Outcome: "outcome", "outcome", [EventField];
    Duration: "duration", "duration = \"ms\"", [EventField];
    Engine: "engine", "engine = RailsEngine::LlmRails", [Engine];
    Config: "config", "config = self.config", [Engine];
    Guardrails: "crate", "crate = \"::telemetry_guardrails\"", [Engine, EngineBlock];
    Constructor: "constructor", "constructor", [Constructor];
}

impl Key {
    /// The keys of `place`.
    pub(crate) fn of(place: Place) -> impl Iterator<Item = Self> {
        Self::ALL.iter().copied().filter(move |key| key.places().contains(&place))
    }

    /// The key of `place` with this name.
    pub(crate) fn named(name: &str, place: Place) -> Option<Self> {
        Self::of(place).find(|key| key.name() == name)
    }

    /// The key of `place` that `name` most likely means.
    pub(crate) fn nearest(name: &str, place: Place) -> Option<Self> {
        nearest(name, Self::of(place).map(Self::name)).and_then(|name| Self::named(name, place))
    }

    /// The places that a key with this name belongs on: those of the same attribute as `place` if there are any, otherwise all.
    pub(crate) fn places_of(name: &str, place: Place) -> Vec<Place> {
        let keys = Self::ALL.iter().filter(|key| key.name() == name);
        let (near, far): (Vec<_>, Vec<_>) =
            keys.flat_map(|key| key.places()).partition(|other| other.attribute() == place.attribute());
        if near.is_empty() { far } else { near }
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
            assert!(!key.places().is_empty(), "{key}");
            for place in key.places() {
                assert_eq!(Key::named(key.name(), *place), Some(*key));
            }
            assert!(key.sample().starts_with(key.name()), "{key}");
        }
    }

    #[test]
    fn the_readme_shows_every_key() {
        for key in Key::ALL {
            let row = format!("| `{}` |", key.sample().replace('|', "\\|"));
            assert!(include_str!("../README.md").contains(&row), "README.md lacks the row {row}");
        }
    }
}
