// SPDX-FileCopyrightText: Copyright (c) 2026 NVIDIA CORPORATION & AFFILIATES. All rights reserved.
// SPDX-License-Identifier: Apache-2.0

//! The check of a field with a vocabulary, which marks a variant that the schema does not have where it is declared.
//!
//! A constant that panics is reported where the panic is. The derive of an enum writes one for each variant, the derive of an
//! event writes what the schema asks of each field, and a type that names event and field brings them together. All of it is
//! generic, so that the compiler evaluates nothing of it for a vocabulary with just the schema's words.

use super::check::{Checked, check_field};
use crate::event::TelemetryEvent;
use crate::value::TelemetryValue;
use telemetry_schema::message::require;

/// A field of an event, as a type.
///
/// Generated code has a type of its own for each, all of one name: the compiler shows it in the error, and shows an error that
/// looks like another one only once, so a variant used by several events of a module is one error.
pub trait FieldOfEvent {
    /// The event.
    type Event: TelemetryEvent;
    /// The index of the field.
    const INDEX: usize;
}

/// Why a vocabulary does not fit.
pub trait FieldMismatch {
    /// The index of the first variant that the schema does not have; `usize::MAX` if there is another reason, or if the
    /// vocabulary is another package's.
    const VARIANT: usize;
    /// What to say about it.
    const MESSAGE: &'static str;
}

impl<F: FieldOfEvent> FieldMismatch for F {
    const VARIANT: usize = match Checked::of::<F::Event>(F::INDEX) {
        Some(checked) => match checked.own_extra_variant() {
            Some(variant) => variant,
            None => usize::MAX,
        },
        None => usize::MAX,
    };
    const MESSAGE: &'static str = match const { &message_of::<F>() } {
        Some(message) => message.as_str(),
        None => "",
    };
}

const fn message_of<F: FieldOfEvent>() -> Option<telemetry_schema::message::Message> {
    match Checked::of::<F::Event>(F::INDEX) {
        Some(checked) => checked.message_at_variant(),
        None => None,
    }
}

/// A vocabulary that can say which of its variants does not fit.
pub trait Vocabulary<M: FieldMismatch> {
    /// Does not compile, at the variant, if one does not fit.
    const FITS: ();
}

/// The vocabulary of a type that has none.
#[derive(Debug)]
pub struct NoVocabulary;

impl<M: FieldMismatch> Vocabulary<M> for NoVocabulary {
    const FITS: () = ();
}

/// Fails to compile at the variant where this is called.
///
/// # Panics
///
/// Always; only constants call it.
#[track_caller]
pub const fn fail_at_variant<M: FieldMismatch>() {
    require(false, M::MESSAGE);
}

/// Fails to compile unless the field `F`, which is a `T`, is what the schema asks. `fingerprint` is that of what has just the
/// words of the schema.
///
/// # Panics
///
/// If it is not; only constants call it.
#[track_caller]
pub const fn check_vocabulary<T, F>(fingerprint: u64)
where
    T: TelemetryValue,
    F: FieldOfEvent,
    T::Vocabulary: Vocabulary<F>,
{
    if T::FINGERPRINT != fingerprint {
        check_words::<T::Vocabulary, F>();
    }
}

/// The same for a field with the vocabulary `V`, whose fingerprint is another one.
///
/// # Panics
///
/// If it is not; only constants call it.
#[track_caller]
pub const fn check_words<V: Vocabulary<F>, F: FieldOfEvent>() {
    let () = V::FITS; // The compiler adds this line to the error at the variant.
    check_field::<F::Event>(F::INDEX);
}
