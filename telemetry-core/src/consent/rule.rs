// SPDX-FileCopyrightText: Copyright (c) 2026 NVIDIA CORPORATION & AFFILIATES. All rights reserved.
// SPDX-License-Identifier: Apache-2.0

//! Truth tables of environment variables.

#[cfg(feature = "client")]
use std::ffi::OsStr;
use std::fmt;

/// Values that unambiguously mean no.
const NO: [&str; 4] = ["0", "false", "no", "off"];

/// Values that unambiguously mean yes.
const YES: [&str; 8] = ["1", "true", "yes", "on", "y", "t", "enable", "enabled"];

/// How the value of an environment variable opts in or out. An unset variable does neither.
///
#[doc = include_str!("values.md")]
///
/// A rule knows only the words in its column. Any other value opts out, because a user who sets the variable at all may well want to
/// opt out. Quotes are part of the value: some tools that read `NAME="false"` from a file keep them and others remove them, so a
/// quoted value no longer shows what its user meant.
///
/// ```
/// use telemetry_core::ConsentPolicy;
/// use telemetry_core::consent::Rule;
///
/// const POLICY: ConsentPolicy = ConsentPolicy::variables(&[
///     ("DO_NOT_TRACK", Rule::OptOut),
///     ("PYTEST_CURRENT_TEST", Rule::Presence),
///     ("SHOP_TELEMETRY", Rule::Words(&["on"])),
/// ]);
/// ```
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
#[non_exhaustive]
pub enum Rule {
    /// For a variable that turns telemetry off, such as `DO_NOT_TRACK`: opts out unless the value is blank or one of `0`, `false`,
    /// `no` and `off`, in any case, with or without white space around it.
    OptOut,
    /// Opts out if the value is not empty. White space is not empty.
    Presence,
    /// For a variable that turns telemetry on or off: opts out unless the value is blank or one of `1`, `true`, `yes`, `on`, `y`,
    /// `t`, `enable` and `enabled`, in any case, with or without white space around it. Opts in if the value is `1`, `true` or
    /// `yes`, in any case, without white space around it.
    Enable,
    /// Opts in if the value is one of these words, in any case. Everything else opts out, including white space and an empty value.
    Words(&'static [&'static str]),
}

impl Rule {
    /// Opts in with `1`, `true` or `yes`; everything else opts out.
    ///
    /// The sources and documents of the products read `NEMO_TELEMETRY_ENABLED` by three different tables:
    ///
    /// | product | opts in | opts out |
    /// |---|---|---|
    /// | Data Designer, Safe Synthesizer, Anonymizer, the command of Helix | `1`, `true`, `yes`, in any case | everything else, including a word with white space around it |
    /// | the service that runs the jobs of Helix | `true`, in any case, trimmed | everything else, including `1` and `yes` |
    /// | the document of Safe Synthesizer | | `false`, `0`, `no`; it does not mention other values |
    ///
    /// `AFFIRM` is the first table, and at least as strict as the third. For the second, use [`Words(&["true"])`](Self::Words), which is
    /// stricter still.
    ///
    /// ```
    /// use telemetry_core::ConsentPolicy;
    /// use telemetry_core::consent::Rule;
    ///
    /// const POLICY: ConsentPolicy = ConsentPolicy::variables(&[("NEMO_TELEMETRY_ENABLED", Rule::AFFIRM)]);
    /// ```
    pub const AFFIRM: Self = Self::Words(&["1", "true", "yes"]);

    /// Whether some value opts in.
    pub(super) const fn can_opt_in(self) -> bool {
        matches!(self, Self::Enable | Self::Words(_))
    }
}

/// When a variable with this rule opts out, in words.
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

    pub(super) fn opts_in(self, value: &OsStr) -> bool {
        match self {
            Self::OptOut | Self::Presence => false,
            Self::Enable => is_any_of(value, &["1", "true", "yes"]),
            Self::Words(words) => is_any_of(value, words),
        }
    }
}

#[cfg(feature = "client")]
impl Rule {
    /// A value that opts out. `None` for a variable whose purpose is not to opt out.
    pub(crate) const fn example_opt_out_value(self) -> Option<&'static str> {
        match self {
            Self::OptOut => Some("1"),
            Self::Enable | Self::Words(_) => Some("off"),
            Self::Presence => None,
        }
    }

    /// A value that opts in, if one does.
    pub(crate) fn example_opt_in_value(self) -> Option<&'static str> {
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

    /// `Some(false)` if the value opts out, `Some(true)` if it opts in.
    fn answer(rule: Rule, value: &str) -> Option<bool> {
        let (opts_out, opts_in) = (rule.opts_out(value.as_ref()), rule.opts_in(value.as_ref()));
        assert!(!(opts_out && opts_in), "{rule:?} {value:?}");
        if opts_out { Some(false) } else { opts_in.then_some(true) }
    }

    /// The rows of the documented table: the values that the first cell names, and the answer of each rule.
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
            "opts in" => Some(true),
            _ => panic!("{cell}"),
        }
    }

    /// The values that the first cell of a row describes. `words` are from that cell, or from the row above.
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

    /// Values that no rule knows, some of them close to known ones.
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
                assert!(rule.opts_out(value) && !rule.opts_in(value), "{rule:?} {value:?}");
            }
        }
    }
}
