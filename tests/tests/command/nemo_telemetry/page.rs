// SPDX-FileCopyrightText: Copyright (c) 2026 NVIDIA CORPORATION & AFFILIATES. All rights reserved.
// SPDX-License-Identifier: Apache-2.0

//! `docs/COMMAND.md` has the help of the command, and the keys of its JSON.

#![cfg(unix)]

use std::collections::BTreeSet;
use std::fmt::Write;
use std::os::unix::process::CommandExt;
use std::process::Command;

use serde_json::Value;
use telemetry_tests::home::Home;
use telemetry_tests::server::Server;

use crate::nemo_telemetry::{command, example, subcommands};

const PAGE: &str = concat!(env!("CARGO_MANIFEST_DIR"), "/../docs/COMMAND.md");
const START: &str = "<!-- help begins -->\n";
const END: &str = "<!-- help ends -->";

fn page() -> String {
    std::fs::read_to_string(PAGE).expect("the page is there")
}

/// The help as the installed command prints it.
pub(super) fn help(subcommand: Option<&str>) -> String {
    let mut command = Command::new(env!("CARGO_BIN_EXE_guardrails_command"));
    let command = command.arg0("nemo-telemetry").args(subcommand).arg("-h").env_clear();
    String::from_utf8(command.output().expect("the command runs").stdout).expect("it is text")
}

/// With `UPDATE_PAGES=1` the help is written instead of compared.
#[test]
fn the_page_has_the_help_of_each_subcommand() {
    let root = help(None);
    let mut current = format!("```text\n{root}```\n");
    for name in subcommands(&root) {
        write!(current, "\n### `{name}`\n\n```text\n{}```\n", help(Some(&name))).expect("a text grows");
    }
    let page = page();
    let (before, rest) = page.split_once(START).expect("the help begins");
    let (recorded, after) = rest.split_once(END).expect("the help ends");
    if std::env::var_os("UPDATE_PAGES").is_some() {
        return std::fs::write(PAGE, format!("{before}{START}{current}{END}{after}"))
            .expect("it can be written");
    }
    let differing = recorded.lines().zip(current.lines()).find(|(recorded, current)| recorded != current);
    assert!(recorded == current, "run this test with UPDATE_PAGES=1: {differing:?}");
}

/// The keys that the page lists for a subcommand: names in backticks, outside of parentheses.
fn documented(subcommand: &str) -> BTreeSet<String> {
    let page = page();
    let row = page.lines().find(|line| line.starts_with(&format!("| {subcommand} |"))).expect(subcommand);
    let keys = row.split(" | ").nth(1).expect("two cells");
    let outside = keys.split('(').map(|part| part.rsplit(')').next().unwrap_or_default()).collect::<String>();
    outside.split('`').skip(1).step_by(2).map(str::to_owned).collect()
}

#[test]
fn the_page_has_each_key_of_the_json() {
    let (server, home) = (Server::start(), Home::new());
    let bot = example("support_bot");
    let keys = |arguments: &[&str]| {
        let outcome =
            command(&home).sending_to(server.url()).run(&[arguments, &["--json"]].concat()).checked();
        let [object]: [Value; 1] = outcome.json().try_into().expect("one object");
        object.as_object().expect("an object").keys().cloned().collect::<BTreeSet<_>>()
    };
    for (row, arguments) in [
        ("`status`", &["status"][..]),
        ("`disable`, `enable`", &["disable"]),
        ("`disable`, `enable`", &["enable"]),
        ("`report`", &["report", &bot]),
        ("`audit --verify`", &["audit", "--verify"]),
        ("`schema --write`", &["schema", "--write", "schema.json"]),
        ("`schema --check`", &["schema", "--check", "schema.json"]),
        ("`schema --diff`", &["schema", "--diff", "schema.json"]),
        ("`new-event`", &["new-event", "--all", "--from", "schema.json"]),
        ("`inspect --diff`", &["inspect", &bot, "--diff", &bot]),
        ("`features`", &["features"]),
    ] {
        let documented = documented(row);
        let keys = keys(arguments);
        assert!(keys.is_subset(&documented), "{arguments:?}: {keys:?}, and the page has {documented:?}");
    }
}
