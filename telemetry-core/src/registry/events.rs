// SPDX-FileCopyrightText: Copyright (c) 2026 NVIDIA CORPORATION & AFFILIATES. All rights reserved.
// SPDX-License-Identifier: Apache-2.0

//! The events of one product that are in this program, and whether they fit together.

use std::collections::BTreeMap;

use crate::descriptor::{EnumDescriptor, EventDescriptor, FieldDescriptor, Origin, Shape};
use crate::event::TelemetryEvent;
use crate::product::Product;
use crate::profile::Profile;
use crate::registry::{Conflict, Disagreement, Entry, Registry};

/// An event with the product it belongs to, for [`Events::add`]. Of a product that is not [compiled](Product::COMPILED) it holds
/// nothing.
#[derive(Debug, Clone, Copy)]
pub struct RegisteredEvent(Option<Registered>);

#[derive(Debug, Clone, Copy)]
struct Registered {
    event: &'static EventDescriptor,
    profile: &'static Profile,
}

impl RegisteredEvent {
    /// The entry of the event `E`.
    #[must_use]
    pub const fn of<E: TelemetryEvent>() -> Self {
        if <E::Product as Product>::COMPILED {
            let profile = const { &<E::Product as Product>::PROFILE };
            Self(Some(Registered { event: E::DESCRIPTOR, profile }))
        } else {
            Self(None)
        }
    }

    /// The event. `None` if its product is not compiled.
    #[must_use]
    pub const fn event(&self) -> Option<&'static EventDescriptor> {
        match &self.0 {
            Some(registered) => Some(registered.event),
            None => None,
        }
    }
}

impl Entry for Registered {
    const KIND: &'static str = "event";

    fn key(&self) -> &'static str {
        self.event.name
    }

    fn origin(&self) -> Origin {
        self.event.origin
    }

    fn agrees_with(&self, other: &Self) -> bool {
        self.event == other.event
    }
}

#[cfg(feature = "inventory")]
inventory::collect!(RegisteredEvent);

/// The events of one product.
///
/// With the feature `inventory` every event that is linked into the program registers itself; a crate that the
/// program does not name is not linked (`use the_crate as _;`). Without it, events are [added](Self::add).
///
/// ```
/// use telemetry_core::registry::{Events, RegisteredEvent};
/// use telemetry_core::{Product, Profile, TelemetryEvent};
///
/// struct Bakery;
/// impl Product for Bakery {
///     const PROFILE: Profile = Profile::new("bakery", "1");
/// }
///
/// /// A basket was paid for.
/// #[derive(TelemetryEvent)]
/// #[telemetry(product = Bakery, event_name = "checkout", schema_version = "1.0")]
/// struct Checkout {
///     /// Articles in the basket.
///     num_articles: u32,
/// }
///
/// static CHECKOUT: RegisteredEvent = RegisteredEvent::of::<Checkout>();
///
/// let mut events = Events::linked::<Bakery>();
/// events.add(&CHECKOUT);
/// assert_eq!(events.get("checkout"), Some(Checkout::DESCRIPTOR));
/// assert_eq!(events.conflicts(), []);
/// ```
#[derive(Debug)]
pub struct Events {
    profile: Profile,
    registry: Registry<Registered>,
}

// `#[inline]` lets the compiler make these where they are called. Few programs look at their events while they run, and the
// maps and sorts behind them would be half of the machine code of a build without the feature `client`.
impl Events {
    /// The events of the product `P` that have registered themselves. A product that is not [compiled](Product::COMPILED) has
    /// none, and a profile without a name.
    #[must_use]
    pub fn linked<P: Product>() -> Self {
        let profile = if P::COMPILED { P::PROFILE } else { Profile::NOT_COMPILED };
        let mut events = Self { profile, registry: Registry::default() };
        #[cfg(feature = "inventory")]
        inventory::iter::<RegisteredEvent>.into_iter().for_each(|event| events.add(event));
        #[cfg(not(feature = "inventory"))]
        events.registry.extend([]);
        events
    }

