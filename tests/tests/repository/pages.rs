// SPDX-FileCopyrightText: Copyright (c) 2026 NVIDIA CORPORATION & AFFILIATES. All rights reserved.
// SPDX-License-Identifier: Apache-2.0

//! The pages at the root and in `docs` are true.

use std::fs;
use std::path::{Path, PathBuf};

use telemetry_cli::schema::data_table;
use telemetry_core::TelemetryEvent;
use telemetry_guardrails::GuardrailsUsageEvent;

use crate::files::{ROOT, markdown, rust};

const START: &str = "<!-- data table of GuardrailsUsageEvent -->\n";
const END: &str = "<!-- end of data table -->";

fn path(page: &str) -> PathBuf {
    Path::new(ROOT).join(page)
}

fn read(page: &str) -> String {
    fs::read_to_string(path(page)).unwrap()
}

/// The README and all pages in `docs`, by name.
fn pages() -> Vec<String> {
    let docs = markdown(&path("docs")).into_iter();
    let docs = docs.map(|page| page.strip_prefix(ROOT).unwrap().to_str().unwrap().to_owned());
    docs.chain(["README.md".to_owned()]).collect()
}

/// With `UPDATE_PAGES=1` the table is written instead of compared.
#[test]
fn the_data_table_is_the_one_that_the_event_generates() {
    let page = read("docs/PRIVACY.md");
    let (before, rest) = page.split_once(START).unwrap();
    let (table, after) = rest.split_once(END).unwrap();
    let current = data_table(GuardrailsUsageEvent::DESCRIPTOR);
    assert_eq!(current.lines().filter(|line| line.starts_with("| `")).count(), 19, "19 fields");
    if std::env::var_os("UPDATE_PAGES").is_some() {
        return fs::write(path("docs/PRIVACY.md"), format!("{before}{START}{current}{END}{after}")).unwrap();
    }
    assert_eq!(table, current, "run this test with UPDATE_PAGES=1");
}

/// A README is an overview; the pages in `docs` have the rest.
#[test]
fn the_readme_is_short() {
    assert!(read("README.md").lines().count() <= 260);
}

/// The code of a page in Rust, as a reader of the Markdown sees it.
fn examples(page: &str) -> Vec<String> {
    let text = read(page);
    let blocks = text.split("```rust\n").skip(1);
    blocks.map(|rest| rest.split("```").next().unwrap().to_owned()).collect()
}

/// The code that another test compiles: `contract/mistakes.rs`.
const MISTAKES: &str = "docs/DIAGNOSTICS.md";

#[test]
fn every_page_with_examples_is_run() {
    let run = read("tests/src/lib.rs");
    let with_examples = || pages().into_iter().filter(|page| page != MISTAKES && !examples(page).is_empty());
    for page in with_examples() {
        assert!(run.contains(&format!("include_str!(\"../../{page}\")")), "tests/src/lib.rs lacks {page}");
    }
    assert!(with_examples().count() >= 4);
}

/// A reader of the Markdown sees every line of an example: set-up behind `#` is hidden from readers of rustdoc only.
#[test]
fn examples_have_no_lines_that_only_rustdoc_hides() {
    let crates = ["telemetry-core/README.md", "telemetry-guardrails/README.md"].map(str::to_owned);
    assert!(crates.iter().all(|page| !examples(page).is_empty()));
    for page in pages().into_iter().chain(crates) {
        let examples = examples(&page);
        let lines = examples.iter().flat_map(|example| example.lines());
        let hidden: Vec<&str> = lines.filter(|line| *line == "#" || line.starts_with("# ")).collect();
        assert_eq!(hidden, [""; 0], "{page}");
    }
}

/// The page on which a reader writes source files of a new crate.
const RECIPE: &str = "docs/ADD_AN_EVENT.md";

/// The clients in the README's table of costs are those of the benchmark, by the same names.
#[test]
fn the_clients_that_are_compared_are_those_of_the_benchmark() {
    let (readme, peers) = (read("README.md"), read("tests/benches/peers/src/peers.rs"));
    let table = readme.split_once("| call | p50 µs |").unwrap().1.split_once("\n\n").unwrap().0;
    let names: Vec<&str> = table.lines().skip(2).map(|row| row.split('|').nth(1).unwrap().trim()).collect();
    assert!(names.len() >= 4, "{names:?}");
    names.iter().for_each(|name| assert!(peers.contains(&format!("\"{name}\"")), "{name}"));
}

