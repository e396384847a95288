// SPDX-FileCopyrightText: Copyright (c) 2026 NVIDIA CORPORATION & AFFILIATES. All rights reserved.
// SPDX-License-Identifier: Apache-2.0

//! `audit`: the events that were sent, as they are on disk.

use telemetry_tests::home::Home;
use telemetry_tests::server::Server;

use crate::nemo_telemetry::{assert_refused, command, example, text};

/// A home in which one event was reported.
fn home_after_a_report() -> Home {
    let (server, home) = (Server::start(), Home::new());
    let _ = command(&home).sending_to(server.url()).run(&["report", &example("support_bot")]).checked();
    home
}

fn append(home: &Home, text: &str) {
    use std::io::Write;
    std::fs::File::options()
        .append(true)
        .open(home.audit_file())
        .unwrap()
        .write_all(text.as_bytes())
        .unwrap();
}

#[test]
fn audit_shows_what_was_sent_and_verifies_it() {
    let home = home_after_a_report();
    let run = |arguments: &[&str]| command(&home).run(&[&["audit"], arguments].concat());
    let shown = run(&[]).checked().lines;
    assert!(shown.len() == 1 && shown[0].contains("guardrails_usage_event"), "{shown:?}");
    assert_eq!(run(&["--json"]).checked().lines, home.audit_lines());
    assert!(
        text(&run(&["--verify"]).checked().lines).ends_with("1 valid event, 0 torn lines, 0 invalid events")
    );
    append(&home, "{\"torn\n");
    assert!(
        text(&run(&["--verify"]).checked().lines).ends_with("1 valid event, 1 torn line, 0 invalid events")
    );
    append(&home, &format!("{}\n", home.audit_lines()[0].replace("\"library\"", "\"garage\"")));
    let verified = run(&["--verify"]);
    assert_eq!(verified.code, Some(1));
    assert!(
        text(&verified.lines).contains(":3: `/deploymentType` cannot be `garage`"),
        "{:?}",
        verified.lines
    );
    assert_eq!(run(&["--tail", "1", "--json"]).checked().lines.len(), 1);
}

#[test]
fn audit_reads_the_older_file_first_and_an_absent_one_as_empty() {
    let home = home_after_a_report();
    let older = home.audit_file().with_file_name("usage_stats.json.1");
    std::fs::rename(home.audit_file(), &older).unwrap();
    assert_eq!(command(&home).run(&["audit"]).checked().lines.len(), 1);
    std::fs::remove_file(&older).unwrap();
    assert!(text(&command(&home).run(&["audit"]).checked().lines).ends_with("has no events."));
    std::fs::create_dir(home.audit_file()).unwrap();
    assert_refused(
        &command(&home).run(&["audit"]),
        1,
        &[home.audit_file().to_str().unwrap(), "not a regular file"],
    );
}

#[test]
fn audit_follows_new_events() {
    let home = home_after_a_report();
    let mut following = command(&home).start(&["audit", "--follow", "--json"]);
    let line = following.line();
    append(&home, &format!("{line}\n"));
    assert_eq!(following.line(), line);
    following.kill();
}
