// SPDX-FileCopyrightText: Copyright (c) 2026 NVIDIA CORPORATION & AFFILIATES. All rights reserved.
// SPDX-License-Identifier: Apache-2.0

//! `status`, `disable` and `enable`: whether telemetry is on, and what decides that.

use serde_json::Value;
use telemetry_tests::home::Home;
use telemetry_tests::marked_home::{OTHER_USER, is_privileged};

use crate::nemo_telemetry::{assert_refused, command, text};

#[test]
fn status_shows_every_signal_and_where_things_are() {
    let home = Home::new();
    let outcome = command(&home).env("DO_NOT_TRACK", "1").env("CI", "0").run(&["status"]).checked();
    let shown = text(&outcome.lines);
    assert!(shown.starts_with("Usage telemetry of nemoguardrails is off: DO_NOT_TRACK opts out."), "{shown}");
    assert!(shown.contains(home.marker().to_str().unwrap()), "{shown}");
    let with =
        |name: &str, value: &str| command(&home).env(name, value).run(&["status", "--json"]).checked().json();
    let [status] = with("NEMO_GUARDRAILS_HEARTBEAT_INTERVAL_S", "30").try_into().unwrap();
    assert_eq!(status["enabled"], true);
    assert_eq!(status["heartbeat_interval_s"], 30.0);
    assert_eq!((&status["stats"]["produced"], &status["stats"]["breaker"]), (&0.into(), &"closed".into()));
    assert_eq!(status["audit_file"], home.audit_file().to_str().unwrap());
    assert_eq!(status["marker_file"], home.marker().to_str().unwrap());
    let signals: Vec<_> =
        status["signals"].as_array().unwrap().iter().map(|signal| &signal["signal"]).collect();
    assert_eq!(signals.len(), 8, "{signals:?}");
    let [status] = with("NEMO_GUARDRAILS_USAGE_STATS_SERVER", "").try_into().unwrap();
    assert_eq!(status["endpoint"], "");
    assert!(status["endpoint_error"].as_str().unwrap().contains("is empty"));
    assert!(home.is_untouched());
}

#[test]
fn status_names_the_proxy_without_its_password_or_says_why_it_cannot_be_used() {
    let home = Home::new();
    let with_proxy = |proxy: &str| {
        let [status] = command(&home)
            .without("NEXTEST")
            .env("HTTPS_PROXY", proxy)
            .run(&["status", "--json"])
            .checked()
            .json()
            .try_into()
            .unwrap();
        status
    };
    let status: Value = with_proxy("http://ann:secret@proxy.example:3128");
    let shown = status["proxy"].as_str().unwrap();
    assert!(shown.contains("proxy.example:3128") && !shown.contains("secret"), "{shown}");
    let status: Value = with_proxy("gopher://proxy.example");
    assert!(status["proxy_error"].as_str().unwrap().contains("HTTPS_PROXY"), "{status}");
    let shown = command(&home).without("NEXTEST").env("HTTPS_PROXY", "gopher://x").run(&["status"]);
    let shown = text(&shown.checked().lines);
    assert!(shown.contains("nothing is sent: the proxy in `HTTPS_PROXY`"), "{shown}");
}

#[test]
fn status_shows_no_user_name_or_password_of_the_endpoint() {
    let home = Home::new();
    let url = "https://bob:hunter2@events.example/v1";
    for arguments in [&["status"][..], &["status", "--json"]] {
        let command = command(&home).env("NEMO_GUARDRAILS_USAGE_STATS_SERVER", url);
        let shown = text(&command.run(arguments).checked().lines);
        assert!(shown.contains("https://***@events.example/v1") && shown.contains("leave it out"), "{shown}");
        assert!(!shown.contains("bob") && !shown.contains("hunter2"), "{shown}");
    }
}

#[test]
fn disable_and_enable_write_and_remove_the_file_and_can_be_repeated() {
    let home = Home::new();
    let run = |subcommand: &str| text(&command(&home).run(&[subcommand]).checked().lines);
    assert!(run("enable").contains("There is no marker file"));
    for said in ["Telemetry is off: wrote", "Telemetry is already off"] {
        assert!(run("disable").contains(said));
        assert!(home.marker().is_file());
    }
    assert!(run("status").contains("marker file opts out"));
    assert!(run("enable").contains("Telemetry is on."));
    assert!(!home.marker().exists());
    let still = command(&home).env("CI", "1").run(&["enable"]).checked();
    assert!(text(&still.lines).contains("still off: CI opts out"));
}

#[test]
fn what_cannot_be_written_or_removed_is_an_error_with_the_path() {
    let home = Home::new();
    std::fs::write(home.path().join(".config"), "a file where a directory should be").unwrap();
    assert_refused(&command(&home).run(&["disable"]), 1, &[home.marker().to_str().unwrap(), "help:"]);
    let home = Home::new();
    std::fs::create_dir_all(home.marker()).unwrap();
    assert_refused(&command(&home).run(&["enable"]), 1, &[home.marker().to_str().unwrap(), "help:"]);
}

