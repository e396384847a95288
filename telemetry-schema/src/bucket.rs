// SPDX-FileCopyrightText: Copyright (c) 2026 NVIDIA CORPORATION & AFFILIATES. All rights reserved.
// SPDX-License-Identifier: Apache-2.0

//! The labels of buckets: `0`, one for each range that ends at a limit, and one for all counts above the last limit.
//!
//! ```
//! use telemetry_schema::bucket::{index_of, labels};
//!
//! let limits = &[1, 10];
//! assert_eq!(labels(limits), ["0", "1", "2-10", "11+"]);
//! assert_eq!(labels(limits)[index_of(limits, 7)], "2-10");
//! ```

use crate::message::Message;

/// The number of labels for `limits`: one more for zero and one more for the counts above the last limit.
#[must_use]
pub const fn label_count(limits: &[u64]) -> usize {
    limits.len() + 2
}

/// The smallest and the largest count with the label at `index`, where 0 is the label of zero. The last range has no largest count.
#[must_use]
pub const fn range(limits: &[u64], index: usize) -> (u64, Option<u64>) {
    if index == 0 {
        return (0, Some(0));
    }
    let (below, from) = limits.split_at(index - 1);
    let low = match below {
        [.., last] => last.saturating_add(1),
        [] => 1,
    };
    match from {
        [high, ..] => (low, Some(*high)),
        [] => (low, None),
    }
}

/// The label at `index`, where 0 is the label of zero: `low-high`, one number if both are equal, or `low+` for the last range.
///
/// ```
/// use telemetry_schema::bucket::{label, label_count};
///
/// let limits = &[1, 2, 5];
/// let labels: Vec<_> = (0..label_count(limits)).map(|index| label(limits, index).as_str().to_owned()).collect();
/// assert_eq!(labels, ["0", "1", "2", "3-5", "6+"]);
/// ```
#[must_use]
pub const fn label(limits: &[u64], index: usize) -> Message {
    let text = Message::new("");
    match range(limits, index) {
        (low, Some(high)) if low == high => text.push_unsigned(low),
        (low, Some(high)) => text.push_unsigned(low).push("-").push_unsigned(high),
        (low, None) => text.push_unsigned(low).push("+"),
    }
}

/// The index of the label of `count`.
#[must_use]
pub fn index_of(limits: &[u64], count: u64) -> usize {
    if count == 0 { 0 } else { limits.partition_point(|limit| *limit < count) + 1 }
}

/// All labels, in ascending order.
#[must_use]
pub fn labels(limits: &[u64]) -> Vec<String> {
    (0..label_count(limits)).map(|index| label(limits, index).as_str().to_owned()).collect()
}

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
            assert_eq!(label(limits, index_of(limits, count)).as_str(), expected);
        }
    }

    #[test]
    fn the_first_limit_need_not_be_one_and_the_last_may_be_the_largest_number() {
        let limits = &[200, u64::MAX];
        let of = |count| labels(limits).swap_remove(index_of(limits, count));
        assert_eq!((of(1), of(u64::MAX)), ("1-200".into(), format!("201-{}", u64::MAX)));
    }
}
