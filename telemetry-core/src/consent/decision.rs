// SPDX-FileCopyrightText: Copyright (c) 2026 NVIDIA CORPORATION & AFFILIATES. All rights reserved.
// SPDX-License-Identifier: Apache-2.0

//! How consent is decided.

use std::path::Path;

use super::{
    Agreement, ConsentDecision, ConsentPolicy, FileAnswer, MachineMarkers, MarkerState, Rule, Signal,
    SignalReading, marker_state, read,
};
use crate::environment::Environment;

/// All that a decision depends on, apart from the user's files.
#[derive(Debug, Clone, Copy)]
pub(crate) struct ConsentInputs<'a, E: ?Sized> {
    pub(crate) policy: &'a ConsentPolicy,
    pub(crate) environment: &'a E,
    /// Whether the program itself lets its telemetry run.
    pub(crate) switch: bool,
    /// The markers of the machine, if it is to be asked.
    pub(crate) machine: Option<&'a MachineMarkers>,
}

/// The user's files that a decision depends on.
#[derive(Debug, Clone, Copy)]
pub(crate) struct Files<'a> {
    pub(crate) marker: Option<&'a Path>,
    /// The consent file, if the policy has one.
    pub(crate) consent: Option<&'a Path>,
    /// Whether the process has just looked for the marker and it was not there, so that a report need not look.
    pub(crate) marker_known_absent: bool,
}

impl<E: Environment + ?Sized> ConsentInputs<'_, E> {
    /// The decision, with the first signal that opts out. Only if neither the switch nor a variable does, and if
    /// something can still agree, `files` is called: to find them may take a look into the user database.
    pub(crate) fn decide<'f>(&self, files: impl FnOnce() -> Files<'f>) -> ConsentDecision {
        if !self.switch {
            return ConsentDecision::OptedOut(Signal::Switch);
        }
        let silencer = self.policy.variables.iter().find(|(name, rule)| self.silences(name, *rule));
        if let Some((name, _)) = silencer {
            return ConsentDecision::OptedOut(Signal::Variable(name));
        }
        if self.policy.file.is_none() && !self.is_agreed(None) {
            return ConsentDecision::OptedOut(Signal::NoAgreement);
        }
        if self.machine.is_some_and(MachineMarkers::opt_out) {
            return ConsentDecision::OptedOut(Signal::MachineMarker);
        }
        let files = files();
        if self.lacks_home(files) {
            return ConsentDecision::OptedOut(Signal::NoHome);
        }
        match self.marker_state(files) {
            MarkerState::Absent => self.agreement(files),
            MarkerState::Present | MarkerState::Unknown(_) => ConsentDecision::OptedOut(Signal::Marker),
        }
    }

    /// Whether everything that the policy asks for has agreed, if nothing else opts out.
    fn agreement(&self, files: Files<'_>) -> ConsentDecision {
        if self.policy.file.is_none() && self.policy.agreement == Agreement::Assumed {
            return ConsentDecision::Enabled;
        }
        match self.file_answer(files) {
            Some(FileAnswer::Refuses(_)) => ConsentDecision::OptedOut(Signal::ConsentFile),
            answer if self.is_agreed(answer.as_ref()) => ConsentDecision::Enabled,
            _ => ConsentDecision::OptedOut(Signal::NoAgreement),
        }
    }

    /// Whether a file that could opt out cannot be found, since there is no home directory.
    fn lacks_home(&self, files: Files<'_>) -> bool {
        let lacks_marker = self.policy.marker.is_some() && files.marker.is_none();
        lacks_marker || (self.policy.file.is_some() && files.consent.is_none())
    }

    fn file_answer(&self, files: Files<'_>) -> Option<FileAnswer> {
        let file = self.policy.file.as_ref()?;
        Some(files.consent.map_or(FileAnswer::Silent, |path| read(file, path)))
    }

    fn is_agreed(&self, file: Option<&FileAnswer>) -> bool {
        let file_agrees = file == Some(&FileAnswer::Agrees);
        match self.policy.agreement {
            Agreement::Assumed => true,
            Agreement::One => file_agrees || self.variables_that_agree().any(|agrees| agrees),
            Agreement::All => {
                (file_agrees || file.is_none()) && self.variables_that_agree().all(|agrees| agrees)
            }
        }
    }

    /// For each variable that can agree, whether it does.
    fn variables_that_agree(&self) -> impl Iterator<Item = bool> {
        let can_agree = self.policy.variables.iter().filter(|(_, rule)| rule.can_agree());
        can_agree.map(|(name, rule)| self.environment.get(name).is_some_and(|value| rule.agrees(&value)))
    }

    /// Whether a report that is allowed now rests on the consent file.
    pub(crate) fn needs_file(&self) -> bool {
        match self.policy.agreement {
            Agreement::Assumed => false,
            Agreement::One => !self.variables_that_agree().any(|agrees| agrees),
            Agreement::All => true,
        }
    }

    fn silences(&self, name: &str, rule: Rule) -> bool {
        self.environment.get(name).is_some_and(|value| rule.opts_out(&value))
    }

    /// A marker counts that the host has chosen, too, in a policy without one.
    fn marker_state(&self, files: Files<'_>) -> MarkerState {
        match files.marker {
            Some(path) if !files.marker_known_absent => marker_state(path),
            _ => MarkerState::Absent,
        }
    }

    /// Every signal of the policy with its value, whether it decides or not.
    pub(crate) fn readings(&self, files: Files<'_>) -> Vec<SignalReading> {
        let rule = "turned off".into();
        let switch = SignalReading { signal: Signal::Switch, rule, value: None, opts_out: !self.switch };
        let variables = self.policy.variables.iter().map(|(name, rule)| SignalReading {
            signal: Signal::Variable(name),
            rule: rule.to_string(),
            value: self.environment.text(name),
            opts_out: self.silences(name, *rule),
        });
        let file = self.file_answer(files);
        let agreement = self.agreement_reading(file.as_ref());
        let machine = self.machine.into_iter().flat_map(MachineMarkers::readings);
        let others = self.marker_reading(files).into_iter().chain(file.map(file_reading)).chain(agreement);
        [switch].into_iter().chain(variables).chain(machine).chain(others).collect()
    }

    /// The user's marker, or that there is no home directory to look for it or for the consent file.
    fn marker_reading(&self, files: Files<'_>) -> Option<SignalReading> {
        if self.lacks_home(files) {
            let rule = "the marker or the consent file cannot be looked for".into();
            return Some(SignalReading { signal: Signal::NoHome, rule, value: None, opts_out: true });
        }
        files.marker?;
        Some(self.marker_state(files).reading(Signal::Marker, "anything there".into()))
    }

    fn agreement_reading(&self, file: Option<&FileAnswer>) -> Option<SignalReading> {
        (self.policy.agreement != Agreement::Assumed).then(|| SignalReading {
            signal: Signal::NoAgreement,
            rule: "until somebody agrees".into(),
            value: None,
            opts_out: !self.is_agreed(file),
        })
    }
}