    /// Adds an event; one of another product is left out.
    #[inline]
    pub fn add(&mut self, event: &'static RegisteredEvent) {
        let of_product = |event: &&Registered| event.profile.name == self.profile.name;
        if let Some(event) = event.0.as_ref().filter(of_product) {
            self.registry.add(event);
        }
    }

    /// The product.
    #[must_use]
    pub fn profile(&self) -> &Profile {
        &self.profile
    }

    /// The event of this name.
    #[inline]
    #[must_use]
    pub fn get(&self, name: &str) -> Option<&'static EventDescriptor> {
        self.registry.get(name).map(|entry| entry.event)
    }

    /// All events, sorted by name.
    #[inline]
    #[must_use]
    pub fn sorted(&self) -> Vec<&'static EventDescriptor> {
        self.registry.sorted().into_iter().map(|entry| entry.event).collect()
    }

    /// Names that stand for two different events, vocabularies of one name that differ, and events that follow another version
    /// of the schema than the one that is declared first. Crates that name the same schema file cannot get that far.
    ///
    /// The command `schema` fails with these. A program that links the crates of a product tests that the list is empty:
    ///
    /// ```
    /// # struct Bakery;
    /// # impl telemetry_core::Product for Bakery {
    /// #     const PROFILE: telemetry_core::Profile = telemetry_core::Profile::new("bakery", "1");
    /// # }
    /// let conflicts = telemetry_core::registry::Events::linked::<Bakery>().conflicts();
    /// assert!(conflicts.is_empty(), "{}", conflicts[0]);
    /// ```
    #[inline]
    #[must_use]
    pub fn conflicts(&self) -> Vec<Conflict> {
        let (events, mut vocabularies) = (self.sorted(), Vocabularies::default());
        events.iter().for_each(|event| vocabularies.visit_fields(event.fields));
        [self.registry.conflicts(), vocabularies.conflicts, other_versions(&events)].concat()
    }
}

/// The events that follow another version than the one that is declared first.
#[inline]
fn other_versions(events: &[&'static EventDescriptor]) -> Vec<Conflict> {
    let Some(first) = events.iter().min_by_key(|event| event.origin) else { return Vec::new() };
    let others = events.iter().filter(|event| event.schema_version != first.schema_version);
    let conflict = |event: &&'static EventDescriptor| Conflict {
        kind: "event",
        key: event.name,
        kept: first.origin,
        ignored: event.origin,
        about: Disagreement::SchemaVersion(first.schema_version, event.schema_version),
    };
    others.map(conflict).collect()
}

/// The vocabularies met so far.
#[derive(Default)]
struct Vocabularies {
    known: BTreeMap<&'static str, &'static EnumDescriptor>,
    conflicts: Vec<Conflict>,
}

impl Vocabularies {
    #[inline]
    fn visit_fields(&mut self, fields: &'static [FieldDescriptor]) {
        fields.iter().for_each(|field| field.shape.walk(&mut |shape| self.visit(shape)));
    }

    #[inline]
    fn visit(&mut self, shape: &Shape) {
        if let Shape::Enum(vocabulary) = shape {
            self.meet(vocabulary);
        }
    }

    #[inline]
    fn meet(&mut self, vocabulary: &'static EnumDescriptor) {
        let known = self.known.entry(vocabulary.name).or_insert(vocabulary);
        if known.variants == vocabulary.variants {
            return;
        }
        let (kept, ignored) = (known.origin.min(vocabulary.origin), known.origin.max(vocabulary.origin));
        let conflict =
            Conflict { kind: "vocabulary", key: vocabulary.name, kept, ignored, about: Disagreement::Texts };
        if !self.conflicts.contains(&conflict) {
            self.conflicts.push(conflict);
        }
    }
}
