// SPDX-FileCopyrightText: Copyright (c) 2026 NVIDIA CORPORATION & AFFILIATES. All rights reserved.
// SPDX-License-Identifier: Apache-2.0

//! Entries from many crates, found by key. A conflict names the places of both entries.

mod events;

use std::collections::HashMap;
use std::collections::hash_map;
use std::fmt;

pub use events::{Events, RegisteredEvent};

use crate::descriptor::Origin;

/// Something that can be registered under a key.
///
/// ```
/// use telemetry_core::descriptor::Origin;
/// use telemetry_core::origin;
/// use telemetry_core::registry::Entry;
///
/// struct Price {
///     article: &'static str,
///     euros: u32,
///     origin: Origin,
/// }
///
/// impl Entry for Price {
///     const KIND: &'static str = "price";
///
///     fn key(&self) -> &'static str {
///         self.article
///     }
///
///     fn origin(&self) -> Origin {
///         self.origin
///     }
///
///     fn agrees_with(&self, other: &Self) -> bool {
///         self.euros == other.euros
///     }
/// }
///
/// static TEA: Price = Price { article: "tea", euros: 3, origin: origin!() };
/// assert!(TEA.agrees_with(&Price { article: "tea", euros: 3, origin: origin!() }));
/// ```
pub trait Entry: 'static {
    /// What an entry is called in messages, such as `flow`.
    const KIND: &'static str;

    /// What the entry is found by.
    fn key(&self) -> &'static str;

    /// Where the entry is registered.
    fn origin(&self) -> Origin;

    /// Whether both entries, which have the same key, say the same.
    fn agrees_with(&self, other: &Self) -> bool;
}

/// Entries by key. A look-up is one hash probe.
///
/// Where two entries of one key disagree, the one with the smallest crate, file and line wins, whatever order they came in,
/// and both are kept as a [`Conflict`].
///
/// ```
/// use telemetry_core::descriptor::Origin;
/// use telemetry_core::registry::{Entry, Registry};
/// use telemetry_core::origin;
///
/// struct Price(&'static str, u32, Origin);
///
/// impl Entry for Price {
///     const KIND: &'static str = "price";
///     fn key(&self) -> &'static str { self.0 }
///     fn origin(&self) -> Origin { self.2 }
///     fn agrees_with(&self, other: &Self) -> bool { self.1 == other.1 }
/// }
///
/// static TEA: Price = Price("tea", 3, origin!());
/// static DEARER_TEA: Price = Price("tea", 4, origin!());
///
/// let mut prices: Registry<Price> = [&DEARER_TEA].into_iter().collect();
/// prices.add(&TEA);
/// assert_eq!(prices.get("tea").map(|price| price.1), Some(3));
/// assert_eq!(prices.conflicts().len(), 1);
/// ```
#[derive(Debug)]
pub struct Registry<E: Entry> {
    entries: HashMap<&'static str, &'static E>,
    conflicts: Vec<Conflict>,
}

/// Two entries that disagree.
///
/// ```
/// # use telemetry_core::descriptor::Origin;
/// # use telemetry_core::registry::{Entry, Registry};
/// # struct Price(&'static str, u32, Origin);
/// # impl Entry for Price {
/// #     const KIND: &'static str = "price";
/// #     fn key(&self) -> &'static str { self.0 }
/// #     fn origin(&self) -> Origin { self.2 }
/// #     fn agrees_with(&self, other: &Self) -> bool { self.1 == other.1 }
/// # }
/// static TEA: Price = Price("tea", 3, Origin::new("shop", "src/tea.rs", 7));
/// static DEARER_TEA: Price = Price("tea", 4, Origin::new("shop", "src/dear.rs", 2));
///
/// let prices: Registry<Price> = [&TEA, &DEARER_TEA].into_iter().collect();
/// let [conflict] = prices.conflicts().try_into().unwrap();
/// assert_eq!((conflict.kept.file, conflict.ignored.file), ("src/dear.rs", "src/tea.rs"));
/// assert!(conflict.to_string().starts_with("price `tea` is registered differently at "));
/// ```
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord)]
#[non_exhaustive]
pub struct Conflict {
    /// What the entries are called.
    pub kind: &'static str,
    /// The key of the second entry.
    pub key: &'static str,
    /// Where the entry that wins, or the one with the smallest crate, file and line, is registered.
    pub kept: Origin,
    /// Where the other entry is registered.
    pub ignored: Origin,
    /// What they disagree about.
    pub about: Disagreement,
}

