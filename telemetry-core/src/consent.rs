// SPDX-FileCopyrightText: Copyright (c) 2026 NVIDIA CORPORATION & AFFILIATES. All rights reserved.
// SPDX-License-Identifier: Apache-2.0

//! Consent: may this process report? The answer names the signal that decided it.
//!
//! Any one signal silences. They are asked in the order of their cost: the program's own switch, the environment, and then
//! exactly one look at the marker file.

use std::ffi::OsStr;
use std::fmt;
use std::io::ErrorKind;
use std::path::Path;

use crate::environment::Environment;

/// What silences a product.
///
/// ```
/// use telemetry_core::ConsentPolicy;
/// use telemetry_core::consent::Rule;
///
/// const POLICY: ConsentPolicy = ConsentPolicy::variables(&[("DO_NOT_TRACK", Rule::OptOut), ("CI", Rule::OptOut)]);
/// ```
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct ConsentPolicy {
    pub(crate) variables: &'static [(&'static str, Rule)],
    pub(crate) marker: Option<&'static str>,
}

impl ConsentPolicy {
    /// The default for new products: every opt-out signal known in the NeMo family silences, and so do CI and test runs.
    #[must_use]
    pub const fn strict() -> Self {
        Self::variables(&[
            ("DO_NOT_TRACK", Rule::OptOut),
            ("NEMO_TELEMETRY_ENABLED", Rule::Enable),
            ("CI", Rule::OptOut),
            ("PYTEST_CURRENT_TEST", Rule::Presence),
        ])
    }

    /// Environment variables, each with its rule, and the marker file `do_not_track` in the configuration directory.
    #[must_use]
    pub const fn variables(variables: &'static [(&'static str, Rule)]) -> Self {
        Self { variables, marker: Some("do_not_track") }
    }
}

/// How the value of an environment variable becomes a verdict. White space round a value and its case do not matter.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Rule {
    /// Opts out unless it is unset, empty, `0`, `false`, `no` or `off`.
    OptOut,
    /// Opts out if it has any value that is not empty.
    Presence,
    /// Opts out if it is `0`, `false`, `no` or `off`.
    Enable,
}

impl Rule {
    fn opts_out(self, value: &OsStr) -> bool {
        match self {
            Self::OptOut => !is_blank(value) && !is_falsy(value),
            Self::Presence => !value.is_empty(),
            Self::Enable => is_falsy(value),
        }
    }
}

fn is_blank(value: &OsStr) -> bool {
    value.to_str().is_some_and(|text| text.trim().is_empty())
}

fn is_falsy(value: &OsStr) -> bool {
    let word = value.to_str().unwrap_or_default().trim();
    ["0", "false", "no", "off"].iter().any(|falsy| falsy.eq_ignore_ascii_case(word))
}

/// Something that can opt out.
#[derive(Debug, Clone, PartialEq, Eq)]
#[non_exhaustive]
pub enum Signal {
    /// The program itself, through [`Client::set_enabled`](crate::Client::set_enabled).
    Switch,
    /// An environment variable.
    Variable(&'static str),
    /// The marker file. Anything at its path opts out, and so does any error but that there is nothing.
    Marker,
    /// There is no home directory, so nobody can opt out with a marker: the product stays silent.
    NoHome,
}

impl fmt::Display for Signal {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Switch => f.write_str("program"),
            Self::Variable(name) => f.write_str(name),
            Self::Marker => f.write_str("marker file"),
            Self::NoHome => f.write_str("no home directory"),
        }
    }
}

/// Whether the process may report.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Verdict {
    /// Nothing objects.
    Enabled,
    /// This signal opts out. Others may do so too.
    OptedOut(Signal),
}

impl Verdict {
    /// Whether the process may report.
    #[must_use]
    pub fn is_enabled(&self) -> bool {
        *self == Self::Enabled
    }
}

/// One signal as it stands now.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct SignalReading {
    /// The signal.
    pub signal: Signal,
    /// What was found: the value of a variable, or what is at the marker's path.
    pub value: Option<String>,
    /// Whether this signal opts out.
    pub opts_out: bool,
}

/// All that a verdict depends on.
#[derive(Debug, Clone, Copy)]
pub(crate) struct Question<'a, E> {
    pub(crate) policy: &'a ConsentPolicy,
    pub(crate) environment: &'a E,
    pub(crate) marker: Option<&'a Path>,
    /// Whether the program itself lets its telemetry run.
    pub(crate) switch: bool,
}

