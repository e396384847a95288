// SPDX-FileCopyrightText: Copyright (c) 2026 NVIDIA CORPORATION & AFFILIATES. All rights reserved.
// SPDX-License-Identifier: Apache-2.0

//! Each link from a page of this repository to another place in it leads there.

use std::collections::BTreeSet;
use std::fs;
use std::path::Path;

use crate::files::{ROOT, markdown};

/// The lines outside of fenced code.
fn prose(page: &str) -> impl Iterator<Item = &str> {
    page.split("```").step_by(2).flat_map(str::lines)
}

/// A line without the text in backticks, in which nothing is a link. The backticks stay: they are part of a link's label.
fn without_code(line: &str) -> String {
    line.split('`').step_by(2).collect::<Vec<_>>().join("``")
}

/// The targets of `[label](target)` and of `[label]: target`.
fn targets(page: &str) -> Vec<String> {
    let of_line = |line: String| {
        let reference = line.strip_prefix('[').and_then(|rest| rest.split_once("]: "));
        let reference = reference.map(|(_, target)| target.to_owned());
        let inline = line.split("](").skip(1).filter_map(|rest| rest.split_once(')'));
        inline.map(|(target, _)| target.to_owned()).chain(reference).collect::<Vec<_>>()
    };
    prose(page).map(without_code).flat_map(of_line).collect()
}

/// Whether rustdoc or the network decides where it leads: `crate::Type`, `Type`, `https://…`.
fn is_elsewhere(target: &str) -> bool {
    let is_name = |c: char| c.is_ascii_alphanumeric() || c == '_';
    target.contains("://") || target.contains("::") || target.chars().all(is_name)
}

/// The anchor of a heading: lower case, a hyphen for each space, and no other punctuation.
fn slug(heading: &str) -> String {
    let kept = heading.trim().chars().filter(|c| c.is_alphanumeric() || matches!(c, ' ' | '-' | '_'));
    kept.collect::<String>().to_lowercase().replace(' ', "-")
}

/// All anchors of a page. A repeated heading gets a number.
fn anchors(page: &str) -> BTreeSet<String> {
    let mut found = BTreeSet::new();
    for heading in prose(page).filter(|line| line.starts_with('#')) {
        let slug = slug(heading.trim_start_matches('#'));
        let numbered = (1..).map(|number| format!("{slug}-{number}"));
        let free = std::iter::once(slug.clone()).chain(numbered).find(|anchor| !found.contains(anchor));
        found.extend(free);
    }
    found
}

/// Whether a link on this page leads to a file or directory, and to a heading if it names one.
fn leads_somewhere(page: &Path, target: &str) -> bool {
    let (path, anchor) = target.split_once('#').unwrap_or((target, ""));
    let file = if path.is_empty() { page.to_owned() } else { page.parent().unwrap().join(path) };
    file.exists() && (anchor.is_empty() || anchors(&fs::read_to_string(file).unwrap()).contains(anchor))
}

/// The items that a link into the documentation host names, as in the listing of a public API: the kind, and the path of the item.
fn documented_item(target: &str) -> Option<(String, String)> {
    let (package, path) = target.strip_prefix("https://docs.rs/")?.split_once("/latest/")?;
    let (module, file) = path.strip_suffix(".html")?.rsplit_once('/')?;
    let module = module.replace('/', "::");
    let item = match file.split_once('.') {
        Some(("attr", name)) => format!("pub proc macro {module}::#[{name}]"),
        Some((kind, name)) => format!("pub {kind} {module}::{name}"),
        None => format!("pub mod {module}"),
    };
    Some((package.to_owned(), item))
}