/// What two entries disagree about.
///
/// ```
/// use telemetry_core::registry::{Conflict, Disagreement};
///
/// /// Events whose names clash are lost; a second schema version is a mistake in one crate.
/// fn is_fatal(conflict: &Conflict) -> bool {
///     matches!(conflict.about, Disagreement::Entry)
/// }
/// ```
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
#[non_exhaustive]
pub enum Disagreement {
    /// The value of their common key: the first entry is used.
    Entry,
    /// The texts of a vocabulary: both are sent.
    Texts,
    /// The version of the schema, of which a product has one: that of the first entry and that of the second.
    SchemaVersion(&'static str, &'static str),
}

impl fmt::Display for Conflict {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let Self { kind, key, kept, ignored, about } = self;
        match about {
            Disagreement::Entry => write!(
                f,
                "{kind} `{key}` is registered differently at {kept} and {ignored}\nhelp: remove one of \
                 them; until then the first is used"
            ),
            Disagreement::Texts => write!(
                f,
                "{kind} `{key}` has different texts at {kept} and {ignored}\nhelp: use one of them \
                 in both places, or rename one"
            ),
            Disagreement::SchemaVersion(first, second) => write!(
                f,
                "{kind} `{key}` at {ignored} follows schema version `{second}`, but the one at {kept} follows \
                 `{first}`\nhelp: write one version for all events of the product, such as a constant that they name"
            ),
        }
    }
}

impl<E: Entry> Default for Registry<E> {
    fn default() -> Self {
        Self { entries: HashMap::new(), conflicts: Vec::new() }
    }
}

impl<E: Entry> Registry<E> {
    /// Adds one entry.
    ///
    /// ```
    /// # use telemetry_core::descriptor::Origin;
    /// # use telemetry_core::registry::{Entry, Registry};
    /// # struct Price(&'static str, u32, Origin);
    /// # impl Entry for Price {
    /// #     const KIND: &'static str = "price";
    /// #     fn key(&self) -> &'static str { self.0 }
    /// #     fn origin(&self) -> Origin { self.2 }
    /// #     fn agrees_with(&self, other: &Self) -> bool { self.1 == other.1 }
    /// # }
    /// static TEA: Price = Price("tea", 3, Origin::new("shop", "src/tea.rs", 7));
    ///
    /// let mut prices = Registry::default();
    /// prices.add(&TEA);
    /// assert_eq!(prices.len(), 1);
    /// ```
    pub fn add(&mut self, entry: &'static E) {
        let known = match self.entries.entry(entry.key()) {
            hash_map::Entry::Vacant(place) => {
                place.insert(entry);
                return;
            }
            hash_map::Entry::Occupied(place) => place.into_mut(),
        };
        let agree = known.agrees_with(entry);
        let ignored = if entry.origin() < known.origin() { std::mem::replace(known, entry) } else { entry };
        if !agree {
            let (kept, ignored) = (known.origin(), ignored.origin());
            let about = Disagreement::Entry;
            self.conflicts.push(Conflict { kind: E::KIND, key: entry.key(), kept, ignored, about });
        }
    }

