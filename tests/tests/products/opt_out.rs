// SPDX-FileCopyrightText: Copyright (c) 2026 NVIDIA CORPORATION & AFFILIATES. All rights reserved.
// SPDX-License-Identifier: Apache-2.0

//! Opting out of the other products, in real processes: an opt-out leaves no file behind, and a later opt-out
//! drops waiting events.

#![cfg(target_os = "linux")]

use std::ffi::OsStr;
use std::fs;
use std::os::unix::ffi::OsStrExt;
use std::path::PathBuf;

use telemetry_tests::child::Probe;
use telemetry_tests::home::Home;
use telemetry_tests::marked_home::make_fifo;
use telemetry_tests::server::{Answer, Server};

fn probe(home: &Home, server: &Server) -> Probe {
    Probe::new(env!("CARGO_BIN_EXE_product_probe"), home).sending_products_to(&server.url())
}

/// Whether a process of the product with this variable reports. If not, it leaves no trace.
fn reports(product: &str, variable: &str, value: impl AsRef<OsStr>) -> bool {
    let (home, server) = (Home::new(), Server::start());
    let steps = ["report", "flush", "threads"].map(|step| format!("{product}:{step}"));
    let outcome =
        probe(&home, &server).env(variable, value).run(&steps.each_ref().map(String::as_str)).checked();
    let requests = server.after_exit();
    if requests.is_empty() {
        assert_eq!(outcome.lines, ["true", "1"], "{product}: nothing waits, and there is no thread");
        assert!(home.is_untouched(), "{product}: no file");
    }
    !requests.is_empty()
}

#[test]
fn the_variable_of_each_product_speaks_and_silences() {
    let not_utf_8 = OsStr::from_bytes(b"\xff");
    for (product, variable, speaks, silent) in [
        ("agent_toolkit", "NAT_TELEMETRY_ENABLED", "YES", &["on", "0", ""][..]),
        ("anonymizer", "NEMO_TELEMETRY_ENABLED", "true", &["off", "on", ""]),
        ("data_designer", "NEMO_TELEMETRY_ENABLED", "1", &["no", " true"]),
        ("evaluator", "NEMO_EVALUATOR_TELEMETRY_LEVEL", "2", &["0", "1", "false"]),
        ("evaluator_launcher", "NEMO_EVALUATOR_TELEMETRY_LEVEL", "2", &["0", "1", "3"]),
        ("helix", "NEMO_TELEMETRY_ENABLED", "True", &["false", "maybe", "1", "yes"]),
        ("nim_client", "NVIDIA_USAGE_TELEMETRY_ENABLED", "on", &["off", ""]),
        ("openshell", "OPENSHELL_TELEMETRY_ENABLED", " On", &["off", " No ", "disabled", "\"false\""]),
        ("safe_synthesizer", "NEMO_TELEMETRY_ENABLED", "1", &["disabled"]),
        ("switchyard", "SWITCHYARD_TELEMETRY_ENABLED", "", &["FALSE", "none", "n", "'true'"]),
    ] {
        assert!(reports(product, variable, speaks), "{product}: `{speaks}`");
        for value in silent {
            assert!(!reports(product, variable, value), "{product}: `{value}`");
        }
        assert!(!reports(product, variable, not_utf_8), "{product}");
    }
}

/// A home in which Helix or the toolkit finds this.
fn home_with(file: &str, text: &str) -> (Home, PathBuf) {
    let home = Home::new();
    let path = home.path().join(".config").join(file);
    fs::create_dir_all(path.parent().expect("it is in a directory")).expect("the home is ours");
    fs::write(&path, text).expect("the home is ours");
    (home, path)
}

const AGREED: &str = "[telemetry]\nconsent = \"enabled\"\nprompt_version = \"1.0\"\n";

#[test]
fn a_file_agrees_or_objects_wherever_it_is() {
    let server = Server::start();
    let decision = |home: &Home, step: &str| probe(home, &server).run(&[step]).checked().lines;
    let (home, _) = home_with("nat/telemetry.toml", AGREED);
    assert_eq!(decision(&home, "agent_toolkit:decision"), ["Enabled"]);
    let (home, path) = home_with("nmp/config.yaml", "telemetry_enabled: false\n");
    assert_eq!(decision(&home, "helix:decision"), ["OptedOut(ConsentFile)"]);
    let elsewhere = Home::new();
    let probe = probe(&elsewhere, &server).env("NMP_CONFIG_FILE", path);
    assert_eq!(probe.run(&["helix:decision"]).checked().lines, ["OptedOut(ConsentFile)"]);
}

#[test]
fn a_directory_of_the_host_does_not_hide_the_file_that_the_environment_names() {
    let (home, path) = home_with("nmp/config.yaml", "telemetry_enabled: false\n");
    let server = Server::start();
    let directory = home.path().join("host").display().to_string();
    let step = |step: &str| format!("helix@{directory}:{step}");
    let steps = ["report", "flush", "decision"].map(step);
    let steps = steps.each_ref().map(String::as_str);
    let lines = |probe: Probe| probe.run(&steps).checked().lines;
    assert_eq!(lines(probe(&home, &server).env("NMP_CONFIG_FILE", path)), ["true", "OptedOut(ConsentFile)"]);
    // The host's directory alone has no file.
    assert_eq!(lines(probe(&home, &server)), ["true", "Enabled"]);
    assert_eq!(server.after_exit().len(), 1);
}

