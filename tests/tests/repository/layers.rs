// SPDX-FileCopyrightText: Copyright (c) 2026 NVIDIA CORPORATION & AFFILIATES. All rights reserved.
// SPDX-License-Identifier: Apache-2.0

//! The modules of telemetry-core depend on each other in one direction.

use std::collections::{BTreeMap, BTreeSet};
use std::fs;
use std::path::Path;

const CORE: &str = concat!(env!("CARGO_MANIFEST_DIR"), "/../telemetry-core/src");

/// Pairs that are two halves of one thing: a client begins operations, which report through it; a value may be of a vocabulary,
/// which is a value; the variables of an environment hold what the transport has read of it.
const HALVES: [(&str, &str); 3] =
    [("client", "operation"), ("value", "vocabulary"), ("transport", "variables")];

type Edges = BTreeMap<String, BTreeSet<String>>;

/// The program text of a file: no comments, and no tests, which may use anything.
fn program(file: &Path) -> String {
    let text = fs::read_to_string(file).unwrap();
    let end = ["\n#[cfg(test)]\nmod", "\n#[cfg(all(test"].iter().filter_map(|tests| text.find(tests)).min();
    let lines = text[..end.unwrap_or(text.len())].lines();
    lines.map(|line| line.split("//").next().unwrap_or_default()).collect::<Vec<_>>().join("\n")
}

/// The modules of this crate that a text names: `crate::name`, and the names in `crate::{…}`.
fn named(text: &str) -> BTreeSet<String> {
    let word = |text: &str| text.chars().take_while(|c| c.is_alphanumeric() || *c == '_').collect::<String>();
    // The expansion of a macro is a dependency of the caller.
    let text = text.replace("$crate::", "");
    let after = text.split("crate::").skip(1);
    after
        .flat_map(|rest| match rest.strip_prefix('{') {
            Some(list) => list.split('}').next().unwrap().split(',').map(|name| word(name.trim())).collect(),
            None => vec![word(rest)],
        })
        .collect()
}

/// Adds what the files of a module name, those of its directory included.
fn collect(place: &Path, module: &str, edges: &mut Edges) {
    for entry in fs::read_dir(place).unwrap().map(|entry| entry.unwrap().path()) {
        let name = entry.file_stem().unwrap().to_str().unwrap().to_owned();
        let module = if module.is_empty() { name.as_str() } else { module };
        let is_test = name.ends_with("tests") || name == "simulation";
        if entry.is_dir() && !is_test {
            collect(&entry, module, edges);
        } else if !is_test && module != "lib" && entry.extension().is_some_and(|extension| extension == "rs")
        {
            edges.entry(module.to_owned()).or_default().extend(named(&program(&entry)));
        }
    }
}

/// The modules that each module of the core uses, without itself.
fn core_modules() -> Edges {
    let mut edges = Edges::new();
    collect(Path::new(CORE), "", &mut edges);
    let modules: BTreeSet<String> = edges.keys().cloned().collect();
    for (module, used) in &mut edges {
        let private = used.remove("__private1").then(|| "private".to_owned());
        used.extend(private);
        used.retain(|name| modules.contains(name) && name != module);
    }
    edges
}

/// Everything that is reached from a module.
fn reached(edges: &Edges, from: &str) -> BTreeSet<String> {
    let (mut found, mut waiting) = (BTreeSet::new(), vec![from.to_owned()]);
    while let Some(module) = waiting.pop() {
        waiting.extend(edges[&module].iter().filter(|name| found.insert((*name).clone())).cloned());
    }
    found
}

#[test]
fn the_modules_of_the_core_form_no_circle() {
    let mut edges = core_modules();
    assert!(edges.len() > 30 && edges["client"].contains("delivery"), "{edges:?}");
    for (one, other) in HALVES {
        assert!(
            edges[one].contains(other) && edges[other].contains(one),
            "{one} and {other} no longer use each other"
        );
        // Both halves may use the same module, but not through each other.
        edges.get_mut(other).unwrap().remove(one);
    }
    let circles: Vec<&String> =
        edges.keys().filter(|module| reached(&edges, module).contains(*module)).collect();
    assert!(circles.is_empty(), "in a circle: {circles:?}");
}

/// A module is where its name says. The one exception is what a build without the client has in the place of it.
#[test]
fn modules_are_where_their_names_say() {
    let mut paths = Vec::new();
    let mut waiting = vec![Path::new(CORE).to_owned()];
    while let Some(directory) = waiting.pop() {
        for entry in fs::read_dir(directory).unwrap().map(|entry| entry.unwrap().path()) {
            if entry.is_dir() {
                waiting.push(entry);
            } else {
                let text = fs::read_to_string(&entry).unwrap();
                paths
                    .extend(text.lines().filter(|line| line.trim().starts_with("#[path")).map(str::to_owned));
            }
        }
    }
    assert_eq!(paths, ["#[path = \"client/off.rs\"]"]);
}

/// The text of all source files below a directory.
fn sources(directory: &Path) -> String {
    let entries = fs::read_dir(directory).unwrap().map(|entry| entry.unwrap().path());
    entries
        .map(|entry| if entry.is_dir() { sources(&entry) } else { fs::read_to_string(entry).unwrap() })
        .collect()
}

/// It takes any release of the series, so it uses nothing that the next release may change.
#[test]
fn the_command_reads_the_schema_crate_through_the_module_that_stays() {
    let sources = sources(Path::new(concat!(env!("CARGO_MANIFEST_DIR"), "/../telemetry-cli/src")));
    let used: Vec<&str> = sources.split("telemetry_schema").skip(1).map(|rest| &rest[..10]).collect();
    assert!(used.len() > 10, "{used:?}");
    assert!(used.iter().all(|rest| *rest == "::__cli1::"), "{used:?}");
}
