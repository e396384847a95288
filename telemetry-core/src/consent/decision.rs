// SPDX-FileCopyrightText: Copyright (c) 2026 NVIDIA CORPORATION & AFFILIATES. All rights reserved.
// SPDX-License-Identifier: Apache-2.0

//! Makes the consent decision from a policy, the environment and the user's files.

use std::path::Path;

use super::{
    ConsentDecision, ConsentPolicy, FileAnswer, MachineMarkers, MarkerState, OptIn, Rule, Signal,
    SignalReading, marker_state, read,
};
use crate::environment::Environment;

/// Everything that a decision depends on, except for the user's files.
#[derive(Debug, Clone, Copy)]
pub(crate) struct ConsentInputs<'a, E: ?Sized> {
    pub(crate) policy: &'a ConsentPolicy,
    pub(crate) environment: &'a E,
    /// Whether the program has telemetry turned on.
    pub(crate) switch: bool,
    /// The markers of the machine, if they are to be checked.
    pub(crate) machine: Option<&'a MachineMarkers>,
}

/// The user's files that a decision depends on.
#[derive(Debug, Clone, Copy)]
pub(crate) struct Files<'a> {
    pub(crate) marker: Option<&'a Path>,
    /// The consent file, if the policy has one.
    pub(crate) consent: Option<&'a Path>,
    /// Whether the process has just found the marker absent, so that a report need not check again.
    pub(crate) marker_known_absent: bool,
}

