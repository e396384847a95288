// SPDX-FileCopyrightText: Copyright (c) 2026 NVIDIA CORPORATION & AFFILIATES. All rights reserved.
// SPDX-License-Identifier: Apache-2.0

//! Whose home it is, and where: files stay where they were when the client started, nothing is left in a home of
//! another user, and the user database is not read under an opt-out.

#![cfg(target_os = "linux")]

use std::ffi::OsStr;
use std::fs::{self, Permissions};
use std::os::unix::ffi::OsStrExt;
use std::os::unix::fs::{PermissionsExt, symlink};
use std::path::Path;

use serde_json::Value;
use telemetry_tests::child::Probe;
use telemetry_tests::home::Home;
use telemetry_tests::marked_home::{OTHER_USER, give_to_other_user, is_privileged};
use telemetry_tests::probe;
use telemetry_tests::server::Server;
use telemetry_tests::skipped::skipped;
use telemetry_tests::strange_system::strange_system;

/// Reports once with this `HOME`, which is sent, and says why there is no line in the audit log, if so.
fn audit_error(home: &Home, value: &Path) -> Option<String> {
    let server = Server::start();
    let probe = probe!(home).sending_to(server.url()).env("HOME", value);
    let facts = probe.run(&["report", "flush", "stats", "status"]).checked().json();
    assert_eq!(server.after_exit().len(), 1, "the event is sent in any case");
    let reason = |facts: &Value, key: &str| facts[key].as_str().map(str::to_owned);
    let error = reason(&facts[1], "last_audit_error");
    assert_eq!(facts[1]["audit_failures"], u64::from(error.is_some()));
    assert_eq!(reason(&facts[2], "audit_error"), error, "the status knows it without a report");
    error
}

fn is_empty(dir: &Path) -> bool {
    fs::read_dir(dir).expect("the directory is ours").next().is_none()
}

#[test]
fn a_relative_home_and_one_that_is_not_utf_8_are_homes() {
    for name in [b"below".as_slice(), b"\xff\xfe home"] {
        let home = Home::new();
        let dir = home.path().join(OsStr::from_bytes(name));
        fs::create_dir(&dir).unwrap();
        assert_eq!(audit_error(&home, Path::new(OsStr::from_bytes(name))), None);
        let audit = dir.join(".config/nemoguardrails/usage_stats.json");
        assert_eq!(fs::read_to_string(audit).unwrap().lines().count(), 1);
    }
}

#[test]
fn changes_after_the_start_move_no_file() {
    for home_at_start in ["first", "./first", "first/../first"] {
        let (home, server) = (Home::new(), Server::start());
        for dir in ["first", "second"] {
            fs::create_dir(home.path().join(dir)).unwrap();
        }
        // Turning it on starts the client.
        let steps = ["enable", "chdir=second", "set=HOME=elsewhere", "report", "flush", "status"];
        let probe = probe!(&home).sending_to(server.url()).env("HOME", home_at_start);
        let status = probe.run(&steps).checked().json().remove(1);
        assert_eq!(server.after_exit().len(), 1);
        assert!(
            home.path().join("first/.config/nemoguardrails/usage_stats.json").is_file(),
            "{home_at_start}"
        );
        assert!(is_empty(&home.path().join("second")), "{home_at_start}");
        let marker = Path::new(status["do_not_track_file"].as_str().unwrap());
        fs::write(marker, "").unwrap();
        assert!(home.path().join("first/.config/nemoguardrails/do_not_track").exists());
    }
}

#[test]
fn a_marker_in_a_relative_home_is_seen_wherever_the_process_goes() {
    let (home, server) = (Home::new(), Server::start());
    fs::create_dir_all(home.path().join("first/.config/nemoguardrails")).unwrap();
    fs::write(home.path().join("first/.config/nemoguardrails/do_not_track"), "").unwrap();
    let probe = probe!(&home).sending_to(server.url()).env("HOME", "first");
    let outcome = probe.run(&["enable", "chdir=/", "report", "threads", "flush"]).checked();
    assert_eq!(outcome.lines, ["1", "true"]);
    assert!(server.after_exit().is_empty());
}

#[test]
fn nothing_is_created_in_a_home_that_is_missing() {
    let home = Home::new();
    for name in ["missing", "missing/below"] {
        let error = audit_error(&home, &home.path().join(name)).unwrap();
        assert!(error.contains("does not exist"), "{error}");
    }
    assert!(home.is_untouched());
}

#[test]
fn nothing_is_left_in_a_world_writable_home() {
    for mode in [0o777, 0o1777] {
        for prepared in ["", ".config/nemoguardrails"] {
            let home = Home::new();
            fs::create_dir_all(home.path().join(prepared)).unwrap();
            fs::set_permissions(home.path(), Permissions::from_mode(mode)).unwrap();
            let error = audit_error(&home, home.path()).unwrap();
            assert!(error.contains("everybody may write"), "{error}");
            assert!(is_empty(&home.path().join(prepared)), "{mode:o} {prepared}");
        }
    }
}

#[test]
fn nothing_is_left_in_a_home_of_another_user() {
    if !is_privileged() {
        return skipped("it takes privileges to create files of another user");
    }
    for prepared in ["", ".config", ".config/nemoguardrails"] {
        let home = Home::new();
        fs::create_dir_all(home.path().join(prepared)).unwrap();
        give_to_other_user(home.path());
        let error = audit_error(&home, home.path()).unwrap();
        assert!(error.contains("belongs to another user"), "{error}");
        assert!(is_empty(&home.path().join(prepared)), "{prepared}");
    }
}

