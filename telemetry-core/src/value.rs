// SPDX-FileCopyrightText: Copyright (c) 2026 NVIDIA CORPORATION & AFFILIATES. All rights reserved.
// SPDX-License-Identifier: Apache-2.0

//! The closed world of values that a field of an event can have.
//!
//! A value is a boolean, a bounded integer, a finite float, a closed enum, an identifier, a declared free text, or a list,
//! set, map or object of those. Everything else does not compile, because everything else can carry what was not meant to be
//! sent: a path holds a user name, a JSON value holds anything.

pub(crate) mod bucket;
mod collection;
pub(crate) mod entries;
mod identifier;
pub(crate) mod number;
pub(crate) mod parameters;
pub(crate) mod sentinel;
pub(crate) mod text;
mod unsendable;

pub use identifier::{IdentifierError, Token, Version};
pub(crate) use parameters::Parameters;
pub use unsendable::Unsendable;
pub(crate) use unsendable::sum;
#[cfg(feature = "uuid")]
pub use uuid::Uuid;

use serde::Serializer;

use telemetry_schema::fingerprint;

use crate::descriptor::Shape;
use crate::vocabulary::TelemetryEnum;

/// A value that may be a field of an event.
///
/// Implemented here for booleans, integers that an `i64` can hold, floats, lists,
/// sets, maps and options of values, and the identifier types. `#[derive(TelemetryEnum)]` implements it for a closed
/// vocabulary and `#[derive(TelemetryValue)]` for an object.
///
/// ```
/// use telemetry_core::TelemetryValue;
/// use telemetry_core::descriptor::Shape;
///
/// /// The size of a parcel.
/// #[derive(Debug, Clone, TelemetryValue)]
/// struct Size {
///     /// Width in centimeters.
///     width: u32,
///     /// Height in centimeters.
///     height: u32,
/// }
///
/// assert!(matches!(<Vec<Size> as TelemetryValue>::SHAPE, Shape::List { .. }));
/// ```
#[diagnostic::on_unimplemented(
    message = "`{Self}` cannot be a field of a telemetry event",
    label = "not a type that may leave the machine",
    note = "a struct becomes a value with `#[derive(TelemetryValue)]`, and an enum with `#[derive(TelemetryEnum)]`",
    note = "use `bool`, an integer, a float, `Uuid` (feature `uuid`), `Version`, `Token`, an enum with `#[derive(TelemetryEnum)]`, or a `Vec`, `BTreeSet`, `BTreeMap` or `Option` of those",
    note = "a text that cannot be a closed enum needs `#[telemetry(free_text = \"why it is harmless\", max_len = 64, sentinel = \"unknown\")]`"
)]
pub trait TelemetryValue: serde::Serialize {
    /// What values the type can have.
    const SHAPE: Shape;

    /// Whether some values of the type cannot be sent at all, so that a field needs `sentinel = …` to stand in for them.
    /// True for floats, whose infinities and NaN have no JSON.
    const NEEDS_SENTINEL: bool = false;

    /// Whether this value can be sent.
    fn is_sendable(&self) -> bool {
        true
    }

    /// Brings the value into its bounds and says how many values it had to change.
    ///
    /// # Errors
    ///
    /// If no event can be sent with the value.
    fn normalize(&mut self) -> Result<u32, Unsendable> {
        Ok(0)
    }

    /// Normalizes the value; nothing if it cannot be sent and its sentinel must replace it.
    #[doc(hidden)]
    fn normalize_if_sendable(&mut self) -> Option<Result<u32, Unsendable>> {
        self.is_sendable().then(|| self.normalize())
    }

    /// The same for all types whose values are the same to a schema, as far as their words go.
    #[doc(hidden)]
    const FINGERPRINT: u64 = fingerprint::of_shape(&Self::SHAPE);

    // In the trait, so that a type that is not a value gives one error and not a second one about serialization.
    #[doc(hidden)]
    fn put<S: Serializer>(&self, parameters: &mut Parameters<S>)
    where
        Self: Sized,
    {
        parameters.put(self);
    }

    /// What the value is sent as: itself.
    // A projection, which a type that is not a value does not have: again for one error.
    #[doc(hidden)]
    type Sent: serde::Serialize + ?Sized;

    /// The vocabulary that the words of the value come from, through options and collections.
    #[doc(hidden)]
    type Vocabulary;

    /// The value as it is sent.
    #[doc(hidden)]
    fn sent(&self) -> &Self::Sent;
}

/// What every value says about how it is sent, and where its words come from.
#[doc(hidden)]
#[macro_export]
macro_rules! __sent_as_itself {
    () => {
        $crate::__sent_as_itself!($crate::__private1::NoVocabulary);
    };
    ($vocabulary:ty) => {
        type Sent = Self;
        type Vocabulary = $vocabulary;
        fn sent(&self) -> &Self {
            self
        }
    };
}

/// A value that may be the key of a map: a closed enum or an identifier.
///
/// ```
/// use std::collections::BTreeMap;
///
/// use telemetry_core::value::{TelemetryKey, Token};
///
/// fn counts<K: TelemetryKey>(keys: impl IntoIterator<Item = K>) -> BTreeMap<K, u32> {
///     let mut counts = BTreeMap::new();
///     keys.into_iter().for_each(|key| *counts.entry(key).or_default() += 1);
///     counts
/// }
/// assert_eq!(counts([Token::from_static("tea"), Token::from_static("tea")])[&Token::from_static("tea")], 2);
/// ```
#[diagnostic::on_unimplemented(
    message = "`{Self}` cannot be the key of a map in a telemetry event",
    label = "not a closed enum or an identifier",
    note = "use `Token`, or an enum with `#[derive(PartialEq, Eq, PartialOrd, Ord, TelemetryEnum)]`"
)]
pub trait TelemetryKey: TelemetryValue + Ord {}

impl TelemetryKey for Token {}
impl TelemetryKey for Version {}

#[diagnostic::do_not_recommend]
impl<E: TelemetryEnum + Ord> TelemetryKey for E {}

impl TelemetryValue for bool {
    __sent_as_itself!();
    const SHAPE: Shape = Shape::Boolean;
}

impl<T: TelemetryValue> TelemetryValue for Option<T> {
    __sent_as_itself!(T::Vocabulary);
    const SHAPE: Shape = Shape::Nullable(&T::SHAPE);
    const NEEDS_SENTINEL: bool = T::NEEDS_SENTINEL;

    fn is_sendable(&self) -> bool {
        self.as_ref().is_none_or(T::is_sendable)
    }

    fn normalize(&mut self) -> Result<u32, Unsendable> {
        self.as_mut().map_or(Ok(0), T::normalize)
    }
}
