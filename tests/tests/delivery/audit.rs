// SPDX-FileCopyrightText: Copyright (c) 2026 NVIDIA CORPORATION & AFFILIATES. All rights reserved.
// SPDX-License-Identifier: Apache-2.0

//! The audit log on real disks: it rotates, it refuses anything but a regular file, and a full disk loses no line already written.

#![cfg(target_os = "linux")]

use std::fs::{self, Permissions};
use std::os::unix::fs::{FileTypeExt, PermissionsExt, symlink};
use std::path::Path;

use serde_json::{Value, json};
use telemetry_tests::home::Home;
use telemetry_tests::marked_home::{OTHER_USER, give_to_other_user, is_privileged, make_fifo};
use telemetry_tests::probe;
use telemetry_tests::server::Server;
use telemetry_tests::skipped::skipped;
use telemetry_tests::strange_system::strange_system;

/// The size beyond which the log is renamed (reference: `_AUDIT_FILE_MAX_BYTES`).
const MAX_BYTES: usize = 10 * 1024 * 1024;

/// Reports once, with these steps before, and returns the counters. The event is always sent.
fn report(home: &Home, before: &[&str]) -> Value {
    let server = Server::start();
    let steps = [before, &["report", "flush", "stats"]].concat();
    let mut outcome = probe!(home).sending_to(server.url()).run(&steps).checked();
    let stats = outcome.lines.pop().expect("the counters");
    assert_eq!(server.after_exit().len(), 1, "{stats}");
    serde_json::from_str(&stats).expect("counters are JSON")
}

fn assert_not_logged(home: &Home, before: &[&str]) {
    let stats = report(home, before);
    assert_eq!((&stats["audit_failures"], &stats["delivered"]), (&json!(1), &json!(1)), "{stats}");
}

/// Whole lines of `bytes` bytes together.
fn old_lines(bytes: usize) -> String {
    let line = format!("{{\"old\":\"{}\"}}\n", "x".repeat(1000));
    let mut lines = line.repeat(bytes / line.len());
    lines.extend(std::iter::repeat_n('\n', bytes - lines.len()));
    lines
}

#[test]
fn a_log_beyond_ten_mebibytes_is_renamed_before_the_next_line() {
    let home = Home::new().with_config_dir();
    let (audit, rotated) = (home.audit_file(), home.config_dir().join("usage_stats.json.1"));
    let old = old_lines(MAX_BYTES + 1);
    fs::write(&rotated, "older").unwrap();
    fs::write(&audit, &old).unwrap();
    assert_eq!(report(&home, &[])["audit_failures"], 0);
    assert!(fs::read_to_string(&rotated).unwrap() == old, "the full log is kept as it was");
    assert_eq!(home.audit_lines().len(), 1);
    assert_eq!(fs::metadata(&audit).unwrap().permissions().mode() & 0o777, 0o600);
}

#[test]
fn a_log_below_ten_mebibytes_grows() {
    let home = Home::new().with_config_dir();
    let old = old_lines(MAX_BYTES - 1);
    fs::write(home.audit_file(), &old).unwrap();
    assert_eq!(report(&home, &[])["audit_failures"], 0);
    let now = fs::read_to_string(home.audit_file()).unwrap();
    assert!(now.starts_with(&old) && now.ends_with("}\n") && now.len() > MAX_BYTES);
    assert!(!home.config_dir().join("usage_stats.json.1").exists());
}

/// As a file is that was mounted into a container, or one in a directory that may not be changed.
#[test]
fn a_full_log_that_cannot_be_renamed_grows_to_twice_its_limit() {
    let home = Home::new().with_config_dir();
    fs::create_dir_all(home.config_dir().join("usage_stats.json.1/in the way")).unwrap();
    fs::write(home.audit_file(), old_lines(MAX_BYTES + 1)).unwrap();
    assert_eq!(report(&home, &[])["audit_failures"], 0);
    let grown = fs::read_to_string(home.audit_file()).unwrap();
    assert!(grown.len() > MAX_BYTES + 1 && grown.ends_with("}\n"));
    fs::write(home.audit_file(), old_lines(2 * MAX_BYTES + 1)).unwrap();
    let stats = report(&home, &[]);
    assert_eq!(stats["audit_failures"], 1);
    assert!(stats["last_audit_error"].as_str().unwrap().contains("usage_stats.json.1"), "{stats}");
    assert_eq!(fs::metadata(home.audit_file()).unwrap().len() as usize, 2 * MAX_BYTES + 1);
}

