// SPDX-FileCopyrightText: Copyright (c) 2026 NVIDIA CORPORATION & AFFILIATES. All rights reserved.
// SPDX-License-Identifier: Apache-2.0

//! The truth tables of environment variables. `NEMO_TELEMETRY_ENABLED` alone has had three of them.

#[cfg(feature = "client")]
use std::ffi::OsStr;
use std::fmt;

/// What turns something off beyond doubt.
const NO: [&str; 4] = ["0", "false", "no", "off"];

/// What turns something on beyond doubt.
const YES: [&str; 8] = ["1", "true", "yes", "on", "y", "t", "enable", "enabled"];

/// How the value of an environment variable becomes a decision. A variable that is not set never opts out.
///
#[doc = include_str!("values.md")]
///
/// A rule knows the words of its row and no others. Quotes are part of the value: some tools that read `NAME="false"` from a
/// file leave them in, others do not, so the value no longer tells what its user meant. Whatever a rule does not know opts
/// out, because a user who sets the variable at all may well want to opt out.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
#[non_exhaustive]
pub enum Rule {
    /// For a variable that turns telemetry off: opts out unless it is blank, `0`, `false`, `no` or `off`, in any case and
    /// with white space around it.
    OptOut,
    /// Opts out if it has any value that is not empty; white space is a value, too.
    Presence,
    /// For a variable that can turn telemetry off and on: opts out unless it is blank or one of `1`, `true`, `yes`, `on`,
    /// `y`, `t`, `enable` and `enabled`, in any case and with white space around it. Agrees if it is `1`, `true` or `yes` in
    /// any case, without white space.
    Enable,
    /// Agrees if it is one of these words, in any case; opts out with everything else, white space and nothing included.
    Words(&'static [&'static str]),
}

impl Rule {
    /// `1`, `true` or `yes` agree, everything else opts out.
    ///
    /// `NEMO_TELEMETRY_ENABLED` has three tables, from the sources and the documents of the products that read it:
    ///
    /// | who | agrees | opts out |
    /// |---|---|---|
    /// | Data Designer, Safe Synthesizer, Anonymizer, the command of Helix | `1`, `true`, `yes`, in any case | everything else, white space round a word included |
    /// | the service that runs the jobs of Helix | `true`, in any case, trimmed | everything else, `1` and `yes` included |
    /// | the document of Safe Synthesizer | | `false`, `0`, `no`; it says nothing about other values |
    ///
    /// This is the first one, and as strict as the third. Who wants the second says
    /// [`Words(&["true"])`](Self::Words), which is stricter still.
    pub const AFFIRM: Self = Self::Words(&["1", "true", "yes"]);

    /// Whether some value agrees.
    pub(super) const fn can_agree(self) -> bool {
        matches!(self, Self::Enable | Self::Words(_))
    }
}

/// When it opts out, in words.
impl fmt::Display for Rule {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::OptOut => write!(f, "any value but a blank, {}", NO.join(", ")),
            Self::Presence => f.write_str("any value"),
            Self::Enable => write!(f, "any value but a blank, {}", YES.join(", ")),
            Self::Words(words) => write!(f, "any value but {}", words.join(", ")),
        }
    }
}

#[cfg(feature = "client")]
impl Rule {
    pub(super) fn opts_out(self, value: &OsStr) -> bool {
        match self {
            Self::OptOut => !is_blank_or(value, &NO),
            Self::Presence => !value.is_empty(),
            Self::Enable => !is_blank_or(value, &YES),
            Self::Words(words) => !is_any_of(value, words),
        }
    }

    pub(super) fn agrees(self, value: &OsStr) -> bool {
        match self {
            Self::OptOut | Self::Presence => false,
            Self::Enable => is_any_of(value, &["1", "true", "yes"]),
            Self::Words(words) => is_any_of(value, words),
        }
    }
}

#[cfg(feature = "client")]
impl Rule {
    /// A value that opts out, unless the variable has another purpose.
    pub(crate) const fn example_opting_out_value(self) -> Option<&'static str> {
        match self {
            Self::OptOut => Some("1"),
            Self::Enable | Self::Words(_) => Some("off"),
            Self::Presence => None,
        }
    }

    /// A value that agrees.
    pub(crate) fn example_agreeing_value(self) -> Option<&'static str> {
        match self {
            Self::OptOut | Self::Presence => None,
            Self::Enable => Some("true"),
            Self::Words(words) => words.last().copied(),
        }
    }
}

#[cfg(feature = "client")]
fn is_blank_or(value: &OsStr, words: &[&str]) -> bool {
    let Some(word) = value.to_str().map(str::trim) else { return false };
    word.is_empty() || is_any_of(word.as_ref(), words)
}

