// SPDX-FileCopyrightText: Copyright (c) 2026 NVIDIA CORPORATION & AFFILIATES. All rights reserved.
// SPDX-License-Identifier: Apache-2.0

//! The check of a field with a vocabulary, which marks a variant that the schema does not have where it is declared.
//!
//! A constant that panics is reported where the panic stands. The derive of an enum writes one for each variant, the derive
//! of an event writes what the schema demands of each field, and a type that names event and field brings them together. All
//! of it is generic, so that the compiler evaluates nothing of it for a vocabulary with just the schema's words.

use std::marker::PhantomData;

use super::check::{Checks, Field};
use super::expected::{Expected, Kind};
use super::message::Message;
use super::mismatch::{Fault, contains, mismatch};
use super::require;
use crate::descriptor::EnumDescriptor;
use crate::event::TelemetryEvent;
use crate::value::TelemetryValue;

/// The schema of an event, and what it demands of fields with a vocabulary.
#[derive(Debug, Clone, Copy)]
pub struct Demands {
    /// The name of the event's type.
    pub(super) name: &'static str,
    /// The schema's file.
    pub(super) schema: &'static str,
    fields: &'static [Words],
}

/// The index of a field, the spelling of its type, whether it may be null, whether it is an array, and the words that the
/// schema has.
type Words = (usize, &'static str, bool, bool, &'static [&'static str]);

impl Demands {
    /// Those of an event without a schema.
    pub const NONE: Self = Self::new("", "", &[]);

    /// Those of the event whose type is called `name`, by the file `schema`.
    pub const fn new(name: &'static str, schema: &'static str, fields: &'static [Words]) -> Self {
        Self { name, schema, fields }
    }

    /// How a message about the event as a whole starts.
    pub(super) const fn intro(&self) -> Message {
        Message::new("`").push(self.name).push("` does not match schema `").push(self.schema).push("`")
    }

    const fn message_of<E: TelemetryEvent>(field: usize) -> Message {
        match Self::of::<E>(field) {
            Some(demand) => demand.message(),
            None => Message::new(""),
        }
    }

    const fn of<E: TelemetryEvent>(field: usize) -> Option<Demand> {
        let checks = Checks::of::<E>();
        let mut rest = E::DEMANDS.fields;
        while let [(index, type_name, nullable, is_array, words), tail @ ..] = rest {
            if *index == field {
                let Some(field) = checks.field(field, type_name) else { return None };
                return Some(Demand { field, nullable: *nullable, is_array: *is_array, words });
            }
            rest = tail;
        }
        None
    }
}

/// What a schema demands of a field: one of these words, or an array of them.
#[derive(Clone, Copy)]
struct Demand {
    field: Field<'static>,
    nullable: bool,
    is_array: bool,
    words: &'static [&'static str],
}

/// What the event `E` demands of its field at this index, as a type.
#[derive(Debug)]
pub struct DemandOf<E, const FIELD: usize>(PhantomData<E>);

/// Why a vocabulary does not do.
pub trait Misfit {
    /// The index of the first variant that the schema does not have; that of none if there is another reason, or if the
    /// vocabulary is another package's.
    const VARIANT: usize;
    /// What to say about it.
    const MESSAGE: &'static str;
}

impl<E: TelemetryEvent, const FIELD: usize> Misfit for DemandOf<E, FIELD> {
    const VARIANT: usize = match Demands::of::<E>(FIELD) {
        Some(demand) => match demand.misfit() {
            Some(variant) => variant,
            None => NO_VARIANT,
        },
        None => NO_VARIANT,
    };
    const MESSAGE: &'static str = const { &Demands::message_of::<E>(FIELD) }.as_str();
}

/// A vocabulary that can say what is wrong with it.
pub trait Vocabulary<O: Misfit> {
    /// Does not compile, at the variant, if there is an objection to one.
    const FITS: ();
}

/// The vocabulary of a type that has none.
#[derive(Debug)]
pub struct NoVocabulary;

impl<O: Misfit> Vocabulary<O> for NoVocabulary {
    const FITS: () = ();
}

/// Fails to compile: there is an objection to the variant where this is called.
///
/// # Panics
///
/// Always; only constants call it.
#[track_caller]
pub const fn object<O: Misfit>() {
    require(false, O::MESSAGE);
}

/// Fails to compile unless the field of `E` at this index, which is a `T`, is what the schema demands. `form` is the number of
/// what has just the words of the schema.
///
/// # Panics
///
/// If it is not; only constants call it.
#[track_caller]
pub const fn check_vocabulary<T, E, const FIELD: usize>(form: u64)
where
    T: TelemetryValue,
    E: TelemetryEvent,
    T::Vocabulary: Vocabulary<DemandOf<E, FIELD>>,
{
    if T::FORM != form {
        check_words::<T::Vocabulary, E, FIELD>();
    }
}

/// The same for a field with the vocabulary `V`, whose number is another one.
///
/// # Panics
///
/// If it is not; only constants call it.
#[track_caller]
pub const fn check_words<V, E, const FIELD: usize>()
where
    E: TelemetryEvent,
    V: Vocabulary<DemandOf<E, FIELD>>,
{
    let () = V::FITS; // The compiler adds this line to the error at the variant.
    if let Some(demand) = Demands::of::<E>(FIELD) {
        demand.check();
    }
}

impl Demand {
    /// Fails to compile at the field.
    #[track_caller]
    const fn check(&self) {
        let message = self.message();
        require(message.is_empty(), message.as_str());
    }

    /// What is wrong; empty if nothing is.
    const fn message(&self) -> Message {
        if self.misfit().is_none() {
            return Message::new("");
        }
        let field = self.field;
        let (pointer, of_items) = (field.pointer(), field.pointer().push("/items"));
        let kind = Kind::Vocabulary(self.words);
        let items = Expected { pointer: of_items.as_str(), nullable: false, kind };
        let kind = if self.is_array { Kind::Array(&items) } else { kind };
        field.message(&Expected { pointer: pointer.as_str(), nullable: self.nullable, kind })
    }

    /// The index of the first variant that the schema does not have, or [`NO_VARIANT`] if something else is wrong. Makes no
    /// text, since the compiler interprets this for every vocabulary that is only a part of the schema's.
    const fn misfit(&self) -> Option<usize> {
        let items = Expected { pointer: "", nullable: false, kind: Kind::Vocabulary(self.words) };
        let kind = if self.is_array { Kind::Array(&items) } else { items.kind };
        let expected = Expected { pointer: "", nullable: self.nullable, kind };
        let Some(found) = mismatch(self.field.shape(), &expected) else { return None };
        match found.fault {
            // Another package's source is nothing that the author of the event looks at.
            Fault::Words(allowed, vocabulary) if self.field.is_of_package(vocabulary.origin.package) => {
                Some(first_extra(allowed, vocabulary))
            }
            _ => Some(NO_VARIANT),
        }
    }
}

/// The index of no variant.
const NO_VARIANT: usize = usize::MAX;

const fn first_extra(allowed: &[&str], vocabulary: &EnumDescriptor) -> usize {
    let (mut index, mut rest) = (0, vocabulary.variants);
    while let [variant, tail @ ..] = rest {
        if !contains(allowed, variant) {
            return index;
        }
        (index, rest) = (index + 1, tail);
    }
    NO_VARIANT
}