#[test]
fn a_full_log_in_a_directory_that_may_not_be_changed_grows_too() {
    let home = Home::new().with_config_dir();
    fs::write(home.audit_file(), old_lines(MAX_BYTES + 1)).unwrap();
    let mut before = Vec::new();
    if is_privileged() {
        [home.path(), &home.config_dir(), &home.audit_file()].into_iter().for_each(give_to_other_user);
        before.push(format!("become={OTHER_USER}"));
    }
    fs::set_permissions(home.config_dir(), Permissions::from_mode(0o555)).unwrap();
    let before: Vec<_> = before.iter().map(String::as_str).collect();
    assert_eq!(report(&home, &before)["audit_failures"], 0);
    fs::set_permissions(home.config_dir(), Permissions::from_mode(0o755)).unwrap();
    assert!(fs::read_to_string(home.audit_file()).unwrap().ends_with("}\n"));
}

/// Some network and container file systems know no locks. Then there is nothing to wait for.
#[test]
fn a_full_log_is_renamed_where_files_cannot_be_locked() {
    for error in [libc::ENOLCK, libc::ENOSYS, libc::EOPNOTSUPP] {
        let (home, server) = (Home::new().with_config_dir(), Server::start());
        let Some(strange) = strange_system(&home) else { return };
        fs::write(home.audit_file(), old_lines(MAX_BYTES + 1)).unwrap();
        let probe = probe!(&home).sending_to(server.url()).env("LD_PRELOAD", strange);
        let outcome = probe.env("STRANGE_LOCKS", error.to_string()).run(&["report", "flush"]).checked();
        assert_eq!(outcome.lines, ["asks for a lock", "true"], "error {error}");
        assert!(home.config_dir().join("usage_stats.json.1").is_file(), "error {error}");
        assert_eq!((home.audit_lines().len(), server.after_exit().len()), (1, 1), "error {error}");
    }
}

#[test]
fn file_and_directory_are_private() {
    let home = Home::new();
    assert_eq!(report(&home, &[])["audit_failures"], 0);
    let mode = |path: &Path| fs::metadata(path).unwrap().permissions().mode() & 0o777;
    assert_eq!((mode(&home.audit_file()), mode(&home.config_dir())), (0o600, 0o700));
}

#[test]
fn a_directory_in_its_place_is_left_alone() {
    let home = Home::new();
    fs::create_dir_all(home.audit_file()).unwrap();
    assert_not_logged(&home, &[]);
    assert_eq!(fs::read_dir(home.audit_file()).unwrap().count(), 0);
}

#[test]
fn a_pipe_in_its_place_holds_nobody_up() {
    let home = Home::new().with_config_dir();
    make_fifo(&home.audit_file());
    assert_not_logged(&home, &[]);
    assert!(fs::symlink_metadata(home.audit_file()).unwrap().file_type().is_fifo());
}

#[test]
fn a_link_in_its_place_is_not_followed() {
    let home = Home::new().with_config_dir();
    let target = home.path().join("precious");
    fs::write(&target, "mine").unwrap();
    for target in [target.as_path(), &home.path().join("nothing"), Path::new("/dev/full")] {
        symlink(target, home.audit_file()).unwrap();
        assert_not_logged(&home, &[]);
        fs::remove_file(home.audit_file()).unwrap();
    }
    assert_eq!(fs::read_to_string(target).unwrap(), "mine");
    assert!(!home.path().join("nothing").exists());
}

#[test]
fn a_file_in_place_of_its_directory_is_left_alone() {
    let home = Home::new();
    fs::write(home.path().join(".config"), "mine").unwrap();
    assert_not_logged(&home, &[]);
    assert_eq!(fs::read_to_string(home.path().join(".config")).unwrap(), "mine");
}

