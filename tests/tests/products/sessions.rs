// SPDX-FileCopyrightText: Copyright (c) 2026 NVIDIA CORPORATION & AFFILIATES. All rights reserved.
// SPDX-License-Identifier: Apache-2.0

//! The sessions of the other products, in real processes: made, joined, kept, and never shared by mistake.

#![cfg(target_os = "linux")]

use std::collections::BTreeSet;
use std::fs;
use std::os::unix::fs::PermissionsExt;
use std::path::PathBuf;

use serde_json::Value;
use telemetry_core::testing::capture;
use telemetry_tests::child::{Outcome, Probe};
use telemetry_tests::home::Home;
use telemetry_tests::products::helix::{CommandInvoked, Helix};
use telemetry_tests::samples::Sample;
use telemetry_tests::server::{Request, Server};

/// A process of the given products, all of which send to the server.
fn probe(home: &Home, server: &Server) -> Probe {
    Probe::new(env!("CARGO_BIN_EXE_product_probe"), home).sending_products_to(&server.url())
}

/// Runs the steps in a home of its own with these variables.
fn run(variables: &[(&str, &str)], steps: &[&str]) -> (Outcome, Vec<Request>) {
    let (home, server) = (Home::new(), Server::start());
    let probe = variables.iter().fold(probe(&home, &server), |probe, (name, value)| probe.env(name, value));
    let outcome = probe.run(steps).checked();
    (outcome, server.after_exit())
}

/// The sessions in the envelopes, in order.
fn sessions(requests: &[Request]) -> Vec<String> {
    requests.iter().map(|request| text(&request.envelope()["sessionId"])).collect()
}

fn text(value: &Value) -> String {
    value.as_str().expect("a text").to_owned()
}

fn is_hex(session: &str) -> bool {
    session.len() == 32 && session.bytes().all(|byte| byte.is_ascii_hexdigit())
}

/// The session that one report of the product carries.
fn session_of(product: &str, variables: &[(&str, &str)]) -> String {
    let (_, requests) = run(variables, &[&format!("{product}:report"), &format!("{product}:flush")]);
    let [session] = sessions(&requests).try_into().expect("one request");
    session
}

#[test]
fn each_product_has_sessions_of_its_own_form() {
    let agreed = [("NAT_TELEMETRY_ENABLED", "1"), ("NVIDIA_USAGE_TELEMETRY_ENABLED", "1")];
    let version =
        |session: &str| session.parse::<telemetry_core::value::Uuid>().map(|uuid| uuid.get_version_num());
    for product in ["agent_toolkit", "data_designer", "helix"] {
        assert!(is_hex(&session_of(product, &agreed)), "{product}");
    }
    let session = session_of("anonymizer", &agreed);
    assert!(session.strip_prefix("anonymizer-").is_some_and(is_hex), "{session}");
    assert_eq!(version(&session_of("evaluator", &agreed)), Ok(4));
    assert_eq!(version(&session_of("switchyard", &agreed)), Ok(7));
    for product in ["openshell", "safe_synthesizer", "nim_client"] {
        assert_eq!(session_of(product, &agreed), "undefined", "{product}");
    }
}

#[test]
fn a_prefix_in_the_environment_stands_before_the_session_unless_it_is_strange() {
    let prefixed = |product, value| session_of(product, &[("NEMO_SESSION_PREFIX", value)]);
    assert_eq!(prefixed("safe_synthesizer", "ci-"), "ci-undefined");
    assert_eq!(prefixed("safe_synthesizer", "/home/ann/"), "undefined");
    assert!(prefixed("anonymizer", "ci-").strip_prefix("ci-").is_some_and(is_hex));
    assert!(prefixed("anonymizer", "ann@example.com").strip_prefix("anonymizer-").is_some_and(is_hex));
    assert!(prefixed("helix", "ci-").strip_prefix("ci-").is_some_and(is_hex));
}

#[test]
fn a_child_joins_the_session_that_it_was_handed() {
    let steps = ["evaluator:report", "evaluator:flush", "evaluator:child", "evaluator:session"];
    let (outcome, requests) = run(&[], &steps);
    let sessions = sessions(&requests);
    assert_eq!(sessions, [&*sessions[0], &*sessions[0]]);
    assert_eq!(outcome.lines, ["true", "true", "exit status: 0", &sessions[0]]);
}

#[test]
fn the_launcher_hands_its_session_to_the_evaluators_that_it_starts() {
    let variable = "NEMO_EVALUATOR_TELEMETRY_SESSION_ID";
    assert_eq!(session_of("evaluator", &[(variable, "launch-7")]), "launch-7");
    assert_eq!(session_of("evaluator_launcher", &[(variable, "launch-7")]), "launch-7");
    for strange in ["", "a b", "/home/ann", &"x".repeat(200)] {
        let session = session_of("evaluator", &[(variable, strange)]);
        assert_eq!(session.len(), 36, "{strange}: {session}");
    }
}

