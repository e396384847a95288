// SPDX-FileCopyrightText: Copyright (c) 2026 NVIDIA CORPORATION & AFFILIATES. All rights reserved.
// SPDX-License-Identifier: Apache-2.0

//! Texts that are huge, deep or multiply: each ends at a limit, soon and with little stack.

use std::fs;

use guardrails_config::{ErrorKind, Limits, LoadOptions, RailsConfig};

use crate::{loads, refusal, soon_on_a_small_stack, with};

#[test]
fn gigantic_files_are_refused_unread() {
    let directory = with("models: []\n");
    let file = fs::File::create(directory.path().join("big.yml")).unwrap();
    file.set_len(1 << 40).unwrap();
    let error = RailsConfig::from_path(directory.path()).unwrap_err();
    assert_eq!(error.kind(), ErrorKind::Limit, "{error}");
}

#[test]
fn limits_hold() {
    let text = "models: []\na: &a {f: 1, g: 2}\nb: {c: {d: {<<: *a, e: *a}}}\nimport_paths: [core, llm]\n";
    let directory = with(text);
    fs::create_dir_all(directory.path().join("x/y")).unwrap();
    fs::write(directory.path().join("x/main.co"), "define flow a\n  b\n\ndefine flow b\n  c\n").unwrap();
    let load = |limits| RailsConfig::load(directory.path(), &LoadOptions::default().limits(limits)).map(drop);
    load(Limits::default()).unwrap();
    for limits in [
        Limits::default().file_bytes(10),
        Limits::default().total_bytes(10),
        Limits::default().files(1),
        Limits::default().directory_depth(2),
        Limits::default().yaml_values(8),
        Limits::default().yaml_depth(3),
        Limits::default().yaml_aliased_values(3),
        Limits::default().yaml_merged_pairs(1),
        Limits::default().imports(1),
        Limits::default().flows(1),
    ] {
        assert_eq!(load(limits).unwrap_err().kind(), ErrorKind::Limit, "{limits:?}");
    }
}

#[test]
fn depth_does_not_reach_the_stack() {
    soon_on_a_small_stack(|| {
        for (open, close) in [("[", "]"), ("{a: ", "}"), ("- ", ""), ("? ", "")] {
            let text = format!("models: []\nx:\n  {}1{}\n", open.repeat(20_000), close.repeat(20_000));
            assert!(matches!(refusal(text).kind(), ErrorKind::Limit | ErrorKind::Yaml));
        }
        // Each alias adds the depth of what it stands for.
        let mut text = String::from("models: []\na0: &a0 [1]\n");
        for level in 1..5_000 {
            text += &format!("a{level}: &a{level} [[[*a{}]]]\n", level - 1);
        }
        assert_eq!(refusal(text).kind(), ErrorKind::Limit);
    });
}

#[test]
fn aliases_and_merge_keys_do_not_multiply() {
    soon_on_a_small_stack(|| {
        let mut text = String::from("models: []\na0: &a0 [1, 2]\n");
        for level in 1..60 {
            text += &format!("a{level}: &a{level} [*a{0}, *a{0}]\n", level - 1);
        }
        let error = refusal(&text);
        assert_eq!(error.kind(), ErrorKind::Limit, "{error}");
        // Each of the lists is short, and so is the one of the aliases; only together they are much to check.
        let texts = "x, ".repeat(50_000);
        let again = "*texts, ".repeat(50_000);
        let error = refusal(format!("models: []\nuser_messages: {{a: &texts [{texts}]}}\nx: [{again}]\n"));
        assert_eq!(error.kind(), ErrorKind::Limit, "{error}");
        let anchors: String = (0..60_000).map(|number| format!("&a{number} x, ")).collect();
        let error = refusal(format!("models: []\nx: [{anchors}]\n"));
        assert!(error.to_string().contains("more than 50000 anchors"), "{error}");
        loads(format!("models: []\nx: &x [a, b]\ny: [{}]\n", "*x, ".repeat(100_000)));
        let pairs: String = (0..2_000).map(|key| format!("  k{key}: 1\n")).collect();
        let merges: String = (0..2_000).map(|key| format!("m{key}: {{<<: *base}}\n")).collect();
        let error = refusal(format!("models: []\nbase: &base\n{pairs}{merges}"));
        assert_eq!(error.kind(), ErrorKind::Limit, "{error}");
    });
}

