// SPDX-FileCopyrightText: Copyright (c) 2026 NVIDIA CORPORATION & AFFILIATES. All rights reserved.
// SPDX-License-Identifier: Apache-2.0

//! The store of the collector: queries, exports, files that cannot be used, and the limits of age and size.

use std::fs;
use std::path::PathBuf;

use rusqlite::Connection;
use serde_json::Value;
use telemetry_tests::child::{Outcome, Probe};
use telemetry_tests::collecting::Collecting;
use telemetry_tests::home::Home;
use telemetry_tests::waiting::wait_until;

use super::{EVENT, command, envelope, openshell};

fn file(home: &Home) -> PathBuf {
    home.path().join("events.sqlite")
}

fn start(home: &Home, arguments: &[&str]) -> Collecting {
    Collecting::start(openshell(home), &[&["--store", "events.sqlite", "--quiet"], arguments].concat())
}

/// Runs `collect` on the store with these arguments.
fn on_store(home: &Home, arguments: &[&str]) -> Outcome {
    openshell(home).run(&[&["collect", "--store", "events.sqlite"], arguments].concat())
}

fn query(home: &Home, sql: &str) -> Vec<String> {
    on_store(home, &["--query", sql]).checked().lines
}

/// A store with one valid and one invalid event.
fn filled(home: &Home) {
    let collector = start(home, &[]);
    assert_eq!(collector.post(&envelope(&[EVENT])).status, 200);
    assert_eq!(
        collector.post(&envelope(&[r#"{"ts":"now","name":"=1+1\u0007","parameters":{"a":"b\nc"}}"#])).status,
        422
    );
    assert_eq!(collector.interrupt().code, Some(0));
}

#[test]
fn stored_events_are_queried_and_exported_also_while_the_collector_runs() {
    let home = Home::new();
    let collector = start(&home, &[]);
    assert_eq!(collector.post(&envelope(&[EVENT])).status, 200);
    assert_eq!(
        query(&home, "SELECT count(*) AS n, name FROM events"),
        ["n\tname", "1\topenshell_lifecycle_event"]
    );
    drop(collector);
    filled(&home);
    let sql = "SELECT id, product, client_id, version, session, schema_version, accepted, valid, name FROM events WHERE id > 1 ORDER BY id";
    assert_eq!(
        query(&home, sql)[1..],
        [
            "2\topenshell\t415437562476676\t1.2.3\ts1\t4.0\t1\t1\topenshell_lifecycle_event",
            r"3	openshell	415437562476676	1.2.3	s1	4.0	0	0	=1+1\u{7}"
        ]
    );
    let row = on_store(
        &home,
        &["--json", "--query", "SELECT ts, 1.5 AS half, NULL AS none, violations FROM events WHERE id = 3"],
    );
    let violations = r#"[{"message":"is not an event of this product","pointer":"/events/0/name"}]"#;
    assert_eq!(
        row.checked().json(),
        [serde_json::json!({"ts": "now", "half": 1.5, "none": null, "violations": violations})]
    );
}

/// SQL comments begin with two hyphens, like options.
#[test]
fn a_query_can_begin_with_a_comment() {
    let home = Home::new();
    filled(&home);
    for sql in ["-- all events\nSELECT count(*) FROM events", "--all\nSELECT count(*) FROM events"] {
        assert_eq!(query(&home, sql)[1], "2", "{sql}");
        assert_eq!(on_store(&home, &["--json", "--query", sql]).checked().json()[0]["count(*)"], 2);
    }
    let outcome = on_store(&home, &["--query", "-- c"]);
    assert!(outcome.errors[0].starts_with("error: cannot run the query: "), "{outcome:?}");
}

#[test]
fn a_row_as_json_has_every_column_also_if_several_have_the_same_name() {
    let home = Home::new();
    filled(&home);
    let sql = "SELECT 1 AS a, 2 AS a, 3 AS \"a:1\", 4 AS A";
    let row = on_store(&home, &["--json", "--query", sql]).checked().json();
    assert_eq!(row, [serde_json::json!({"a": 1, "a:2": 2, "a:1": 3, "A": 4})]);
    assert_eq!(query(&home, sql), ["a\ta\ta:1\tA", "1\t2\t3\t4"]);
}

/// A query shows how long it takes until its first row, or until its end if the rows go to a file.
#[test]
#[cfg(unix)]
fn a_query_of_more_than_a_second_shows_how_long_it_has_taken() {
    let home = Home::new();
    filled(&home);
    let numbers = "WITH RECURSIVE n(i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n)";
    let shell = |end: &str, sql: &str| {
        let program = env!("CARGO_BIN_EXE_products_command");
        let line = format!("exec \"$0\" collect --store events.sqlite --query \"$1\" {end}");
        let probe = Probe::new("/bin/sh", &home).env("PRODUCT", "openshell");
        let mut terminal = probe.start_on_terminal(80, &["-c", &line, program, sql]);
        terminal.wait_for("running the query: 1 s");
        terminal.interrupt();
        terminal.finish()
    };
    for (end, sql) in [
        ("", format!("{numbers} SELECT count(*) AS c FROM n")),
        ("> rows", format!("{numbers} SELECT i FROM n")),
    ] {
        let screen = shell(end, &sql);
        assert_eq!(screen.code, None, "{screen:?}");
        let (_, rest) = screen.text.rsplit_once(" s\r").expect(&screen.text);
        assert!(rest.starts_with("   ") && rest.trim().is_empty(), "{end}: {screen:?}");
    }
    assert!(fs::metadata(home.path().join("rows")).unwrap().len() > 0);
}

#[test]
fn an_export_has_every_event_and_no_formula() {
    let home = Home::new();
    filled(&home);
    let events = on_store(&home, &["--export", "jsonl"]).checked().json();
    assert_eq!(events.len(), 2);
    assert_eq!(events[0]["parameters"], serde_json::from_str::<Value>(EVENT).unwrap()["parameters"]);
    assert_eq!((&events[0]["valid"], &events[1]["valid"]), (&true.into(), &false.into()));
    assert_eq!(events[1]["envelope"]["clientVer"], "1.2.3");
    let csv = on_store(&home, &["--export", "csv"]).checked().lines.join("\n");
    assert!(csv.starts_with("id,received_at,product,") && csv.contains("\"'=1+1\u{7}\""), "{csv}");
}

#[test]
fn a_query_cannot_write_and_says_what_it_can_do() {
    let home = Home::new();
    filled(&home);
    let before = fs::read(file(&home)).unwrap();
    for sql in [
        "DELETE FROM event",
        "ATTACH 'x' AS x",
        "PRAGMA journal_mode=delete",
        "VACUUM INTO 'copy'",
        "nonsense",
        "SELECT 1; SELECT 2",
        "",
    ] {
        let outcome = on_store(&home, &["--query", sql]);
        assert_eq!(outcome.code, Some(2), "{sql}: {outcome:?}");
        assert!(outcome.errors[0].starts_with("error: cannot run the query: "), "{outcome:?}");
        assert!(outcome.errors[1].starts_with("help: "), "{outcome:?}");
    }
    assert_eq!(fs::read(file(&home)).unwrap(), before);
    assert!(!home.path().join("copy").exists() && !home.path().join("x").exists());
    assert_eq!(command(&home).run(&["collect", "--query", "SELECT 1"]).code, Some(2), "without a store");
    let missing = command(&home).run(&["collect", "--store", "missing", "--query", "SELECT 1"]);
    assert_eq!(missing.code, Some(1));
    assert!(!home.path().join("missing").exists());
}

/// The collector does not start with a file that it cannot use, and does not change it.
#[test]
fn files_that_are_not_stores_are_refused_and_unharmed() {
    let garbage =
        |path: &PathBuf| fs::write(path, "not a database, but long enough to be one".repeat(100)).unwrap();
    let foreign =
        |path: &PathBuf| Connection::open(path).unwrap().execute_batch("CREATE TABLE t (a)").unwrap();
    let newer =
        |path: &PathBuf| Connection::open(path).unwrap().execute_batch("PRAGMA user_version = 3").unwrap();
    let damaged = |path: &PathBuf| {
        let mut bytes = fs::read(path).unwrap();
        let pages = bytes.len() / 4096;
        bytes[4096 * (pages / 2)..4096 * pages].fill(0x5A);
        fs::write(path, bytes).unwrap();
    };
    for (name, is_store, spoil, problem, help) in [
        (
            "garbage",
            false,
            &garbage as &dyn Fn(&PathBuf),
            "it is not a store of the collector",
            "help: name a new file",
        ),
        ("foreign", false, &foreign, "it is not a store of the collector", "help: name a new file"),
        (
            "newer",
            true,
            &newer,
            "a newer release wrote it (version 3 of its tables, and this program knows up to 2)",
            "help: update",
        ),
        ("damaged", true, &damaged, "it is damaged: ", "help: move the file away"),
    ] {
        let home = Home::new();
        if is_store {
            filled(&home);
        }
        spoil(&file(&home));
        let before = fs::read(file(&home)).unwrap();
        let outcome = on_store(&home, &["--listen", "127.0.0.1:0"]);
        assert_eq!(outcome.code, Some(1), "{name}: {outcome:?}");
        assert!(
            outcome.errors[0].contains(problem) && outcome.errors[1].starts_with(help),
            "{name}: {outcome:?}"
        );
        assert!(fs::read(file(&home)).unwrap() == before, "{name}: the file is changed");
    }
}

#[test]
fn a_store_has_one_collector_at_a_time_and_is_private() {
    let home = Home::new();
    let first = start(&home, &[]);
    let second = on_store(&home, &["--listen", "127.0.0.1:0"]);
    assert_eq!(second.code, Some(1));
    assert!(second.errors[0].ends_with("another collector writes to it"), "{second:?}");
    assert_eq!(first.post(&envelope(&[EVENT])).status, 200);
    #[cfg(unix)]
    for name in ["events.sqlite", "events.sqlite-wal"] {
        use std::os::unix::fs::PermissionsExt;
        let mode = fs::metadata(home.path().join(name)).unwrap().permissions().mode();
        assert_eq!(mode & 0o777, 0o600, "{name}");
    }
}

/// A pipe would wait for its other end, and SQLite damages a file that is opened by two names.
#[test]
#[cfg(unix)]
fn only_a_regular_file_with_one_name_is_a_store() {
    let home = Home::new();
    filled(&home);
    let path = |name: &str| home.path().join(name);
    fs::create_dir(path("directory")).unwrap();
    assert!(std::process::Command::new("mkfifo").arg(path("pipe")).status().unwrap().success());
    std::os::unix::fs::symlink("events.sqlite", path("link")).unwrap();
    let refused = |name: &str, arguments: &[&str], problem: &str| {
        let outcome = openshell(&home).run(&[&["collect", "--store", name], arguments].concat());
        assert_eq!(outcome.code, Some(1), "{name}: {outcome:?}");
        assert!(outcome.errors[0].ends_with(problem), "{name}: {outcome:?}");
    };
    let collector = start(&home, &[]);
    refused("link", &["--listen", "127.0.0.1:0"], "another collector writes to it");
    assert_eq!(collector.interrupt().code, Some(0));
    fs::hard_link(file(&home), path("second")).unwrap();
    for (name, problem) in [
        ("directory", "it is not a regular file"),
        ("pipe", "it is not a regular file"),
        ("second", "it has a second name, which is a hard link"),
        ("events.sqlite", "it has a second name, which is a hard link"),
    ] {
        refused(name, &["--listen", "127.0.0.1:0"], problem);
        refused(name, &["--query", "SELECT 1"], problem);
    }
}

#[test]
fn a_locked_store_is_answered_with_503_until_it_is_free() {
    let home = Home::new();
    let collector = start(&home, &[]);
    assert_eq!(collector.post(&envelope(&[EVENT])).status, 200);
    let other = Connection::open(file(&home)).unwrap();
    other.execute_batch("BEGIN IMMEDIATE").unwrap();
    let reply = collector.post(&envelope(&[EVENT]));
    assert_eq!(
        (reply.status, reply.json()["error"].as_str()),
        (503, Some("cannot write the store: another program has locked it"))
    );
    assert!(reply.head.to_lowercase().contains("retry-after: 1"), "{reply:?}");
    other.execute_batch("ROLLBACK").unwrap();
    assert_eq!(collector.post(&envelope(&[EVENT])).status, 200);
    assert_eq!(query(&home, "SELECT count(*) FROM events")[1], "2");
}

#[test]
fn old_events_are_deleted_by_age_and_their_ids_are_not_used_again() {
    let home = Home::new();
    filled(&home);
    Connection::open(file(&home))
        .unwrap()
        .execute_batch("UPDATE event SET received_at = received_at - 7200000")
        .unwrap();
    let collector = start(&home, &["--max-age", "1h"]);
    assert_eq!(collector.post(&envelope(&[EVENT])).status, 200);
    assert_eq!(query(&home, "SELECT id FROM events")[1..], ["3"]);
    assert_eq!(query(&home, "SELECT count(*) FROM request")[1..], ["1"]);
}

#[test]
fn old_events_are_deleted_also_when_no_request_arrives() {
    let home = Home::new();
    let collector = start(&home, &["--max-age", "1s"]);
    assert_eq!(collector.post(&envelope(&[EVENT])).status, 200);
    // An event that is acknowledged is stored.
    wait_until(|| query(&home, "SELECT count(*) FROM events")[1..] == ["0"]);
}

#[test]
fn the_oldest_events_are_deleted_when_the_store_reaches_its_size() {
    let home = Home::new();
    let collector = start(&home, &["--max-size", "1MiB", "--accept-unknown"]);
    let event = format!(r#"{{"name":"e","parameters":{{"a":"{}"}}}}"#, "x".repeat(1000));
    let body = format!(r#"{{"clientId":"other","events":[{}]}}"#, vec![event.as_str(); 200].join(","));
    for _ in 0..20 {
        assert_eq!(collector.post(&body).status, 200);
    }
    let rows: Vec<i64> = query(&home, "SELECT count(*) FROM events UNION ALL SELECT max(id) FROM events")
        [1..]
        .iter()
        .map(|row| row.parse().unwrap())
        .collect();
    assert!(rows[0] >= 700 && rows[0] < 1200 && rows[1] == 4000, "{rows:?}");
    assert_eq!(collector.interrupt().code, Some(0));
    let size = fs::metadata(file(&home)).unwrap().len();
    assert!(size < 2 << 20, "{size} bytes");
}