#[test]
fn a_child_of_a_silent_process_is_handed_nothing() {
    let (outcome, requests) = run(&[], &["evaluator:disable", "evaluator:child"]);
    // The child decides for itself, but joins no session.
    assert_eq!(outcome.lines, ["true", "exit status: 0"]);
    assert_eq!(requests.len(), 1);
    let (outcome, requests) = run(&[("DO_NOT_TRACK", "1")], &["evaluator:child"]);
    assert_eq!(
        (outcome.lines.as_slice(), requests.len()),
        (&["true".to_owned(), "exit status: 0".into()][..], 0)
    );
}

#[test]
fn a_forked_child_has_its_own_session_unless_it_is_joined_kept_or_fixed() {
    let forked = |product: &str, variables: &[(&str, &str)]| {
        let steps = [format!("{product}:report"), format!("{product}:flush")];
        let [report, flush] = steps.each_ref().map(String::as_str);
        let (_, requests) = run(variables, &[report, flush, "fork", report, flush, "join", report, flush]);
        let sessions = sessions(&requests);
        assert_eq!((sessions.len(), &sessions[0]), (3, &sessions[2]), "{product}: {sessions:?}");
        sessions[0] != sessions[1]
    };
    for product in ["data_designer", "anonymizer", "evaluator", "switchyard"] {
        assert!(forked(product, &[]), "{product}");
    }
    assert!(!forked("evaluator", &[("NEMO_EVALUATOR_TELEMETRY_SESSION_ID", "joined")]));
    assert!(!forked("helix", &[]));
    assert!(!forked("openshell", &[]));
}

/// Where Helix keeps its session.
fn state_file(home: &Home) -> PathBuf {
    home.path().join(".config/nmp/telemetry-state.json")
}

#[test]
fn processes_share_the_session_that_is_kept_in_a_file() {
    let (home, server) = (Home::new(), Server::start());
    let report = || probe(&home, &server).run(&["helix:report", "helix:flush"]).checked();
    let _ = (report(), report());
    let sessions = sessions(&server.after_exit());
    assert_eq!(sessions, [&*sessions[0], &*sessions[0]]);
    let file = state_file(&home);
    let state: Value = serde_json::from_slice(&fs::read(&file).unwrap()).unwrap();
    assert_eq!(state["session_id"], sessions[0]);
    let mode = |path: &std::path::Path| path.metadata().unwrap().permissions().mode() & 0o777;
    assert_eq!((mode(&file), mode(file.parent().unwrap())), (0o600, 0o700));
}

#[test]
fn processes_that_start_at_the_same_time_share_one_session() {
    for text in [None, Some("not json")] {
        let (home, server) = (Home::new(), Server::start());
        if let Some(text) = text {
            fs::create_dir_all(state_file(&home).parent().unwrap()).unwrap();
            fs::write(state_file(&home), text).unwrap();
        }
        let start = || probe(&home, &server).start(&["helix:wait", "helix:report", "helix:flush"]);
        let mut processes: Vec<_> = (0..6).map(|_| start()).collect();
        processes.iter_mut().for_each(|process| process.go_on());
        processes.into_iter().for_each(|process| drop(process.finish().checked()));
        let sessions = sessions(&server.after_exit());
        assert_eq!(sessions.len(), 6);
        assert_eq!(BTreeSet::from_iter(&sessions).len(), 1, "{sessions:?}");
    }
}

#[test]
fn a_state_that_is_corrupt_old_or_from_the_future_is_replaced() {
    for text in [
        "",
        "{",
        r#"{"session_id": "old", "created_at": "2020-01-01T00:00:00Z"}"#,
        r#"{"session_id": "future", "created_at": "2999-01-01T00:00:00Z"}"#,
    ] {
        let (home, server) = (Home::new(), Server::start());
        fs::create_dir_all(state_file(&home).parent().unwrap()).unwrap();
        fs::write(state_file(&home), text).unwrap();
        let _ = probe(&home, &server).run(&["helix:report", "helix:flush"]).checked();
        let [session] = sessions(&server.after_exit()).try_into().unwrap();
        assert!(is_hex(&session), "{text}");
        assert!(fs::read_to_string(state_file(&home)).unwrap().contains(&session), "{text}");
    }
}

#[test]
fn without_a_state_file_each_process_has_its_own_session() {
    let (home, server) = (Home::new(), Server::start());
    fs::create_dir_all(state_file(&home)).unwrap();
    let report = || {
        let steps = ["helix:report", "helix:flush", "helix:report", "helix:flush", "helix:delivered"];
        assert_eq!(probe(&home, &server).run(&steps).checked().lines, ["true", "true", "2"]);
    };
    report();
    report();
    let sessions = sessions(&server.after_exit());
    assert_eq!((&sessions[0], &sessions[2]), (&sessions[1], &sessions[3]));
    assert_ne!(sessions[0], sessions[2]);
    assert!(state_file(&home).is_dir());
}

