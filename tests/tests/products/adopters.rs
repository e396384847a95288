// SPDX-FileCopyrightText: Copyright (c) 2026 NVIDIA CORPORATION & AFFILIATES. All rights reserved.
// SPDX-License-Identifier: Apache-2.0

//! The two adopters among the examples: how many lines their telemetry takes, as `docs/ADD_AN_EVENT.md` says, and that their events are
//! those of the products. What they send is tested where they are.

use std::fs;
use std::path::{Path, PathBuf};

use serde_json::Value;

const ROOT: &str = concat!(env!("CARGO_MANIFEST_DIR"), "/..");
const START: &str = "<!-- lines of the adopters -->\n";
const END: &str = "<!-- end of lines -->";

/// An adopter, and the lines that its product has for the same events today.
struct Adopter {
    program: &'static str,
    sources: &'static str,
    reports: &'static str,
    by_hand: &'static str,
}

const ADOPTERS: [Adopter; 2] = [
    Adopter {
        program: "sandbox_service",
        sources: "examples/sandbox_service/src",
        reports: "five events of a sandbox service (OpenShell)",
        by_hand: "618",
    },
    Adopter {
        program: "router_service",
        sources: "examples/src/router_service",
        reports: "one event per routed request, made of `tracing` spans (Switchyard)",
        by_hand: "about 900",
    },
];

/// What a statement outside of the telemetry module says if it is there for telemetry.
const SIGNS: [&str; 5] = ["telemetry", "tracing_subscriber", "Event", "Denials", "operation.rule_count"];

/// The vocabularies of events, and functions that are there to be reported. A line that names one counts; what the line
/// begins, such as the body of a function that takes one, is the program's own work.
const NAMES: [&str; 6] =
    ["DenyGroup", "LifecycleOperation", "PolicyOperation", "ProviderProfile", "Resource", "lifecycle"];

/// The shared code of the examples is not telemetry, whatever the name of their package.
const SHARED: &str = "telemetry_examples";

fn sources(directory: &Path) -> Vec<PathBuf> {
    let mut found = Vec::new();
    for entry in fs::read_dir(directory).unwrap().map(Result::unwrap) {
        if entry.path().is_dir() { found.extend(sources(&entry.path())) } else { found.push(entry.path()) }
    }
    found
}

/// The source without its tests, which are at its end.
fn without_tests(file: &Path) -> String {
    let text = fs::read_to_string(file).unwrap();
    let end = ["\n#[cfg(test)]", "\n#[cfg(all(test"].iter().find_map(|tests| text.find(tests));
    text[..end.unwrap_or(text.len())].to_owned()
}

/// All lines of the telemetry module, and the lines of each statement elsewhere that is there for it. Tests do not count.
fn telemetry_lines(program: &Path) -> (usize, usize) {
    let (mut module, mut elsewhere) = (0, 0);
    let root = Some(program.with_extension("rs")).filter(|file| file.exists());
    for file in sources(program).into_iter().chain(root) {
        let text = without_tests(&file);
        if file.starts_with(program.join("telemetry")) || file == program.join("telemetry.rs") {
            module += text.lines().count();
        } else {
            elsewhere += lines_for_telemetry(&text);
        }
    }
    (module, elsewhere)
}

fn lines_for_telemetry(text: &str) -> usize {
    let (mut count, mut depth) = (0, 0);
    for line in text.lines().filter(|line| !line.trim_start().starts_with("//") && !line.contains(SHARED)) {
        let says_one_of = |all: &[&str]| all.iter().any(|one| line.contains(one));
        count += usize::from(depth > 0 || says_one_of(&SIGNS) || says_one_of(&NAMES));
        if depth > 0 || says_one_of(&SIGNS) {
            let brackets = |all: &[char]| i32::try_from(line.matches(all).count()).unwrap();
            depth = (depth + brackets(&['(', '{', '[']) - brackets(&[')', '}', ']'])).max(0);
        }
    }
    count
}

#[test]
fn what_counts_is_each_statement_that_reports_and_each_line_that_names_a_vocabulary() {
    for (text, lines) in [
        ("use telemetry_examples::service::Service;\nlet total = 1;\n", 0),
        ("// telemetry\nself.telemetry.emit(summary);\n", 1),
        ("#[telemetry_operation(\n    client = shop,\n)]\nfn pay() {\n}\n", 3),
        (
            "fn decide(policy: &Policy) -> Result<(), DenyGroup> {\n    policy.check()?;\n    look_up()\n}\n",
            1,
        ),
        ("use tracing_subscriber::util::SubscriberInitExt;\n", 1),
    ] {
        assert_eq!(lines_for_telemetry(text), lines, "{text}");
    }
}

/// The router's documentation says how far its telemetry goes.
#[test]
fn the_router_says_how_many_lines_know_of_its_telemetry() {
    let program = Path::new(ROOT).join("examples/src/router_service");
    let said = format!("apart from {} lines", telemetry_lines(&program).1);
    let text = fs::read_to_string(program.with_extension("rs")).unwrap();
    assert!(text.replace("\n//!", "").contains(&said), "{said}");
}

fn table() -> String {
    let mut table = String::from(
        "| example | reports | its module | the product's module | its other lines |\n|---|---|---|---|---|\n",
    );
    for Adopter { program, sources, reports, by_hand } in ADOPTERS {
        let (module, elsewhere) = telemetry_lines(&Path::new(ROOT).join(sources));
        table += &format!("| `{program}` | {reports} | {module} | {by_hand} | {elsewhere} |\n");
    }
    table
}

/// With `UPDATE_PAGES=1` the table is written instead of compared.
#[test]
fn the_page_on_events_shows_how_many_lines_the_adopters_take() {
    let file = Path::new(ROOT).join("docs/ADD_AN_EVENT.md");
    let page = fs::read_to_string(&file).unwrap();
    let (before, rest) = page.split_once(START).unwrap();
    let (shown, after) = rest.split_once(END).unwrap();
    let current = table();
    if std::env::var_os("UPDATE_PAGES").is_some() {
        return fs::write(file, format!("{before}{START}{current}{END}{after}")).unwrap();
    }
    assert_eq!(shown, current, "run this test with UPDATE_PAGES=1");
}

#[test]
fn the_adopters_take_a_fraction_of_what_is_written_by_hand() {
    for (Adopter { program, sources, .. }, limit) in ADOPTERS.iter().zip([618 * 3 / 5, 900 / 3]) {
        let (module, elsewhere) = telemetry_lines(&Path::new(ROOT).join(sources));
        assert!(module + elsewhere < limit, "{program}: {module} + {elsewhere} lines");
        assert!(module > 50 && elsewhere > 0, "{program}: {module} + {elsewhere} lines");
    }
}

/// The definitions of events in a schema file.
fn events(file: &str) -> serde_json::Map<String, Value> {
    let text = fs::read_to_string(Path::new(ROOT).join(file)).unwrap();
    let schema: Value = serde_json::from_str(&text).unwrap();
    schema["definitions"]["events"].as_object().unwrap().clone()
}

/// Compiling has held the adopters' structs against these files; that they are the products' is held here.
#[test]
fn the_adopters_keep_to_the_schemas_of_the_products() {
    for (file, count) in [("openshell", 5), ("switchyard", 1)] {
        let own = events(&format!("examples/schemas/{file}.json"));
        assert_eq!(own.len(), count, "{file}");
        for (name, definition) in own {
            assert_eq!(Some(&definition), events(&format!("tests/schemas/{name}.json")).get(&name), "{name}");
        }
    }
}
