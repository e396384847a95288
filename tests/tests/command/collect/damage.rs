// SPDX-FileCopyrightText: Copyright (c) 2026 NVIDIA CORPORATION & AFFILIATES. All rights reserved.
// SPDX-License-Identifier: Apache-2.0

//! A store whose files another program changes while the collector runs: no event is acknowledged that cannot be found again, the files
//! are not made worse, and the collector lives on.

use std::fs::{self, File};
use std::os::unix::fs::FileExt;
use std::path::{Path, PathBuf};

use rusqlite::Connection;
use telemetry_tests::collecting::Collecting;
use telemetry_tests::home::Home;

use super::{EVENT, envelope, openshell};

/// A collector with 200 events in its store, which SQLite has written from its log to the database.
fn start_again(home: &Home) -> Collecting {
    let begin = || Collecting::start(openshell(home), &["--store", "events.sqlite", "--quiet"]);
    let collector = begin();
    post(&collector, 10);
    assert_eq!(collector.interrupt().code, Some(0));
    begin()
}

/// A collector with 200 further events, which are in the log only.
fn start(home: &Home) -> Collecting {
    let collector = start_again(home);
    post(&collector, 10);
    collector
}

/// Sends so many requests with 20 events each, which are acknowledged.
fn post(collector: &Collecting, requests: usize) {
    for _ in 0..requests {
        assert_eq!(collector.post(&envelope(&[EVENT; 20])).status, 200);
    }
}

fn file(home: &Home, name: &str) -> PathBuf {
    home.path().join(name)
}

fn store(home: &Home) -> PathBuf {
    file(home, "events.sqlite")
}

fn log(home: &Home) -> PathBuf {
    file(home, "events.sqlite-wal")
}

/// The reason why an event is answered with 503.
fn refused(collector: &Collecting, after: &str) -> String {
    let reply = collector.post(&envelope(&[EVENT]));
    assert_eq!(reply.status, 503, "{after}: {reply:?}");
    reply.json()["error"].as_str().unwrap().to_owned()
}

fn lives_on(collector: &Collecting) -> bool {
    let request = format!("GET / HTTP/1.1\r\nhost: {}\r\nconnection: close\r\n\r\n", collector.address);
    collector.send(request.as_bytes()).unwrap().status == 200
}

fn count(home: &Home) -> i64 {
    let store = Connection::open(store(home)).unwrap();
    store.query_row("SELECT count(*) FROM event", [], |row| row.get(0)).unwrap()
}

fn overwrite(path: &Path, from: u64, bytes: usize) {
    File::options().write(true).open(path).unwrap().write_all_at(&vec![0x5A; bytes], from).unwrap();
}

fn truncate(path: &Path, size: u64) {
    File::options().write(true).open(path).unwrap().set_len(size).unwrap();
}

/// The name of a damage, a collector, and what another program does to its files.
type Damage<'a> = (&'a str, fn(&Home) -> Collecting, &'a dyn Fn(&Home));

#[test]
fn a_store_that_is_damaged_is_answered_with_503_and_stays_as_it_is() {
    let pages = |path: &Path| fs::metadata(path).unwrap().len() / 4096;
    let damages: [Damage<'_>; 8] = [
        ("the first page", start_again, &|home| overwrite(&store(home), 0, 4096)),
        ("some pages", start_again, &|home| overwrite(&store(home), 4096 * (pages(&store(home)) / 2), 16384)),
        ("all pages but the first", start_again, &|home| {
            overwrite(&store(home), 4096, 4096 * (pages(&store(home)) as usize - 1));
        }),
        ("the second half is missing", start_again, &|home| {
            truncate(&store(home), 4096 * (pages(&store(home)) / 2));
        }),
        ("everything is missing", start_again, &|home| truncate(&store(home), 0)),
        ("everything but the log is missing", start, &|home| truncate(&store(home), 0)),
        ("the log is missing", start, &|home| truncate(&log(home), 0)),
        ("the log is overwritten", start, &|home| {
            overwrite(&log(home), 0, fs::metadata(log(home)).unwrap().len() as usize);
        }),
    ];
    for (name, start, spoil) in damages {
        let home = Home::new();
        let collector = start(&home);
        // Systems count the time of a write in steps of some milliseconds.
        std::thread::sleep(std::time::Duration::from_millis(30));
        // The collector may look at the files at any time, but a write to a file is noticed when it is done.
        collector.running.while_stopped(|| spoil(&home));
        let files = || (fs::read(store(&home)).unwrap(), fs::read(log(&home)).unwrap());
        let before = files();
        for _ in 0..3 {
            let reason = refused(&collector, name);
            let expected = ["it is damaged: ", "disk I/O error"];
            assert!(
                expected
                    .iter()
                    .any(|expected| reason.starts_with(&format!("cannot write the store: {expected}"))),
                "{name}: {reason}"
            );
        }
        assert!(lives_on(&collector), "{name}");
        assert_eq!(collector.interrupt().code, Some(0), "{name}");
        assert!(files() == before, "{name}: the files are changed");
    }
}

#[test]
fn a_store_that_is_moved_or_deleted_is_answered_with_503_until_it_is_back() {
    for name in ["events.sqlite", "events.sqlite-wal"] {
        let home = Home::new();
        let collector = start(&home);
        let (path, elsewhere) = (file(&home, name), file(&home, "elsewhere"));
        fs::rename(&path, &elsewhere).unwrap();
        for _ in 0..2 {
            assert_eq!(refused(&collector, name), "cannot write the store: it was moved or deleted");
        }
        assert!(lives_on(&collector) && !path.exists(), "{name}");
        fs::write(&path, "another file").unwrap();
        assert_eq!(
            refused(&collector, name),
            "cannot write the store: it was moved or deleted",
            "{name} is replaced"
        );
        fs::rename(&elsewhere, &path).unwrap();
        post(&collector, 1);
        assert_eq!(collector.interrupt().code, Some(0));
        assert_eq!(count(&home), 420, "{name}");
    }
    let home = Home::new();
    let collector = start(&home);
    fs::remove_file(store(&home)).unwrap();
    assert_eq!(
        refused(&collector, "a change of the file"),
        "cannot write the store: it was moved or deleted"
    );
    assert_eq!(collector.interrupt().code, Some(0));
    assert!(!store(&home).exists());
}

/// Another program may write to the store as long as it stays one.
#[test]
fn a_store_that_another_program_has_changed_is_used_again_after_a_check() {
    let home = Home::new();
    let collector = start(&home);
    let other = Connection::open(store(&home)).unwrap();
    other
        .execute_batch("DELETE FROM event WHERE id <= 100; VACUUM; PRAGMA wal_checkpoint(TRUNCATE)")
        .unwrap();
    post(&collector, 1);
    drop(other);
    post(&collector, 1);
    assert_eq!(collector.interrupt().code, Some(0));
    assert_eq!(count(&home), 340);
}

/// A limit for the size of files, at which the system would end the program by default.
#[test]
#[cfg(target_os = "linux")]
fn a_file_that_may_not_grow_is_answered_with_503_until_it_may() {
    let home = Home::new();
    let collector = start(&home);
    collector.running.limit_file_size(fs::metadata(log(&home)).unwrap().len());
    for _ in 0..2 {
        assert_eq!(refused(&collector, "a change of the file"), "cannot write the store: disk I/O error");
    }
    assert!(lives_on(&collector));
    collector.running.limit_file_size(u64::MAX);
    post(&collector, 1);
    assert_eq!(collector.interrupt().code, Some(0));
    assert_eq!(count(&home), 420);
}
