// SPDX-FileCopyrightText: Copyright (c) 2026 NVIDIA CORPORATION & AFFILIATES. All rights reserved.
// SPDX-License-Identifier: Apache-2.0

//! The message of each kind of mistake.

use super::*;

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
            "manifest:1:12: `sessions` is `-1`, not a number of sessions\nhelp: write it like `sessions = 1`",
        ),
        (
            "timeout = 5",
            "manifest:1:11: `timeout` is `5`, not a time of at most a day\nhelp: write a whole number with the unit `ms`, `s` or `m`, such as `timeout = \"10s\"`",
        ),
        ("timeout = \"5h\"", "manifest:1:11: `timeout` is `\"5h\"`, not a time"),
        (
            "audit = true",
            "manifest:1:9: unknown value of `audit`\nhelp: write `audit = \"equal\"` or `audit = \"absent\"`",
        ),
        ("respond = [99]", "manifest:1:12: `respond` contains `99`, which is not a status from 200 to 599"),
        (
            "files = { \"../x\" = \"\" }",
            "manifest:1:11: `../x` is not the path of a file below the home directory",
        ),
        (
            "files = { \"/etc/x\" = \"\" }",
            "manifest:1:11: `/etc/x` is not the path of a file below the home directory",
        ),
        (
            "env = { A = 1 }",
            "manifest:1:13: `A` of `env` is `1`, not a text\nhelp: write it like `env = { CI = \"true\" }`",
        ),
        (
            "event = 1",
            "manifest:1:9: `event` is `1`, not an array of tables\nhelp: begin each with a line `[[event]]`",
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
            "manifest:3:24: `min` is `nan`, not a finite number",
        ),
        (
            "[[event]]\nname = \"a\"\nfields = { x = 2026-01-01 }",
            "manifest:3:16: the expected value of `x` is `2026-01-01`, which JSON does not have\nhelp: write a text in quotes",
        ),
        (
            "[[event]]\nname = \"a\"\nfields = { x = { one_of = [] } }",
            "manifest:3:27: `one_of` is empty\nhelp: write the values",
        ),
        (
            "[[event]]\nname = \"a\"\nfields = { x = {} }",
            "manifest:3:16: the expected value of `x` is empty\nhelp: write a value, or one of `{ equal",
        ),
        ("[[event]]\nname = \"a\"\nfields = 1", "manifest:3:10: `fields` is `1`, not a table"),
        (
            "may_write = [\".history\"]",
            "manifest:1:13: `may_write` without `silent`\nhelp: add `silent = \"1s\"`, or remove `may_write`",
        ),
        (
            "silent = \"1s\"\nmay_write = [\".cache/shop\", \"~/.history\"]",
            "manifest:2:29: `~/.history` is not a path below the home directory\nhelp: write a relative path without `~` and `..`, such as `.cache/shop`",
        ),
        ("silent = \"1s\"\nmay_write = [\"/tmp/\"]", "manifest:2:14: `/tmp/` is not a path below"),
        ("silent = \"1s\"\nmay_write = [\"a/../../b\"]", "manifest:2:14: `a/../../b` is not a path below"),
        ("silent = \"1s\"\nmay_write = [\"\"]", "manifest:2:14: `` is not a path below"),
        ("silent = \"1s\"\nmay_write = [\".\"]", "manifest:2:14: `.` is not a path below"),
        ("silent = \"1s\"\nmay_write = [3]", "manifest:2:14: `may_write` contains "),
        ("silent = \"1s\"\nmay_write = true", "manifest:2:13: `may_write` is "),
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
        (
            "settle = \"9999999m\"",
            "manifest:1:10: `settle` is `\"9999999m\"`, not a time of at most a day\nhelp: write a whole number",
        ),
        ("command = []", "manifest:1:11: `command` names no program, or contains a NUL character"),
        (
            "command = [\"a\", \"\\u0000\"]",
            "manifest:1:11: `command` names no program, or contains a NUL character",
        ),
        ("env = { \"A=B\" = \"\" }", "manifest:1:9: `A=B` is not a variable that can be set"),
        ("env = { A = \"\\u0000\" }", "manifest:1:9: `A` is not a variable that can be set"),
        (
            "files = { \"a\\u0000\" = \"\" }",
            "manifest:1:11: `a\\0` is not the path of a file below the home directory",
        ),
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
fn a_key_in_a_wrong_place_is_reported_with_its_place() {
    const NAMED: &str = "[[scenario]]\nname = \"a\"\n";
    const EVENT: &str = "[[event]]\nname = \"a\"\n";
    for (text, expected) in [
        (
            "[[scenarios]]\nname = \"a\"",
            "1:3: unknown key `scenarios` of a scenario\nhelp: write `[[scenario]]`",
        ),
        ("[[events]]\nname = \"a\"", "1:3: unknown key `events` of a scenario\nhelp: write `event`"),
        (
            &format!("{EVENT}[fields]\nx = 1"),
            "3:2: unknown key `fields` of a scenario\nhelp: it is a key of an event: write `[event.fields]` below its `[[event]]`",
        ),
        (
            &format!("{EVENT}sessions = 1"),
            "3:1: unknown key `sessions` of an event\nhelp: it is a key of a scenario: write it before the first `[[event]]`",
        ),
        (
            &format!("{EVENT}min = 1"),
            "3:1: unknown key `min` of an event\nhelp: it is a key of an expected value: `fields = { numArticles = { min = … } }`",
        ),
        (
            "count = 1",
            "1:1: unknown key `count` of a scenario\nhelp: it is a key of an event: write it below `[[event]]`",
        ),
        (
            &format!("{NAMED}{EVENT}"),
            "3:3: unknown key `event` of a manifest with scenarios\nhelp: write `[[scenario.event]]` below the `[[scenario]]` that it belongs to",
        ),
        (
            &format!("command = [\"a\"]\n{NAMED}"),
            "1:1: unknown key `command` of a manifest with scenarios\nhelp: write `command` below a `[[scenario]]`",
        ),
        (
            &format!("{NAMED}[scenario.where]\nx = 1"),
            "3:11: unknown key `where` of a scenario\nhelp: it is a key of an event: write `[scenario.event.where]` below its `[[scenario.event]]`",
        ),
        (
            &format!("{EVENT}fields = {{ models.name = \"x\" }}"),
            "3:19: unknown key `name` of the expected value of `models`\nhelp: the keys are `absent`, `equal`, `max`, `min`, `one_of`, `present`; if `models` is an object, write `\"/models/name\"` for its field, or `models = { equal = { … } }` for all of it",
        ),
        (
            &format!("{EVENT}fields = {{ \"/a~1b\" = {{ \"c/\\\"\" = 1 }} }}"),
            "3:24: unknown key `c/\"` of the expected value of `/a~1b`\nhelp: the keys are `absent`, `equal`, `max`, `min`, `one_of`, `present`; if `\"/a~1b\"` is an object, write `\"/a~1b/c~1\\\"\"` for its field, or `\"/a~1b\" = { equal = { … } }` for all of it",
        ),
        (
            "[event]\nname = \"a\"",
            "1:1: `event` is a table, not an array of tables\nhelp: begin each with a line `[[event]]`",
        ),
        (
            "[scenario]\nname = \"a\"",
            "1:1: `scenario` is a table, not an array of tables\nhelp: begin each with a line `[[scenario]]`",
        ),
        ("[[event]]\nnaem = \"a\"", "2:1: unknown key `naem` of an event\nhelp: write `name`"),
        ("[[event]]\nname = \"\"", "2:8: an event with an empty name\nhelp: write its name"),
    ] {
        assert_eq!(error(text), format!("manifest:{expected}"), "{text}");
    }
}

