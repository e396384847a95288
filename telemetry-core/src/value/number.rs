// SPDX-FileCopyrightText: Copyright (c) 2026 NVIDIA CORPORATION & AFFILIATES. All rights reserved.
// SPDX-License-Identifier: Apache-2.0

//! Numbers: integers saturate at their bounds, floats are finite or replaced by their sentinel.

use std::collections::{BTreeMap, BTreeSet};
use std::marker::PhantomData;

use super::{TelemetryKey, TelemetryValue};
use crate::descriptor::Shape;

/// A type whose integers a `range` can bound: an integer, or an option, list, set or map of what a `range` can bound.
///
/// Types wider than 32 bits without a sign can hold more than the schemas allow, so as a field they need
/// `#[telemetry(range = 0..=1_000_000)]`.
#[diagnostic::on_unimplemented(
    message = "`range` needs an integer, but `{Self}` is not one",
    label = "`range` does not apply to this type",
    note = "it applies to an integer, and to the integers in an `Option`, `Vec`, `BTreeSet` or `BTreeMap`",
    note = "floats have a `range` where they are spelled `f64` or `f32`, with bounds such as `0.0..=1.0`"
)]
pub trait BoundedInteger: serde::Serialize {
    /// The smallest integer that the type can hold, as far as an `i64` goes.
    const LOW: i64;
    /// The largest integer that the type can hold, as far as an `i64` goes.
    const HIGH: i64;

    /// What the values are with both bounds, which are included.
    type Range<const MIN: i64, const MAX: i64>: RangeShape;

    /// Whether each integer is between both bounds, which are included.
    fn is_within(&self, min: i64, max: i64) -> bool;

    /// Moves each integer to the nearest one between both bounds, which are included; returns how many that changed.
    fn clamp_to(&mut self, min: i64, max: i64) -> u32;
}

/// What a [`BoundedInteger`] is between both bounds, as a type: no value of it exists.
pub trait RangeShape {
    /// The shape.
    const SHAPE: Shape;
}

/// An integer between both bounds.
#[derive(Debug)]
pub struct IntegerRange<const MIN: i64, const MAX: i64>;

impl<const MIN: i64, const MAX: i64> RangeShape for IntegerRange<MIN, MAX> {
    const SHAPE: Shape = Shape::integer(MIN, MAX);
}

/// A float that a `range` can bound.
pub trait BoundedFloat: Sized {
    /// The smallest finite value.
    const LOW: Self;
    /// The largest finite value.
    const HIGH: Self;

    /// Moves the value to the nearest one between both bounds, which are included; returns 1 if that changed it, else 0, and
    /// nothing if the value is not finite.
    fn clamp_to(&mut self, min: Self, max: Self) -> Option<u32>;

    /// Whether the value is between both bounds, which are included, or not finite.
    fn is_within(&self, min: Self, max: Self) -> bool;

    /// Whether the value has JSON.
    fn is_finite(&self) -> bool;
}

macro_rules! bounded_integers {
    ($($type:ty),*) => {$(
        impl BoundedInteger for $type {
            const LOW: i64 = if <$type>::MIN as i128 > i64::MIN as i128 { <$type>::MIN as i64 } else { i64::MIN };
            const HIGH: i64 = if (<$type>::MAX as u128) < i64::MAX as u128 { <$type>::MAX as i64 } else { i64::MAX };

            type Range<const MIN: i64, const MAX: i64> = IntegerRange<MIN, MAX>;

            fn is_within(&self, min: i64, max: i64) -> bool {
                (min.into()..=max.into()).contains(&i128::try_from(*self).unwrap_or(i128::MAX))
            }

            fn clamp_to(&mut self, min: i64, max: i64) -> u32 {
                let clamped = i128::try_from(*self).unwrap_or(i128::MAX).clamp(min.into(), max.into());
                // A constant has made sure that the type holds both bounds.
                let clamped = <$type>::try_from(clamped).unwrap_or(*self);
                let changed = clamped != *self;
                *self = clamped;
                changed.into()
            }
        }
    )*};
}

bounded_integers!(i8, i16, i32, i64, i128, isize, u8, u16, u32, u64, u128, usize);

/// Implements the trait for what holds values of `$value`, whose bounds are theirs. `$range` is what it is between bounds.
macro_rules! bounded_containers {
    ($($type:ty, [$($generics:tt)*], $value:ident, $range:ident [$($key:ident)?], $shape:expr,
        |$each:ident, $min:ident, $max:ident| $is_within:expr, $clamp:expr;)*) => {$(
        impl<$($generics)*> BoundedInteger for $type {
            const LOW: i64 = $value::LOW;
            const HIGH: i64 = $value::HIGH;

            type Range<const MIN: i64, const MAX: i64> = $range<$($key,)? $value::Range<MIN, MAX>>;

            fn is_within(&self, $min: i64, $max: i64) -> bool {
                let $each = self;
                $is_within
            }

            fn clamp_to(&mut self, $min: i64, $max: i64) -> u32 {
                let $each = self;
                $clamp
            }
        }

        #[doc = concat!("What a `", stringify!($type), "` is between bounds.")]
        #[derive(Debug)]
        pub struct $range<$($key,)? T>(PhantomData<($($key,)? T,)>);

        impl<$($key: TelemetryKey,)? T: RangeShape> RangeShape for $range<$($key,)? T> {
            const SHAPE: Shape = $shape(&T::SHAPE);
        }
    )*};
}

