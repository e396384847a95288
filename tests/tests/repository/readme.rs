// SPDX-FileCopyrightText: Copyright (c) 2026 NVIDIA CORPORATION & AFFILIATES. All rights reserved.
// SPDX-License-Identifier: Apache-2.0

//! The README says what is true.

use std::path::Path;

use telemetry_cli::schema::data_table;
use telemetry_core::TelemetryEvent;
use telemetry_guardrails::GuardrailsUsageEvent;

const START: &str = "<!-- data table of GuardrailsUsageEvent -->\n";
const END: &str = "<!-- end of data table -->";

fn readme_path() -> &'static str {
    concat!(env!("CARGO_MANIFEST_DIR"), "/../README.md")
}

/// With `UPDATE_README=1` the table is written instead of compared.
#[test]
fn the_data_table_is_the_one_that_the_event_generates() {
    let readme = std::fs::read_to_string(readme_path()).unwrap();
    let (before, rest) = readme.split_once(START).unwrap();
    let (table, after) = rest.split_once(END).unwrap();
    let current = data_table(GuardrailsUsageEvent::DESCRIPTOR);
    assert_eq!(current.lines().filter(|line| line.starts_with("| `")).count(), 19, "19 fields");
    if std::env::var_os("UPDATE_README").is_some() {
        return std::fs::write(readme_path(), format!("{before}{START}{current}{END}{after}")).unwrap();
    }
    assert_eq!(table, current, "run this test with UPDATE_README=1");
}

/// Whoever reads a README as Markdown sees every line of its examples: hidden set-up would only be hidden from rustdoc.
#[test]
fn examples_have_no_lines_that_only_rustdoc_hides() {
    for readme in ["README.md", "telemetry-core/README.md", "telemetry-guardrails/README.md"] {
        let text = std::fs::read_to_string(format!("{}/../{readme}", env!("CARGO_MANIFEST_DIR"))).unwrap();
        let examples: Vec<&str> =
            text.split("```rust\n").skip(1).map(|rest| rest.split("```").next().unwrap()).collect();
        assert!(!examples.is_empty(), "{readme} has examples");
        let hidden: Vec<&str> = examples
            .iter()
            .flat_map(|example| example.lines())
            .filter(|line| *line == "#" || line.starts_with("# "))
            .collect();
        assert_eq!(hidden, [""; 0], "{readme}");
    }
}

/// The source files that the README names exist, but for those that a reader of "Add an event" writes.
#[test]
fn named_source_files_exist() {
    let readme = std::fs::read_to_string(readme_path()).unwrap();
    let (before, rest) = readme.split_once("\n## Add an event").unwrap();
    let after = rest.split_once("\n## ").unwrap().1;
    let names = before.split('`').chain(after.split('`'));
    let files: Vec<&str> = names.filter(|text| text.ends_with(".rs")).collect();
    assert!(files.len() > 5, "{files:?}");
    for file in files {
        let exists = ["telemetry-core/src", "guardrails-config/src", "telemetry-guardrails/src"]
            .iter()
            .any(|root| Path::new(env!("CARGO_MANIFEST_DIR")).join("..").join(root).join(file).is_file());
        assert!(exists, "{file}");
    }
}

/// The names of the reference's module page, as the issue tracker lists them.
const PYTHON_NAMES: &str = "NemoSourceEnum DeploymentTypeEnum RailsEngineEnum EventTypeEnum TelemetryEvent \
    GuardrailsUsageEvent _build_event _build_nvidia_payload _collect_usage_data _detect_builtin_features _flow_file_name \
    _get_audit_file _get_config_dir _get_do_not_track_file _get_heartbeat_interval_s _get_iso_timestamp \
    _get_usage_stats_server_url _get_version _heartbeat_loop _is_custom_flow _is_usage_stats_enabled _is_v2_library_flow \
    _normalize_builtin_feature_id _reset_for_fork _rotate_audit_file _safe_home_dir _send_one_event _send_report \
    _start_daemon_thread _write_audit_file report_usage set_deployment_type _AUDIT_FILE _AUDIT_FILE_MAX_BYTES \
    _COLANG_V2_LIBRARY_DIR _CONFIG_BUILTIN_FEATURE_ALIASES _CONFIG_DIR _DO_NOT_TRACK_FILE _HEARTBEAT_INTERVAL_S \
    _KNOWN_BUILTIN_FLOWS _NVIDIA_CLIENT_ID _NVIDIA_EVENT_PROTOCOL _NVIDIA_EVENT_SYS_VER _USAGE_STATS_SERVER \
    _deployment_type_override _heartbeat_started _lock _session_uuid log";