impl<E: Environment + ?Sized> ConsentInputs<'_, E> {
    /// Decides, and names the first source that opts out. `files` may have to look into the user database, so it is called only if
    /// neither the switch, nor a variable, nor a marker of the machine opts out, and the required opt-in is still possible.
    pub(crate) fn decide<'f>(&self, files: impl FnOnce() -> Files<'f>) -> ConsentDecision {
        if !self.switch {
            return ConsentDecision::OptedOut(Signal::Switch);
        }
        let opted_out = self.policy.variables.iter().find(|(name, rule)| self.opts_out(name, *rule));
        if let Some((name, _)) = opted_out {
            return ConsentDecision::OptedOut(Signal::Variable(name));
        }
        if self.policy.file.is_none() && !self.is_opted_in(None) {
            return ConsentDecision::OptedOut(Signal::NoOptIn);
        }
        if self.machine.is_some_and(MachineMarkers::opt_out) {
            return ConsentDecision::OptedOut(Signal::MachineMarker);
        }
        let files = files();
        if self.lacks_home(files) {
            return ConsentDecision::OptedOut(Signal::NoHome);
        }
        match self.marker_state(files) {
            MarkerState::Absent => self.decide_on_opt_in(files),
            MarkerState::Present | MarkerState::Unknown(_) => ConsentDecision::OptedOut(Signal::Marker),
        }
    }

    /// The decision of the consent file and of the required opt-in, once no other source opts out.
    fn decide_on_opt_in(&self, files: Files<'_>) -> ConsentDecision {
        if self.policy.file.is_none() && self.policy.opt_in == OptIn::NotRequired {
            return ConsentDecision::Enabled;
        }
        match self.file_answer(files) {
            Some(FileAnswer::OptsOut(_)) => ConsentDecision::OptedOut(Signal::ConsentFile),
            answer if self.is_opted_in(answer.as_ref()) => ConsentDecision::Enabled,
            _ => ConsentDecision::OptedOut(Signal::NoOptIn),
        }
    }

    /// Whether a file that could opt out cannot be located because the home directory is unknown.
    fn lacks_home(&self, files: Files<'_>) -> bool {
        let lacks_marker = self.policy.marker.is_some() && files.marker.is_none();
        lacks_marker || (self.policy.file.is_some() && files.consent.is_none())
    }

    fn file_answer(&self, files: Files<'_>) -> Option<FileAnswer> {
        let file = self.policy.file.as_ref()?;
        Some(files.consent.map_or(FileAnswer::Unanswered, |path| read(file, path)))
    }

    fn is_opted_in(&self, file: Option<&FileAnswer>) -> bool {
        let file_opts_in = file == Some(&FileAnswer::OptsIn);
        match self.policy.opt_in {
            OptIn::NotRequired => true,
            OptIn::One => file_opts_in || self.variable_opt_ins().any(|opts_in| opts_in),
            OptIn::All => (file_opts_in || file.is_none()) && self.variable_opt_ins().all(|opts_in| opts_in),
        }
    }

    /// For each variable that can opt in, whether it does.
    fn variable_opt_ins(&self) -> impl Iterator<Item = bool> {
        let can_opt_in = self.policy.variables.iter().filter(|(_, rule)| rule.can_opt_in());
        can_opt_in.map(|(name, rule)| self.environment.get(name).is_some_and(|value| rule.opts_in(&value)))
    }

    /// Whether a report made now needs the consent file to opt in.
    pub(crate) fn needs_file(&self) -> bool {
        match self.policy.opt_in {
            OptIn::NotRequired => false,
            OptIn::One => !self.variable_opt_ins().any(|opts_in| opts_in),
            OptIn::All => true,
        }
    }

    fn opts_out(&self, name: &str, rule: Rule) -> bool {
        self.environment.get(name).is_some_and(|value| rule.opts_out(&value))
    }

    /// A path that the host has chosen counts too, even if the policy has no marker.
    fn marker_state(&self, files: Files<'_>) -> MarkerState {
        match files.marker {
            Some(path) if !files.marker_known_absent => marker_state(path),
            _ => MarkerState::Absent,
        }
    }

    /// Every opt-out source of the policy with its value, whether it opts out or not.
    pub(crate) fn readings(&self, files: Files<'_>) -> Vec<SignalReading> {
        let rule = "turned off".into();
        let switch = SignalReading { signal: Signal::Switch, rule, value: None, opts_out: !self.switch };
        let variables = self.policy.variables.iter().map(|(name, rule)| SignalReading {
            signal: Signal::Variable(name),
            rule: rule.to_string(),
            value: self.environment.text(name),
            opts_out: self.opts_out(name, *rule),
        });
        let file = self.file_answer(files);
        let opt_in = self.opt_in_reading(file.as_ref());
        let machine = self.machine.into_iter().flat_map(MachineMarkers::readings);
        let others = self.marker_reading(files).into_iter().chain(file.map(file_reading)).chain(opt_in);
        [switch].into_iter().chain(variables).chain(machine).chain(others).collect()
    }

    /// The user's marker, or the missing home directory without which neither it nor the consent file can be located.
    fn marker_reading(&self, files: Files<'_>) -> Option<SignalReading> {
        if self.lacks_home(files) {
            let rule = "the marker or the consent file cannot be located".into();
            return Some(SignalReading { signal: Signal::NoHome, rule, value: None, opts_out: true });
        }
        files.marker?;
        Some(self.marker_state(files).reading(Signal::Marker, "anything at its path".into()))
    }

    fn opt_in_reading(&self, file: Option<&FileAnswer>) -> Option<SignalReading> {
        let rule = match self.policy.opt_in {
            OptIn::NotRequired => return None,
            OptIn::One => "until a variable or the consent file opts in",
            OptIn::All => "until every variable and file that can opt in does",
        };
        let opts_out = !self.is_opted_in(file);
        Some(SignalReading { signal: Signal::NoOptIn, rule: rule.into(), value: None, opts_out })
    }
}