bounded_containers!(
    Option<T>, [T: BoundedInteger], T, OptionRange [], Shape::Nullable, |option, min, max|
        option.as_ref().is_none_or(|value| value.is_within(min, max)),
        option.as_mut().map_or(0, |value| value.clamp_to(min, max));
    Vec<T>, [T: BoundedInteger], T, ListRange [], Shape::list, |list, min, max|
        list.iter().all(|value| value.is_within(min, max)),
        list.iter_mut().map(|value| value.clamp_to(min, max)).sum();
    BTreeSet<T>, [T: BoundedInteger + Ord], T, SetRange [], Shape::set, |set, min, max|
        set.iter().all(|value| value.is_within(min, max)),
        clamp_all(set, min, max);
    BTreeMap<K, V>, [K: TelemetryKey, V: BoundedInteger], V, MapRange [K], map_shape::<K>, |map, min, max|
        map.values().all(|value| value.is_within(min, max)),
        map.values_mut().map(|value| value.clamp_to(min, max)).sum();
);

const fn map_shape<K: TelemetryKey>(value: &'static Shape) -> Shape {
    Shape::map(&K::SHAPE, value)
}

/// The elements of a set cannot change in place.
fn clamp_all<T: BoundedInteger + Ord>(set: &mut BTreeSet<T>, min: i64, max: i64) -> u32 {
    let mut changes = 0;
    let clamped = |mut value: T| {
        changes += value.clamp_to(min, max);
        value
    };
    *set = std::mem::take(set).into_iter().map(clamped).collect();
    changes
}

macro_rules! integer_values {
    ($($type:ty),*) => {$(
        impl TelemetryValue for $type {
            crate::__sent_as_itself!();

            const SHAPE: Shape = Shape::integer(<$type>::MIN as i64, <$type>::MAX as i64);
        }
    )*};
}

integer_values!(i8, i16, i32, i64, u8, u16, u32);

macro_rules! float_values {
    ($($type:ty),*) => {$(
        impl TelemetryValue for $type {
            crate::__sent_as_itself!();

            const SHAPE: Shape = Shape::number(f64::MIN, f64::MAX);
            const NEEDS_SENTINEL: bool = true;

            fn is_sendable(&self) -> bool {
                self.is_finite()
            }
        }

        impl BoundedFloat for $type {
            const LOW: Self = Self::MIN;
            const HIGH: Self = Self::MAX;

            fn is_finite(&self) -> bool {
                Self::is_finite(*self)
            }

            fn is_within(&self, min: Self, max: Self) -> bool {
                (min..=max).contains(self) || !self.is_finite()
            }

            fn clamp_to(&mut self, min: Self, max: Self) -> Option<u32> {
                // Not `clamp`, which panics on bounds in the wrong order.
                let clamped = self.max(min).min(max);
                let changed = *self < min || *self > max;
                self.is_finite().then(|| {
                    *self = clamped;
                    changed.into()
                })
            }
        }
    )*};
}

float_values!(f32, f64);

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn integers_saturate_at_both_bounds_and_say_so() {
        for (mut value, expected, changed) in [(-1_i64, 0, 1), (0, 0, 0), (64, 64, 0), (65, 64, 1)] {
            assert_eq!(value.is_within(0, 64), changed == 0);
            assert_eq!(value.clamp_to(0, 64), changed);
            assert_eq!(value, expected);
        }
    }

    #[test]
    fn the_widest_integers_saturate_too() {
        let mut wide = u128::MAX;
        assert!(!wide.is_within(0, i64::MAX));
        assert_eq!(wide.clamp_to(0, i64::MAX), 1);
        assert_eq!(wide, i64::MAX as u128);
        let mut low = i128::MIN;
        assert_eq!(low.clamp_to(i64::MIN, 0), 1);
        assert_eq!(low, i128::from(i64::MIN));
    }

    #[test]
    fn integers_in_collections_saturate_and_are_counted() {
        let mut list = vec![Some(1_u64), None, Some(99)];
        assert_eq!((list.clamp_to(2, 9), list), (2, vec![Some(2), None, Some(9)]));
        let mut set = BTreeSet::from([1_u8, 50, 60]);
        assert_eq!((set.clamp_to(0, 9), set), (2, BTreeSet::from([1, 9])));
        let mut map = BTreeMap::from([(crate::value::Token::from_static("a"), -5_i128)]);
        assert_eq!((map.clamp_to(0, 9), map.into_values().next()), (1, Some(0)));
        assert_eq!(
            (<Option<Vec<u8>>>::LOW, <Vec<u8>>::HIGH, u128::HIGH, i128::LOW),
            (0, 255, i64::MAX, i64::MIN)
        );
        assert_eq!(
            <<Option<Vec<u64>> as BoundedInteger>::Range<0, 9> as RangeShape>::SHAPE,
            Shape::Nullable(const { &Shape::list(const { &Shape::integer(0, 9) }) })
        );
    }

    #[test]
    fn floats_saturate_at_both_bounds_and_are_lost_if_not_finite() {
        for (mut value, expected, changed) in [(-0.5, 0.0, Some(1)), (0.5, 0.5, Some(0)), (2.0, 1.0, Some(1))]
        {
            assert_eq!(value.is_within(0.0, 1.0), changed == Some(0));
            assert_eq!(value.clamp_to(0.0, 1.0), changed);
            assert_eq!(value, expected);
        }
        for mut value in [f64::NAN, f64::INFINITY, f64::NEG_INFINITY] {
            assert!(value.is_within(0.0, 1.0));
            assert_eq!(value.clamp_to(0.0, 1.0), None);
        }
    }

    #[test]
    fn only_finite_floats_are_sendable() {
        assert!(1.5_f64.is_sendable());
        for value in [f64::NAN, f64::INFINITY, f64::NEG_INFINITY] {
            assert!(!value.is_sendable());
            assert!(!Some(value).is_sendable());
        }
        assert!(None::<f64>.is_sendable());
    }
}
