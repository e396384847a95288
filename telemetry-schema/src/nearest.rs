// SPDX-FileCopyrightText: Copyright (c) 2026 NVIDIA CORPORATION & AFFILIATES. All rights reserved.
// SPDX-License-Identifier: Apache-2.0

//! Finds the name that a misspelled one most likely means.
//!
//! ```
//! use telemetry_schema::nearest::nearest;
//!
//! let names = ["num_tries", "outcome"];
//! assert_eq!(nearest("numTires", names), Some("num_tries"));
//! assert_eq!(nearest("color", names), None);
//! ```

/// The candidate that `text` most likely means, if one is close enough to suggest.
///
/// Case and separators are ignored. One letter may be added, omitted, replaced or swapped with its neighbor, and one more for
/// every six letters. The limit keeps names that share a long word apart.
#[must_use]
pub fn nearest<'a>(text: &str, candidates: impl IntoIterator<Item = &'a str>) -> Option<&'a str> {
    let text = plain(text);
    candidates
        .into_iter()
        .map(|candidate| (plain(candidate), candidate))
        .map(|(letters, candidate)| (distance(&text, &letters), text.len().max(letters.len()), candidate))
        .filter(|(distance, length, _)| *distance <= 1 + length / 6 && 2 * *distance <= *length)
        .min_by_key(|(distance, ..)| *distance)
        .map(|(.., candidate)| candidate)
}

fn plain(text: &str) -> Vec<char> {
    text.chars().filter(|char| char.is_alphanumeric()).flat_map(char::to_lowercase).collect()
}

/// The Levenshtein distance, with a swap of neighbors as one step. Keeps the last two rows of the usual table.
fn distance(left: &[char], right: &[char]) -> usize {
    let mut before = Vec::new();
    let mut row: Vec<usize> = (0..=right.len()).collect();
    for (line, letter) in left.iter().enumerate() {
        let mut next = vec![line + 1];
        for (column, other) in right.iter().enumerate() {
            let cell = |row: &[usize], column: usize| row.get(column).copied().unwrap_or(usize::MAX / 2);
            let replaced = cell(&row, column) + usize::from(letter != other);
            let mut least = replaced.min(cell(&row, column + 1) + 1).min(cell(&next, column) + 1);
            let previous = |letters: &[char], index: usize| {
                index.checked_sub(1).and_then(|index| letters.get(index).copied())
            };
            if previous(left, line) == Some(*other) && previous(right, column) == Some(*letter) {
                least = least.min(cell(&before, column - 1) + 1);
            }
            next.push(least);
        }
        before = std::mem::replace(&mut row, next);
    }
    row.last().copied().unwrap_or_default()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn distances_are_those_of_the_textbook() {
        let distance = |left: &str, right: &str| distance(&plain(left), &plain(right));
        assert_eq!(distance("kitten", "sitting"), 3);
        assert_eq!(distance("", "abc"), 3);
        assert_eq!(distance("abc", ""), 3);
        assert_eq!(distance("flaw", "lawn"), 2);
        assert_eq!(distance("abcd", "acbd"), 1);
    }

    #[test]
    fn suggests_what_was_meant_and_nothing_far_fetched() {
        let keys = ["event_name", "schema_version", "rename"];
        assert_eq!(nearest("eventname", keys), Some("event_name"));
        assert_eq!(nearest("schema_verison", keys), Some("schema_version"));
        assert_eq!(nearest("renmae", keys), Some("rename"));
        assert_eq!(nearest("serialize_with", keys), None);
        assert_eq!(nearest("guardrails_usage_event", ["guardrails_login_event"]), None);
        assert_eq!(nearest("sandbox_create", ["sandbox_delete"]), None);
        assert_eq!(nearest("a", ["b"]), None);
    }
}
