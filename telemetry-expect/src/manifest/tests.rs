// SPDX-FileCopyrightText: Copyright (c) 2026 NVIDIA CORPORATION & AFFILIATES. All rights reserved.
// SPDX-License-Identifier: Apache-2.0

//! Mistakes in manifests, and manifests that are written and read again.

use super::*;

/// A manifest with each key.
pub(crate) const EVERYTHING: &str = r#"# Everything.

[[scenario]]
name = "a"
command = ["shop", "3 \"x\""]
input = ["one", "two\nlines"]
env = { CI = "true", "odd name" = "\u0007é" }
files = { ".config/shop/do_not_track" = "" }
respond = [503, 429]
exit_code = 2
stop_when_met = true
timeout = "90s"
settle = "50ms"
sessions = { at_least = 1, at_most = 3 }
order = ["login", "order"]
timestamps = "increasing"
audit = "equal"

[[scenario.event]]
name = "order"
at_least = 0
increasing = ["/uptimeS", "/a/0"]

[scenario.event.where]
kind = { one_of = ["a", 1] }

[scenario.event.envelope]
clientVer = "1.0"

[scenario.event.fields]
"/a/0" = { min = 0, max = 2.5 }
"odd name" = { absent = true }
list = [1, "b", [true]]
object = { equal = { x = 1.5 } }
text = { present = true }

[[scenario]]
name = "b"
silent = "1s"
audit = "absent"
"#;

fn error(text: &str) -> String {
    Manifest::parse(text).unwrap_err().to_string()
}

#[test]
fn what_is_written_is_read_as_the_same() {
    let manifest = Manifest::parse(EVERYTHING).unwrap();
    let written = manifest.to_toml();
    assert_eq!(Manifest::parse(&written).unwrap(), manifest, "{written}");
    assert_eq!(Manifest::parse(&written).unwrap().to_toml(), written);
    let [a, b] = manifest.scenarios() else { panic!("{manifest:?}") };
    assert_eq!((a.name(), a.command()[1].as_str(), b.silent.unwrap().as_secs()), ("a", "3 \"x\"", 1));
    assert_eq!(manifest.scenario("b"), Some(b));
    assert!(written.starts_with("# Everything.\n\n[[scenario]]\n"), "{written}");
}

#[test]
fn each_mistake_is_reported_with_its_line_and_a_help() {
    for (text, expected) in [
        (
            "[[event]]\nname = order",
            "manifest:2:8: not TOML: string values must be quoted, expected literal string",
        ),
        ("sesions = 1", "manifest:1:1: unknown key `sesions` of a scenario\nhelp: write `sessions`"),
        ("\n\nxyzzy = 1", "manifest:3:1: unknown key `xyzzy` of a scenario\nhelp: the keys are `audit`, "),
        (
            "sessions = \"some\"",
            "manifest:1:12: unknown value of `sessions`\nhelp: write `sessions = \"same\"` or `sessions = \"different\"`",
        ),
        (
            "sessions = -1",
            "manifest:1:12: `sessions` is an integer, not a number of sessions\nhelp: write it like `sessions = 1`",
        ),
        (
            "timeout = 5",
            "manifest:1:11: `timeout` is an integer, not a duration\nhelp: write it like `timeout = \"500ms\"`",
        ),
        ("timeout = \"5h\"", "manifest:1:11: `timeout` is a string, not a duration"),
        (
            "audit = true",
            "manifest:1:9: unknown value of `audit`\nhelp: write `audit = \"equal\"` or `audit = \"absent\"`",
        ),
        ("respond = [99]", "manifest:1:11: `respond` has a status that is not from 200 to 599"),
        ("files = { \"../x\" = \"\" }", "manifest:1:9: `../x` is not a path below the home directory"),
        ("files = { \"/etc/x\" = \"\" }", "manifest:1:9: `/etc/x` is not a path below the home directory"),
        (
            "env = { A = 1 }",
            "manifest:1:7: `env` is a table, not a table of texts\nhelp: write it like `env = { CI = \"true\" }`",
        ),
        (
            "event = 1",
            "manifest:1:9: `event` is an integer, not an array of tables\nhelp: begin each with a line `[[event]]`",
        ),
        ("[[event]]\ncount = 1", "manifest:1:1: an event without a name\nhelp: add `name = \"…\"`"),
        (
            "[[event]]\nname = \"a\"\ncount = 1\nat_most = 2",
            "manifest:3:9: `count` beside `at_least` or `at_most`",
        ),
        (
            "[[event]]\nname = \"a\"\nat_least = 3\nat_most = 2",
            "manifest:1:1: `at_least` is greater than `at_most`",
        ),
        (
            "[[event]]\nname = \"a\"\nfields = { x = { mn = 1 } }",
            "manifest:3:18: unknown key `mn` of the expected value of `x`\nhelp: write `min`",
        ),
        (
            "[[event]]\nname = \"a\"\nfields = { x = { min = nan } }",
            "manifest:3:24: `min` is a float, not a finite number",
        ),
        (
            "[[event]]\nname = \"a\"\nfields = { x = 2026-01-01 }",
            "manifest:3:16: the expected value of `x` cannot be used\nhelp: write a value, or one of",
        ),
        (
            "[[event]]\nname = \"a\"\nfields = { x = { one_of = [] } }",
            "manifest:3:16: the expected value of `x` cannot be used",
        ),
        (
            "[[event]]\nname = \"a\"\nfields = { x = {} }",
            "manifest:3:16: the expected value of `x` cannot be used",
        ),
        ("[[event]]\nname = \"a\"\nfields = 1", "manifest:3:10: `fields` is an integer, not a table"),
        ("silent = \"1s\"\n[[event]]\nname = \"a\"", "manifest:1:10: `silent` beside `event`"),
        (
            "sessions = 1\n[[scenario]]\nname = \"a\"",
            "manifest:1:1: unknown key `sessions` of a manifest with scenarios",
        ),
        ("[[scenario]]\n", "manifest:1:1: a scenario without a name"),
        (
            "[[scenario]]\nname = \"a\"\n[[scenario]]\nname = \"a\"",
            "manifest:3:1: a second scenario with the name `a`",
        ),
        (
            "silent = \"1s\"\nsessions = 1",
            "manifest:1:10: `silent` beside `sessions`\nhelp: remove `silent` or `sessions`",
        ),
        ("settle = \"9999999m\"", "manifest:1:10: `settle` is longer than a day\nhelp: write a shorter time"),
        ("command = []", "manifest:1:11: `command` names no program, or contains a NUL character"),
        (
            "command = [\"a\", \"\\u0000\"]",
            "manifest:1:11: `command` names no program, or contains a NUL character",
        ),
        ("env = { \"A=B\" = \"\" }", "manifest:1:7: `A=B` is not a variable that can be set"),
        ("env = { A = \"\\u0000\" }", "manifest:1:7: `A` is not a variable that can be set"),
        ("files = { \"a\\u0000\" = \"\" }", "manifest:1:9: `a\\0` is not a path below the home directory"),
        (
            "[[event]]\nname = \"é\"\nfields = { x = 1, \"/x\" = 2 }",
            "manifest:3:19: a second expected value of `/x`\nhelp: remove one of them",
        ),
        (
            "[[event]]\nname = \"a\"\nfields = { x = { min = 9007199254740993, max = 9007199254740992 } }",
            "manifest:3:24: `min` is greater than `max`\nhelp: correct one of them",
        ),
        (
            "[[event]]\nname = \"a\"\nwhere = { x = 1 }\n\n[[event]]\nname = \"a\"\nwhere = { x = 1 }\n",
            "manifest:5:1: a second table for event `a` with /x 1\nhelp: merge both tables",
        ),
        ("scenario = []", "manifest:1:12: a manifest without a scenario\nhelp: add a line `[[scenario]]`"),
    ] {
        let error = error(text);
        assert!(error.starts_with(expected), "{text}\n{error}");
        assert!(error.contains("\nhelp: "), "{error}");
    }
}

