// SPDX-FileCopyrightText: Copyright (c) 2026 NVIDIA CORPORATION & AFFILIATES. All rights reserved.
// SPDX-License-Identifier: Apache-2.0

//! How a verdict is reached.

use std::ffi::OsStr;
use std::io::ErrorKind;
use std::path::Path;

use super::{ConsentPolicy, Rule, Signal, SignalReading, Verdict};
use crate::environment::Environment;

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
