// SPDX-FileCopyrightText: Copyright (c) 2026 NVIDIA CORPORATION & AFFILIATES. All rights reserved.
// SPDX-License-Identifier: Apache-2.0

//! What the line scans find, and what they refuse.

use std::path::Path;

use super::{Content, Version, scan};

fn read(text: &str, version: Version) -> Result<Content, String> {
    scan(text, version, Path::new("x.co"), 1_000).map_err(|error| error.to_string())
}

fn names(text: &str) -> Vec<String> {
    read(text, Version::V1).unwrap().names
}

#[test]
fn colang_1_flows_by_name() {
    assert_eq!(
        names("define flow a  b:\n  user x\n\ndef subflow c # d\n  bot y\n\ndefine bot e\n  \"f\"\n"),
        ["a b", "c"]
    );
    assert_eq!(names("define parallel extension flow a\n  user x\n"), ["a"]);
    assert_eq!(names("define user q\n  \"x\"\n  bot hello\n"), ["q_direct"]);
    assert_eq!(names("define user q\n  \"x\"\n\na block:\n  user x\n"), ["a block"]);
    assert_eq!(
        names("\"\"\"\ndefine flow hidden\n\"\"\"\ndefine flow a\n  # define flow b\n  user x\n"),
        ["a"]
    );
    assert_eq!(names("define flow\n  user x\n\ndefine flow\n  user y\n").len(), 2);
    assert_eq!(names("define flow a\n  user b or\n    c\n  bot d\n"), ["a"]);
}

#[test]
fn colang_1_definitions_that_cannot_be() {
    for (text, words) in [
        (
            "define flow a\n  user x\n\ndefine flow a\n  user y\n",
            "x.co:4: defines the flow `a` a second time",
        ),
        ("define flow\n  user x\n\ndefine flow\n  user x\n", "a second time"),
        ("define snippet a\n  user x\n", "defines a `snippet`, which does not exist"),
        ("define flow a\ndefine user b\n  \"c\"\n", "without a block"),
        ("define user b\n  \"c\"\n\ndefine flow a", "without a block"),
    ] {
        let error = read(text, Version::V1).unwrap_err();
        assert!(error.contains(words), "{text:?}: {error}");
    }
}

#[test]
fn colang_2_flows_and_imports() {
    let text = "import core\nimport a.b # c\nimport core\n\n@active\nflow d $x\n  \"\"\"\nflow hidden\n  \"\"\"\n  match E()\n\n\
                flow e\n  $x = '''\nflow hidden\n'''\n  send flow f\n";
    let content = read(text, Version::V2).unwrap();
    assert_eq!(content.flows, 2);
    assert_eq!(content.imports, [("core".to_owned(), 1), ("a/b".to_owned(), 2)]);
    let quoted = read("import \"core\"\n\n\n# more\n", Version::V2).unwrap();
    assert_eq!(quoted.imports, [("\"core\"".to_owned(), 1)]);
    assert_eq!(read("flow (a)\n", Version::V2).unwrap().flows, 0);
}

#[test]
fn an_indented_comment_is_the_body_of_a_colang_2_flow() {
    for (text, flows) in [
        ("flow a\n  # todo", 1),
        ("flow a\n\n\t#\n", 1),
        ("flow a\n  # todo\n\nflow b\n  pass\n", 2),
        ("flow a\n  # todo\nflow b # todo\n  # todo\n", 2),
        ("flow a\n  # todo\n  pass\n# b\n", 1),
        ("flow a\n  # \"\"\"\nflow b\n  # flow c\n", 2),
    ] {
        assert_eq!(read(text, Version::V2).unwrap().flows, flows, "{text:?}");
    }
    for text in
        ["flow a\n# todo\n", "flow a\n# todo\n  pass\n", "flow a # todo\n", "flow a\n\n# b\nflow c\n  pass\n"]
    {
        let error = read(text, Version::V2).unwrap_err();
        assert!(error.contains("x.co:1: defines a flow without a block"), "{text:?}: {error}");
    }
}

#[test]
fn colang_2_files_that_cannot_be() {
    for (text, words) in [
        ("import core\n", "one import and nothing else"),
        ("flow a\nflow b\n  pass\n", "x.co:1: defines a flow without a block"),
        ("flow a-b\n  pass\n", "a flow called `a-b`"),
        ("flow\ta\n  pass\n", "a flow called"),
        ("\u{feff}flow a\n  pass\n", "byte order mark"),
    ] {
        let error = read(text, Version::V2).unwrap_err();
        assert!(error.contains(words), "{text:?}: {error}");
    }
}

#[test]
fn files_of_the_other_version_are_passed_over() {
    assert_eq!(read("define flow a\n  user x\n", Version::V2).unwrap(), Content::default());
    assert_eq!(read("flow a\n  match E()\n", Version::V1).unwrap(), Content::default());
    assert_eq!(
        read("# define\n\"\"\"\ndefine\n\"\"\"\nflow a\n  match E()\n", Version::V2).unwrap().flows,
        1
    );
}
