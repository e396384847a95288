// SPDX-FileCopyrightText: Copyright (c) 2026 NVIDIA CORPORATION & AFFILIATES. All rights reserved.
// SPDX-License-Identifier: Apache-2.0

//! Whether each product may report: value by value, file by file, and never where its own client may not.

use std::path::Path;

use serde_json::Value;
use telemetry_core::Product;
use telemetry_core::consent::ConsentDecision;
use telemetry_core::consent::Signal;
use telemetry_core::testing::consent_decision;
use telemetry_tests::products::agent_toolkit::AgentToolkit;
use telemetry_tests::products::anonymizer::Anonymizer;
use telemetry_tests::products::data_designer::DataDesigner;
use telemetry_tests::products::evaluator::Evaluator;
use telemetry_tests::products::guardrails::Guardrails;
use telemetry_tests::products::helix::Helix;
use telemetry_tests::products::launcher::Launcher;
use telemetry_tests::products::nim::NimClient;
use telemetry_tests::products::openshell::OpenShell;
use telemetry_tests::products::safe_synthesizer::SafeSynthesizer;
use telemetry_tests::products::switchyard::Switchyard;

/// Values that users give to a variable that turns something on or off, also as changed by tools.
const VALUES: [&str; 54] = [
    "",
    " ",
    "0",
    "1",
    "2",
    "3",
    "-1",
    "00",
    "01",
    "1.0",
    "true",
    "True",
    "TRUE",
    " true",
    "true ",
    "false",
    "False",
    "FALSE",
    " false ",
    "yes",
    "YES",
    "no",
    "No",
    "on",
    "On",
    "off",
    "OFF",
    "y",
    "n",
    "t",
    "f",
    "enable",
    "enabled",
    "disable",
    "disabled",
    "Disabled",
    "maybe",
    "null",
    "none",
    "None",
    "never",
    "nil",
    "\"\"",
    "''",
    "\"true\"",
    "'true'",
    "\"false\"",
    "'false'",
    "\"1\"",
    "'1'",
    "\"0\"",
    "'0'",
    "\"2\"",
    "\"yes",
];

/// A directory without any file.
fn nowhere() -> &'static Path {
    Path::new("/nonexistent")
}

fn is_enabled<P: Product>(environment: &[(&str, &str)]) -> bool {
    consent_decision::<P>(environment, Some(nowhere())).is_enabled()
}

/// Compares the variable with its table: these values leave the product on, all others turn it off and are named. Where the
/// product's own client is off, this one is off.
fn holds<P: Product>(variable: &'static str, speaks: &[&str], own: Own) {
    for value in VALUES {
        let (ours, speaks) =
            (consent_decision::<P>(&[(variable, value)], Some(nowhere())), speaks.contains(&value));
        let expected = if speaks {
            ConsentDecision::Enabled
        } else {
            ConsentDecision::OptedOut(Signal::Variable(variable))
        };
        let name = P::PROFILE.name();
        assert_eq!(ours, expected, "{name}: `{variable}={value}`");
        assert!(
            own(value) || !ours.is_enabled(),
            "{name}: `{variable}={value}` turns the product's own client off"
        );
    }
}

/// `1`, `true` or `yes` in any case.
const AFFIRMED: [&str; 6] = ["1", "true", "True", "TRUE", "yes", "YES"];

/// A clear no, or nothing: what does not opt out of being opted out.
const NO_OPT_OUT: [&str; 11] = ["", " ", "0", "false", "False", "FALSE", " false ", "no", "No", "off", "OFF"];

/// A clear yes, or nothing: what does not turn a product off that is on.
const NOT_DISABLED: [&str; 16] = [
    "", " ", "1", "true", "True", "TRUE", " true", "true ", "yes", "YES", "on", "On", "y", "t", "enable",
    "enabled",
];

/// Whether a product's own client is on with a value.
type Own = fn(&str) -> bool;

/// The product's own client does not know the variable.
const UNKNOWN: Own = |_| true;

/// The opt-out variables of every product by default, with their effect on its own client.
fn holds_common<P: Product>(is_silent_in_ci: bool, [do_not_track, pytest, ci]: [Own; 3]) {
    holds::<P>("DO_NOT_TRACK", &NO_OPT_OUT, do_not_track);
    holds::<P>("PYTEST_CURRENT_TEST", &[""], pytest);
    holds::<P>("CI", if is_silent_in_ci { &NO_OPT_OUT[..] } else { &VALUES }, ci);
}