/// The source files that the pages name exist.
#[test]
fn named_source_files_exist() {
    let pages = pages().into_iter().filter(|page| page != RECIPE && page != MISTAKES);
    let text: String = pages.map(|page| read(&page)).collect();
    let names: Vec<&str> = text.split('`').filter(|name| name.ends_with(".rs")).collect();
    assert!(names.len() > 10, "{names:?}");
    let roots = ["", "telemetry-core/src", "guardrails-config/src", "telemetry-guardrails/src"];
    for name in names {
        assert!(roots.iter().any(|root| path(root).join(name).is_file()), "{name}");
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
    let page = read("docs/PYTHON_MODULE.md");
    let table = page.split_once("| Python | here |").unwrap().1;
    for name in PYTHON_NAMES.split_whitespace() {
        let is_in_first_column =
            |line: &str| line.split('|').nth(1).is_some_and(|cell| cell.contains(&format!("`{name}`")));
        assert!(table.lines().any(is_in_first_column), "{name}");
    }
}

/// Whether a listing of the public API has an item with this path. It may be exported in another place as well.
fn is_public(listings: &str, path: &str) -> bool {
    let names: Vec<&str> = path.split("::").collect();
    let is_member = names.iter().rev().nth(1).is_some_and(|name| name.starts_with(char::is_uppercase));
    let item = format!("::{}", names[names.len() - 1 - usize::from(is_member)..].join("::"));
    let goes_on = |rest: &str| rest.starts_with(|c: char| c.is_alphanumeric() || c == '_');
    listings.split(&item).skip(1).any(|rest| !goes_on(rest))
}

#[test]
fn the_counterparts_of_the_python_module_are_public() {
    let page = read("docs/PYTHON_MODULE.md");
    let crates = ["telemetry_core", "telemetry_guardrails", "guardrails_config"];
    let listing = |name: &str| read(&format!("docs/api/{}.txt", name.replace('_', "-")));
    let listings = crates.map(listing).concat().replace("<'a>", "").replace("<'_>", "");
    let is_item = |code: &&str| crates.iter().any(|name| code.starts_with(&format!("{name}::")));
    let items: Vec<&str> = page.split('`').filter(is_item).collect();
    assert!(items.len() > 20, "{items:?}");
    items.iter().for_each(|item| assert!(is_public(&listings, item), "{item}"));
    assert!(!is_public(&listings, "telemetry_core::Client::emi"));
}

/// The rows of a table of guarantees: the tests, and the platforms.
fn rows(page: &str) -> Vec<(Vec<&str>, &str)> {
    let tables = page.split("| guarantee | shown by | holds on |\n").skip(1);
    let rows = tables.flat_map(|table| table.split("\n\n").next().unwrap().lines().skip(1));
    let row = |line| match str::split(line, '|').collect::<Vec<_>>()[..] {
        [_, _, shown_by, holds_on, _] => (shown_by.split('`').skip(1).step_by(2).collect(), holds_on.trim()),
        _ => panic!("{line}"),
    };
    rows.map(row).collect()
}

#[test]
fn every_guarantee_is_shown_by_tests_that_exist() {
    let page = read("docs/GUARANTEES.md");
    let places = ["tests/tests", "tests/model/tests", "telemetry-core/src", "telemetry-core/tests"];
    let sources: String = places.iter().map(|place| rust(&path(place))).collect();
    let rows = rows(&page);
    assert!(rows.len() >= 48, "{rows:#?}");
    for (tests, holds_on) in rows {
        assert!(!tests.is_empty() && !holds_on.is_empty(), "{tests:?} {holds_on}");
        tests.iter().for_each(|test| assert!(sources.contains(&format!("fn {test}()")), "{test}"));
    }
}

/// Each variable with which a command of CONTRIBUTING.md records something is one that a test reads.
#[test]
fn variables_that_record_something_are_read_by_a_test() {
    let text = read("CONTRIBUTING.md");
    let variables = text.split('`').filter_map(|code| code.split_once('=')).map(|(variable, _)| variable);
    let is_variable = |text: &&str| text.chars().all(|c| c.is_ascii_uppercase() || c == '_');
    let variables: Vec<&str> = variables.filter(is_variable).collect();
    assert!(variables.len() > 3, "{variables:?}");
    let readers = rust(&path("tests/tests")) + &rust(&path("telemetry-derive/src"));
    for variable in variables.iter().filter(|one| **one != "TRYBUILD") {
        assert!(readers.contains(&format!("\"{variable}\"")), "{variable}");
    }
}

/// A release is described: the changelog names the version of the workspace.
#[test]
fn the_changelog_names_the_version_of_the_workspace() {
    assert!(read("CHANGELOG.md").contains(env!("CARGO_PKG_VERSION")));
}

/// Comments cite `docs/LOADING.md` by section.
#[test]
fn cited_sections_of_the_page_on_loading_exist() {
    let page = read("docs/LOADING.md");
    let numbers =
        page.lines().filter(|line| line.starts_with("##")).filter_map(|line| line.split(' ').nth(1));
    let sections: Vec<&str> = numbers.map(|number| number.trim_end_matches('.')).collect();
    let sources = rust(&path("guardrails-config/src")) + &rust(&path("telemetry-guardrails/src"));
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
    let map = read("ARCHITECTURE.md");
    let is_file = |name: &&str| name.ends_with(".rs") || name.ends_with(".md") || name.ends_with('/');
    let named: Vec<&str> = map.split('`').skip(1).step_by(2).filter(is_file).collect();
    assert!(named.len() > 30, "{named:?}");
    let crates = ["", "telemetry-core/src", "telemetry-schema/src", "telemetry-guardrails/src"];
    for name in named {
        assert!(crates.iter().any(|dir| path(dir).join(name).exists()), "{name}");
    }
}

/// The table of values of variables is written once, beside the rules, whose tests compare them with it.
#[test]
fn the_pages_have_the_truth_table_of_the_rules() {
    let table = read("telemetry-core/src/consent/values.md");
    assert!(read("docs/PROFILES.md").contains(&table), "docs/PROFILES.md has another table");
    let row = |line: &str| {
        let words = line.strip_suffix(", in any case | | opts out | opts out | opts out |")?;
        words.strip_prefix("| ")?.rsplit_once(", ").map(|(but_one, last)| format!("{but_one} or {last}"))
    };
    let said =
        format!("`CI` | set to anything but a blank, {}, in any case;", table.lines().find_map(row).unwrap());
    assert!(read("docs/PRIVACY.md").contains(&said), "docs/PRIVACY.md does not say: {said}");
}