/// Whether a link into the documentation host leads to an item that the crate has.
fn leads_to_an_item(target: &str) -> bool {
    let Some((package, item)) = documented_item(target) else { return true };
    let listing =
        fs::read_to_string(Path::new(ROOT).join(format!("docs/api/{package}.txt"))).unwrap_or_default();
    let ends = |rest: &str| !rest.starts_with(|c: char| c.is_ascii_alphanumeric() || matches!(c, '_' | ':'));
    listing
        .lines()
        .any(|line| line.strip_prefix(&item).is_some_and(|rest| ends(rest) || rest.starts_with(": ")))
}

#[test]
fn links_to_the_documentation_host_name_items_that_exist() {
    let pages = markdown(Path::new(ROOT));
    let all: Vec<_> = pages.iter().flat_map(|page| targets(&fs::read_to_string(page).unwrap())).collect();
    let items: Vec<_> = all.iter().filter(|target| documented_item(target).is_some()).collect();
    let missing: Vec<_> = items.iter().filter(|target| !leads_to_an_item(target)).collect();
    assert!(missing.is_empty(), "{missing:?}");
    assert!(items.len() >= 10, "only {} links", items.len());
    for bad in ["struct.Clients.html", "client/trait.Client.html", "clients/index.html"] {
        assert!(
            !leads_to_an_item(&format!("https://docs.rs/telemetry-core/latest/telemetry_core/{bad}")),
            "{bad}"
        );
    }
}

#[test]
fn every_link_leads_to_a_file_and_a_heading_that_exist() {
    let (mut checked, mut broken) = (0, Vec::new());
    for page in markdown(Path::new(ROOT)) {
        let inside = targets(&fs::read_to_string(&page).unwrap());
        let inside = inside.into_iter().filter(|target| !is_elsewhere(target));
        let (good, bad): (Vec<_>, Vec<_>) = inside.partition(|target| leads_somewhere(&page, target));
        checked += good.len();
        broken.extend(bad.into_iter().map(|target| format!("{}: {target}", page.display())));
    }
    assert_eq!(broken, [""; 0], "links that lead nowhere");
    assert!(checked > 60, "{checked} links");
}

/// Every page in `docs` can be reached from the README.
#[test]
fn the_readme_links_to_every_page_of_the_documentation() {
    let root = Path::new(ROOT);
    let linked = targets(&fs::read_to_string(root.join("README.md")).unwrap());
    for page in markdown(&root.join("docs")) {
        let name = page.strip_prefix(root).unwrap().to_str().unwrap().to_owned();
        assert!(linked.iter().any(|target| target.split('#').next() == Some(&name)), "{name}");
    }
}

const PAGE: &str = "# A page, with `code`\n\n[One](#two-words) and [`two`](../b.md#c), `[no](link)`.\n\n```md\n[no](code)\n# No\n```\n\n\
                    ## Two words\n\n[three]: d/\n\n## Two words\n";

#[test]
fn links_are_those_that_a_reader_can_follow() {
    assert_eq!(targets(PAGE), ["#two-words", "../b.md#c", "d/"]);
    let elsewhere = ["https://docs.rs/x", "descriptor::Shape", "Shape", "crate::Client#method.emit"];
    assert!(elsewhere.into_iter().all(is_elsewhere));
    assert!(!["README.md", "../src", "#anchor", "a/b"].into_iter().any(is_elsewhere));
}

#[test]
fn anchors_are_those_of_the_headings() {
    assert_eq!(anchors(PAGE), ["a-page-with-code", "two-words", "two-words-1"].map(str::to_owned).into());
    assert_eq!(slug("Plain `http` inside of a cluster"), "plain-http-inside-of-a-cluster");
}

#[test]
fn a_link_to_a_missing_file_or_heading_is_noticed() {
    let page = Path::new(ROOT).join("docs/PROFILES.md");
    for good in ["#consent", "../README.md", "../README.md#platforms", "../tests"] {
        assert!(leads_somewhere(&page, good), "{good}");
    }
    for bad in ["#consents", "README.md", "../README.md#platform", "../docs/NOTHING.md"] {
        assert!(!leads_somewhere(&page, bad), "{bad}");
    }
}
