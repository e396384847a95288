// SPDX-FileCopyrightText: Copyright (c) 2026 NVIDIA CORPORATION & AFFILIATES. All rights reserved.
// SPDX-License-Identifier: Apache-2.0

//! Buckets: a count that leaves the machine only as the label of its range.

use serde::{Serialize, Serializer};
use telemetry_schema::bucket::{index_of, range};

/// A count as a `bucket(…)` field serializes it: the label of the range that it falls into.
///
/// The limits are the largest values of each range but the last. Between limits the label is `low-high`, or one number if
/// both are the same; above the last limit it is `low+`. Zero always has its own label.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Bucketed {
    /// The count.
    pub count: u64,
    /// The largest value of each range but the last, rising, all above zero.
    pub limits: &'static [u64],
}

impl std::fmt::Display for Bucketed {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        // As `bucket::label` has it, which makes a text in a constant and would take longer here.
        match range(self.limits, index_of(self.limits, self.count)) {
            (low, Some(high)) if low == high => write!(f, "{low}"),
            (low, Some(high)) => write!(f, "{low}-{high}"),
            (low, None) => write!(f, "{low}+"),
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
    use telemetry_schema::bucket::labels;

    use super::*;

    #[test]
    fn the_text_of_a_count_is_one_of_the_labels() {
        let limits: &[u64] = &[1, 2, 5, 100, u64::MAX];
        for count in (0..200).chain([u64::MAX]) {
            let text = Bucketed { count, limits }.to_string();
            assert_eq!(text, labels(limits)[index_of(limits, count)]);
        }
    }
}
