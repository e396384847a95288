// SPDX-FileCopyrightText: Copyright (c) 2026 NVIDIA CORPORATION & AFFILIATES. All rights reserved.
// SPDX-License-Identifier: Apache-2.0

//! What the published packages have, and in which order they are published.

use std::fs;
use std::path::Path;
use std::process::Command;

use serde_json::Value;

use crate::files::ROOT;

fn cargo(arguments: &[&str]) -> String {
    let cargo = std::env::var_os("CARGO").unwrap_or_else(|| "cargo".into());
    let output = Command::new(cargo).args(arguments).current_dir(ROOT).output().unwrap();
    assert!(output.status.success(), "{}", String::from_utf8_lossy(&output.stderr));
    String::from_utf8(output.stdout).unwrap()
}

/// Cargo's metadata of the packages that may be published.
fn published() -> Vec<Value> {
    let metadata: Value =
        serde_json::from_str(&cargo(&["metadata", "--no-deps", "--offline", "--format-version=1"])).unwrap();
    let packages = metadata["packages"].as_array().unwrap().iter().filter(|one| one["publish"].is_null());
    let packages: Vec<_> = packages.cloned().collect();
    assert_eq!(packages.len(), 7, "the published crates");
    packages
}

fn name(package: &Value) -> &str {
    package["name"].as_str().unwrap()
}

#[test]
fn each_has_the_license_and_a_readme() {
    let license = fs::read(Path::new(ROOT).join("LICENSE")).unwrap();
    for package in &published() {
        let directory = Path::new(ROOT).join(name(package));
        assert!(fs::read(directory.join("LICENSE")).unwrap() == license, "{}", name(package));
        assert!(directory.join("README.md").is_file(), "{}", name(package));
    }
}

#[test]
fn each_says_what_it_is_and_how_its_documentation_is_built() {
    for package in &published() {
        for list in ["authors", "categories", "keywords"] {
            let count = package[list].as_array().unwrap().len();
            assert!((1..=5).contains(&count), "{}: {count} {list}", name(package));
        }
        for text in ["description", "license", "readme", "rust_version"] {
            assert!(package[text].is_string(), "{}: {text}", name(package));
        }
        assert_eq!(package["documentation"], format!("https://docs.rs/{}", name(package)));
        let built = &package["metadata"]["docs"]["rs"];
        assert_eq!(built["all-features"], true, "{}", name(package));
        assert_eq!(built["rustdoc-args"], serde_json::json!(["--cfg", "docsrs"]), "{}", name(package));
        let library = Path::new(ROOT).join(name(package)).join("src/lib.rs");
        let badges = "#![cfg_attr(docsrs, feature(doc_cfg))]";
        assert!(fs::read_to_string(library).unwrap().contains(badges), "{}", name(package));
    }
}

/// A published package compiles its tests without this workspace: no file of a package names a path outside of it.
#[test]
fn no_file_points_outside_of_its_package() {
    for package in &published() {
        let package = name(package);
        let list = cargo(&["package", "--list", "--offline", "--allow-dirty", "--package", package]);
        for expected in ["LICENSE", "README.md", "src/lib.rs"] {
            assert!(list.lines().any(|file| file == expected), "{package} has no {expected}:\n{list}");
        }
        for file in list.lines().filter(|file| file.ends_with(".rs")) {
            let text = fs::read_to_string(Path::new(ROOT).join(package).join(file)).unwrap();
            let outside = ["MANIFEST_DIR\"), \"/..", "include_str!(\"../../", "#[path = \"../../"];
            let outside = outside.iter().find(|pattern| text.contains(**pattern));
            assert_eq!(outside, None, "{package}/{file} points outside of its package");
        }
    }
}

/// Every source file in a package's directory is in the package: what `include` forgets, tests and examples lack.
#[test]
fn each_package_includes_all_of_its_files() {
    for package in &published() {
        let package = name(package);
        let list = cargo(&["package", "--list", "--offline", "--allow-dirty", "--package", package]);
        let files =
            Command::new("git").args(["ls-files", "."]).current_dir(Path::new(ROOT).join(package)).output();
        let files = String::from_utf8(files.unwrap().stdout).unwrap();
        let left_out: Vec<_> =
            files.lines().filter(|file| !list.lines().any(|listed| listed == *file)).collect();
        assert!(left_out.is_empty(), "`include` of {package} leaves out {left_out:?}");
    }
}

/// The order of CONTRIBUTING.md: each package after those that it depends on.
#[test]
fn the_order_of_publication_is_one_in_which_each_finds_its_dependencies() {
    let page = fs::read_to_string(Path::new(ROOT).join("CONTRIBUTING.md")).unwrap();
    let order: Vec<&str> = page.lines().filter_map(|line| line.strip_prefix("$ cargo publish -p ")).collect();
    let packages = published();
    assert_eq!(order.len(), packages.len(), "{order:?}");
    for package in &packages {
        let place = |name: &str| order.iter().position(|one| *one == name);
        let own = place(name(package)).unwrap_or_else(|| panic!("{} is not published", name(package)));
        let needed = package["dependencies"].as_array().unwrap().iter();
        // A dev-dependency that has no version is left out of the package.
        let needed = needed.filter(|one| one["kind"] != "dev" || one["req"] != "*");
        for needed in needed.filter_map(|one| place(name(one))) {
            assert!(needed <= own, "{} comes before {}", name(package), order[needed]);
        }
    }
}