#[test]
fn a_relative_path_leads_to_the_same_file_wherever_the_process_goes() {
    let (home, path) = home_with("nmp/config.yaml", "telemetry_enabled: false\n");
    let server = Server::start();
    let come = format!("chdir={}", path.parent().unwrap().display());
    for steps in [
        &[
            &*come,
            "helix:disable",
            "helix:enable",
            "chdir=/",
            "helix:report",
            "helix:flush",
            "helix:decision",
        ][..],
        &[
            &*come,
            "helix@.:disable",
            "helix@.:enable",
            "chdir=/",
            "helix@.:report",
            "helix@.:flush",
            "helix@.:decision",
        ],
    ] {
        let probe = probe(&home, &server).env("NMP_CONFIG_FILE", "config.yaml");
        assert_eq!(probe.run(steps).checked().lines, ["true", "OptedOut(ConsentFile)"]);
    }
    assert!(server.after_exit().is_empty());
}

/// A process whose current directory is gone cannot say which file is meant.
#[test]
fn a_relative_path_from_nowhere_opts_out() {
    let (home, server) = (Home::new(), Server::start());
    let gone = home.path().join("gone");
    fs::create_dir(&gone).unwrap();
    let go = format!("chdir={}", gone.display());
    let probe = probe(&home, &server).env("NMP_CONFIG_FILE", "config.yaml");
    let mut running = probe.start(&[&go, "data_designer:threads", "data_designer:wait", "helix:decision"]);
    assert_eq!(running.line(), "1", "it is there");
    fs::remove_dir(&gone).unwrap();
    running.go_on();
    assert_eq!(running.finish().checked().lines, ["OptedOut(ConsentFile)"]);
}

#[test]
fn a_pipe_as_a_consent_file_opts_out_without_blocking() {
    let (home, server) = (Home::new(), Server::start());
    fs::create_dir_all(home.path().join(".config/nmp")).unwrap();
    make_fifo(&home.path().join(".config/nmp/config.yaml"));
    let outcome = probe(&home, &server).run(&["helix:report", "helix:flush", "helix:decision"]).checked();
    assert_eq!(outcome.lines, ["true", "OptedOut(ConsentFile)"]);
    assert!(server.after_exit().is_empty());
}

/// The worker asks before each request, without a report in between.
#[test]
fn a_consent_file_that_later_opts_out_drops_waiting_events() {
    let no_more = |product: &str, file: &str, text: &str, object: &dyn Fn(&PathBuf)| {
        let (home, path) = home_with(file, text);
        let server = Server::answering([Answer::Hold]);
        let steps =
            ["report", "report", "wait", "flush", "delivered"].map(|step| format!("{product}:{step}"));
        let mut running = probe(&home, &server).start(&steps.each_ref().map(String::as_str));
        let _ = server.next_request();
        object(&path);
        server.release();
        running.go_on();
        assert_eq!(running.finish().checked().lines, ["true", "1"], "{product}");
        assert!(server.after_exit().is_empty(), "{product}");
    };
    let refuse = |path: &PathBuf| fs::write(path, "telemetry_enabled: false\n").unwrap();
    no_more("helix", "nmp/config.yaml", "telemetry_enabled: true\n", &refuse);
    // Reports that the file allowed end when the file is removed.
    no_more("agent_toolkit", "nat/telemetry.toml", AGREED, &|path| fs::remove_file(path).unwrap());
}

#[test]
fn what_the_variable_has_agreed_to_does_not_end_with_a_file() {
    let (home, path) = home_with("nat/telemetry.toml", "[telemetry]\n");
    let server = Server::answering([Answer::Hold]);
    let probe = probe(&home, &server).env("NAT_TELEMETRY_ENABLED", "1");
    let steps =
        ["report", "report", "wait", "flush", "delivered"].map(|step| format!("agent_toolkit:{step}"));
    let mut running = probe.start(&steps.each_ref().map(String::as_str));
    let _ = server.next_request();
    fs::remove_file(path).unwrap();
    server.release();
    running.go_on();
    assert_eq!(running.finish().checked().lines, ["true", "2"]);
}

#[test]
fn the_program_itself_silences_and_overrides_nothing() {
    let (home, server) = (Home::new(), Server::start());
    let steps =
        ["helix:disable", "helix:report", "helix:decision", "helix:enable", "helix:report", "helix:flush"];
    let outcome = probe(&home, &server).run(&steps).checked();
    assert_eq!(outcome.lines, ["OptedOut(Switch)", "true"]);
    assert_eq!(server.after_exit().len(), 1);
    let objecting = probe(&home, &server).env("NEMO_TELEMETRY_ENABLED", "0");
    let outcome = objecting.run(&["helix:enable", "helix:decision"]).checked();
    assert_eq!(outcome.lines, [r#"OptedOut(Variable("NEMO_TELEMETRY_ENABLED"))"#]);
}

#[test]
fn headers_of_the_product_are_sent_with_each_request() {
    let (home, server) = (Home::new(), Server::start());
    let probe = probe(&home, &server).env("NVIDIA_USAGE_TELEMETRY_ENABLED", "1");
    let _ = probe.run(&["nim_client:report", "nim_client:flush"]).checked();
    let [request] = server.after_exit().try_into().unwrap();
    let header = |name: &str| request.headers.get(name).map(String::as_str);
    assert_eq!(header("x-event-protocol"), Some("1.6"));
    assert_eq!(header("accept"), Some("application/json"));
    assert_eq!(header("content-type"), Some("application/json"));
}
