// SPDX-FileCopyrightText: Copyright (c) 2026 NVIDIA CORPORATION & AFFILIATES. All rights reserved.
// SPDX-License-Identifier: Apache-2.0

//! Changes by another program at the moments that a test from outside cannot choose.

use std::os::unix::fs::FileExt;

use tempfile::TempDir;

use super::*;
use crate::collector::store::NewEvent;
use crate::collector::store::files::beside;

/// A store with one request in its log.
fn store() -> (TempDir, Writer) {
    let directory = tempfile::tempdir().unwrap();
    let retention = Retention { max_age: None, max_size: 1 << 30, forwarded_to: None };
    let mut writer = Writer::open(&directory.path().join("events.sqlite"), retention).unwrap();
    writer.check_files().unwrap();
    assert!(!writer.commit(&[request()], now()).unwrap());
    writer.check_files().unwrap();
    (directory, writer)
}

fn request() -> NewRequest {
    NewRequest {
        received_at: now(),
        is_accepted: true,
        client_id: "1".into(),
        product: "shop".into(),
        version: "1.0".into(),
        session: "s".into(),
        schema_version: "1.0".into(),
        envelope: "{}".into(),
        events: vec![NewEvent { name: "sale".into(), ..NewEvent::default() }],
    }
}

fn overwrite(path: &Path) {
    let file = File::options().write(true).open(path).unwrap();
    let size = usize::try_from(file.metadata().unwrap().len()).unwrap();
    // Systems count the time of a write in steps of some milliseconds.
    std::thread::sleep(SETTLE_TIME);
    file.write_all_at(&vec![0x5A; size], 0).unwrap();
}

#[test]
fn damage_while_nothing_is_written_is_not_taken_for_a_write_of_the_store() {
    let without_events = NewRequest { events: Vec::new(), ..request() };
    for (name, requests) in
        [("old events are deleted", vec![]), ("a request has no events", vec![without_events])]
    {
        let (_directory, mut writer) = store();
        overwrite(&beside(&writer.path, "-wal"));
        // It has looked at the files before the damage.
        let _ = writer.commit(&requests, now());
        let found = writer.check_files();
        assert!(matches!(found, Err(StoreError::Corrupt(_))), "{name}: {found:?}");
    }
}

#[test]
fn a_change_during_a_check_leads_to_another_check() {
    let (_directory, mut writer) = store();
    let earlier = Files::of(&writer.path);
    let other = Connection::open(&writer.path).unwrap();
    other.execute_batch("DELETE FROM event; PRAGMA wal_checkpoint(TRUNCATE)").unwrap();
    writer.reopen(earlier).unwrap();
    assert_ne!(writer.files, Files::of(&writer.path), "the files after the check are not trusted");
    writer.check_files().unwrap();
    assert_eq!(writer.files, Files::of(&writer.path));
    writer.commit(&[request()], now()).unwrap();
    writer.check_files().unwrap();
    assert_eq!(writer.last_id, 2);
}

#[test]
fn the_database_is_trusted_as_it_was_before_the_check_at_the_start() {
    let (directory, writer) = store();
    let path = writer.path.clone();
    drop(writer);
    let opened = open_to_write(&path).unwrap();
    assert_eq!(opened.files, Files::of(&path), "opening a store does not change its database");
    drop((opened, directory));
}

#[test]
fn a_checkpoint_takes_over_the_database_and_nothing_else() {
    let (_directory, mut writer) = store();
    let before = Files::of(&writer.path);
    writer.checkpoint();
    assert_ne!(writer.files, before);
    writer.check_files().unwrap();
    overwrite(&beside(&writer.path, "-wal"));
    let damaged = Files::of(&writer.path);
    writer.files.checkpoint(damaged);
    assert_ne!(writer.files, Files::of(&writer.path));
}
