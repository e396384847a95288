// SPDX-FileCopyrightText: Copyright (c) 2026 NVIDIA CORPORATION & AFFILIATES. All rights reserved.
// SPDX-License-Identifier: Apache-2.0

//! The truth tables of environment variables. `NEMO_TELEMETRY_ENABLED` alone has had three of them.

#[cfg(feature = "client")]
use std::ffi::OsStr;
use std::fmt;

/// How the value of an environment variable becomes a verdict. A variable that is not set never opts out.
///
/// | value | [`OptOut`](Self::OptOut) | [`Presence`](Self::Presence) | [`Enable`](Self::Enable) | [`AFFIRM`](Self::AFFIRM) |
/// |---|---|---|---|---|
/// | not set | | | | |
/// | empty | | | | opts out |
/// | blank | | opts out | | opts out |
/// | `0`, `false`, `no` | | opts out | opts out | opts out |
/// | `off` | | opts out | opts out | opts out |
/// | `1`, `true`, `yes` | opts out | opts out | agrees | agrees |
/// | `on` | opts out | opts out | | opts out |
/// | anything else | opts out | opts out | | opts out |
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
#[non_exhaustive]
pub enum Rule {
    /// Opts out unless it is blank, `0`, `false`, `no` or `off`, in any case and with white space round it.
    OptOut,
    /// Opts out if it has any value that is not empty; white space is a value, too.
    Presence,
    /// Opts out if it is `0`, `false`, `no` or `off`, in any case and with white space round it. Agrees if it is `1`, `true`
    /// or `yes`.
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
            Self::OptOut => f.write_str("any value but a blank, 0, false, no, off"),
            Self::Presence => f.write_str("any value"),
            Self::Enable => f.write_str("0, false, no, off"),
            Self::Words(words) => write!(f, "any value but {}", words.join(", ")),
        }
    }
}

#[cfg(feature = "client")]
impl Rule {
    pub(super) fn opts_out(self, value: &OsStr) -> bool {
        match self {
            Self::OptOut => !is_blank(value) && !is_falsy(value),
            Self::Presence => !value.is_empty(),
            Self::Enable => is_falsy(value),
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

#[cfg(feature = "cli")]
impl Rule {
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
fn is_blank(value: &OsStr) -> bool {
    value.to_str().is_some_and(|text| text.trim().is_empty())
}

#[cfg(feature = "client")]
fn is_falsy(value: &OsStr) -> bool {
    let word = value.to_str().unwrap_or_default().trim();
    ["0", "false", "no", "off"].iter().any(|falsy| falsy.eq_ignore_ascii_case(word))
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
            (&["on", "maybe", "2", "null", "01", "1\n", " true", "\u{ff11}", "y", "t"], [no, no, None, no]),
        ] {
            for value in values {
                let rules = [Rule::OptOut, Rule::Presence, Rule::Enable, Rule::AFFIRM];
                assert_eq!(rules.map(|rule| answer(rule, value)), expected, "{value:?}");
            }
        }
    }

    #[cfg(unix)]
    #[test]
    fn a_value_that_is_not_utf_8_is_a_value() {
        use std::os::unix::ffi::OsStrExt;
        let value = OsStr::from_bytes(b"\xff");
        assert!(
            Rule::OptOut.opts_out(value) && Rule::AFFIRM.opts_out(value) && Rule::Presence.opts_out(value)
        );
        assert!(!Rule::Enable.opts_out(value) && !Rule::Enable.agrees(value));
    }
}