impl<E: Environment> Question<'_, E> {
    /// The verdict, with the first signal that opts out.
    pub(crate) fn verdict(&self) -> Verdict {
        if !self.switch {
            return Verdict::OptedOut(Signal::Switch);
        }
        let silencer = self.policy.variables.iter().find(|(name, rule)| self.silences(name, *rule));
        if let Some((name, _)) = silencer {
            return Verdict::OptedOut(Signal::Variable(name));
        }
        match self.marker_state() {
            MarkerState::Absent => Verdict::Enabled,
            MarkerState::NoHome => Verdict::OptedOut(Signal::NoHome),
            MarkerState::Present | MarkerState::Unknown(_) => Verdict::OptedOut(Signal::Marker),
        }
    }

    fn silences(&self, name: &str, rule: Rule) -> bool {
        self.environment.get(name).is_some_and(|value| rule.opts_out(&value))
    }

    fn marker_state(&self) -> MarkerState {
        match (self.policy.marker, self.marker) {
            (None, _) => MarkerState::Absent,
            (Some(_), Some(path)) => marker_state(path),
            (Some(_), None) => MarkerState::NoHome,
        }
    }

    /// Every signal of the policy with its value, whether it decides or not.
    pub(crate) fn readings(&self) -> Vec<SignalReading> {
        let switch = SignalReading { signal: Signal::Switch, value: None, opts_out: !self.switch };
        let variables = self.policy.variables.iter().map(|(name, rule)| SignalReading {
            signal: Signal::Variable(name),
            value: self.environment.text(name),
            opts_out: self.silences(name, *rule),
        });
        [switch].into_iter().chain(variables).chain(self.marker_reading()).collect()
    }

    fn marker_reading(&self) -> Option<SignalReading> {
        self.policy.marker?;
        let state = self.marker_state();
        Some(SignalReading {
            signal: if state == MarkerState::NoHome { Signal::NoHome } else { Signal::Marker },
            opts_out: state != MarkerState::Absent,
            value: match state {
                MarkerState::Present => Some("present".into()),
                MarkerState::Unknown(kind) => Some(kind.to_string()),
                MarkerState::Absent | MarkerState::NoHome => None,
            },
        })
    }
}

/// What one `lstat` of the marker's path says.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum MarkerState {
    Absent,
    Present,
    Unknown(ErrorKind),
    NoHome,
}

/// Looks at the marker once, without following a link. Only "nothing there" and "not a directory on the way" mean absent.
pub(crate) fn marker_state(path: &Path) -> MarkerState {
    match path.symlink_metadata() {
        Ok(_) => MarkerState::Present,
        Err(error) => match error.kind() {
            ErrorKind::NotFound | ErrorKind::NotADirectory => MarkerState::Absent,
            kind => MarkerState::Unknown(kind),
        },
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    const POLICY: ConsentPolicy =
        ConsentPolicy::variables(&[("OUT", Rule::OptOut), ("TEST", Rule::Presence), ("ON", Rule::Enable)]);

    fn verdict(variable: &str, value: &str) -> Verdict {
        let environment = [(variable, value)];
        let marker = Some(Path::new("/nonexistent/marker"));
        Question { policy: &POLICY, environment: &environment, marker, switch: true }.verdict()
    }

    #[test]
    fn an_opt_out_variable_silences_unless_it_clearly_says_no() {
        for value in ["", "  ", "0", "false", "FALSE", " no ", "off\n"] {
            assert!(verdict("OUT", value).is_enabled(), "{value:?}");
        }
        for value in ["1", "true", "yes", "on", "2", "null", "01", "1\n", "\u{ff11}"] {
            assert_eq!(verdict("OUT", value), Verdict::OptedOut(Signal::Variable("OUT")), "{value:?}");
        }
    }

    #[test]
    fn a_presence_variable_silences_with_any_text() {
        assert!(verdict("TEST", "").is_enabled());
        assert!(!verdict("TEST", "0").is_enabled());
        assert!(!verdict("TEST", " ").is_enabled());
    }

    #[test]
    fn an_enabling_variable_silences_only_when_it_says_no() {
        for (value, enabled) in
            [("", true), ("1", true), ("maybe", true), ("0", false), ("False", false), ("off", false)]
        {
            assert_eq!(verdict("ON", value).is_enabled(), enabled, "{value:?}");
        }
    }

    #[cfg(unix)]
    #[test]
    fn a_value_that_is_not_utf_8_silences() {
        use std::os::unix::ffi::OsStrExt;
        assert!(Rule::OptOut.opts_out(OsStr::from_bytes(b"\xff")));
        assert!(!Rule::Enable.opts_out(OsStr::from_bytes(b"\xff")));
    }

    #[test]
    fn the_switch_comes_first_and_a_missing_home_silences() {
        let question =
            Question { policy: &POLICY, environment: &[("OUT", "1")], marker: None, switch: false };
        assert_eq!(question.verdict(), Verdict::OptedOut(Signal::Switch));
        let question = Question { policy: &POLICY, environment: &[], marker: None, switch: true };
        assert_eq!(question.verdict(), Verdict::OptedOut(Signal::NoHome));
    }

    #[cfg(unix)]
    #[test]
    fn anything_at_the_marker_path_silences() {
        let dir = tempfile::tempdir().unwrap();
        let path = |name: &str| dir.path().join(name);
        std::fs::write(path("file"), "").unwrap();
        std::fs::create_dir(path("dir")).unwrap();
        std::os::unix::fs::symlink(path("nothing"), path("dangling")).unwrap();
        for name in ["file", "dir", "dangling"] {
            assert_eq!(marker_state(&path(name)), MarkerState::Present, "{name}");
        }
        assert_eq!(marker_state(&path("none")), MarkerState::Absent);
        assert_eq!(marker_state(&path("file/below")), MarkerState::Absent);
        let long = path(&"x".repeat(300));
        assert!(matches!(marker_state(&long), MarkerState::Unknown(_)));
    }

    #[test]
    fn readings_name_every_signal_with_its_value() {
        let environment = [("OUT", "0"), ("TEST", "x")];
        let question = Question { policy: &POLICY, environment: &environment, marker: None, switch: true };
        let readings: Vec<_> =
            question.readings().into_iter().map(|r| (r.signal.to_string(), r.value, r.opts_out)).collect();
        assert_eq!(
            readings,
            [
                ("program".into(), None, false),
                ("OUT".into(), Some("0".into()), false),
                ("TEST".into(), Some("x".into()), true),
                ("ON".into(), None, false),
                ("no home directory".to_string(), None, true),
            ]
        );
    }
}