#[test]
fn patterns_are_not_tried_for_ever() {
    let directory = with("models: []\n");
    let pattern = format!("*{}b\n", "a".repeat(126));
    fs::write(directory.path().join(".railsignore"), pattern.repeat(500)).unwrap();
    for number in 0..200 {
        fs::write(directory.path().join(format!("{}{number}", "a".repeat(250))), "").unwrap();
    }
    let error = RailsConfig::from_path(directory.path()).unwrap_err();
    assert_eq!(error.kind(), ErrorKind::Limit, "{error}");
    assert!(error.to_string().contains("pattern of `.railsignore`"), "{error}");
}

#[test]
fn nothing_is_quadratic() {
    soon_on_a_small_stack(|| {
        let many = |count: usize, item: fn(usize) -> String| (0..count).map(item).collect::<String>();
        let flow = |flow: &str| format!("models: []\nrails: {{input: {{flows: ['{flow}']}}}}\n");
        let parameters = many(100_000, |number| format!(" $p{number}=x"));
        assert_eq!(refusal(flow(&format!("a{parameters} $model=x"))).kind(), ErrorKind::Rule);
        let signs = format!("colang_version: '2.x'\n{}", flow(&format!("a {}", "-".repeat(200_000))));
        assert_eq!(refusal(signs).kind(), ErrorKind::Rule);
        let imports = many(100_000, |number| format!("  - nowhere{number}\n"));
        assert_eq!(refusal(format!("models: []\nimport_paths:\n{imports}")).kind(), ErrorKind::Import);
        let models = many(20_000, |number| format!("  - {{type: t{number}, engine: e, model: m}}\n"));
        let flows = many(20_000, |number| format!("      - a $model=t{number}\n"));
        loads(format!("models:\n{models}rails:\n  output:\n    flows:\n{flows}"));
        let private: String = ('\u{e000}'..='\u{f8ff}').collect();
        loads(format!("models: []\na: {}\nb: {private}\u{feff}\n", "x".repeat(1 << 20)));
        let directory = with("models: []\n");
        fs::write(directory.path().join(".railsignore"), "*a".repeat(1 << 20)).unwrap();
        assert_eq!(RailsConfig::from_path(directory.path()).unwrap_err().kind(), ErrorKind::Limit);
    });
}

/// The name of a block repeats those of all blocks around it.
#[test]
fn names_of_nested_blocks_take_no_room() {
    soon_on_a_small_stack(|| {
        let name = "x".repeat(1_000);
        let indented = |depth: usize, text: &str| format!("{}{text}\n", " ".repeat(depth));
        let nested: String = (0..1_000).map(|depth| indented(depth, &format!("{name}{depth}"))).collect();
        let siblings: String = (0..2_000)
            .map(|number| indented(1_000, &format!("b{number}")) + &indented(1_001, "bot a"))
            .collect();
        let directory = with("models: []\n");
        fs::write(directory.path().join("x.co"), format!("define user u\n  \"v\"\n{nested}{siblings}"))
            .unwrap();
        let config = RailsConfig::from_path(directory.path()).unwrap();
        assert_eq!(config.num_custom_flows(), 2_000);
        let anonymous: String = (0..2_000).map(|depth| indented(depth, "define flow")).collect();
        fs::write(directory.path().join("x.co"), anonymous + &indented(2_000, "bot a")).unwrap();
        assert_eq!(RailsConfig::from_path(directory.path()).unwrap().num_custom_flows(), 1);
        let branches = "define flow f\n".to_owned() + &"  if $x\n".repeat(500_000);
        fs::write(directory.path().join("x.co"), branches).unwrap();
        assert_eq!(RailsConfig::from_path(directory.path()).unwrap().num_custom_flows(), 1);
    });
}

#[test]
fn large_configurations_load_soon() {
    soon_on_a_small_stack(|| {
        let directory = with("models: []\n");
        for file in 0..1_000 {
            let text: String =
                (0..100).map(|flow| format!("define flow f{flow}\n  user x\n  bot y\n\n")).collect();
            fs::write(directory.path().join(format!("{file}.co")), text).unwrap();
        }
        let config = RailsConfig::from_path(directory.path()).unwrap();
        assert_eq!(config.num_custom_flows(), 100_000);
        let flows: String = (0..100_000).map(|flow| format!("      - check number {flow}\n")).collect();
        loads(format!("models: []\nrails:\n  input:\n    flows:\n{flows}"));
    });
}