#[test]
fn a_directory_prepared_by_another_user_gets_no_audit_log() {
    if !is_privileged() {
        return skipped("it takes privileges to create files of another user");
    }
    for foreign in [".config", ".config/nemoguardrails"] {
        let home = Home::new();
        fs::create_dir_all(home.path().join(foreign)).unwrap();
        give_to_other_user(&home.path().join(foreign));
        let error = audit_error(&home, home.path()).unwrap();
        assert!(error.contains("belongs to another user"), "{error}");
        assert!(is_empty(&home.path().join(foreign)), "{foreign}");
    }
}

#[test]
fn a_way_to_the_directory_that_others_decide_about_is_not_gone() {
    let home = Home::new().with_config_dir();
    fs::set_permissions(home.path().join(".config"), Permissions::from_mode(0o777)).unwrap();
    let error = audit_error(&home, home.path()).unwrap();
    assert!(error.contains(".config: everybody may write"), "{error}");
    assert!(is_empty(&home.config_dir()));
    if !is_privileged() {
        return skipped("it takes privileges to create links of another user");
    }
    let home = Home::new();
    fs::create_dir(home.path().join("elsewhere")).unwrap();
    symlink("elsewhere", home.path().join(".config")).unwrap();
    assert_eq!(audit_error(&home, home.path()), None, "a link of one's own is followed");
    let other_user = OTHER_USER.parse().unwrap();
    std::os::unix::fs::lchown(home.path().join(".config"), Some(other_user), Some(other_user)).unwrap();
    assert!(audit_error(&home, home.path()).unwrap().contains("belongs to another user"));
}

/// In a container a process may have no home but the root directory, which is not its own.
#[test]
fn the_root_directory_as_a_home_stops_no_file_that_the_host_has_put_elsewhere() {
    let (home, server) = (Home::of_nobody(), Server::start());
    let identity = format!("become={OTHER_USER}");
    let own_client = format!("own-client={}", server.url());
    let mut steps = vec![own_client.as_str()];
    if is_privileged() {
        steps.insert(0, &identity);
    }
    let _ = probe!(&home).env("HOME", "/").run(&steps).checked();
    assert_eq!(server.after_exit().len(), 1);
    assert!(home.path().join("own/log/audit.jsonl").is_file());
}

#[test]
fn a_directory_that_the_group_may_write_to_is_the_users_own() {
    let home = Home::new().with_config_dir();
    fs::set_permissions(home.config_dir(), Permissions::from_mode(0o775)).unwrap();
    assert_eq!(audit_error(&home, home.path()), None);
    assert_eq!(home.audit_lines().len(), 1);
}

#[test]
fn the_command_says_why_there_is_no_audit_log_and_leaves_nothing_either() {
    let (home, server) = (Home::new(), Server::start());
    let missing = home.path().join("missing");
    let run = |steps: &[&str]| {
        let command = Probe::new(env!("CARGO_BIN_EXE_guardrails_command"), &home);
        command.env("HOME", &missing).sending_to(server.url()).run(steps)
    };
    let reason = "the home directory does not exist: set `HOME` to yours";
    let status = run(&["status"]).checked().lines.join("\n");
    assert!(status.contains(&format!("no line is written: {}: {reason}", missing.display())), "{status}");
    let config = concat!(env!("CARGO_MANIFEST_DIR"), "/../examples/support_bot");
    let report = run(&["report", config]);
    assert!(report.code == Some(0) && report.errors.join("\n").contains(reason), "{report:?}");
    assert_eq!(server.after_exit().len(), 1);
    let disable = run(&["disable"]);
    assert!(disable.code == Some(1) && disable.errors.join("\n").contains(reason), "{disable:?}");
    assert!(home.is_untouched());
}

/// A probe without `HOME` that says when it asks the user database.
fn homeless(home: &Home, server: &Server) -> Option<Probe> {
    let strange = strange_system(home)?;
    let probe = probe!(home).sending_to(server.url()).without("HOME");
    Some(probe.env("LD_PRELOAD", strange).env("STRANGE_USERS", "1"))
}

#[test]
fn under_an_opt_out_the_user_database_is_not_read() {
    let server = Server::start();
    let steps = ["report", "disable", "report", "threads", "flush", "stats"];
    for name in ["DO_NOT_TRACK", "CI", "PYTEST_CURRENT_TEST", "NEMO_GUARDRAILS_NO_USAGE_STATS"] {
        let home = Home::new();
        let Some(probe) = homeless(&home, &server) else { return };
        let lines = probe.env(name, "1").run(&steps).checked().lines;
        let [threads, flushed, stats] = &lines[..] else { panic!("{name}: {lines:?}") };
        assert_eq!((threads.as_str(), flushed.as_str()), ("1", "true"), "{name}");
        assert!(stats.contains(r#""session":null"#), "{name}: {stats}");
    }
    assert!(server.after_exit().is_empty());
}

#[test]
fn a_home_that_only_the_user_database_knows_is_looked_up_once() {
    let (home, server) = (Home::new(), Server::start());
    let Some(probe) = homeless(&home, &server) else { return };
    // Where the files are is not changed: the switch is off by the time of the report.
    let outcome = probe.run(&["enable", "disable", "report", "status"]).checked();
    let asked = outcome.lines.iter().filter(|line| *line == "asks the user database").count();
    assert_eq!(asked, 1, "{:?}", outcome.lines);
    assert!(server.after_exit().is_empty());
}