/// Facts: `1`, `true` and `yes`, in any case, without other characters.
fn data_designer_speaks(value: &str) -> bool {
    matches!(&*value.to_lowercase(), "1" | "true" | "yes")
}

/// Facts: as Data Designer, but asked at each report.
fn safe_synthesizer_speaks(value: &str) -> bool {
    ["1", "true", "yes"].iter().any(|yes| yes.eq_ignore_ascii_case(value))
}

/// Facts: as Safe Synthesizer.
fn anonymizer_speaks(value: &str) -> bool {
    value.eq_ignore_ascii_case("1") || value.eq_ignore_ascii_case("true") || value.eq_ignore_ascii_case("yes")
}

/// Facts: its command takes `1`, `true` and `yes`; the service that runs its jobs takes `true` alone, and trims it. One
/// profile speaks for both.
fn helix_speaks(value: &str) -> bool {
    let command = ["1", "true", "yes"].contains(&&*value.to_lowercase());
    let jobs = value.trim().to_lowercase() == "true";
    command && jobs
}

/// Facts: `1` and `true` opt out, in any case, without other characters (`env_cases.jsonl`).
fn guardrails_speaks(value: &str) -> bool {
    !["1", "true"].contains(&&*value.to_lowercase())
}

#[test]
fn data_designer_safe_synthesizer_and_anonymizer_speak_when_affirmed_or_not_asked() {
    fn nemo<P: Product>(own: Own) {
        assert!(is_enabled::<P>(&[]));
        holds::<P>("NEMO_TELEMETRY_ENABLED", &AFFIRMED, own);
        holds_common::<P>(true, [UNKNOWN; 3]);
    }
    nemo::<DataDesigner>(data_designer_speaks);
    nemo::<SafeSynthesizer>(safe_synthesizer_speaks);
    nemo::<Anonymizer>(anonymizer_speaks);
}

#[test]
fn what_every_new_product_gets_is_silent_in_all_known_kinds_of_continuous_integration() {
    // Reference: the variables of `isCi`.
    for variable in [
        "CI",
        "GITLAB_CI",
        "GITHUB_ACTIONS",
        "BUILDKITE",
        "CIRCLECI",
        "JENKINS_URL",
        "TEAMCITY_VERSION",
        "TF_BUILD",
        "TRAVIS",
    ] {
        holds::<DataDesigner>(variable, &NO_OPT_OUT, UNKNOWN);
    }
}

#[test]
fn evaluator_and_its_launcher_speak_at_level_2() {
    fn evaluator<P: Product>() {
        assert!(is_enabled::<P>(&[]));
        holds::<P>("NEMO_EVALUATOR_TELEMETRY_LEVEL", &["2"], |value| value.trim().parse() != Ok(0));
        holds::<P>("NEMO_TELEMETRY_ENABLED", &AFFIRMED, UNKNOWN);
        holds_common::<P>(true, [UNKNOWN; 3]);
    }
    evaluator::<Evaluator>();
    evaluator::<Launcher>();
}

#[test]
fn openshell_and_switchyard_speak_unless_a_value_leaves_a_doubt() {
    assert!(is_enabled::<OpenShell>(&[]) && is_enabled::<Switchyard>(&[]));
    // Facts: both are silenced by a clear no only, with white space around it or not.
    let openshell: Own = |value| !["0", "false", "no", "off"].contains(&&*value.trim().to_ascii_lowercase());
    let switchyard: Own =
        |value| !["0", "false", "no", "off"].iter().any(|no| value.trim().eq_ignore_ascii_case(no));
    holds::<OpenShell>("OPENSHELL_TELEMETRY_ENABLED", &NOT_DISABLED, openshell);
    holds::<Switchyard>("SWITCHYARD_TELEMETRY_ENABLED", &NOT_DISABLED, switchyard);
    holds_common::<Switchyard>(true, [UNKNOWN; 3]);
    for variable in ["DO_NOT_TRACK", "CI"] {
        holds::<OpenShell>(variable, &NO_OPT_OUT, UNKNOWN);
    }
}

#[test]
fn guardrails_speaks_unless_one_of_its_variables_objects() {
    assert!(is_enabled::<Guardrails>(&[]));
    holds::<Guardrails>("NEMO_GUARDRAILS_NO_USAGE_STATS", &NO_OPT_OUT, guardrails_speaks);
    holds_common::<Guardrails>(true, [guardrails_speaks, str::is_empty, guardrails_speaks]);
}

