// SPDX-FileCopyrightText: Copyright (c) 2026 NVIDIA CORPORATION & AFFILIATES. All rights reserved.
// SPDX-License-Identifier: Apache-2.0

//! Broken texts and paths: what is wrong, where, and what to do.

use std::fs;
use std::path::Path;

use guardrails_config::{ErrorKind, RailsConfig};

use crate::{refusal, with};

#[test]
fn errors_name_file_place_key_rule_and_remedy() {
    let error = refusal("models:\n  - type: main\n    engine: ~\n    model: m\n");
    assert_eq!((error.kind(), error.line(), error.column()), (ErrorKind::Value, Some(3), Some(13)));
    assert_eq!(error.key(), Some("models[0].engine"));
    assert_eq!(error.path().and_then(Path::file_name), Some("config.yml".as_ref()));
    let text = error.to_string();
    assert!(
        text.contains("config.yml:3:13: `models[0].engine` is null, but text is required\nhelp: "),
        "{text}"
    );
}

#[test]
fn every_refusal_says_what_to_do() {
    for (text, kind, line, words) in [
        ("", ErrorKind::Yaml, None, "is empty"),
        ("- a\n", ErrorKind::Yaml, None, "is a list"),
        ("a: [\n", ErrorKind::Yaml, Some(2), "is not valid YAML"),
        ("a:\tb\n", ErrorKind::Yaml, Some(1), "has a tab"),
        ("a: b\tc\n", ErrorKind::Yaml, Some(1), "has a tab"),
        ("a: 'b\tc'\nd: \t1 # e\n", ErrorKind::Yaml, Some(2), "has a tab"),
        ("a: 1\n---\nb: 2\n", ErrorKind::Yaml, Some(2), "second document"),
        ("a: !custom b\n", ErrorKind::Yaml, Some(1), "the tag `!custom` is unknown"),
        ("a: &x 1\nb: &x 2\n", ErrorKind::Yaml, Some(2), "the anchor `x` a second time"),
        ("a: &x [*x]\n", ErrorKind::Yaml, Some(1), "an alias of a value that contains it"),
        ("a: 2024-02-30\n", ErrorKind::Yaml, Some(1), "no such day"),
        ("a: \u{7}\n", ErrorKind::Yaml, Some(1), "U+0007"),
        ("models: {}\n", ErrorKind::Value, Some(1), "is a mapping, but a list is required"),
        ("models: []\ntracing: {enabled: maybe}\n", ErrorKind::Value, Some(2), "a boolean is required"),
        ("models: []\nrails: {config: {f5: {max_retries: -1}}}\n", ErrorKind::Value, Some(2), "at least 0"),
        (
            "models: []\nrails: {config: {gliner: {zzz: 1}}}\n",
            ErrorKind::Value,
            Some(2),
            "not a known setting",
        ),
        (
            "models: []\nrails: {output: {streaming: {true: 1}}}\n",
            ErrorKind::Value,
            Some(2),
            "has a boolean as a key",
        ),
        ("models: []\nuser_messages: {1: [a]}\n", ErrorKind::Value, Some(2), "has an integer as a key"),
        ("models: [{type: a, engine: b}]\n", ErrorKind::Rule, Some(1), "does not name its model"),
        (
            "models: []\nrails: {input: {flows: [self check input]}}\n",
            ErrorKind::Rule,
            Some(2),
            "`self_check_input`",
        ),
        (
            "models: []\nrails: {input: {flows: [a $model=b]}}\n",
            ErrorKind::Rule,
            Some(2),
            "the model type `b`",
        ),
        (
            "models: []\nrails: {output: {flows: [injection detection], streaming: {enabled: 'false'}}}\n",
            ErrorKind::Rule,
            Some(2),
            "rewrites the answer",
        ),
        ("models: []\nimport_paths: [nowhere]\n", ErrorKind::Import, Some(2), "imports `nowhere`"),
        (
            "models: [{type: a, engine: b, model: c, api_key_env_var: SURELY_NOT_SET_ANYWHERE}]\n",
            ErrorKind::Environment,
            Some(1),
            "`SURELY_NOT_SET_ANYWHERE`, which is not set",
        ),
    ] {
        let error = refusal(text);
        assert_eq!((error.kind(), error.line()), (kind, line), "{text:?}: {error}");
        assert!(error.to_string().contains(words), "{text:?}: {error}");
        assert!(!error.remedy().is_empty(), "{text:?}: {error}");
        assert!(!error.problem().ends_with('.'), "{error}");
    }
}

#[test]
fn paths_that_lead_to_no_configuration() {
    let directory = with("models: []\n");
    let at = |name: &str| RailsConfig::from_path(directory.path().join(name)).unwrap_err().kind();
    assert_eq!(at("missing"), ErrorKind::Path);
    assert_eq!(at("a,b"), ErrorKind::Path);
    assert_eq!(at("config.yml "), ErrorKind::Path);
    fs::write(directory.path().join("main.co"), "").unwrap();
    assert_eq!(at("main.co"), ErrorKind::Path);
    fs::create_dir(directory.path().join("empty")).unwrap();
    assert_eq!(at("empty"), ErrorKind::Value);
}

#[test]
fn files_that_are_not_utf_8_name_the_line() {
    let error = refusal(b"models: []\nx: \xff\n");
    assert_eq!((error.kind(), error.line()), (ErrorKind::Encoding, Some(2)));
}
