// SPDX-FileCopyrightText: Copyright (c) 2026 NVIDIA CORPORATION & AFFILIATES. All rights reserved.
// SPDX-License-Identifier: Apache-2.0

//! A configuration that cannot be read is an error that names the place; loading neither panics nor hangs.

#![cfg(target_os = "linux")]

use std::fs::{self, File, Permissions};
use std::os::unix::fs::{PermissionsExt, symlink};

use telemetry_tests::home::Home;
use telemetry_tests::marked_home::{OTHER_USER, is_privileged, make_fifo};
use telemetry_tests::probe;

/// The result of loading `path`, as an unprivileged user.
fn load(home: &Home, path: &str) -> Vec<String> {
    let (become_other_user, load) = (format!("become={OTHER_USER}"), format!("load={path}"));
    let identity: &[&str] = if is_privileged() { &[&become_other_user] } else { &[] };
    probe!(home).run(&[identity, &[&load]].concat()).checked().lines
}

/// A home with `cfg/config.yml`, made by `put`.
fn home_with(put: impl FnOnce(&std::path::Path)) -> Home {
    let home = Home::for_everyone();
    fs::create_dir(home.path().join("cfg")).unwrap();
    put(&home.path().join("cfg/config.yml"));
    home
}

/// The error names the place first, then the problem, and on a line of its own what to do.
fn assert_refused(home: &Home, path: &str, place: &str) {
    let error = load(home, path);
    let [problem, help] = &error[..] else { panic!("`{path}`: {error:?}") };
    assert!(problem.contains(place) && problem.contains(": "), "`{path}`: {problem}");
    assert!(help.starts_with("help: "), "`{path}`: {help}");
    assert!(!problem.ends_with('.') && !help.ends_with('.'), "{error:?}");
}

#[test]
fn a_good_configuration_loads() {
    let home = home_with(|file| fs::write(file, "models: []\n").unwrap());
    assert_eq!([load(&home, "cfg"), load(&home, "cfg/config.yml")], [["loaded"], ["loaded"]]);
}

#[test]
fn what_is_not_there_is_named() {
    let home = Home::for_everyone();
    for path in ["nothing", "nothing/config.yml", "nothing.yml", "/nonexistent/x"] {
        assert_refused(&home, path, path);
    }
}

#[test]
fn an_empty_path_is_an_error() {
    assert_refused(&Home::for_everyone(), "", "`models` is missing");
}

#[test]
fn an_empty_file_is_named() {
    assert_refused(&home_with(|file| fs::write(file, "").unwrap()), "cfg", "cfg/config.yml");
}

#[test]
fn a_file_that_is_not_utf_8_is_named() {
    let home = home_with(|file| fs::write(file, b"models: [\xff\xfe]\n").unwrap());
    assert_refused(&home, "cfg", "cfg/config.yml");
}

#[test]
fn a_file_that_may_not_be_read_is_named() {
    let home = home_with(|file| fs::write(file, "models: []\n").unwrap());
    fs::set_permissions(home.path().join("cfg/config.yml"), Permissions::from_mode(0o000)).unwrap();
    assert_refused(&home, "cfg", "cfg/config.yml");
}

#[test]
fn a_directory_in_place_of_the_file_is_walked() {
    assert_refused(&home_with(|file| fs::create_dir(file).unwrap()), "cfg", "`models` is missing");
}

/// Sparse: it takes no room on the disk, but no memory could hold it.
#[test]
fn a_gigantic_file_is_named_and_not_read() {
    let home = home_with(|file| File::create(file).unwrap().set_len(1 << 40).unwrap());
    assert_refused(&home, "cfg", "cfg/config.yml");
}

#[test]
fn a_device_without_an_end_is_not_read_to_its_end() {
    let home = home_with(|file| symlink("/dev/zero", file).unwrap());
    assert_refused(&home, "cfg", "cfg/config.yml");
}

#[test]
fn a_pipe_that_nobody_writes_to_holds_nobody_up() {
    let home = home_with(make_fifo);
    assert_refused(&home, "cfg/config.yml", "cfg/config.yml");
    assert_refused(&home, "cfg", "cfg/config.yml");
}
