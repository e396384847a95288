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

/// How the value of an environment variable becomes a verdict. A variable that is not set never opts out.
///
/// | value | [`OptOut`](Self::OptOut) | [`Presence`](Self::Presence) | [`Enable`](Self::Enable) | [`AFFIRM`](Self::AFFIRM) |
/// |---|---|---|---|---|
/// | not set | | | | |
/// | empty | | | | opts out |
/// | blank | | opts out | | opts out |
/// | `0`, `false`, `no`, `off`, also with white space around it | | opts out | opts out | opts out |
/// | `1`, `true`, `yes` | opts out | opts out | agrees | agrees |
/// | the same with white space around it | opts out | opts out | | opts out |
/// | `on`, `y`, `t`, `enable`, `enabled`, also with white space around it | opts out | opts out | | opts out |
/// | `disable`, `disabled`, `n`, `f`, `none`, `never`, `null` | opts out | opts out | opts out | opts out |
/// | any word in literal quotes: `"false"`, `'1'`, `"true"`, `""` | opts out | opts out | opts out | opts out |
/// | anything else, bytes that are not UTF-8 included | opts out | opts out | opts out | opts out |
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
    pub(crate) const fn no(self) -> Option<&'static str> {
        match self {
            Self::OptOut => Some("1"),
            Self::Enable | Self::Words(_) => Some("off"),
            Self::Presence => None,
        }
    }

    /// A value that agrees.
    pub(crate) fn yes(self) -> Option<&'static str> {
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

#[cfg(all(test, feature = "client"))]
mod tests {
    use super::*;

    /// Opts out, agrees, or neither.
    fn answer(rule: Rule, value: &str) -> Option<bool> {
        let (opts_out, agrees) = (rule.opts_out(value.as_ref()), rule.agrees(value.as_ref()));
        assert!(!(opts_out && agrees), "{rule:?} {value:?}");
        if opts_out { Some(false) } else { agrees.then_some(true) }
    }

    #[test]
    fn each_table_is_the_documented_one() {
        let (no, yes) = (Some(false), Some(true));
        for (values, expected) in [
            (&[""][..], [None, None, None, no]),
            (&[" ", "\t"], [None, no, None, no]),
            (&["0", "false", "FALSE", "no", "off", "Off"], [None, no, no, no]),
            (&[" no ", "off\n"], [None, no, no, no]),
            (&["1", "true", "True", "YES"], [no, no, yes, yes]),
            (&["1\n", " true", "yes\r", "on", "On", "y", "T", "enable", " enabled "], [no, no, None, no]),
            (&["disable", "disabled", "DISABLED", "n", "N", "f", "none", "None", "never", "null"], [no; 4]),
            (&["nil", "undefined", "deny", "opt-out", "maybe", "2", "-1", "00", "01", "1.0"], [no; 4]),
            (&["\u{ff11}", "tru\u{e9}", "ye\u{17f}", "on on", "true,", "yes!"], [no; 4]),
        ] {
            for value in values {
                let rules = [Rule::OptOut, Rule::Presence, Rule::Enable, Rule::AFFIRM];
                assert_eq!(rules.map(|rule| answer(rule, value)), expected, "{value:?}");
            }
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
