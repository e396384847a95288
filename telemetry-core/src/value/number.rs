// SPDX-FileCopyrightText: Copyright (c) 2026 NVIDIA CORPORATION & AFFILIATES. All rights reserved.
// SPDX-License-Identifier: Apache-2.0

//! Numbers: integers saturate at their bounds, floats are finite or replaced by their sentinel.

use super::TelemetryValue;
use crate::descriptor::Shape;

/// An integer that a `range` can bound.
///
/// Types wider than 32 bits without a sign can hold more than the schemas allow, so as a field they need
/// `#[telemetry(range = 0..=1_000_000)]`.
#[diagnostic::on_unimplemented(
    message = "`range` needs an integer, but `{Self}` is not one",
    label = "`range` does not apply to this type",
    note = "floats have a `range` where they are spelled `f64` or `f32`, with bounds such as `0.0..=1.0`"
)]
pub trait BoundedInteger: serde::Serialize {
    /// Whether the value can be JSON `null`.
    const NULLABLE: bool = false;

    /// Moves the value to the nearest one between both bounds, which are included; returns 1 if that changed it, else 0.
    fn clamp_to(&mut self, min: i64, max: i64) -> u32;
}

impl<T: BoundedInteger> BoundedInteger for Option<T> {
    const NULLABLE: bool = true;

    fn clamp_to(&mut self, min: i64, max: i64) -> u32 {
        self.as_mut().map_or(0, |value| value.clamp_to(min, max))
    }
}

/// A float that a `range` can bound.
pub trait BoundedFloat {
    /// Moves the value to the nearest one between both bounds, which are included; returns 1 if that changed it, else 0, and
    /// nothing if the value is not finite.
    fn clamp_to(&mut self, min: Self, max: Self) -> Option<u32>;
}

/// The shape of a field whose integers have the shape `integer`.
pub const fn integer_shape(nullable: bool, integer: &'static Shape) -> Shape {
    if nullable { Shape::Nullable(integer) } else { *integer }
}

macro_rules! bounded_integers {
    ($($type:ty),*) => {$(
        impl BoundedInteger for $type {
            fn clamp_to(&mut self, min: i64, max: i64) -> u32 {
                let clamped = i128::try_from(*self).unwrap_or(i128::MAX).clamp(min.into(), max.into());
                // A bound that the type cannot even hold is one that no value of it can cross.
                let clamped = <$type>::try_from(clamped).unwrap_or(*self);
                let changed = clamped != *self;
                *self = clamped;
                changed.into()
            }
        }
    )*};
}

bounded_integers!(i8, i16, i32, i64, i128, isize, u8, u16, u32, u64, u128, usize);

macro_rules! integer_values {
    ($($type:ty),*) => {$(
        impl TelemetryValue for $type {
            crate::__sent_as_itself!();

            const SHAPE: Shape = Shape::Integer { min: <$type>::MIN as i64, max: <$type>::MAX as i64 };
        }
    )*};
}

integer_values!(i8, i16, i32, i64, u8, u16, u32);

macro_rules! float_values {
    ($($type:ty),*) => {$(
        impl TelemetryValue for $type {
            crate::__sent_as_itself!();

            const SHAPE: Shape = Shape::Number { min: f64::MIN, max: f64::MAX };
            const NEEDS_SENTINEL: bool = true;

            fn is_sendable(&self) -> bool {
                self.is_finite()
            }
        }

        impl BoundedFloat for $type {
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
            assert_eq!(value.clamp_to(0, 64), changed);
            assert_eq!(value, expected);
        }
    }

    #[test]
    fn the_widest_integers_saturate_too() {
        let mut wide = u128::MAX;
        assert_eq!(wide.clamp_to(0, i64::MAX), 1);
        assert_eq!(wide, i64::MAX as u128);
        let mut low = i128::MIN;
        assert_eq!(low.clamp_to(i64::MIN, 0), 1);
        assert_eq!(low, i128::from(i64::MIN));
    }

    #[test]
    fn a_bound_outside_the_type_changes_nothing() {
        let mut value = 5_u8;
        assert_eq!(value.clamp_to(300, 400), 0);
        assert_eq!(value, 5);
    }

    #[test]
    fn floats_saturate_at_both_bounds_and_are_lost_if_not_finite() {
        for (mut value, expected, changed) in [(-0.5, 0.0, Some(1)), (0.5, 0.5, Some(0)), (2.0, 1.0, Some(1))]
        {
            assert_eq!(value.clamp_to(0.0, 1.0), changed);
            assert_eq!(value, expected);
        }
        for mut value in [f64::NAN, f64::INFINITY, f64::NEG_INFINITY] {
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