#[test]
fn status_gives_the_reason_for_what_is_missing() {
    let home = Home::new();
    let status = |variables: &[(&str, &str)]| -> Value {
        let command = command(&home).without("NEXTEST");
        let command = variables.iter().fold(command, |command, (name, value)| command.env(name, value));
        let [status] = command.run(&["status", "--json"]).checked().json().try_into().unwrap();
        status["missing"].clone()
    };
    let server = "NEMO_GUARDRAILS_USAGE_STATS_SERVER";
    let interval = "NEMO_GUARDRAILS_HEARTBEAT_INTERVAL_S";
    let proxy = ("HTTPS_PROXY", "http://proxy.example:3128");
    for (variables, key, reason) in [
        (&[][..], "proxy", "unset"),
        (&[proxy, (server, "http://127.0.0.1:9/")], "proxy", "loopback"),
        (&[proxy, ("NO_PROXY", "nvidia.com")], "proxy", "exception"),
        (&[proxy, (server, "nowhere")], "proxy", "no_endpoint"),
        (&[(interval, "inf")], "heartbeat", "endless_interval"),
        (&[(interval, "0.5")], "heartbeat", "short_interval"),
        (&[], "consent_file", "product"),
    ] {
        assert_eq!(status(variables)[key], reason, "{variables:?}");
    }
    let present = status(&[proxy]);
    for key in ["proxy", "heartbeat", "audit_file", "marker_file"] {
        assert_eq!(present[key], Value::Null, "{key}");
    }
    let shown = command(&home).env("HTTPS_PROXY", "http://proxy.example:3128").env(interval, "nan");
    let shown = text(&shown.run(&["status"]).checked().lines);
    assert!(shown.contains("none: the interval is not finite"), "{shown}");
}

#[test]
fn status_shows_that_an_endpoint_is_not_encrypted_and_who_allows_that() {
    let home = Home::new();
    let command = || command(&home).without("NEXTEST").sending_to("http://collector.telemetry.svc:4318/");
    let refused = text(&command().run(&["status"]).checked().lines);
    assert!(refused.contains("is not encrypted: use `https`"), "{refused}");
    let variable = "NEMO_TELEMETRY_PLAIN_HTTP_HOSTS";
    let allowed = || command().env(variable, "collector.telemetry.svc");
    let shown = text(&allowed().run(&["status"]).checked().lines);
    assert!(shown.contains("not encrypted: `NEMO_TELEMETRY_PLAIN_HTTP_HOSTS` lists the host"), "{shown}");
    let proxied = allowed().env("HTTPS_PROXY", "http://proxy.example:3128");
    let shown = text(&proxied.run(&["status"]).checked().lines);
    assert!(shown.contains("nothing is sent: the proxy in `HTTPS_PROXY` takes no plain `http`"), "{shown}");
    let [status] = allowed().run(&["status", "--json"]).checked().json().try_into().unwrap();
    let status: Value = status;
    assert_eq!((&status["encrypted"], &status["endpoint_error"]), (&false.into(), &Value::Null));
}

#[test]
fn status_lists_the_files_with_which_an_administrator_opts_out() {
    let [status] = command(&Home::new()).run(&["status", "--json"]).checked().json().try_into().unwrap();
    let status: Value = status;
    let files = ["/etc/nemoguardrails/do_not_track", "/etc/nemo-telemetry/do_not_track"];
    assert_eq!(status["machine_marker_files"], serde_json::json!(files));
    let signals = status["signals"].as_array().unwrap().iter();
    let rules: Vec<_> = signals
        .filter(|signal| signal["signal"] == "administrator's marker file")
        .map(|signal| signal["opts_out_with"].as_str().unwrap())
        .collect();
    assert_eq!(
        rules,
        ["anything at /etc/nemo-telemetry/do_not_track", "anything at /etc/nemoguardrails/do_not_track"]
    );
}

#[test]
fn only_an_administrator_writes_the_files_of_the_machine() {
    let home = Home::for_everyone();
    let unprivileged = || {
        let command = command(&home);
        if is_privileged() { command.as_user(OTHER_USER.parse().unwrap()) } else { command }
    };
    for (arguments, file) in [
        (&["disable", "--machine"][..], "/etc/nemoguardrails/do_not_track"),
        (&["disable", "--machine", "--all-products"], "/etc/nemo-telemetry/do_not_track"),
    ] {
        assert_refused(&unprivileged().run(arguments), 1, &["cannot write", file, "help: ", "`sudo`"]);
    }
    let enable = unprivileged().run(&["enable", "--machine"]).checked();
    assert!(text(&enable.lines).contains("There is no marker file at /etc/nemoguardrails/do_not_track"));
    assert_eq!(unprivileged().run(&["disable", "--all-products"]).code, Some(2), "only with `--machine`");
}