fn file_reading(answer: FileAnswer) -> SignalReading {
    SignalReading {
        signal: Signal::ConsentFile,
        rule: "a value that opts out, or a file that cannot be read or understood".into(),
        opts_out: matches!(answer, FileAnswer::OptsOut(_)),
        value: Some(answer.to_string()),
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::profile::Profile;

    const POLICY: ConsentPolicy =
        ConsentPolicy::variables(&[("OUT", Rule::OptOut), ("TEST", Rule::Presence), ("ON", Rule::Enable)]);

    const NO_FILES: Files<'static> = Files { marker: None, consent: None, marker_known_absent: false };

    #[test]
    fn the_switch_comes_first_and_a_missing_home_opts_out() {
        let inputs =
            ConsentInputs { policy: &POLICY, environment: &[("OUT", "1")], switch: false, machine: None };
        assert_eq!(inputs.decide(|| NO_FILES), ConsentDecision::OptedOut(Signal::Switch));
        let inputs = ConsentInputs { policy: &POLICY, environment: &[], switch: true, machine: None };
        assert_eq!(inputs.decide(|| NO_FILES), ConsentDecision::OptedOut(Signal::NoHome));
    }

    #[test]
    fn files_are_not_located_once_the_switch_or_a_variable_opts_out() {
        for (switch, value) in [(false, "0"), (true, "1")] {
            let inputs =
                ConsentInputs { policy: &POLICY, environment: &[("OUT", value)], switch, machine: None };
            let decision = inputs.decide(|| panic!("the files are not needed"));
            assert!(!decision.is_enabled());
        }
        const OPT_IN: ConsentPolicy = ConsentPolicy::variables(&[("YES", Rule::AFFIRM)]).opt_in();
        let inputs = ConsentInputs { policy: &OPT_IN, environment: &[], switch: true, machine: None };
        let decision = inputs.decide(|| panic!("no file can opt in"));
        assert_eq!(decision, ConsentDecision::OptedOut(Signal::NoOptIn));
    }

    #[test]
    fn readings_list_every_source_with_its_value() {
        let environment = [("OUT", "0"), ("TEST", "x")];
        let inputs =
            ConsentInputs { policy: &POLICY, environment: &environment, switch: true, machine: None };
        let readings: Vec<_> = inputs
            .readings(NO_FILES)
            .into_iter()
            .map(|r| (r.signal.to_string(), r.value, r.opts_out))
            .collect();
        assert_eq!(
            readings,
            [
                ("program's own switch".into(), None, false),
                ("OUT".into(), Some("0".into()), false),
                ("TEST".into(), Some("x".into()), true),
                ("ON".into(), None, false),
                ("no home directory".to_string(), None, true),
            ]
        );
    }

    /// The decision for a product that the variable `YES` and its file can opt in to.
    #[cfg(feature = "consent-yaml")]
    fn decided(opt_in: OptIn, variable: &str, file: &str) -> ConsentDecision {
        const VARIABLES: ConsentPolicy =
            ConsentPolicy::variables(&[("OUT", Rule::OptOut), ("YES", Rule::AFFIRM), ("ON", Rule::Enable)])
                .file(super::super::ConsentFile::yaml("x", "agree", &["true"]));
        let dir = tempfile::tempdir().unwrap();
        std::fs::write(dir.path().join("x"), file).unwrap();
        let (marker, path) = (dir.path().join("marker"), dir.path().join("x"));
        let (name, value) = variable.split_once('=').unwrap_or(("", ""));
        let environment = [(name, value)];
        let policy = ConsentPolicy { opt_in, ..VARIABLES };
        let files = Files { marker: Some(&marker), consent: Some(&path), marker_known_absent: false };
        ConsentInputs { policy: &policy, environment: &environment, switch: true, machine: None }
            .decide(|| files)
    }

    #[cfg(feature = "consent-yaml")]
    #[test]
    fn every_source_opts_out_whatever_else_opts_in() {
        for opt_in in [OptIn::NotRequired, OptIn::One, OptIn::All] {
            for (variable, file, signal) in [
                ("OUT=1", "agree: true", Signal::Variable("OUT")),
                ("YES=on", "agree: true", Signal::Variable("YES")),
                ("ON=off", "agree: true", Signal::Variable("ON")),
                ("ON=disabled", "agree: true", Signal::Variable("ON")),
                ("ON=\"true\"", "agree: true", Signal::Variable("ON")),
                ("YES=1", "agree: false", Signal::ConsentFile),
                ("YES=1", "agree: [", Signal::ConsentFile),
            ] {
                assert_eq!(
                    decided(opt_in, variable, file),
                    ConsentDecision::OptedOut(signal),
                    "{opt_in:?} {variable}"
                );
            }
        }
    }

    #[cfg(feature = "consent-yaml")]
    #[test]
    fn a_policy_needs_one_opt_in_or_all_or_none() {
        let off = ConsentDecision::OptedOut(Signal::NoOptIn);
        for (variable, file, one) in [
            ("", "", false),
            ("", "other: 1", false),
            ("OUT=no", "", false),
            ("ON=on", "", false),
            ("", "agree: true", true),
            ("YES=true", "", true),
            ("ON=1", "", true),
        ] {
            assert_eq!(
                decided(OptIn::NotRequired, variable, file),
                ConsentDecision::Enabled,
                "{variable} {file}"
            );
            let expected = if one { ConsentDecision::Enabled } else { off.clone() };
            assert_eq!(decided(OptIn::One, variable, file), expected, "{variable} {file}");
            assert_eq!(decided(OptIn::All, variable, file), off, "{variable} {file}");
        }
    }

    #[test]
    fn a_unanimous_policy_needs_every_variable_to_opt_in() {
        const ALL: ConsentPolicy =
            ConsentPolicy::variables(&[("A", Rule::AFFIRM), ("B", Rule::Enable), ("OUT", Rule::OptOut)])
                .unanimous();
        // On Windows a path without a drive is relative.
        let marker = std::path::absolute("/nonexistent/marker").unwrap();
        let decision = |variables: [(&str, &str); 2]| {
            let inputs = ConsentInputs { policy: &ALL, environment: &variables, switch: true, machine: None };
            inputs.decide(|| Files { marker: Some(&marker), ..NO_FILES })
        };
        assert_eq!(decision([("A", "1"), ("B", "yes")]), ConsentDecision::Enabled);
        assert_eq!(decision([("A", "1"), ("B", "")]), ConsentDecision::OptedOut(Signal::NoOptIn));
        assert_eq!(decision([("A", "1"), ("", "")]), ConsentDecision::OptedOut(Signal::NoOptIn));
    }

    const SERVICE: ConsentPolicy = ConsentPolicy::variables(&[("OUT", Rule::OptOut)]).without_marker();

    #[test]
    fn a_policy_without_marker_needs_no_home_and_a_marker_that_the_host_chooses_counts() {
        let inputs = ConsentInputs { policy: &SERVICE, environment: &[], switch: true, machine: None };
        assert_eq!(inputs.decide(|| NO_FILES), ConsentDecision::Enabled);
        let signals: Vec<_> = inputs.readings(NO_FILES).into_iter().map(|reading| reading.signal).collect();
        assert_eq!(signals, [Signal::Switch, Signal::Variable("OUT")]);
        let dir = tempfile::tempdir().unwrap();
        let files = Files { marker: Some(dir.path()), ..NO_FILES };
        assert_eq!(inputs.decide(|| files), ConsentDecision::OptedOut(Signal::Marker));
        assert!(inputs.readings(files).iter().any(|reading| reading.signal == Signal::Marker));
    }

    #[cfg(feature = "consent-yaml")]
    #[test]
    fn a_consent_file_that_cannot_be_located_opts_out() {
        const POLICY: ConsentPolicy = SERVICE.file(super::super::ConsentFile::yaml("x", "agree", &["true"]));
        let inputs = ConsentInputs { policy: &POLICY, environment: &[], switch: true, machine: None };
        assert_eq!(inputs.decide(|| NO_FILES), ConsentDecision::OptedOut(Signal::NoHome));
        let path = std::path::absolute("/nonexistent/x").unwrap();
        assert_eq!(inputs.decide(|| Files { consent: Some(&path), ..NO_FILES }), ConsentDecision::Enabled);
    }

    #[test]
    fn the_machine_is_checked_after_the_environment_and_before_the_home_directory() {
        let dir = tempfile::tempdir().unwrap();
        let machine = MachineMarkers::below(dir.path(), &Profile::new("shop", "1"));
        std::fs::create_dir_all(&machine.product).unwrap();
        let not_needed = || -> Files<'static> { panic!("the files are not needed") };
        for (value, signal) in [("0", Signal::MachineMarker), ("1", Signal::Variable("OUT"))] {
            let environment = [("OUT", value)];
            let machine = Some(&machine);
            let inputs = ConsentInputs { policy: &POLICY, environment: &environment, switch: true, machine };
            assert_eq!(inputs.decide(not_needed), ConsentDecision::OptedOut(signal));
        }
    }
}
