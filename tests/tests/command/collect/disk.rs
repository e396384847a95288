// SPDX-FileCopyrightText: Copyright (c) 2026 NVIDIA CORPORATION & AFFILIATES. All rights reserved.
// SPDX-License-Identifier: Apache-2.0

//! A disk that is full, and one that is read-only: a file system of 3 MiB, which only an administrator can mount.

use std::fs;
use std::path::{Path, PathBuf};
use std::process::{Command, Stdio};

use telemetry_tests::child::Outcome;
use telemetry_tests::collecting::Collecting;
use telemetry_tests::home::Home;
use telemetry_tests::skipped::skipped;
use telemetry_tests::waiting::wait_until;

use super::openshell;

/// A file system that is unmounted when it is dropped.
struct Disk(PathBuf);

impl Disk {
    /// A small disk in this directory, unless this machine does not allow it.
    fn mount(home: &Home) -> Option<Self> {
        let directory = home.path().join("disk");
        fs::create_dir(&directory).unwrap();
        if !run("mount", &["-t", "tmpfs", "-o", "size=3m", "tmpfs"], &directory) {
            skipped("a small file system cannot be mounted here");
            return None;
        }
        Some(Self(directory))
    }

    /// It is refused while a file is open: a child that another test forks has the files of this process until it runs its program.
    fn make_read_only(&self) {
        wait_until(|| run("mount", &["-o", "remount,ro"], &self.0));
    }

    fn make_writable(&self) {
        assert!(run("mount", &["-o", "remount,rw"], &self.0));
    }

    fn store(&self) -> String {
        self.0.join("events.sqlite").to_str().unwrap().to_owned()
    }

    /// Takes all of the room.
    fn fill(&self) {
        let mut file = fs::File::create(self.0.join("filler")).unwrap();
        while std::io::Write::write_all(&mut file, &[0; 4096]).is_ok() {}
    }

    fn names(&self) -> Vec<String> {
        let names = fs::read_dir(&self.0).unwrap().map(|entry| entry.unwrap().file_name());
        let mut names: Vec<_> = names.map(|name| name.into_string().unwrap()).collect();
        names.sort();
        names
    }
}

impl Drop for Disk {
    fn drop(&mut self) {
        run("umount", &["--lazy"], &self.0);
    }
}

fn run(program: &str, arguments: &[&str], directory: &Path) -> bool {
    let status = Command::new(program).args(arguments).arg(directory).stderr(Stdio::null()).status();
    status.is_ok_and(|status| status.success())
}

fn start(home: &Home, store: &str) -> Collecting {
    Collecting::start(openshell(home), &["--store", store, "--accept-unknown", "--quiet"])
}

/// An envelope with 100 events of 1,000 bytes.
fn envelope() -> String {
    let event = format!(r#"{{"name":"e","parameters":{{"a":"{}"}}}}"#, "x".repeat(1000));
    format!(r#"{{"clientId":"other","events":[{}]}}"#, vec![event.as_str(); 100].join(","))
}

fn query(home: &Home, store: &str, sql: &str) -> Outcome {
    openshell(home).run(&["collect", "--store", store, "--query", sql])
}

/// The number of events that a query and an export find.
fn counts(home: &Home, store: &str) -> (String, usize) {
    let counted = query(home, store, "SELECT count(*) FROM events").checked().lines.swap_remove(1);
    let exported = openshell(home).run(&["collect", "--store", store, "--export", "jsonl"]);
    (counted, exported.checked().lines.len())
}

fn refused(outcome: &Outcome, problem: &str, help: &str) {
    assert_eq!(outcome.code, Some(1), "{outcome:?}");
    assert!(outcome.errors[0].ends_with(problem) && outcome.errors[1].starts_with(help), "{outcome:?}");
}

#[test]
fn a_full_disk_is_answered_with_503_and_loses_nothing() {
    let home = Home::new();
    let Some(disk) = Disk::mount(&home) else { return };
    let collector = start(&home, &disk.store());
    let mut acknowledged = 0;
    wait_until(|| match collector.post(&envelope()).status {
        200 => {
            acknowledged += 100;
            false
        }
        status => status == 503,
    });
    assert!(acknowledged > 0);
    assert_eq!(counts(&home, &disk.store()), (acknowledged.to_string(), acknowledged));
    let check = rusqlite::Connection::open(disk.store()).unwrap();
    let check: String = check.query_row("PRAGMA integrity_check", [], |row| row.get(0)).unwrap();
    assert_eq!(check, "ok");
}

#[test]
fn a_store_on_a_full_disk_is_read_and_not_written() {
    let home = Home::new();
    let Some(disk) = Disk::mount(&home) else { return };
    let collector = start(&home, &disk.store());
    assert_eq!(collector.post(&envelope()).status, 200);
    assert_eq!(collector.interrupt().code, Some(0));
    disk.fill();
    assert_eq!(counts(&home, &disk.store()), ("100".into(), 100));
    let outcome = openshell(&home).run(&["collect", "--store", &disk.store(), "--listen", "127.0.0.1:0"]);
    refused(&outcome, ": it is full", "help: make room on the disk");
    fs::remove_file(disk.0.join("filler")).unwrap();
    let collector = start(&home, &disk.store());
    assert_eq!(collector.post(&envelope()).status, 200);
    assert_eq!(counts(&home, &disk.store()), ("200".into(), 200));
}

#[test]
fn a_store_on_a_read_only_disk_is_read_if_its_log_is_empty() {
    let home = Home::new();
    let Some(disk) = Disk::mount(&home) else { return };
    let collector = start(&home, &disk.store());
    assert_eq!(collector.post(&envelope()).status, 200);
    assert_eq!(collector.interrupt().code, Some(0));
    disk.make_read_only();
    assert_eq!(counts(&home, &disk.store()), ("100".into(), 100));
    assert_eq!(disk.names(), ["events.sqlite", "events.sqlite-lock"]);
    for store in [disk.store(), disk.store() + "2"] {
        let outcome = openshell(&home).run(&["collect", "--store", &store, "--listen", "127.0.0.1:0"]);
        refused(&outcome, ": its file system is read-only", "help: name a file on another file system");
    }
    disk.make_writable();
    let mut collector = start(&home, &disk.store());
    assert_eq!(collector.post(&envelope()).status, 200);
    collector.running.kill();
    fs::remove_file(disk.store() + "-shm").unwrap();
    disk.make_read_only();
    let problem = "events in its `-wal` file cannot be read where no file can be written";
    refused(&query(&home, &disk.store(), "SELECT 1"), problem, "help: copy the file and its `-wal` file");
    for end in ["", "-wal"] {
        fs::copy(disk.store() + end, home.path().join(format!("copy{end}"))).unwrap();
    }
    assert_eq!(counts(&home, "copy"), ("200".into(), 200), "as the help advises");
}
