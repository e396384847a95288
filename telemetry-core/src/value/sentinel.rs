// SPDX-FileCopyrightText: Copyright (c) 2026 NVIDIA CORPORATION & AFFILIATES. All rights reserved.
// SPDX-License-Identifier: Apache-2.0

//! The check of a sentinel in a constant: a value that means "unknown" has to be one that can be sent.

use std::collections::{BTreeMap, BTreeSet};
use std::marker::PhantomData;

use telemetry_schema::message::{Message, require};

/// A sentinel, by the type of its field. What is checked depends on the type, also behind an alias.
#[derive(Debug)]
pub struct Sentinel<'a, T>(pub &'a T);

/// The field that a sentinel belongs to, and the type of the field's owner.
type Place = (&'static str, &'static str);

macro_rules! optional {
    ($type:ty, $bound:ty) => {
        impl Sentinel<'_, Option<$type>> {
            /// The same for a sentinel that can be `None`.
            ///
            /// # Panics
            ///
            /// If it is some number outside of the bounds, or not finite; only constants call it.
            #[track_caller]
            pub const fn require_within(&self, min: $bound, max: $bound, place: Place) {
                if let Some(value) = self.0 {
                    Sentinel::<$type>(value).require_within(min, max, place);
                }
            }
        }
    };
}

macro_rules! integers {
    ($($type:ty),*) => {$(
        impl Sentinel<'_, $type> {
            /// Fails to compile unless the sentinel is between both bounds, which are included.
            ///
            /// # Panics
            ///
            /// If it is not; only constants call it.
            #[track_caller]
            pub const fn require_within(&self, min: i64, max: i64, place: Place) {
                // A `u128` above all `i128` is above all bounds.
                let is_above = *self.0 > 0 && (*self.0 as u128) > max as u128;
                if is_above || max < 0 && *self.0 > 0 || (*self.0 as i128) < min as i128 || *self.0 as i128 > max as i128 {
                    let message = start(place).push("` is outside of `range`, which ranges from ").push_integer(min);
                    let message = message.push(" to ").push_integer(max);
                    let message = message.push("\nhelp: choose another number, such as `").push_integer(min);
                    fail(&message.push("`"));
                }
            }
        }

        optional!($type, i64);
    )*};
}

integers!(i8, i16, i32, i64, i128, isize, u8, u16, u32, u64, u128, usize);

macro_rules! floats {
    ($($type:ty),*) => {$(
        impl Sentinel<'_, $type> {
            /// Fails to compile unless the sentinel is finite and between both bounds, which are included.
            ///
            /// # Panics
            ///
            /// If it is not; only constants call it.
            #[track_caller]
            pub const fn require_within(&self, min: $type, max: $type, place: Place) {
                if !self.0.is_finite() {
                    fail(&not_finite(place, min > <$type>::MIN));
                }
                if !(min <= *self.0 && *self.0 <= max) {
                    let message = start(place).push("` is outside of `range`");
                    fail(&message.push("\nhelp: widen `range` to include it, or choose another `sentinel`"));
                }
            }
        }

        optional!($type, $type);
    )*};
}

floats!(f32, f64);

/// A type that carries a sentinel of the type `T`.
pub trait SentinelOf<T> {
    /// The sentinel.
    const VALUE: T;
}

/// The sentinel that `S` carries, as a float if `T` is one behind its name: a constant of a float's own is found before
/// that of [`NoFloat`], which all types have.
#[derive(Debug)]
pub struct Probe<T, S>(PhantomData<(T, S)>);

/// A sentinel of any type, which is taken for no float.
pub trait NoFloat {
    /// Nothing.
    const FLOAT: Option<f64> = None;
}

impl<T, S> NoFloat for Probe<T, S> {}

impl<S: SentinelOf<f64>> Probe<f64, S> {
    /// The sentinel.
    pub const FLOAT: Option<f64> = Some(S::VALUE);
}

impl<S: SentinelOf<f32>> Probe<f32, S> {
    /// The sentinel.
    pub const FLOAT: Option<f64> = Some(S::VALUE as f64);
}

impl<S: SentinelOf<Option<f64>>> Probe<Option<f64>, S> {
    /// The sentinel.
    pub const FLOAT: Option<f64> = S::VALUE;
}

impl<S: SentinelOf<Option<f32>>> Probe<Option<f32>, S> {
    /// The sentinel.
    pub const FLOAT: Option<f64> = match S::VALUE {
        Some(value) => Some(value as f64),
        None => None,
    };
}

/// Fails to compile if the sentinel is a float that is not finite.
///
/// # Panics
///
/// If it is; only constants call it.
#[track_caller]
pub const fn require_finite(sentinel: Option<f64>, place: Place) {
    if let Some(value) = sentinel
        && !value.is_finite()
    {
        fail(&not_finite(place, false));
    }
}

/// The elements of a collection are brought between the bounds with every other value.
macro_rules! collections {
    ($($type:ty, [$($generics:ident),*]);* $(;)?) => {$(
        impl<$($generics),*> Sentinel<'_, $type> {
            /// Does nothing: what a collection holds is not looked at in a constant.
            pub const fn require_within(&self, _: i64, _: i64, _: Place) {}
        }
    )*};
}

collections!(
    Vec<T>, [T]; BTreeSet<T>, [T]; BTreeMap<K, V>, [K, V];
    Option<Vec<T>>, [T]; Option<BTreeSet<T>>, [T]; Option<BTreeMap<K, V>>, [K, V];
);

const fn start((field, owner): Place) -> Message {
    Message::new("the `sentinel` of field `").push(field).push("` of `").push(owner)
}

const fn not_finite(place: Place, has_range: bool) -> Message {
    let message = start(place).push("` is not finite, and has no JSON");
    message.push(if has_range {
        "\nhelp: choose a number inside of `range`"
    } else {
        "\nhelp: choose another number, such as `-1.0`"
    })
}

#[track_caller]
const fn fail(message: &Message) {
    require(false, message.as_str());
}