#[test]
fn where_nothing_can_be_written_events_are_delivered_all_the_same() {
    let (home, server) = (Home::new(), Server::start());
    let probe = probe(&home, &server).env("HOME", "/proc");
    let outcome = probe.run(&["helix:report", "helix:flush", "helix:session"]).checked();
    let [session] = sessions(&server.after_exit()).try_into().unwrap();
    assert!(is_hex(&session));
    assert_eq!(outcome.lines, ["true", &session]);
}

#[test]
fn no_session_is_stored_without_consent() {
    for variables in [&[("NEMO_TELEMETRY_ENABLED", "0")][..], &[("DO_NOT_TRACK", "1")]] {
        let (home, server) = (Home::new(), Server::start());
        let probe =
            variables.iter().fold(probe(&home, &server), |probe, (name, value)| probe.env(name, value));
        let steps = ["helix:report", "helix:flush", "helix:session", "helix:threads"];
        assert_eq!(probe.run(&steps).checked().lines, ["true", "none", "1"]);
        assert!(home.is_untouched() && server.after_exit().is_empty());
    }
}

#[test]
fn a_session_in_a_file_is_known_once_a_request_was_made() {
    let (outcome, requests) = run(&[], &["helix:session", "helix:report", "helix:flush", "helix:session"]);
    let [session] = sessions(&requests).try_into().unwrap();
    assert_eq!(outcome.lines, ["none", "true", &session]);
}

#[test]
fn two_clients_of_one_product_have_two_sessions_unless_the_product_keeps_one() {
    let both = |product: &str| {
        let steps =
            ["", "#2"].map(|number| ["report", "flush"].map(|step| format!("{product}{number}:{step}")));
        let steps: Vec<_> = steps.as_flattened().iter().map(String::as_str).collect();
        let (_, requests) = run(&[], &steps);
        let [one, other] = sessions(&requests).try_into().expect("two requests");
        one == other
    };
    assert!(!both("data_designer") && !both("evaluator"));
    assert!(both("helix") && both("openshell"));
}

/// A test of an adopter's own events must not write into the home of the user who runs it.
#[test]
fn a_capturing_client_keeps_no_session_in_a_file() {
    let (telemetry, sent) = capture::<Helix>();
    let session = telemetry.session().expect("it is in memory, so it is known before any request");
    telemetry.emit(CommandInvoked::sample());
    assert_eq!(sent.envelopes()[0]["sessionId"], session.as_str());
    assert!(is_hex(session.as_str()));
}

/// Consent, session, files and counters of one product are nothing to another one, even in one directory.
#[test]
fn several_products_in_one_process_share_nothing() {
    let (home, server) = (Home::new(), Server::start());
    let speaking = ["helix", "data_designer", "evaluator", "evaluator_launcher"];
    let mut steps = Vec::new();
    for product in speaking.into_iter().chain(["agent_toolkit", "switchyard"]) {
        steps.extend(["report", "flush", "delivered"].map(|step| format!("{product}:{step}")));
    }
    steps.extend(speaking.map(|product| format!("{product}:session")));
    let steps: Vec<_> = steps.iter().map(String::as_str).collect();
    let probe = probe(&home, &server).env("SWITCHYARD_TELEMETRY_ENABLED", "0");
    let outcome = probe.run(&steps).checked();
    let requests = server.after_exit();
    let (delivered, known) = outcome.lines.split_at(12);
    let counts: Vec<_> = delivered.iter().skip(1).step_by(2).collect();
    assert_eq!(counts, ["1", "1", "1", "1", "0", "0"], "the others have not agreed, or object");
    let names: Vec<_> =
        requests.iter().map(|request| text(&request.envelope()["events"][0]["name"])).collect();
    assert_eq!(names, ["command_invoked", "inference_event", "EvaluationTaskEvent", "LauncherJobEvent"]);
    assert_eq!(sessions(&requests), known);
    assert_eq!(BTreeSet::from_iter(known).len(), 4);
    assert_eq!(files_below(&home, ""), ["data_designer", "nemo-evaluator", "nmp"]);
    assert_eq!(files_below(&home, "nemo-evaluator"), ["launcher_usage_stats.json", "usage_stats.json"]);
    for (file, key) in [("launcher_usage_stats.json", "executorType"), ("usage_stats.json", "frameworkName")]
    {
        let text = fs::read_to_string(home.path().join(".config/nemo-evaluator").join(file)).unwrap();
        let lines: Vec<_> = text.lines().collect();
        assert!(matches!(lines[..], [line] if line.contains(key)), "{file}: {text}");
    }
}

/// The names of the files, without locks.
fn files_below(home: &Home, directory: &str) -> Vec<String> {
    let files = fs::read_dir(home.path().join(".config").join(directory)).unwrap();
    let names = files.map(|file| file.unwrap().file_name().into_string().unwrap());
    let mut names: Vec<_> = names.filter(|name| !name.ends_with(".lock")).collect();
    names.sort();
    names
}