    /// The entry of `key`.
    #[must_use]
    pub fn get(&self, key: &str) -> Option<&'static E> {
        self.entries.get(key).copied()
    }

    /// All entries, sorted by key.
    ///
    /// ```
    /// # use telemetry_core::descriptor::Origin;
    /// # use telemetry_core::registry::{Entry, Registry};
    /// # struct Price(&'static str, u32, Origin);
    /// # impl Entry for Price {
    /// #     const KIND: &'static str = "price";
    /// #     fn key(&self) -> &'static str { self.0 }
    /// #     fn origin(&self) -> Origin { self.2 }
    /// #     fn agrees_with(&self, other: &Self) -> bool { self.1 == other.1 }
    /// # }
    /// static TEA: Price = Price("tea", 3, Origin::new("shop", "src/tea.rs", 7));
    /// static MILK: Price = Price("milk", 1, Origin::new("shop", "src/milk.rs", 3));
    ///
    /// let prices: Registry<Price> = [&TEA, &MILK].into_iter().collect();
    /// let articles: Vec<_> = prices.sorted().iter().map(|price| price.key()).collect();
    /// assert_eq!(articles, ["milk", "tea"]);
    /// ```
    #[must_use]
    pub fn sorted(&self) -> Vec<&'static E> {
        let mut entries: Vec<_> = self.entries.values().copied().collect();
        entries.sort_by_key(|entry| entry.key());
        entries
    }

    /// All disagreements, sorted.
    #[must_use]
    pub fn conflicts(&self) -> Vec<Conflict> {
        let mut conflicts = self.conflicts.clone();
        conflicts.sort();
        conflicts
    }

    /// The number of keys.
    #[must_use]
    pub fn len(&self) -> usize {
        self.entries.len()
    }

    /// Whether the registry is empty.
    #[must_use]
    pub fn is_empty(&self) -> bool {
        self.entries.is_empty()
    }
}

impl<E: Entry> FromIterator<&'static E> for Registry<E> {
    fn from_iter<I: IntoIterator<Item = &'static E>>(entries: I) -> Self {
        let mut registry = Self::default();
        entries.into_iter().for_each(|entry| registry.add(entry));
        registry
    }
}

impl<E: Entry> Extend<&'static E> for Registry<E> {
    fn extend<I: IntoIterator<Item = &'static E>>(&mut self, entries: I) {
        entries.into_iter().for_each(|entry| self.add(entry));
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[derive(Debug)]
    struct Word(&'static str, u8, Origin);

    impl Entry for Word {
        const KIND: &'static str = "word";
        fn key(&self) -> &'static str {
            self.0
        }
        fn origin(&self) -> Origin {
            self.2
        }
        fn agrees_with(&self, other: &Self) -> bool {
            self.1 == other.1
        }
    }

    const fn at(package: &'static str, line: u32) -> Origin {
        Origin::new(package, "f.rs", line)
    }

    static A1: Word = Word("a", 1, at("x", 1));
    static A1_AGAIN: Word = Word("a", 1, at("x", 2));
    static A2: Word = Word("a", 2, at("w", 9));
    static B: Word = Word("b", 1, at("x", 3));

    #[test]
    fn the_smallest_origin_wins_in_any_order() {
        for entries in [[&A1, &A2, &B], [&B, &A2, &A1], [&A2, &B, &A1]] {
            let registry: Registry<Word> = entries.into_iter().collect();
            assert_eq!(registry.get("a").unwrap().1, 2);
            let conflict = Conflict {
                kind: "word",
                key: "a",
                kept: at("w", 9),
                ignored: at("x", 1),
                about: Disagreement::Entry,
            };
            assert_eq!(registry.conflicts(), [conflict]);
        }
    }

    #[test]
    fn saying_the_same_twice_is_no_conflict() {
        let registry: Registry<Word> = [&A1_AGAIN, &A1].into_iter().collect();
        assert_eq!((registry.len(), registry.conflicts().len()), (1, 0));
        assert_eq!(registry.get("a").unwrap().2.line, 1);
    }

    #[test]
    fn a_conflict_names_both_places() {
        let registry: Registry<Word> = [&A1, &A2].into_iter().collect();
        assert_eq!(
            registry.conflicts()[0].to_string(),
            "word `a` is registered differently at f.rs:9 and f.rs:1\nhelp: remove one of them; until then \
             the first is used"
        );
    }
}
