// SPDX-FileCopyrightText: Copyright (c) 2026 NVIDIA CORPORATION & AFFILIATES. All rights reserved.
// SPDX-License-Identifier: Apache-2.0

//! Tests of the line scans: the flows that they find, and the files that they reject.

use std::path::Path;

use super::{Content, FlowId, Version, scan};

fn read(text: &str, version: Version) -> Result<Content, String> {
    let content = scan(text, version, Path::new("x.co"), 1_000).map_err(|error| error.to_string())?;
    content.ok_or_else(|| "it is of the other version".to_owned())
}

/// Checks the names of the flows that a text defines.
fn defines(text: &str, names: &[&str]) {
    let content = read(text, Version::V1).unwrap_or_else(|error| panic!("{text:?}: {error}"));
    let names: Vec<FlowId> = names.iter().map(|name| FlowId::of(name)).collect();
    assert_eq!((content.ids, content.flows), (names.clone(), names.len() as u64), "{text:?}");
}

#[test]
fn colang_1_flows_by_name() {
    defines(
        "define flow a  b:\n  user x\n\ndef subflow c # d\n  bot y\n\ndefine bot e\n  \"f\"\n",
        &["a b", "c"],
    );
    defines("define parallel extension flow a\n  user x\n", &["a"]);
    defines("define user q r\n  \"x\"\n  bot hello\n", &["q|r_direct"]);
    defines("define user q\n  \"x\"\n\na block:\n  user x\n", &["a block"]);
    defines("\"\"\"\ndefine flow hidden\n\"\"\"\ndefine flow a\n  # define flow b\n  user x\n", &["a"]);
    defines("define flow a\n  user b or\n    c\n  bot d\n", &["a"]);
    let anonymous = "define flow\n  user x\n\ndefine flow\n  user y\n";
    assert_eq!(read(anonymous, Version::V1).unwrap().flows, 2);
}

#[test]
fn a_bare_word_with_deeper_lines_is_a_flow_of_colang_1() {
    for (body, names) in [
        ("  try\n    bot a\n  except B:\n    bot c\n", &["f.try", "f.except B"][..]),
        (
            "  a\n    b\n      c\n        bot x\n    d\n      bot y\n  e:\n    bot z\n",
            &["f.a.b.c", "f.a.d", "f.e"],
        ),
        (
            "  execute\n    bot a\n  check it\n    bot b\n  $x\n    bot c\n",
            &["f.execute", "f.check it", "f.$x"],
        ),
        ("  \"text\"\n    bot a\n", &["f.\"text\""]),
        // Nothing but blocks: without a statement they are not flows.
        ("  a\n    b\n      bot x\n", &["f.a.b"]),
        // Behind a statement, a bare word is not a block.
        ("  bot x\n  try\n    bot a\n", &["f"]),
        // A branch without statements is like a new block.
        ("  if $x\n    try\n      bot a\n", &["f", "f.try"]),
        ("  while $x\n    try\n      any\n        b\n          bot a\n", &["f", "f.try", "f.try.b"]),
        // Details of a statement are not looked at.
        ("  user a\n    try\n      bot b\n    define flow g\n      bot b\n", &["f"]),
        ("  bot a\n    \"text\"\n    define flow g\n      bot b\n", &["f"]),
        ("  define flow g\n    bot a\n", &["f.g"]),
    ] {
        defines(&format!("define flow f\n{body}"), names);
    }
    defines("define flow f\n  try\n    bot a\n\ndefine flow g\n  try\n    bot a\n", &["f.try", "g.try"]);
    defines("define user q\n  \"x\"\n\nuser a\nbot b\n", &[""]);
    defines("define subflow f\n  try\n    bot a\n", &["f"]);
}

#[test]
fn a_flow_does_not_go_on_after_its_blocks() {
    for (text, words) in [
        (
            "define flow f\n  try\n    bot a\n  try\n    bot b\n",
            "x.co:4: defines the flow `try` a second time",
        ),
        ("define flow f\n  try\n    bot a\n  bot b\n", "x.co:4: has a statement after the end of `try`"),
        ("define flow f\n  bot a\nbot b\n", "x.co:3: has a statement after the end of `f`"),
        (
            "define flow f\n  bot a\n  define flow g\n    bot b\n",
            "x.co:3: defines the flow `g` among statements",
        ),
    ] {
        let error = read(text, Version::V1).unwrap_err();
        assert!(error.contains(words), "{text:?}: {error}");
    }
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
fn a_colang_2_file_may_be_indented_as_a_whole() {
    for (text, flows, imports) in [
        ("  flow a\n    pass\nflow b\n  pass\n", 2, 0),
        ("  import core\nflow a\n  pass\n", 1, 1),
        ("\n  import core\n\n  flow a\n    pass\n  flow b\n    # todo\n", 2, 1),
        ("  # c\n  flow a\n    pass\n", 1, 0),
        ("# c\n\n\tflow a\n\t  pass\n", 1, 0),
        ("\n\n  # c\n  flow a\n    pass\n", 1, 0),
        // Not at the top: one inside another flow.
        ("flow a\n  flow b\n    pass\n  import core\n", 1, 0),
    ] {
        let content = read(text, Version::V2).unwrap();
        assert_eq!((content.flows, content.imports.len()), (flows, imports), "{text:?}");
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
    for (text, version) in [
        ("define flow a\n  user x\n", Version::V2),
        ("flow a\n  match E()\n", Version::V1),
        ("", Version::V1),
    ] {
        assert_eq!(read(text, version), Err("it is of the other version".to_owned()), "{text:?}");
    }
    assert_eq!(
        read("# define\n\"\"\"\ndefine\n\"\"\"\nflow a\n  match E()\n", Version::V2).unwrap().flows,
        1
    );
}