fn file_reading(answer: FileAnswer) -> SignalReading {
    SignalReading {
        signal: Signal::ConsentFile,
        rule: "says no, or cannot be understood".into(),
        opts_out: matches!(answer, FileAnswer::Refuses(_)),
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
    fn the_switch_comes_first_and_a_missing_home_silences() {
        let inputs =
            ConsentInputs { policy: &POLICY, environment: &[("OUT", "1")], switch: false, machine: None };
        assert_eq!(inputs.decide(|| NO_FILES), ConsentDecision::OptedOut(Signal::Switch));
        let inputs = ConsentInputs { policy: &POLICY, environment: &[], switch: true, machine: None };
        assert_eq!(inputs.decide(|| NO_FILES), ConsentDecision::OptedOut(Signal::NoHome));
    }

    #[test]
    fn files_are_not_looked_for_once_the_switch_or_a_variable_opts_out() {
        for (switch, value) in [(false, "0"), (true, "1")] {
            let inputs =
                ConsentInputs { policy: &POLICY, environment: &[("OUT", value)], switch, machine: None };
            let decision = inputs.decide(|| panic!("there is no need for files"));
            assert!(!decision.is_enabled());
        }
        const ASKING: ConsentPolicy = ConsentPolicy::variables(&[("YES", Rule::AFFIRM)]).opt_in();
        let inputs = ConsentInputs { policy: &ASKING, environment: &[], switch: true, machine: None };
        let decision = inputs.decide(|| panic!("no file can agree"));
        assert_eq!(decision, ConsentDecision::OptedOut(Signal::NoAgreement));
    }

    #[test]
    fn readings_name_every_signal_with_its_value() {
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

    /// A question about a product that is off until the variable `YES` or its file agrees.
    #[cfg(feature = "consent-yaml")]
    fn asking(agreement: Agreement, variable: &str, file: &str) -> ConsentDecision {
        const VARIABLES: ConsentPolicy =
            ConsentPolicy::variables(&[("OUT", Rule::OptOut), ("YES", Rule::AFFIRM), ("ON", Rule::Enable)])
                .file(super::super::ConsentFile::yaml("x", "agree", &["true"]));
        let dir = tempfile::tempdir().unwrap();
        std::fs::write(dir.path().join("x"), file).unwrap();
        let (marker, path) = (dir.path().join("marker"), dir.path().join("x"));
        let (name, value) = variable.split_once('=').unwrap_or(("", ""));
        let environment = [(name, value)];
        let policy = ConsentPolicy { agreement, ..VARIABLES };
        let files = Files { marker: Some(&marker), consent: Some(&path), marker_known_absent: false };
        ConsentInputs { policy: &policy, environment: &environment, switch: true, machine: None }
            .decide(|| files)
    }

    #[cfg(feature = "consent-yaml")]
    #[test]
    fn every_signal_silences_whatever_else_agrees() {
        for agreement in [Agreement::Assumed, Agreement::One, Agreement::All] {
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
                    asking(agreement, variable, file),
                    ConsentDecision::OptedOut(signal),
                    "{agreement:?} {variable}"
                );
            }
        }
    }

    #[cfg(feature = "consent-yaml")]
    #[test]
    fn one_yes_is_needed_or_all_or_none() {
        let none = ConsentDecision::OptedOut(Signal::NoAgreement);
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
                asking(Agreement::Assumed, variable, file),
                ConsentDecision::Enabled,
                "{variable} {file}"
            );
            let expected = if one { ConsentDecision::Enabled } else { none.clone() };
            assert_eq!(asking(Agreement::One, variable, file), expected, "{variable} {file}");
            assert_eq!(asking(Agreement::All, variable, file), none, "{variable} {file}");
        }
    }

    #[test]
    fn where_all_have_to_agree_each_of_them_does() {
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
        assert_eq!(decision([("A", "1"), ("B", "")]), ConsentDecision::OptedOut(Signal::NoAgreement));
        assert_eq!(decision([("A", "1"), ("", "")]), ConsentDecision::OptedOut(Signal::NoAgreement));
    }

    const SERVICE: ConsentPolicy = ConsentPolicy::variables(&[("OUT", Rule::OptOut)]).without_marker();

    #[test]
    fn without_a_marker_in_the_policy_no_home_is_needed_and_one_that_the_host_chooses_counts() {
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
    fn a_consent_file_that_cannot_be_looked_for_opts_out() {
        const POLICY: ConsentPolicy = SERVICE.file(super::super::ConsentFile::yaml("x", "agree", &["true"]));
        let inputs = ConsentInputs { policy: &POLICY, environment: &[], switch: true, machine: None };
        assert_eq!(inputs.decide(|| NO_FILES), ConsentDecision::OptedOut(Signal::NoHome));
        let path = std::path::absolute("/nonexistent/x").unwrap();
        assert_eq!(inputs.decide(|| Files { consent: Some(&path), ..NO_FILES }), ConsentDecision::Enabled);
    }

    #[test]
    fn the_machine_is_asked_before_the_home_directory_and_after_the_environment() {
        let dir = tempfile::tempdir().unwrap();
        let machine = MachineMarkers::below(dir.path(), &Profile::new("shop", "1"));
        std::fs::create_dir_all(&machine.product).unwrap();
        let no_need = || -> Files<'static> { panic!("there is no need for files") };
        for (value, signal) in [("0", Signal::MachineMarker), ("1", Signal::Variable("OUT"))] {
            let environment = [("OUT", value)];
            let machine = Some(&machine);
            let inputs = ConsentInputs { policy: &POLICY, environment: &environment, switch: true, machine };
            assert_eq!(inputs.decide(no_need), ConsentDecision::OptedOut(signal));
        }
    }
}
