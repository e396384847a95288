// SPDX-FileCopyrightText: Copyright (c) 2026 NVIDIA CORPORATION & AFFILIATES. All rights reserved.
// SPDX-License-Identifier: Apache-2.0

//! `docs/EXPECT.md`: its manifests and commands, with what they print.

use std::fs;
use std::os::unix::fs::PermissionsExt;

use fancy_regex::Regex;
use telemetry_core::testing::Manifest;
use telemetry_tests::home::Home;

use super::programs::FUNCTIONS;
use super::{COMMAND, CONFIG, home_with};

const PAGE: &str = include_str!("../../../../docs/EXPECT.md");

/// The schema of the shop on the page.
const SCHEMA: &str = r#"{
    "schemaMeta": {"schemaVersion": "1.0", "clientId": "7"},
    "definitions": {"events": {
        "login": {},
        "order": {
            "required": ["numArticles", "outcome"],
            "additionalProperties": false,
            "properties": {
                "numArticles": {"type": "integer", "minimum": 0},
                "outcome": {"enum": ["success", "failure"]}
            }
        }
    }}
}"#;

/// The blocks in this language.
fn blocks(language: &str) -> Vec<&'static str> {
    let begin = format!("\n```{language}\n");
    PAGE.split(&begin).skip(1).map(|rest| rest.split_once("\n```").unwrap().0).collect()
}

/// The files and the command of a block: `$ cat FILE` with its content, and a command with what it prints.
struct Example {
    manifest: &'static str,
    arguments: Vec<&'static str>,
    prints: &'static str,
}

fn example(block: &'static str) -> Example {
    let manifest = block.strip_prefix("$ cat expect.toml\n").unwrap();
    let (manifest, command) = manifest.split_once("\n$ shop-telemetry ").unwrap();
    let (command, prints) = command.split_once('\n').unwrap();
    Example { manifest, arguments: command.split(' ').collect(), prints }
}

/// Runs the command of the page with a shop that has sold these numbers of articles with these outcomes.
fn run(example: &Example, orders: &[(u32, &str)]) -> String {
    let home = home_with(example.manifest);
    fs::write(home.path().join("shop.json"), SCHEMA).unwrap();
    write_shop(&home, orders);
    let options = ["expect", "--schema", "shop.json"];
    let arguments = [&options, &example.arguments[1..]].concat();
    let outcome = super::programs::expect(&home).run(&arguments);
    without_times(&[outcome.lines, outcome.errors].concat().join("\n"))
}

fn write_shop(home: &Home, orders: &[(u32, &str)]) {
    let report = |(articles, outcome): &(u32, &str)| {
        format!("report '{{\"numArticles\":{articles},\"outcome\":\"{outcome}\"}}'\n")
    };
    let reports: String = orders.iter().map(report).collect();
    let program = home.path().join("target/debug/shop");
    fs::create_dir_all(program.parent().unwrap()).unwrap();
    let script = format!("#!/bin/bash\nclient=7 event=order version=1.0\n{FUNCTIONS}\n{reports}");
    fs::write(&program, script).unwrap();
    fs::set_permissions(&program, fs::Permissions::from_mode(0o755)).unwrap();
}

fn without_times(text: &str) -> String {
    Regex::new(r"\d+\.\d s\)").unwrap().replace_all(text, "… s)").into_owned()
}

#[test]
fn the_commands_of_the_page_print_what_it_shows() {
    let (consoles, texts) = (blocks("console"), blocks("text"));
    let ([first, names], [difference, violation]) = (consoles.as_slice(), texts.as_slice()) else {
        panic!("{consoles:?} {texts:?}")
    };
    let (first, names) = (example(first), example(names));
    assert_eq!(run(&first, &[(1, "success"), (3, "failure")]), without_times(first.prints));
    assert_eq!(run(&first, &[(1, "success"), (0, "failure")]), without_times(difference));
    let violated = run(&first, &[(1, "maybe"), (3, "failure")]);
    assert!(violated.contains(violation), "{violated}");
    assert_eq!(run(&names, &[]), names.prints);
}

#[test]
fn the_opt_out_of_the_page_is_silent() {
    let [scenario] = blocks("toml")[..] else { panic!("{PAGE}") };
    let command = format!("command = [{COMMAND:?}, \"report\", {CONFIG:?}]\nsettle = \"20ms\"");
    let scenario = scenario.replace("\"1s\"", "\"200ms\"");
    let manifest = scenario.replace("command = [\"target/debug/shop\"]", &command);
    assert_ne!(manifest, scenario);
    let outcome = super::expect(&home_with(&manifest), &[], &[]);
    assert_eq!((outcome.code, outcome.errors.len()), (Some(0), 0), "{outcome:?}");
    let without = manifest.replace("DO_NOT_TRACK", "OTHER");
    assert_eq!(super::expect(&home_with(&without), &[], &[]).code, Some(1), "the opt-out has no effect");
}

/// The rows of the table below the heading: the code in the first cell, and that in all cells.
fn rows(heading: &str) -> Vec<(Vec<&'static str>, Vec<&'static str>)> {
    fn code(text: &'static str) -> Vec<&'static str> {
        text.split('`').skip(1).step_by(2).collect()
    }
    let section = PAGE.split_once(&format!("\n### {heading}\n")).unwrap().1;
    let section = section.split_once("\n#").unwrap().0;
    let rows = section.lines().filter(|line| line.starts_with("| `"));
    rows.map(|row| (code(row[1..].split('|').next().unwrap()), code(row))).collect()
}

/// The keys that the help for an unknown one lists.
fn known_keys(manifest: &str) -> Vec<String> {
    let error = Manifest::parse(manifest).unwrap_err().to_string();
    let list = error.split_once("\nhelp: the keys are ").unwrap().1;
    list.split('`').skip(1).step_by(2).map(str::to_owned).collect()
}

/// Checks the keys of a table on the page, and that each value there can be pasted behind its key.
fn check_keys(heading: &str, before: &str) {
    let rows = rows(heading);
    let mut keys: Vec<_> = rows.iter().flat_map(|(keys, _)| keys).map(|key| (*key).to_owned()).collect();
    keys.sort();
    assert_eq!(keys, known_keys(&format!("{before}xyzzy = 1")));
    let is_value = |code: &&&str| {
        let is_heading = code.starts_with("[[");
        code.parse::<u64>().is_ok() || code.starts_with(['{', '[', '"']) && !is_heading
    };
    for (keys, code) in &rows {
        for value in code.iter().filter(is_value) {
            let silent = if keys[0] == "may_write" { "silent = \"1s\"\n" } else { "" };
            let manifest = format!("{before}{silent}{} = {value}", keys[0]);
            assert!(Manifest::parse(&manifest).is_ok(), "{manifest}");
        }
    }
}

#[test]
fn the_page_lists_each_key_with_values_that_can_be_pasted() {
    check_keys("Of a scenario", "");
    check_keys("Of an event", "[[event]]\nname = \"a\"\n");
    let values: Vec<_> = rows("Expected values").into_iter().flat_map(|(values, _)| values).collect();
    assert!(values.len() >= 9, "{values:?}");
    for value in values {
        let manifest = format!("[[event]]\nname = \"a\"\nfields = {{ x = {} }}", value.replace('…', "1"));
        assert!(Manifest::parse(&manifest).is_ok(), "{manifest}");
    }
}