#[test]
fn helix_speaks_in_continuous_integration_and_when_affirmed_or_not_asked() {
    assert!(is_enabled::<Helix>(&[]));
    holds::<Helix>("NEMO_TELEMETRY_ENABLED", &["true", "True", "TRUE"], helix_speaks);
    holds_common::<Helix>(false, [UNKNOWN; 3]);
}

/// A product that is off, with the variable that turns it on.
fn is_off_until<P: Product>(variable: &'static str, speaks: &[&str], own: Own) {
    assert_eq!(consent_decision::<P>(&[], Some(nowhere())), ConsentDecision::OptedOut(Signal::NoOptIn));
    holds::<P>(variable, speaks, own);
    for other in ["DO_NOT_TRACK", "CI", "PYTEST_CURRENT_TEST"] {
        let opted_out = consent_decision::<P>(&[(variable, "true"), (other, "1")], Some(nowhere()));
        assert_eq!(opted_out, ConsentDecision::OptedOut(Signal::Variable(other)));
        assert!(!is_enabled::<P>(&[(other, "0")]), "not opting out is not opting in");
    }
}

#[test]
fn agent_toolkit_and_nim_are_off_until_the_user_opts_in() {
    let own: Own = |value| ["1", "true", "yes"].contains(&&*value.trim().to_lowercase());
    is_off_until::<AgentToolkit>("NAT_TELEMETRY_ENABLED", &AFFIRMED, own);
    let speaks = [&AFFIRMED[..], &["on", "On"]].concat();
    let own = |value: &str| ["1", "true", "yes", "on"].contains(&value.trim().to_lowercase().as_str());
    is_off_until::<NimClient>("NVIDIA_USAGE_TELEMETRY_ENABLED", &speaks, own);
}

/// The decision with this text in a file of the configuration directory.
fn with_file<P: Product>(environment: &[(&str, &str)], name: &str, text: &str) -> ConsentDecision {
    let dir = tempfile::tempdir().expect("there is room for a scratch directory");
    std::fs::write(dir.path().join(name), text).expect("the directory is ours");
    consent_decision::<P>(environment, Some(dir.path()))
}

#[test]
fn agent_toolkits_file_agrees_to_the_current_question_only_and_its_no_is_final() {
    let file = |consent: &str, version: &str| {
        format!(
            "# Written by the command.\n[telemetry]\nconsent = \"{consent}\"\n\
             consented_at = \"2026-07-27T12:00:00Z\"\nprompt_version = \"{version}\"\n"
        )
    };
    let nat = |environment, text: &str| with_file::<AgentToolkit>(environment, "telemetry.toml", text);
    let [none, refused] = [Signal::NoOptIn, Signal::ConsentFile].map(ConsentDecision::OptedOut);
    let yes = [("NAT_TELEMETRY_ENABLED", "true")];
    for (text, unasked, asked) in [
        (file("enabled", "1.0"), ConsentDecision::Enabled, ConsentDecision::Enabled),
        (file("enabled", "0.9"), none.clone(), ConsentDecision::Enabled),
        (file("disabled", "1.0"), refused.clone(), refused.clone()),
        (file("disabled", "0.9"), refused.clone(), refused.clone()),
        (file("never_asked", "1.0"), refused.clone(), refused.clone()),
        (String::new(), none.clone(), ConsentDecision::Enabled),
        ("[telemetry]\n".into(), none, ConsentDecision::Enabled),
        ("consent = [".into(), refused.clone(), refused.clone()),
    ] {
        assert_eq!((nat(&[], &text), nat(&yes, &text)), (unasked, asked), "{text}");
    }
    let no = ConsentDecision::OptedOut(Signal::Variable("NAT_TELEMETRY_ENABLED"));
    assert_eq!(nat(&[("NAT_TELEMETRY_ENABLED", "0")], &file("enabled", "1.0")), no);
}

#[test]
fn agent_toolkits_file_can_be_elsewhere() {
    let dir = tempfile::tempdir().unwrap();
    let path = dir.path().join("consent.toml");
    std::fs::write(&path, "[telemetry]\nconsent = \"enabled\"\nprompt_version = \"1.0\"\n").unwrap();
    let elsewhere = [("NAT_TELEMETRY_CONSENT_FILE", path.to_str().unwrap())];
    assert_eq!(consent_decision::<AgentToolkit>(&elsewhere, Some(nowhere())), ConsentDecision::Enabled);
}