#[test]
fn a_value_of_a_wrong_form_is_shown() {
    let event = |fields: &str| format!("[[event]]\nname = \"a\"\nfields = {{ x = {fields} }}");
    for (text, expected) in [
        ("sessions = {}", "1:12: `sessions` is empty\nhelp: write `sessions = { at_least = 1 }`"),
        (
            "exit_code = \"0\"",
            "1:13: `exit_code` is `\"0\"`, not an exit code\nhelp: write it like `exit_code = 1`",
        ),
        ("exit_code = 99999999999999999999", "1:13: `exit_code` is `99999999999999999999`, not an exit code"),
        (
            "order = [\"a\", 1]",
            "1:15: `order` contains `1`, which is not a text\nhelp: write it like `order = [\"login\", \"order\"]`",
        ),
        (
            "command = \"shop 3\"",
            "1:11: `command` is `\"shop 3\"`, not a list of texts\nhelp: write it like `command = [\"target/debug/shop\", \"3\"]`",
        ),
        ("respond = [503, 1000]", "1:17: `respond` contains `1000`, which is not a status from 200 to 599"),
        (
            "files = { \"~/x\" = \"\" }",
            "1:11: `~/x` is not the path of a file below the home directory\nhelp: write a relative path without `~` and `..`",
        ),
        ("files = { \"x/\" = \"\" }", "1:11: `x/` is not the path of a file"),
        ("files = { \"\" = \"\" }", "1:11: `` is not the path of a file"),
        ("timeout = \"0.5s\"", "1:11: `timeout` is `\"0.5s\"`, not a time of at most a day"),
        (
            &event("{ min = 1, one_of = [1] }"),
            "3:16: the expected value of `x` has `min` beside `one_of`\nhelp: write a value, or one of",
        ),
        (
            &event("{ one_of = \"a\" }"),
            "3:27: `one_of` is `\"a\"`, not a list of values\nhelp: write it like `one_of = [\"a\", \"b\"]`",
        ),
        (&event("{ one_of = [nan] }"), "3:28: `one_of` contains `nan`, which is not a value that JSON has"),
        (
            &event("{ present = \"yes\" }"),
            "3:28: `present` is `\"yes\"`, not a boolean\nhelp: write it like `present = true`",
        ),
        (
            &event("nan"),
            "3:16: the expected value of `x` is `nan`, which JSON does not have\nhelp: write a text in quotes, a finite number, or a boolean",
        ),
        (&event("[1, inf]"), "3:16: the expected value of `x` contains a value that JSON does not have"),
        (
            &event("{ equal = { y = 2026-01-01 } }"),
            "3:26: the expected value of `x` contains a value that JSON does not have",
        ),
        (
            &format!("audit = \"{}\"\ntimeout = \"{0}\"", "é".repeat(2000)),
            "1:9: unknown value of `audit`\nhelp: write `audit = \"equal\"` or `audit = \"absent\"`\nmanifest:2:11: `timeout` is `\"ééé",
        ),
    ] {
        let error = error(text);
        assert!(error.starts_with(&format!("manifest:{expected}")), "{text}\n{error}");
        assert!(error.len() < 800, "{error}");
    }
    let whole = event("18446744073709551615");
    assert!(Manifest::parse(&whole).is_ok(), "an integer that 64 bits without a sign can hold");
}

