// SPDX-FileCopyrightText: Copyright (c) 2026 NVIDIA CORPORATION & AFFILIATES. All rights reserved.
// SPDX-License-Identifier: Apache-2.0

//! The name nearest to a misspelt one.

/// The candidate that most likely was meant by `text`, if any is near enough to suggest.
///
/// Near enough is an edit distance of at most a third of the longer text; case and separators do not count.
pub fn nearest<'a>(text: &str, candidates: impl IntoIterator<Item = &'a str>) -> Option<&'a str> {
    let plain_text = plain(text);
    candidates
        .into_iter()
        .map(|candidate| (distance(&plain_text, &plain(candidate)), candidate))
        .filter(|(distance, candidate)| *distance * 3 <= text.len().max(candidate.len()))
        .min_by_key(|(distance, _)| *distance)
        .map(|(_, candidate)| candidate)
}

fn plain(text: &str) -> Vec<char> {
    text.chars().filter(|char| char.is_alphanumeric()).flat_map(char::to_lowercase).collect()
}

/// Levenshtein's distance, one row at a time.
fn distance(left: &[char], right: &[char]) -> usize {
    let mut row: Vec<usize> = (0..=right.len()).collect();
    for (line, wanted) in left.iter().enumerate() {
        let mut diagonal = line;
        let mut before = line + 1;
        if let Some(first) = row.first_mut() {
            *first = before;
        }
        for (cell, found) in row.iter_mut().skip(1).zip(right) {
            let replaced = diagonal + usize::from(wanted != found);
            diagonal = *cell;
            before = replaced.min(before + 1).min(*cell + 1);
            *cell = before;
        }
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
    }

    #[test]
    fn suggests_what_was_meant_and_nothing_far_fetched() {
        let keys = ["event_name", "schema_version", "rename"];
        assert_eq!(nearest("eventname", keys), Some("event_name"));
        assert_eq!(nearest("schema_verison", keys), Some("schema_version"));
        assert_eq!(nearest("renmae", keys), Some("rename"));
        assert_eq!(nearest("serialize_with", keys), None);
    }
}
