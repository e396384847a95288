// SPDX-FileCopyrightText: Copyright (c) 2026 NVIDIA CORPORATION & AFFILIATES. All rights reserved.
// SPDX-License-Identifier: Apache-2.0

//! Committed configurations of our own and what the reader makes of them.

#![allow(clippy::unwrap_used, reason = "test code fails by panicking")]

use std::path::{Path, PathBuf};

use guardrails_config::{FlowOrigin, LoadOptions, RailType, RailsConfig};

fn sample(name: &str) -> PathBuf {
    Path::new(concat!(env!("CARGO_MANIFEST_DIR"), "/tests/data/config")).join(name)
}

#[test]
fn colang_1_with_prompts_documents_and_an_ignored_draft() {
    let config = RailsConfig::from_path(sample("support")).unwrap();
    assert_eq!(config.colang_version(), "1.0");
    assert_eq!(config.model_engines().collect::<Vec<_>>(), ["openai", "nim"]);
    assert_eq!(
        config.rail_flows(RailType::Input),
        ["self check input", "content safety check input $model=judge", "check order number"]
    );
    assert_eq!(config.rail_flows(RailType::Output), ["regex check output(strict)"]);
    assert!(config.rail_flows(RailType::Retrieval).is_empty());
    assert!(config.dialog_single_call_enabled());
    assert!(config.output_streaming_enabled());
    assert!(!config.tracing_enabled());
    assert!(config.has_knowledge_base());
    assert_eq!(config.changed_rails_config_fields(), ["jailbreak_detection"]);
    assert_eq!(config.num_custom_flows(), 3);
    assert_eq!(config.num_custom_flows_llm_rails(), 2);
}

#[test]
fn colang_2_with_bundled_imports() {
    let config = RailsConfig::from_path(sample("voice")).unwrap();
    assert_eq!(config.colang_version(), "2.x");
    assert_eq!(config.num_custom_flows(), 3);
    assert_eq!(config.num_custom_flows_llm_rails(), 3);
    let origins: Vec<(String, u64, u64)> = config
        .flow_sources()
        .iter()
        .map(|source| {
            let name = match &source.origin {
                FlowOrigin::File(path) => path.file_name().unwrap().to_string_lossy().into_owned(),
                FlowOrigin::Bundled(import) => import.clone(),
                other => panic!("{other:?}"),
            };
            (name, source.flows, source.custom)
        })
        .collect();
    let expected = [
        ("main.co", 2, 2),
        ("core", 45, 0),
        ("guardrails", 6, 0),
        ("nemoguardrails/library/self_check/input_check", 1, 1),
    ];
    assert_eq!(origins, expected.map(|(name, flows, custom)| (name.to_owned(), flows, custom)));
}

#[test]
fn one_yaml_file_is_read_alone() {
    let config = RailsConfig::from_path(sample("voice/config.yml")).unwrap();
    assert_eq!(config.colang_version(), "2.x");
    assert_eq!(config.num_custom_flows(), 0);
    let error = RailsConfig::from_path(sample("support/prompts/prompts.yml")).unwrap_err();
    assert_eq!(error.key(), Some("models"));
}

#[test]
fn imports_lead_to_the_working_directory_or_to_roots() {
    let scratch = tempfile::tempdir().unwrap();
    let write = |path: &str, text: &str| {
        let path = scratch.path().join(path);
        std::fs::create_dir_all(path.parent().unwrap()).unwrap();
        std::fs::write(path, text).unwrap();
    };
    write("bot/config.yml", "models: []\nimport_paths: [core, more]\ntracing: {enabled: true}\n");
    write("core/config.yml", "rails: {output: {flows: [regex check output]}}\n");
    write("roots/more.co", "define flow a\n  bot b\n");
    let options = LoadOptions::default().working_directory(scratch.path()).import_roots(["roots"]);
    let config = RailsConfig::load("bot", &options).unwrap();
    assert_eq!(config.rail_flows(RailType::Output), ["regex check output"]);
    assert!(config.tracing_enabled());
    assert_eq!(config.num_custom_flows(), 1);

    let bundled = options.clone().imports_from_working_directory(false);
    assert!(RailsConfig::load("bot", &bundled).unwrap().rail_flows(RailType::Output).is_empty());
    let error = RailsConfig::load("bot", &options.import_roots(["elsewhere"])).unwrap_err();
    assert_eq!(error.line(), Some(2));
    assert!(error.to_string().contains("imports `more`, which is nowhere"), "{error}");
}

#[test]
fn colang_1_imports_count_the_library_s_colang_1_files() {
    let scratch = tempfile::tempdir().unwrap();
    let imports =
        "import_paths: [core, nemoguardrails/library/clavata, nemoguardrails/library/regex/flows.co]\n";
    let rails = "rails: {input: {flows: [clavata check input]}}\n";
    std::fs::write(scratch.path().join("config.yml"), format!("models: []\n{imports}{rails}")).unwrap();
    let config = RailsConfig::from_path(scratch.path()).unwrap();
    assert_eq!(config.num_custom_flows(), 2);
    assert_eq!(config.num_custom_flows_llm_rails(), 1);
}

#[test]
fn what_a_host_holds_crosses_threads() {
    fn crosses<T: Send + Sync + 'static>() {}
    crosses::<RailsConfig>();
    crosses::<LoadOptions>();
    crosses::<guardrails_config::ConfigError>();
}
