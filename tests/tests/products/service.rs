// SPDX-FileCopyrightText: Copyright (c) 2026 NVIDIA CORPORATION & AFFILIATES. All rights reserved.
// SPDX-License-Identifier: Apache-2.0

//! A service without a home directory: the environment decides, with or without an audit log at a path of its own.

#![cfg(target_os = "linux")]

use std::fs;
use std::os::unix::fs::symlink;

use telemetry_tests::child::Probe;
use telemetry_tests::home::Home;
use telemetry_tests::marked_home::{OTHER_USER, give_to_other_user, is_privileged};
use telemetry_tests::server::Server;
use telemetry_tests::skipped::skipped;

fn probe(home: &Home, server: &Server) -> Probe {
    Probe::new(env!("CARGO_BIN_EXE_product_probe"), home).sending_products_to(&server.url())
}

fn lines(probe: Probe, steps: &[String]) -> Vec<String> {
    probe.run(&steps.iter().map(String::as_str).collect::<Vec<_>>()).checked().lines
}

fn steps(product: &str, steps: &[&str]) -> Vec<String> {
    steps.iter().map(|step| format!("{product}:{step}")).collect()
}

/// Homes that cannot be used: a missing one, a file, a link to itself, and a directory below a file.
fn unusable_homes(scratch: &Home) -> [String; 4] {
    fs::write(scratch.path().join("file"), "").unwrap();
    symlink("circle", scratch.path().join("circle")).unwrap();
    ["missing", "file", "circle", "file/below"].map(|name| scratch.path().join(name).display().to_string())
}

#[test]
fn a_home_that_cannot_be_used_does_not_silence_a_service() {
    let (scratch, server) = (Home::new(), Server::start());
    for home in unusable_homes(&scratch) {
        let reported = lines(
            probe(&scratch, &server).env("HOME", &home),
            &steps("service", &["report", "flush", "delivered", "audit-file"]),
        );
        assert_eq!(reported, ["true", "1", "Err(Program)"], "{home}");
    }
    assert_eq!(server.after_exit().len(), 4);
    assert_eq!(fs::read_dir(scratch.path()).unwrap().count(), 2, "nothing was created");
}

/// The control: where it is unknown whether the user has placed a marker, a product with a marker is off.
#[test]
fn the_home_that_cannot_be_entered_silences_a_product_with_a_marker() {
    let (scratch, server) = (Home::new(), Server::start());
    let [.., circle, _] = unusable_homes(&scratch);
    let steps = steps("data_designer", &["report", "flush", "decision"]);
    assert_eq!(lines(probe(&scratch, &server).env("HOME", circle), &steps), ["true", "OptedOut(Marker)"]);
    assert!(server.after_exit().is_empty());
}

/// As below systemd's `DynamicUser=`: no variable and no entry in the user database.
#[test]
fn a_missing_home_turns_other_products_off_but_not_a_service() {
    if !is_privileged() {
        return skipped("only a privileged process can become a user whom the system does not know");
    }
    let (scratch, server) = (Home::for_everyone(), Server::start());
    let become_other_user = vec![format!("become={OTHER_USER}")];
    let probe = || probe(&scratch, &server).without("HOME");
    let service = steps("service", &["report", "flush", "delivered"]);
    assert_eq!(lines(probe(), &[become_other_user.clone(), service].concat()), ["true", "1"]);
    let other = steps("data_designer", &["report", "flush", "decision", "audit-file"]);
    let silent = ["true", "OptedOut(NoHome)", "Err(NoHome)"];
    assert_eq!(lines(probe(), &[become_other_user, other].concat()), silent);
    assert_eq!(server.after_exit().len(), 1);
}

#[test]
fn a_service_has_its_audit_log_where_its_program_puts_it() {
    let (scratch, everyone, server) = (Home::new(), Home::for_everyone(), Server::start());
    let state = everyone.path().join("state");
    fs::create_dir(&state).unwrap();
    let log = state.join("usage.json");
    let service = format!("service@{}", state.display());
    let steps = steps(&service, &["report", "flush", "delivered", "audit-file"]);
    let mut before = Vec::new();
    if is_privileged() {
        give_to_other_user(&state);
        before.push(format!("become={OTHER_USER}"));
    }
    let steps = [before, steps].concat();
    for (number, home) in unusable_homes(&scratch).iter().enumerate() {
        let reported = lines(probe(&everyone, &server).env("HOME", home), &steps);
        assert_eq!(reported, ["true", "1", &format!("Ok({log:?})")], "{home}");
        assert_eq!(fs::read_to_string(&log).unwrap().lines().count(), number + 1);
    }
}

#[test]
fn variables_and_machine_markers_turn_a_service_off() {
    let (home, server) = (Home::new(), Server::start());
    let service = format!("service@{}", home.path().display());
    let steps = steps(&service, &["report", "flush", "decision"]);
    for (variable, value) in [("SERVICE_TELEMETRY", "off"), ("DO_NOT_TRACK", "1")] {
        let silent = ["true".to_owned(), format!("OptedOut(Variable({variable:?}))")];
        assert_eq!(lines(probe(&home, &server).env(variable, value), &steps), silent);
    }
    let marker = home.path().join("etc/service/do_not_track");
    fs::create_dir_all(marker.parent().unwrap()).unwrap();
    fs::write(marker, "").unwrap();
    assert_eq!(lines(probe(&home, &server), &steps), ["true", "OptedOut(MachineMarker)"]);
    assert!(server.after_exit().is_empty());
}

/// A policy without marker ignores a file at its usual place.
#[test]
fn the_environment_alone_decides() {
    let (home, server) = (Home::new(), Server::start());
    let config = home.path().join(".config/service");
    fs::create_dir_all(&config).unwrap();
    fs::write(config.join("do_not_track"), "").unwrap();
    let reported = lines(probe(&home, &server), &steps("service", &["report", "flush", "delivered"]));
    assert_eq!(reported, ["true", "1"]);
    assert_eq!(server.after_exit().len(), 1);
}

#[test]
fn a_product_says_its_own_user_agent_and_its_own_order_of_keys() {
    let (home, server) = (Home::new(), Server::start());
    let steps = [steps("service", &["report", "flush"]), steps("helix", &["report", "flush"])].concat();
    assert_eq!(lines(probe(&home, &server), &steps), ["true", "true"]);
    let [service, helix] = server.after_exit().try_into().expect("two requests");
    assert_eq!(service.headers["user-agent"], "service/1.2.3");
    assert!(helix.headers["user-agent"].starts_with("nemo-telemetry/"), "{:?}", helix.headers);
    let event = service.body.split("\"events\":").nth(1).unwrap();
    assert!(event.starts_with("[{\"name\":\"started\",\"parameters\":{"), "{event}");
    assert!(event.contains("},\"ts\":\""), "{event}");
}