#[test]
fn a_mistake_in_the_syntax_has_a_help_for_its_kind() {
    for (text, expected) in [
        (
            "timeout = \"1s\"\ntimeout = \"2s\"",
            "2:1: not TOML: duplicate key\nhelp: remove one of them, or merge their values",
        ),
        (
            "[[event]]\nname: \"a\"",
            "2:7: not TOML: key with no value, expected `=`\nhelp: write `=` between a key and its value",
        ),
        (
            "\u{feff}{\"event\": []}",
            "1:1: not TOML: invalid key-value pair, expected key\nhelp: write TOML instead of JSON: ",
        ),
        (
            "[[event]]\nname = order",
            "2:8: not TOML: string values must be quoted, expected literal string\nhelp: write quotes before and after the text",
        ),
        (
            "[[event]]\nfields = { x = null }",
            "2:16: `null` is not a value in TOML\nhelp: write `{ present = true }`",
        ),
        (
            "[[event]\nname = \"a\"",
            "1:9: not TOML: unclosed array table, expected `]`\nhelp: correct the syntax: a line of TOML is ",
        ),
    ] {
        let error = error(text);
        assert!(error.starts_with(&format!("manifest:{expected}")), "{text}\n{error}");
    }
}

#[test]
fn an_unknown_key_of_an_expected_value_names_the_key_that_is_meant() {
    for (key, known) in [
        ("minimum", "min"),
        ("at_least", "min"),
        ("gte", "min"),
        ("mim", "min"),
        ("maximum", "max"),
        ("at_most", "max"),
        ("exists", "present"),
        ("presnt", "present"),
        ("missing", "absent"),
        ("eq", "equal"),
        ("equals", "equal"),
        ("in", "one_of"),
        ("enum", "one_of"),
        ("oneOf", "one_of"),
    ] {
        let error = error(&format!("[[event]]\nname = \"a\"\nfields = {{ n = {{ {key} = 1 }} }}"));
        let help = format!("help: write `{known}`; if `n` is an object, write `\"/n/{key}\"` for its field");
        assert!(error.contains(&help), "{error}");
    }
    for key in ["type", "regex", "gt"] {
        let error = error(&format!("[[event]]\nname = \"a\"\nfields = {{ n = {{ {key} = 1 }} }}"));
        assert!(
            error.contains("help: the keys are `absent`, `equal`, `max`, `min`, `one_of`, `present`; if"),
            "{error}"
        );
    }
}
