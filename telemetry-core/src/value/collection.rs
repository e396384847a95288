// SPDX-FileCopyrightText: Copyright (c) 2026 NVIDIA CORPORATION & AFFILIATES. All rights reserved.
// SPDX-License-Identifier: Apache-2.0

//! Lists, sets and maps of values.

use std::collections::{BTreeMap, BTreeSet};

use super::{TelemetryKey, TelemetryValue, Unsendable, sum};
use crate::descriptor::Shape;

impl<T: TelemetryValue> TelemetryValue for Vec<T> {
    crate::__sent_as_itself!(T::Vocabulary);
    const SHAPE: Shape = Shape::list(&T::SHAPE);
    const NEEDS_SENTINEL: bool = T::NEEDS_SENTINEL;

    fn is_sendable(&self) -> bool {
        self.iter().all(T::is_sendable)
    }

    fn normalize(&mut self) -> Result<u32, Unsendable> {
        self.iter_mut().map(T::normalize).fold(Ok(0), sum)
    }
}

impl<T: TelemetryValue + Ord> TelemetryValue for BTreeSet<T> {
    crate::__sent_as_itself!(T::Vocabulary);
    const SHAPE: Shape = Shape::set(&T::SHAPE);
    const NEEDS_SENTINEL: bool = T::NEEDS_SENTINEL;

    fn is_sendable(&self) -> bool {
        self.iter().all(T::is_sendable)
    }

    fn normalize(&mut self) -> Result<u32, Unsendable> {
        // Elements of a set cannot change in place; identifiers and closed vocabularies never need to.
        if matches!(T::SHAPE, Shape::Identifier(_) | Shape::Enum(_)) {
            return Ok(0);
        }
        let mut changes = Ok(0);
        let normal = |mut element: T| {
            changes = sum(changes, element.normalize());
            element
        };
        *self = std::mem::take(self).into_iter().map(normal).collect();
        changes
    }
}

impl<K: TelemetryKey, V: TelemetryValue> TelemetryValue for BTreeMap<K, V> {
    crate::__sent_as_itself!();
    const SHAPE: Shape = Shape::map(&K::SHAPE, &V::SHAPE);
    const NEEDS_SENTINEL: bool = V::NEEDS_SENTINEL;

    fn is_sendable(&self) -> bool {
        self.values().all(V::is_sendable)
    }

    fn normalize(&mut self) -> Result<u32, Unsendable> {
        self.values_mut().map(V::normalize).fold(Ok(0), sum)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn one_bad_float_makes_the_whole_collection_unsendable() {
        assert!(vec![1.0, 2.0].is_sendable());
        assert!(!vec![1.0, f64::NAN].is_sendable());
        assert!(!BTreeMap::from([(crate::value::Token::from_static("a"), f64::INFINITY)]).is_sendable());
        assert_eq!(<BTreeSet<u8>>::SHAPE, Shape::set(const { &Shape::integer(0, 255) }));
    }
}
