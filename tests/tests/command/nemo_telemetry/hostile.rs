// SPDX-FileCopyrightText: Copyright (c) 2026 NVIDIA CORPORATION & AFFILIATES. All rights reserved.
// SPDX-License-Identifier: Apache-2.0

//! Names, values and arguments with escape sequences and characters that reorder text: none of them reaches a terminal.

#![cfg(unix)]

use std::ffi::OsStr;
use std::os::unix::ffi::OsStrExt;

use serde_json::{Value, json};
use telemetry_tests::home::Home;

use crate::nemo_telemetry::{command, example};

/// Clears the screen, reorders what follows, and begins another escape sequence (C1), without the letter that would end it.
const HOSTILE: &str = "\u{1b}[2J\u{202e}evil\u{9b}7";

/// Whether only what a terminal shows is left, apart from the styles of the command itself.
fn is_harmless(shown: &str) -> bool {
    let mut rest = shown;
    while let Some((before, after)) = rest.split_once('\u{1b}') {
        let style =
            after.trim_start_matches(|char: char| char.is_ascii_digit() || char == '[' || char == ';');
        if !style.starts_with('m') || has_controls(before) {
            return false;
        }
        rest = style;
    }
    !has_controls(rest)
}

fn has_controls(text: &str) -> bool {
    text.chars().any(|char| char == '\u{202e}' || (char.is_control() && char != '\n'))
}

/// A directory with a hostile name, which holds a configuration, a schema file and an audit log with hostile contents. Returns the paths of
/// the configuration and of the schema file.
fn hostile_files(home: &Home) -> [String; 2] {
    let directory = home.path().join(HOSTILE);
    let escaped = HOSTILE.escape_debug().to_string().replace("\\u{1b}", "\\e").replace("\\u{9b}", "\\x9b");
    let escaped = escaped.replace("\\u{202e}", "\\u202e");
    let config = format!("models: []\nrails:\n  input:\n    flows: [\"{escaped}\"]\n");
    let text = json!({"type": "string", "description": HOSTILE, "enum": ["a", HOSTILE]});
    let event = json!({"description": HOSTILE, "type": "object", "required": ["a"], "properties": {"a": text}, "additionalProperties": false});
    let schema =
        json!({"schemaMeta": {"schemaVersion": HOSTILE}, "definitions": {"events": {"evil": event}}});
    std::fs::create_dir_all(directory.join(".config/nemoguardrails")).unwrap();
    std::fs::write(directory.join("config.yml"), config).unwrap();
    std::fs::write(directory.join("schema.json"), schema.to_string()).unwrap();
    let log = "{\"a\":\"\u{202e}\u{9b}2J\"}\n{\r\"a\": 1}\ntorn\u{1b}[2J\n";
    std::fs::write(directory.join(".config/nemoguardrails/usage_stats.json"), log).unwrap();
    [directory.clone(), directory.join("schema.json")].map(|path| path.to_str().unwrap().to_owned())
}

/// Checks what the command shows on a terminal, with colors and without, in the hostile home. The last output is returned.
fn shown(home: &Home, arguments: &[&str]) -> String {
    let [_, plain] = ["--color=always", "--color=never"].map(|color| {
        let arguments = [&[color], arguments].concat();
        let shown = command(home).env("HOME", home.path().join(HOSTILE)).on_terminal(80, &arguments).text;
        assert!(is_harmless(&shown), "{arguments:?}: {shown:?}");
        shown
    });
    plain
}

#[test]
fn names_and_values_do_not_disturb_the_terminal() {
    let home = Home::new();
    let files = hostile_files(&home);
    let [config, schema] = files.each_ref().map(String::as_str);
    let other = example("support_bot");
    for arguments in [
        &["status"][..],
        &["disable"],
        &["enable"],
        &["inspect", config],
        &["inspect", config, "--diff", &other],
        &["report", config],
        &["audit"],
        &["audit", "--verify"],
        &["new-event", "--all", "--from", schema],
        &["new-event", HOSTILE, "--from", schema],
        &["new-event", "evil", "--from", schema, "--product", HOSTILE],
        &["schema", "--check", schema],
        &["schema", "--diff", schema],
        &["schema", "--write", schema],
        &["schema", "--write", HOSTILE, "--remove", HOSTILE],
        &["schema", HOSTILE],
    ] {
        shown(&home, arguments);
    }
}

#[test]
fn errors_in_arguments_do_not_disturb_the_terminal() {
    let home = Home::new();
    let limit = format!("yaml_depth={HOSTILE}");
    let option = format!("--{HOSTILE}");
    for arguments in [
        &[HOSTILE][..],
        &["help", HOSTILE],
        &["status", HOSTILE],
        &["status", &option],
        &["inspect", "x", "--engine", HOSTILE],
        &["inspect", "x", "--compat", HOSTILE],
        &["inspect", "x", "--limit", HOSTILE],
        &["inspect", "x", "--limit", &limit],
        &["audit", "--tail", HOSTILE],
        &["completions", HOSTILE],
        &["collect", "--respond", HOSTILE],
        &["expect", "--manifest", HOSTILE, "--timeout", HOSTILE],
        &["expect", "--manifest", HOSTILE],
    ] {
        let shown = shown(&home, arguments);
        assert!(shown.contains(r"\u{1b}[2J"), "{arguments:?}: {shown}");
    }
}

/// On a terminal, JSON escapes what disturbs it; in a pipe it is unchanged. It means the same in both.
#[test]
fn json_means_the_same_on_a_terminal_and_in_a_pipe() {
    let home = Home::new();
    let files = hostile_files(&home);
    let [config, schema] = files.each_ref().map(String::as_str);
    let other = example("support_bot");
    for arguments in [
        &["enable", "--json"][..],
        &["inspect", config, "--diff", &other, "--json"],
        &["audit", "--json"],
        &["audit", "--verify", "--json"],
        &["new-event", "--all", "--from", schema, "--json"],
        &["schema", "--check", schema, "--json"],
        &["schema", "--diff", schema, "--json"],
    ] {
        let values = |text: &str| -> Vec<Value> {
            let values: Result<_, _> = serde_json::Deserializer::from_str(text).into_iter().collect();
            values.unwrap_or_else(|error| panic!("{arguments:?}: {error}: {text:?}"))
        };
        let shown = shown(&home, arguments);
        let piped = command(&home).env("HOME", config).run(arguments).lines.join("\n");
        // Source code escapes them itself.
        assert!(arguments[0] == "new-event" || !is_harmless(&piped), "{arguments:?}: {piped:?}");
        assert_eq!(values(&shown), values(&piped), "{arguments:?}");
    }
}

/// The option `--color` counts behind such an argument too.
#[test]
fn an_argument_that_is_not_unicode_is_shown_with_replacement_characters() {
    let home = Home::new();
    let argument = OsStr::from_bytes(b"a\xff\x1b[2J");
    for arguments in [[OsStr::new("inspect"), argument], [argument, OsStr::new("x")]] {
        let output = std::process::Command::new(env!("CARGO_BIN_EXE_guardrails_command"))
            .args(arguments)
            .args(["--color", "always"])
            .env("HOME", home.path())
            .output()
            .unwrap();
        let shown = String::from_utf8(output.stderr).unwrap();
        assert_eq!(output.status.code(), Some(2), "{shown}");
        assert!(shown.contains('\u{1b}') && is_harmless(&shown), "{shown:?}");
        assert!(shown.contains("a\u{fffd}"), "{shown:?}");
    }
}
