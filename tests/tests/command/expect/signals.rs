// SPDX-FileCopyrightText: Copyright (c) 2026 NVIDIA CORPORATION & AFFILIATES. All rights reserved.
// SPDX-License-Identifier: Apache-2.0

//! Signals that end `expect`.

use std::fs;
use std::path::{Path, PathBuf};

use telemetry_tests::child::{Probe, Running};
use telemetry_tests::home::Home;
use telemetry_tests::waiting::wait_until;

use super::home_with;
use super::programs::has_ended;

/// Starts `expect` in a shell, after the commands in `before`. It runs a script that leaves a process, and the file `home` with the
/// path of its home directory.
fn start(home: &Home, before: &str, script: &str) -> (Running, PathBuf) {
    let command = env!("CARGO_BIN_EXE_guardrails_command");
    let script = format!("sleep 600 & echo $! > left; echo \"$HOME\" > home; {script}");
    let line = format!("{before} exec \"$@\"");
    let shell = Probe::new("/bin/sh", home).env("PATH", "/usr/bin:/bin");
    let arguments = ["-c", &line, "sh", command, "expect", "--manifest", "expect.toml", "--update"];
    let running = shell.start(&[arguments.as_slice(), &["--", "sh", "-c", &script]].concat());
    let file = home.path().join("home");
    wait_until(|| fs::read_to_string(&file).is_ok_and(|text| text.ends_with('\n')));
    (running, PathBuf::from(fs::read_to_string(file).unwrap().trim()))
}

/// The program may run, or it may have ended already and its last events are waited for.
#[test]
fn each_signal_ends_the_program_and_removes_its_home_directory() {
    for (signal, script) in [
        (libc::SIGINT, "wait"),
        (libc::SIGTERM, "wait"),
        (libc::SIGHUP, "wait"),
        (libc::SIGQUIT, "wait"),
        (libc::SIGHUP, "exit 0"),
    ] {
        let home = home_with("settle = \"60m\"\n");
        let before = fs::read_to_string(home.path().join("expect.toml")).unwrap();
        let (running, directory) = start(&home, "", script);
        running.signal(signal);
        let outcome = running.finish();
        assert_eq!(outcome.code, Some(128 + signal), "{outcome:?}");
        assert_eq!(outcome.errors, ["error: interrupted"]);
        assert!(has_ended(&home, "left"), "{signal}");
        assert!(directory.to_string_lossy().contains("telemetry-expect-"), "{directory:?}");
        assert!(!directory.exists(), "{signal}: {directory:?}");
        let after = fs::read_to_string(home.path().join("expect.toml")).unwrap();
        assert_eq!(after, before, "nothing was written");
    }
}

#[test]
fn a_terminal_that_is_closed_does_not_end_what_nohup_has_started() {
    let home = home_with("settle = \"20ms\"\n");
    let (running, directory) = start(&home, "trap '' HUP QUIT;", "until [ -e end ]; do sleep 0.05; done");
    running.signal(libc::SIGHUP);
    running.signal(libc::SIGQUIT);
    fs::write(home.path().join("end"), "").unwrap();
    let outcome = running.finish();
    assert_eq!(
        (outcome.code, outcome.lines.as_slice()),
        (Some(0), ["Wrote expect.toml.".to_owned()].as_slice())
    );
    assert!(!Path::new(&directory).exists());
}