#[test]
fn all_mistakes_are_reported_in_the_order_of_the_file_and_disturb_no_terminal() {
    let error = error("timeout = 1\n\"\\u001b[2J\" = 2\n[[event]]\nnaem = \"a\"\n");
    let lines: Vec<&str> = error.lines().filter(|line| line.starts_with("manifest:")).collect();
    assert_eq!(lines.len(), 4, "{error}");
    assert!(lines.is_sorted() && !error.contains('\u{1b}'), "{error}");
}

#[test]
fn a_file_is_named_in_its_errors() {
    let directory = tempfile::tempdir().unwrap();
    let file = directory.path().join("expect.toml");
    let missing = Manifest::read(&file).unwrap_err().to_string();
    assert!(missing.starts_with("cannot read ") && missing.contains("\nhelp: check the path"), "{missing}");
    std::fs::write(&file, "x = 1").unwrap();
    let error = Manifest::read(&file).unwrap_err().to_string();
    assert!(error.starts_with(&format!("{}:1:1: unknown key `x`", file.display())), "{error}");
    for (bytes, expected) in [
        (
            " ".repeat(LARGEST as usize + 1).as_bytes(),
            ":1:1: more than 1 MiB\nhelp: split the scenarios into several files",
        ),
        (b"# \xc3\xa9\r\nx = \xff", ":2:5: not UTF-8\nhelp: save the file in this encoding"),
        (b"\r\n\r\nx = 1\r\n", ":3:1: unknown key `x` of a scenario\nhelp: "),
    ] {
        std::fs::write(&file, bytes).unwrap();
        let error = Manifest::read(&file).unwrap_err().to_string();
        assert!(error.starts_with(&format!("{}{expected}", file.display())), "{error}");
    }
    std::fs::write(&file, "\u{feff}sessions = 1\r\n").unwrap();
    assert_eq!(Manifest::read(&file).unwrap(), Manifest::parse("sessions = 1").unwrap());
}

#[test]
fn a_text_of_several_scenarios_is_not_one() {
    assert_eq!("[[scenario]]\nname = \"a\"\n".parse::<Scenario>().unwrap().name(), "a");
    let error = EVERYTHING.parse::<Scenario>().unwrap_err().to_string();
    assert_eq!(error, "manifest:1:1: more than one scenario\nhelp: read it with `Manifest::parse`");
}

#[test]
fn a_manifest_full_of_mistakes_has_a_short_message() {
    let text: String = (0..2000).map(|number| format!("x{number} = 1\n")).collect();
    let error = error(&text);
    assert_eq!(error.matches("unknown key").count(), 20, "{error}");
    assert!(error.ends_with("\nnote: 1980 more mistakes"), "{error}");
}

#[test]
fn no_text_makes_the_reader_fail_in_another_way() {
    let mut text = EVERYTHING.to_owned();
    while let Some(last) = text.pop() {
        let _ = Manifest::parse(&text);
        let _ = Manifest::parse(&format!("{text}\u{1b}{last}"));
    }
    let _ = Manifest::parse(&format!("order = {}", "[".repeat(50_000)));
}
