// SPDX-FileCopyrightText: Copyright (c) 2026 NVIDIA CORPORATION & AFFILIATES. All rights reserved.
// SPDX-License-Identifier: Apache-2.0

//! File name patterns as Python's `fnmatch` understands them: `*`, `?`, `[abc]`, `[!abc]`, and nothing else.
//!
//! Crates for globbing give `/`, a leading `.`, `**` and `{}` a meaning; here they have none, which is why this is ours.

/// One element of a pattern.
#[derive(Debug)]
enum Element {
    Any,
    Many,
    One(char),
    Class { negated: bool, ranges: Vec<(char, char)> },
}

/// A pattern that a whole base name matches or not; case matters.
#[derive(Debug)]
pub(crate) struct Pattern(Vec<Element>);

impl Pattern {
    pub(crate) fn new(text: &str) -> Self {
        let chars: Vec<char> = text.chars().collect();
        let mut rest = chars.as_slice();
        let mut elements = Vec::new();
        while let Some((&first, tail)) = rest.split_first() {
            rest = tail;
            elements.push(match first {
                '*' => Element::Many,
                '?' => Element::Any,
                '[' => match class(tail) {
                    Some((element, after)) => {
                        rest = after;
                        element
                    }
                    None => Element::One('['),
                },
                other => Element::One(other),
            });
        }
        Self(elements)
    }

    /// How many elements there are.
    pub(crate) fn len(&self) -> usize {
        self.0.len()
    }

    /// Whether `name` matches, in time proportional to the two lengths' product at worst.
    pub(crate) fn matches(&self, name: &str) -> bool {
        let name: Vec<char> = name.chars().collect();
        let (mut at, mut element) = (0, 0);
        // Where to go on if the shortest match of the last `*` does not work out.
        let mut retry: Option<(usize, usize)> = None;
        while at < name.len() || element < self.0.len() {
            if let Some(Element::Many) = self.0.get(element) {
                retry = Some((at + 1, element));
                element += 1;
            } else if name.get(at).zip(self.0.get(element)).is_some_and(|(c, wanted)| wanted.accepts(*c)) {
                (at, element) = (at + 1, element + 1);
            } else if let Some((next, star)) = retry.filter(|(next, _)| *next <= name.len()) {
                (at, element) = (next, star);
            } else {
                return false;
            }
        }
        true
    }
}

impl Element {
    fn accepts(&self, c: char) -> bool {
        match self {
            Self::Any | Self::Many => true,
            Self::One(wanted) => *wanted == c,
            Self::Class { negated, ranges } => {
                ranges.iter().any(|(low, high)| (*low..=*high).contains(&c)) != *negated
            }
        }
    }
}

/// The class after an opening bracket and what follows its closing one; `None` if nothing closes it.
fn class(after: &[char]) -> Option<(Element, &[char])> {
    let negated = after.first() == Some(&'!');
    let body = after.get(usize::from(negated)..)?;
    // A closing bracket in first place is a member, not the end.
    let end = body.iter().skip(1).position(|c| *c == ']')? + 1;
    let (members, rest) = body.split_at_checked(end)?;
    Some((Element::Class { negated, ranges: ranges(members) }, rest.get(1..)?))
}

fn ranges(mut members: &[char]) -> Vec<(char, char)> {
    let mut ranges = Vec::new();
    while let Some((&first, tail)) = members.split_first() {
        (members, _) = match tail {
            ['-', last, after @ ..] => (after, ranges.push((first, *last))),
            _ => (tail, ranges.push((first, first))),
        };
    }
    ranges
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn agrees_with_fnmatch() {
        for (pattern, name, expected) in [
            ("*.co", "a.co", true),
            ("*.co", ".co", true),
            ("*.co", "a.co.bak", false),
            ("*.CO", "a.co", false),
            ("a*b*c", "a--b--c", true),
            ("a*b*c", "a--c--b", false),
            ("?.yml", "x.yml", true),
            ("?.yml", ".yml", false),
            ("[ab].yml", "b.yml", true),
            ("[!ab].yml", "b.yml", false),
            ("[!ab].yml", "c.yml", true),
            ("[a-c]x", "bx", true),
            ("[c-a]x", "bx", false),
            ("[]]x", "]x", true),
            ("[!]]x", "]x", false),
            ("[ab", "[ab", true),
            ("[]", "[]", true),
            ("[a-]", "-", true),
            ("[--/]", ".", true),
            ("!x.yml", "x.yml", false),
            ("", "", true),
            ("*", "", true),
            ("**", "ab", true),
        ] {
            assert_eq!(Pattern::new(pattern).matches(name), expected, "{pattern} against {name}");
        }
    }

    #[test]
    fn stars_do_not_multiply() {
        assert!(!Pattern::new(&"*a".repeat(100)).matches(&"a".repeat(99)));
        assert!(!Pattern::new(&format!("{}b", "a*".repeat(200))).matches(&"a".repeat(2000)));
    }
}
