// SPDX-FileCopyrightText: Copyright (c) 2026 NVIDIA CORPORATION & AFFILIATES. All rights reserved.
// SPDX-License-Identifier: Apache-2.0

//! Buckets: a count that leaves the machine only as the label of its range.

use serde::{Serialize, Serializer};

/// A count as a `bucket(…)` field serialises it: the label of the range that it falls into.
///
/// The limits are the largest values of each range but the last. Between limits the label is `low-high`, or one number if
/// both are the same; above the last limit it is `low+`. Zero always has its own label.
///
/// ```
/// use telemetry_core::Bucketed;
///
/// let label = |count: u64| Bucketed { count, limits: &[1, 2, 5, 10] }.to_string();
/// assert_eq!([0, 1, 2, 3, 5, 10, 11].map(label), ["0", "1", "2", "3-5", "3-5", "6-10", "11+"]);
/// ```
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Bucketed {
    /// The count.
    pub count: u64,
    /// The largest value of each range but the last, rising, all above zero.
    pub limits: &'static [u64],
}

/// The labels of all ranges that `limits` makes, in rising order, the label of zero first.
///
/// ```
/// assert_eq!(telemetry_core::bucket_labels(&[1, 5]), ["0", "1", "2-5", "6+"]);
/// ```
pub fn bucket_labels(limits: &'static [u64]) -> Vec<String> {
    let first_of_each = [0].into_iter().chain([1]).chain(limits.iter().map(|limit| limit.saturating_add(1)));
    first_of_each.map(|count| Bucketed { count, limits }.to_string()).collect()
}

impl std::fmt::Display for Bucketed {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        if self.count == 0 {
            return f.write_str("0");
        }
        let above = self.limits.iter().rposition(|limit| *limit < self.count);
        let low = above.and_then(|index| self.limits.get(index)).map_or(1, |limit| limit.saturating_add(1));
        match self.limits.get(above.map_or(0, |index| index + 1)) {
            Some(high) if *high == low => write!(f, "{low}"),
            Some(high) => write!(f, "{low}-{high}"),
            None => write!(f, "{low}+"),
        }
    }
}

impl Serialize for Bucketed {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.collect_str(self)
    }
}

/// An unsigned integer that a `bucket(…)` can hold.
#[diagnostic::on_unimplemented(
    message = "`bucket` needs an unsigned integer, but `{Self}` is not one",
    label = "`bucket` does not apply to this type"
)]
pub trait Count: Copy {
    /// The count.
    fn count(self) -> u64;
}

macro_rules! counts {
    ($($type:ty),*) => {$(
        impl Count for $type {
            fn count(self) -> u64 {
                u64::try_from(self).unwrap_or(u64::MAX)
            }
        }
    )*};
}

counts!(u8, u16, u32, u64, usize);

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_count_up_to_a_thousand_has_exactly_the_label_of_its_range() {
        let limits: &[u64] = &[1, 2, 5, 10, 100];
        for count in 0..1000 {
            let expected = match count {
                0..=2 => count.to_string(),
                3..=5 => "3-5".into(),
                6..=10 => "6-10".into(),
                11..=100 => "11-100".into(),
                _ => "101+".into(),
            };
            assert_eq!(Bucketed { count, limits }.to_string(), expected);
        }
    }

    #[test]
    fn the_first_limit_need_not_be_one_and_the_last_may_be_the_largest_number() {
        let label = |count| Bucketed { count, limits: &[200, u64::MAX] }.to_string();
        assert_eq!(label(1), "1-200");
        assert_eq!(label(u64::MAX), format!("201-{}", u64::MAX));
    }
}