#[test]
fn a_log_that_may_not_be_written_stays_as_it_is() {
    let become_other_user = format!("become={OTHER_USER}");
    let before: &[&str] = if is_privileged() { &[&become_other_user] } else { &[] };
    let home = Home::for_everyone().with_config_dir();
    fs::write(home.audit_file(), "old\n").unwrap();
    for (file, dir) in [(0o444, 0o755), (0o444, 0o555), (0o000, 0o755)] {
        fs::set_permissions(home.audit_file(), Permissions::from_mode(file)).unwrap();
        fs::set_permissions(home.config_dir(), Permissions::from_mode(dir)).unwrap();
        assert_not_logged(&home, before);
    }
    fs::set_permissions(home.config_dir(), Permissions::from_mode(0o755)).unwrap();
    fs::set_permissions(home.audit_file(), Permissions::from_mode(0o644)).unwrap();
    assert_eq!(home.audit_lines(), ["old"]);
}

/// A limit on the size of files cuts a write short just as a full disk does.
#[test]
fn a_line_that_is_cut_off_is_closed_by_the_next_one() {
    let home = Home::new().with_config_dir();
    fs::write(home.audit_file(), "{\"old\":1}\n").unwrap();
    assert_not_logged(&home, &["limit-file-size=60"]);
    let torn = fs::read_to_string(home.audit_file()).unwrap();
    assert!(torn.len() == 60 && torn.starts_with("{\"old\":1}\n{\"nemoSource\""), "{torn}");
    assert_eq!(report(&home, &[])["audit_failures"], 0);
    let lines = home.audit_lines();
    assert_eq!(lines.len(), 3);
    assert!(serde_json::from_str::<Value>(&lines[2]).is_ok(), "{lines:?}");
    assert_eq!([&lines[0], &lines[1]].map(|line| format!("{line}\n")).concat(), format!("{torn}\n"));
}

#[test]
fn a_full_disk_loses_no_line_already_written() {
    let (home, server) = (Home::new(), Server::start());
    let audit = ".config/nemoguardrails/usage_stats.json";
    let (fill, size) = (format!("fill={audit}"), format!("size={audit}"));
    let steps = ["tmpfs=.config", &fill, "report", "flush", "stats", &size];
    let probe = probe!(&home).sending_to(server.url());
    let outcome = probe.run(&steps).checked();
    if outcome.lines == ["false"] {
        return skipped("it takes privileges to make a small disk");
    }
    let [_, before, flushed, stats, after] = &outcome.json()[..] else { panic!("{:?}", outcome.lines) };
    assert_eq!((flushed, before), (&json!(true), after));
    assert!(before.as_u64().unwrap() > 1000, "{before}");
    assert_eq!((&stats["audit_failures"], &stats["delivered"]), (&json!(1), &json!(1)), "{stats}");
    assert_eq!(server.after_exit().len(), 1);
}

#[test]
fn many_processes_write_whole_lines_and_rotate_once() {
    let (home, server) = (Home::new().with_config_dir(), Server::start());
    fs::write(home.audit_file(), old_lines(MAX_BYTES - 100)).unwrap();
    let start = |_| probe!(&home).sending_to(server.url()).start(&["report", "report", "report", "flush"]);
    let running: Vec<_> = (0..8).map(start).collect();
    for child in running {
        assert_eq!(child.finish().checked().lines, ["true"]);
    }
    let rotated = fs::read_to_string(home.config_dir().join("usage_stats.json.1")).unwrap();
    let new: Vec<_> = rotated.lines().filter(|line| line.contains("nemoSource")).map(str::to_owned).collect();
    let lines = [new, home.audit_lines()].concat();
    assert_eq!((lines.len(), server.after_exit().len()), (24, 24));
    assert!(lines.iter().all(|line| serde_json::from_str::<Value>(line).is_ok()), "{lines:?}");
    assert!(rotated.len() > MAX_BYTES && home.audit_lines().len() > 12, "{}", rotated.len());
}
