// SPDX-FileCopyrightText: Copyright (c) 2026 NVIDIA CORPORATION & AFFILIATES. All rights reserved.
// SPDX-License-Identifier: Apache-2.0

//! How long an operation took, as a number in its unit.

use std::time::Duration;

use crate::descriptor::DurationUnit;

/// A field that can say how long an operation took.
#[doc(hidden)]
#[diagnostic::on_unimplemented(
    message = "`duration` needs a number, but `{Self}` is not one",
    note = "use an integer such as `i64`, or a float"
)]
pub trait DurationField {
    /// Takes this time in this unit.
    fn set(&mut self, elapsed: Duration, unit: DurationUnit);
}

/// A duration that is `null` as long as it is not measured.
impl<T: DurationField + Default> DurationField for Option<T> {
    fn set(&mut self, elapsed: Duration, unit: DurationUnit) {
        self.insert(T::default()).set(elapsed, unit);
    }
}

macro_rules! integer_durations {
    ($($type:ty),*) => {$(
        impl DurationField for $type {
            fn set(&mut self, elapsed: Duration, unit: DurationUnit) {
                let number = elapsed.as_nanos() / unit.length().as_nanos();
                *self = <$type>::try_from(number).unwrap_or(<$type>::MAX);
            }
        }
    )*};
}

integer_durations!(i32, i64, u32, u64);

macro_rules! float_durations {
    ($($type:ty),*) => {$(
        impl DurationField for $type {
            fn set(&mut self, elapsed: Duration, unit: DurationUnit) {
                *self = elapsed.div_duration_f64(unit.length()) as $type;
            }
        }
    )*};
}

float_durations!(f32, f64);

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn durations_are_whole_numbers_of_their_unit_and_saturate() {
        let (mut small, mut large, mut exact) = (0_i32, 0_u64, 0_f64);
        small.set(Duration::MAX, DurationUnit::Milliseconds);
        large.set(Duration::from_millis(2999), DurationUnit::Seconds);
        exact.set(Duration::from_millis(1500), DurationUnit::Seconds);
        assert_eq!((small, large, exact), (i32::MAX, 2, 1.5));
    }
}