#[test]
fn every_item_of_the_python_module_has_its_counterpart() {
    let readme = std::fs::read_to_string(readme_path()).unwrap();
    let table = readme.split_once("| Python | here |").unwrap().1;
    for name in PYTHON_NAMES.split_whitespace() {
        let stands_left =
            |line: &str| line.split('|').nth(1).is_some_and(|cell| cell.contains(&format!("`{name}`")));
        assert!(table.lines().any(stands_left), "{name}");
    }
}

/// All Rust source below a directory, in one text.
fn sources(dir: &std::path::Path) -> String {
    let mut all = String::new();
    for entry in std::fs::read_dir(dir).unwrap().map(Result::unwrap) {
        let path = entry.path();
        if path.is_dir() {
            all.push_str(&sources(&path));
        } else if path.extension().is_some_and(|extension| extension == "rs") {
            all.push_str(&std::fs::read_to_string(path).unwrap());
        }
    }
    all
}

#[test]
fn every_guarantee_is_shown_by_tests_that_exist() {
    let readme = std::fs::read_to_string(readme_path()).unwrap();
    let table =
        readme.split_once("| guarantee | shown by | holds on |").unwrap().1.split_once("\n\n").unwrap().0;
    let root = std::path::Path::new(env!("CARGO_MANIFEST_DIR"));
    let sources = sources(&root.join("tests"))
        + &sources(&root.join("model/tests"))
        + &sources(&root.join("../telemetry-core/src"))
        + &sources(&root.join("../telemetry-core/tests"));
    let rows: Vec<&str> = table.lines().skip(2).collect();
    assert!(rows.len() > 10, "{table}");
    for row in rows {
        let [_, _, shown_by, holds_on, _] = row.split('|').collect::<Vec<_>>()[..] else { panic!("{row}") };
        let tests: Vec<&str> = shown_by.split('`').skip(1).step_by(2).collect();
        assert!(!tests.is_empty() && !holds_on.trim().is_empty(), "{row}");
        tests.iter().for_each(|test| assert!(sources.contains(&format!("fn {test}()")), "{test}"));
    }
}

/// Comments cite `docs/LOADING.md` by section.
#[test]
fn cited_sections_of_the_page_on_loading_exist() {
    let root = Path::new(env!("CARGO_MANIFEST_DIR")).join("..");
    let page = std::fs::read_to_string(root.join("docs/LOADING.md")).unwrap();
    let numbers =
        page.lines().filter(|line| line.starts_with("##")).filter_map(|line| line.split(' ').nth(1));
    let sections: Vec<&str> = numbers.map(|number| number.trim_end_matches('.')).collect();
    let sources =
        sources(&root.join("guardrails-config/src")) + &sources(&root.join("telemetry-guardrails/src"));
    let citations: Vec<&str> = sources.split("LOADING.md` ").skip(1).collect();
    assert!(citations.len() >= 18, "{} citations", citations.len());
    for citation in citations {
        let number = citation.split(|c: char| c != '.' && !c.is_ascii_digit()).next().unwrap();
        assert!(sections.contains(&number.trim_end_matches('.')), "section `{number}` of {sections:?}");
    }
}

/// The files that the map names, in the crates or at the root.
#[test]
fn the_map_names_files_that_exist() {
    let root = Path::new(env!("CARGO_MANIFEST_DIR")).join("..");
    let map = std::fs::read_to_string(root.join("ARCHITECTURE.md")).unwrap();
    let is_file = |name: &&str| name.ends_with(".rs") || name.ends_with(".md") || name.ends_with('/');
    let named: Vec<&str> = map.split('`').skip(1).step_by(2).filter(is_file).collect();
    assert!(named.len() > 30, "{named:?}");
    let crates = ["", "telemetry-core/src", "telemetry-schema/src", "telemetry-guardrails/src"];
    for name in named {
        assert!(crates.iter().any(|dir| root.join(dir).join(name).exists()), "{name}");
    }
}

/// What values of variables mean is written once, beside the rules, whose own tests hold them against it.
#[test]
fn the_pages_have_the_truth_table_of_the_rules() {
    let table = include_str!("../../../telemetry-core/src/consent/values.md");
    assert!(include_str!("../../../docs/PROFILES.md").contains(table), "docs/PROFILES.md has another table");
    let no = table.lines().find_map(|line| {
        line.strip_prefix("| ")?.strip_suffix(", in any case | | opts out | opts out | opts out |")
    });
    let (but_one, last) = no.unwrap().rsplit_once(", ").unwrap();
    let said = format!("`CI` | set to anything but a blank, {but_one} or {last}, in any case;");
    assert!(include_str!("../../../README.md").contains(&said), "the README does not say: {said}");
}