#[test]
fn helixs_settings_object_if_they_say_so_or_cannot_be_understood() {
    let helix = |text: &str| with_file::<Helix>(&[], "config.yaml", text);
    let around = |line: &str| {
        format!("current_context: dev\ncontexts:\n- name: dev\n  user: ann\n{line}\nusers: []\n")
    };
    for line in ["", "telemetry_enabled: true", "telemetry_enabled: True  # yes", "telemetry_enabled: yes"] {
        assert_eq!(helix(&around(line)), ConsentDecision::Enabled, "{line}");
    }
    for line in [
        "telemetry_enabled: false",
        "telemetry_enabled: False",
        "telemetry_enabled: no",
        "telemetry_enabled: off",
        "telemetry_enabled: 0",
        "telemetry_enabled:",
        "telemetry_enabled: null",
        "telemetry_enabled: maybe",
        "'telemetry_enabled': false",
        "{telemetry_enabled: false}",
        "telemetry_enabled: true\ntelemetry_enabled: false",
        "broken: [",
        "\tbroken",
    ] {
        assert_eq!(helix(&around(line)), ConsentDecision::OptedOut(Signal::ConsentFile), "{line}");
    }
    let affirmed =
        with_file::<Helix>(&[("NEMO_TELEMETRY_ENABLED", "true")], "config.yaml", "telemetry_enabled: false");
    assert_eq!(affirmed, ConsentDecision::OptedOut(Signal::ConsentFile), "all layers have to agree");
}

#[test]
fn evaluators_settings_hold_a_level() {
    let evaluator = |text: &str| with_file::<Evaluator>(&[], "config.yaml", text).is_enabled();
    for (text, expected) in [
        ("telemetry:\n  level: 2\n", true),
        ("telemetry:\n  level: 1\n", false),
        ("other: 1\n", true),
        ("level: 0\n", true),
        ("telemetry:\n  level: 0\n", false),
        ("telemetry:\n  level: off\n", false),
        ("telemetry: {level: 0}\n", false),
    ] {
        assert_eq!(evaluator(text), expected, "{text}");
    }
    let overruled = [("NEMO_EVALUATOR_TELEMETRY_LEVEL", "2")];
    assert!(!with_file::<Evaluator>(&overruled, "config.yaml", "telemetry:\n  level: 0\n").is_enabled());
}

#[test]
fn the_marker_silences_every_product_and_so_does_a_missing_home() {
    fn marked<P: Product>(environment: &[(&str, &str)]) {
        assert!(is_enabled::<P>(environment), "{}", P::PROFILE.name());
        assert_eq!(
            with_file::<P>(environment, "do_not_track", ""),
            ConsentDecision::OptedOut(Signal::Marker)
        );
        assert_eq!(consent_decision::<P>(environment, None), ConsentDecision::OptedOut(Signal::NoHome));
    }
    marked::<AgentToolkit>(&[("NAT_TELEMETRY_ENABLED", "1")]);
    marked::<Anonymizer>(&[]);
    marked::<DataDesigner>(&[]);
    marked::<Evaluator>(&[]);
    marked::<Guardrails>(&[]);
    marked::<Helix>(&[]);
    marked::<Launcher>(&[]);
    marked::<NimClient>(&[("NVIDIA_USAGE_TELEMETRY_ENABLED", "on")]);
    marked::<OpenShell>(&[]);
    marked::<SafeSynthesizer>(&[]);
    marked::<Switchyard>(&[]);
}

/// Each row is a random file and whether Python's own readers find agreement in it: `yaml.safe_load` an object in which
/// `telemetry_enabled` is missing or true, `tomllib` a current yes under `[telemetry]`. Refusing more is allowed.
#[test]
fn no_random_file_opts_in_unless_the_reference_parser_reads_an_opt_in() {
    let rows = std::fs::read_to_string("samples/consent_files.jsonl").unwrap();
    let rows: Vec<Value> = rows.lines().map(|row| serde_json::from_str(row).unwrap()).collect();
    let (mut agreeing, mut understood) = (0, 0);
    for row in &rows {
        let text = row["text"].as_str().unwrap();
        let ours = match row["format"].as_str() {
            Some("yaml") => with_file::<Helix>(&[], "config.yaml", text),
            _ => with_file::<AgentToolkit>(&[], "telemetry.toml", text),
        };
        assert!(row["agrees"] == true || !ours.is_enabled(), "{text:?} agrees");
        agreeing += usize::from(row["agrees"] == true);
        understood += usize::from(ours.is_enabled());
    }
    assert!(rows.len() >= 500 && agreeing >= 100, "{} rows, {agreeing} of them agree", rows.len());
    assert!(understood * 2 >= agreeing, "{understood} of {agreeing} are understood");
}