#[cfg(feature = "client")]
fn is_any_of(value: &OsStr, words: &[&str]) -> bool {
    words.iter().any(|word| value.eq_ignore_ascii_case(word))
}

#[cfg(feature = "client")]
#[cfg(test)]
mod tests {
    use super::*;

    /// Opts out, agrees, or neither.
    fn answer(rule: Rule, value: &str) -> Option<bool> {
        let (opts_out, agrees) = (rule.opts_out(value.as_ref()), rule.agrees(value.as_ref()));
        assert!(!(opts_out && agrees), "{rule:?} {value:?}");
        if opts_out { Some(false) } else { agrees.then_some(true) }
    }

    /// The rows of the documented table: values that the first cell names, and what each rule makes of them.
    fn documented() -> Vec<(Vec<String>, [Option<bool>; 4])> {
        let mut words = Vec::new();
        let mut rows = Vec::new();
        for line in include_str!("values.md").lines().skip(2) {
            let mut cells = line.split('|').skip(1).map(str::trim);
            let first = cells.next().unwrap();
            if first.contains('`') {
                words = first.split('`').skip(1).step_by(2).map(str::to_owned).collect();
            }
            rows.push((values(first, &words), [(); 4].map(|()| documented_answer(cells.next().unwrap()))));
        }
        rows
    }

    fn documented_answer(cell: &str) -> Option<bool> {
        match cell {
            "" => None,
            "opts out" => Some(false),
            "agrees" => Some(true),
            _ => panic!("{cell}"),
        }
    }

    /// Values that the first cell of a row is about. `words` are its own, or those of the row above.
    fn values(cell: &str, words: &[String]) -> Vec<String> {
        let spaced =
            words.iter().flat_map(|word| [format!(" {word} "), format!("{word}\n"), format!("\t{word}")]);
        match cell {
            "not set" => Vec::new(),
            "empty" => vec![String::new()],
            "blank" => [" ", "\t", " \r\n"].map(str::to_owned).into(),
            "the same with white space around it" => spaced.collect(),
            _ if cell.starts_with("anything else") => UNKNOWN.map(str::to_owned).into(),
            _ if cell.ends_with("or not") => words.iter().cloned().chain(spaced).flat_map(any_case).collect(),
            _ => words.iter().cloned().flat_map(any_case).collect(),
        }
    }

    fn any_case(word: String) -> [String; 3] {
        let capital = word[..1].to_uppercase() + &word[1..];
        [word.to_uppercase(), capital, word]
    }

    /// What no rule knows, some of it close to what a rule knows.
    const UNKNOWN: [&str; 16] = [
        "nil",
        "undefined",
        "deny",
        "opt-out",
        "maybe",
        "2",
        "-1",
        "00",
        "01",
        "1.0",
        "\u{ff11}",
        "tru\u{e9}",
        "ye\u{17f}",
        "on on",
        "true,",
        "yes!",
    ];

    #[test]
    fn each_rule_matches_the_documented_table() {
        let rows = documented();
        assert_eq!(
            rows.iter().map(|(values, _)| values.len()).sum::<usize>(),
            1 + 3 + 12 + 12 + 9 + 9 + 60 + 21 + 12 + 16
        );
        for (value, expected) in
            rows.iter().flat_map(|(values, expected)| values.iter().map(move |value| (value, expected)))
        {
            let rules = [Rule::OptOut, Rule::Presence, Rule::Enable, Rule::AFFIRM];
            assert_eq!(rules.map(|rule| answer(rule, value)), *expected, "{value:?}");
        }
    }

    #[test]
    fn a_value_in_literal_quotes_opts_out_whatever_is_between_them() {
        for word in NO.iter().chain(&YES).chain(&["", " ", "disabled"]) {
            for quote in ["\"", "'", "`", "\u{201c}"] {
                for value in
                    [format!("{quote}{word}{quote}"), format!("{quote}{word}"), format!(" {word}{quote}")]
                {
                    let rules = [Rule::OptOut, Rule::Presence, Rule::Enable, Rule::AFFIRM];
                    assert_eq!(rules.map(|rule| answer(rule, &value)), [Some(false); 4], "{value:?}");
                }
            }
        }
    }

    #[cfg(unix)]
    #[test]
    fn a_value_that_is_not_utf_8_opts_out() {
        use std::os::unix::ffi::OsStrExt;
        for bytes in [&b"\xff"[..], b"true\xff", b"\xff0", b" \xc3"] {
            for rule in [Rule::OptOut, Rule::Presence, Rule::Enable, Rule::AFFIRM] {
                let value = OsStr::from_bytes(bytes);
                assert!(rule.opts_out(value) && !rule.agrees(value), "{rule:?} {value:?}");
            }
        }
    }
}
