// SPDX-FileCopyrightText: Copyright (c) 2026 NVIDIA CORPORATION & AFFILIATES. All rights reserved.
// SPDX-License-Identifier: Apache-2.0

//! The examples in the help of each subcommand, run by a shell as users run them.

#![cfg(unix)]

use std::fs::Permissions;
use std::os::unix::fs::{PermissionsExt, symlink};
use std::path::Path;

use serde_json::{Value, json};
use telemetry_tests::child::Probe;
use telemetry_tests::home::Home;
use telemetry_tests::server::Server;
use telemetry_tests::skipped::skipped;

use crate::nemo_telemetry::page::help;
use crate::nemo_telemetry::{command, example, subcommands};

const NAME: &str = "nemo-telemetry";

/// The commands in the examples of a subcommand, whose continued lines are joined.
fn examples(subcommand: &str) -> Vec<String> {
    let help = help(Some(subcommand));
    let (_, examples) = help.split_once("Examples:").expect(subcommand);
    let too_long = examples.lines().find(|line| line.len() > 80);
    assert_eq!(too_long, None, "a usual terminal would break it");
    let joined = examples.replace("\\\n", "");
    joined.lines().filter_map(|line| line.strip_prefix("    ")).map(str::to_owned).collect()
}

fn copy(from: &Path, to: &Path) {
    std::fs::create_dir_all(to).unwrap();
    for entry in std::fs::read_dir(from).unwrap().map(Result::unwrap) {
        let to = to.join(entry.file_name());
        if entry.path().is_dir() { copy(&entry.path(), &to) } else { drop(std::fs::copy(entry.path(), to)) }
    }
}

/// The schema with the event `checkout`, which the program does not link.
fn with_checkout(schema: &str) -> String {
    let mut schema: Value = serde_json::from_str(schema).unwrap();
    schema["definitions"]["events"]["checkout"] = json!({"description": "An order was paid.", "type": "object", "properties": {}, "additionalProperties": false});
    schema.to_string()
}

/// A home with the files that the examples name.
fn furnished() -> Home {
    let home = Home::new();
    let at = |path: &str| home.path().join(path);
    for directory in [
        "old",
        "schemas",
        "bin",
        "target/debug",
        ".zfunc",
        ".config/fish/completions",
        ".local/share/bash-completion/completions",
    ] {
        std::fs::create_dir_all(at(directory)).unwrap();
    }
    copy(example("support_bot").as_ref(), &at("config"));
    copy(example("claims_desk").as_ref(), &at("old/config"));
    let _ = command(&home).run(&["schema", "--write", "schemas/events.json"]).checked();
    for schema in ["schemas/events.json", "old/events.json"] {
        std::fs::write(
            at(schema),
            with_checkout(&std::fs::read_to_string(at("schemas/events.json")).unwrap()),
        )
        .unwrap();
    }
    symlink(env!("CARGO_BIN_EXE_guardrails_command"), at("bin").join(NAME)).unwrap();
    std::fs::write(at("target/debug/app"), "#!/bin/sh\nexec nemo-telemetry report config\n").unwrap();
    std::fs::set_permissions(at("target/debug/app"), Permissions::from_mode(0o755)).unwrap();
    home
}

/// The exit code of an example with the files of [`furnished`].
fn expected(example: &str) -> i32 {
    i32::from(example.contains("inspect") && example.contains("--diff"))
}

#[test]
fn each_example_in_the_help_runs() {
    let (server, home) = (Server::start(), furnished());
    let path = format!("{}:{}", home.path().join("bin").display(), std::env::var("PATH").unwrap());
    let sh = |line: &str| {
        let probe = Probe::new("/bin/sh", &home).env("PATH", &path).sending_to(server.url());
        probe.run(&["-c", line])
    };
    let has_jq = sh("jq --version").code == Some(0);
    let mut number = 0;
    for subcommand in subcommands(&help(None)) {
        for example in examples(&subcommand) {
            number += 1;
            // These are about the machine of the test, run until they are interrupted, or need bash.
            if ["--machine", "--follow", "telemetry collect", "eval "]
                .iter()
                .any(|word| example.contains(word))
            {
                continue;
            }
            if example.contains("--manifest") && !home.path().join("expect.toml").exists() {
                let _ = sh(&format!("{NAME} expect --update --manifest expect.toml -- target/debug/app"))
                    .checked();
            }
            if example.contains("jq ") && !has_jq {
                skipped("there is no `jq`");
                continue;
            }
            let outcome = sh(&example);
            assert_eq!(
                (outcome.code, outcome.errors.as_slice()),
                (Some(expected(&example)), [].as_slice()),
                "{example}"
            );
        }
    }
    assert!(number > 20, "{number}");
}
