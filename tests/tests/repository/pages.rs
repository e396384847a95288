// SPDX-FileCopyrightText: Copyright (c) 2026 NVIDIA CORPORATION & AFFILIATES. All rights reserved.
// SPDX-License-Identifier: Apache-2.0

//! The pages at the root lead somewhere: their links, and the commands that record something.

use std::fs;
use std::path::Path;

const ROOT: &str = concat!(env!("CARGO_MANIFEST_DIR"), "/..");
const PAGES: [&str; 4] = ["ARCHITECTURE.md", "CHANGELOG.md", "CONTRIBUTING.md", "SECURITY.md"];

fn page(name: &str) -> String {
    fs::read_to_string(Path::new(ROOT).join(name)).unwrap_or_else(|error| panic!("{name}: {error}"))
}

/// The targets of a page's links.
fn links(text: &str) -> impl Iterator<Item = &str> {
    text.split("](").skip(1).filter_map(|rest| rest.split(')').next())
}

/// What a heading is linked by.
fn anchor(heading: &str) -> String {
    let text = heading.trim_start_matches('#').trim().to_lowercase().replace(' ', "-");
    text.chars().filter(|c| c.is_alphanumeric() || *c == '-').collect()
}

#[test]
fn links_lead_to_files_and_headings_that_exist() {
    let mut count = 0;
    for name in PAGES {
        let text = page(name);
        for link in links(&text).filter(|link| !link.starts_with("https://")) {
            let (file, heading) = link.split_once('#').unwrap_or((link, ""));
            assert!(Path::new(ROOT).join(file).exists(), "{name}: {link}");
            let has_heading =
                || page(file).lines().any(|line| line.starts_with('#') && anchor(line) == heading);
            assert!(heading.is_empty() || has_heading(), "{name}: {link}");
            count += 1;
        }
    }
    assert!(count > 8, "{count} links");
}

/// Each variable with which a command of CONTRIBUTING.md records something is one that a test reads.
#[test]
fn variables_that_record_something_are_read_by_a_test() {
    let text = page("CONTRIBUTING.md");
    let variables = text.split('`').filter_map(|code| code.split_once('=')).map(|(variable, _)| variable);
    let is_variable = |text: &&str| text.chars().all(|c| c.is_ascii_uppercase() || c == '_');
    let variables: Vec<&str> = variables.filter(is_variable).collect();
    assert!(variables.len() > 2, "{variables:?}");
    let readers = ["tests/tests/contract/mistakes.rs", "telemetry-derive/src/expand/snapshots.rs"];
    let readers = readers.map(page).concat();
    for variable in variables.iter().filter(|one| **one != "TRYBUILD") {
        assert!(readers.contains(&format!("\"{variable}\"")), "{variable}");
    }
}

/// A release is described: the version of the workspace is named.
#[test]
fn the_changelog_names_the_version_of_the_workspace() {
    assert!(page("CHANGELOG.md").contains(env!("CARGO_PKG_VERSION")));
}
