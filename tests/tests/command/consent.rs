// SPDX-FileCopyrightText: Copyright (c) 2026 NVIDIA CORPORATION & AFFILIATES. All rights reserved.
// SPDX-License-Identifier: Apache-2.0

//! `status`, `disable` and `enable`: whether telemetry is on, and what decides that.

use serde_json::Value;
use telemetry_tests::home::Home;

use crate::{assert_refused, command, text};

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
    assert_eq!(signals.len(), 6, "{signals:?}");
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
