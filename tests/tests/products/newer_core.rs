// SPDX-FileCopyrightText: Copyright (c) 2026 NVIDIA CORPORATION & AFFILIATES. All rights reserved.
// SPDX-License-Identifier: Apache-2.0

//! A program takes a newer release of the core than the other crates of this workspace were made with: what cargo would do with
//! published packages, done with copies.
//!
//! Nothing is fetched: the copies take the versions of this workspace's lock file.

#![cfg(unix)]

use std::fs;
use std::path::Path;
use std::process::Output;

use telemetry_tests::cargo::scratch_cargo;
use tempfile::TempDir;

const WORKSPACE: &str = concat!(env!("CARGO_MANIFEST_DIR"), "/..");

/// The crates that are released together.
const LOCKED: [&str; 3] = ["telemetry-core", "telemetry-derive", "telemetry-schema"];

/// The crates that stay at their release.
const OTHERS: [&str; 4] = ["telemetry-cli", "telemetry-expect", "telemetry-guardrails", "guardrails-config"];

const OLD: &str = env!("CARGO_PKG_VERSION");
const NEW: &str = "0.1.99";

fn copy_directory(from: &Path, to: &Path) {
    fs::create_dir_all(to).unwrap();
    for entry in fs::read_dir(from).unwrap().map(Result::unwrap) {
        let (from, to) = (entry.path(), to.join(entry.file_name()));
        if entry.file_type().unwrap().is_dir() {
            copy_directory(&from, &to);
        } else {
            fs::copy(from, to).unwrap();
        }
    }
}

/// Copies packages into a workspace of their own, whose manifest is that of this workspace after `change`. Its packages know each
/// other by version, as published ones do, and not by their place.
fn copy_packages(root: &Path, packages: &[&str], change: impl Fn(&str) -> String) {
    let published = |manifest: &str| {
        let lines = manifest.lines().filter(|line| !line.starts_with("    \"") || line.contains(" = "));
        change(&lines.map(without_path).collect::<Vec<_>>().join("\n"))
    };
    for package in packages {
        copy_directory(&Path::new(WORKSPACE).join(package), &root.join(package));
        let manifest = root.join(package).join("Cargo.toml");
        let text = fs::read_to_string(&manifest).unwrap();
        // Dependencies of tests are not published.
        let text = text.split("\n[dev-dependencies]").next().unwrap();
        fs::write(&manifest, published(text)).unwrap();
    }
    let manifest = fs::read_to_string(Path::new(WORKSPACE).join("Cargo.toml")).unwrap();
    let members = packages.iter().map(|package| format!("\"{package}\"")).collect::<Vec<_>>().join(", ");
    let manifest = published(&manifest).replacen("members = [", &format!("members = [{members}"), 1);
    fs::write(root.join("Cargo.toml"), manifest).unwrap();
}

/// A dependency without the place that cargo leaves out of published manifests.
fn without_path(line: &str) -> String {
    match (line.find("path = \""), line.find(", version = ")) {
        (Some(start), Some(end)) if start < end => format!("{}{}", &line[..start], &line[end + 2..]),
        _ => line.to_owned(),
    }
}

/// A product with an engine and an event of its own, whose program gets the newer core.
fn write_product(root: &Path) {
    let patches = LOCKED.iter().map(|package| format!("{package} = {{ path = \"../new/{package}\" }}\n"));
    let others = OTHERS.iter().map(|package| format!("{package} = {{ path = \"../old/{package}\" }}\n"));
    let patches: String = patches.chain(others).collect();
    let manifest = format!(
        "[package]\nname = \"program\"\nversion = \"0.1.0\"\nedition = \"2024\"\n\n[workspace]\n\n[dependencies]\n\
         telemetry-core = \"0.1\"\ntelemetry-guardrails = {{ version = \"0.1\", features = [\"cli\"] }}\n\n[patch.crates-io]\n{patches}"
    );
    fs::create_dir_all(root.join("src")).unwrap();
    fs::write(root.join("Cargo.toml"), manifest).unwrap();
    fs::write(root.join("src/main.rs"), PROGRAM).unwrap();
    fs::copy(Path::new(WORKSPACE).join("Cargo.lock"), root.join("Cargo.lock")).unwrap();
}

const PROGRAM: &str = r#"
use telemetry_core::{Client, Product, Profile, TelemetryEvent};
use telemetry_guardrails::{RailsEngine, telemetry_engine};

struct Shop;
impl Product for Shop {
    const PROFILE: Profile = Profile::new("shop", "1").endpoint("http://127.0.0.1:9/");
}

/// An order was placed.
#[derive(TelemetryEvent)]
#[telemetry(product = Shop, event_name = "order", schema_version = "1.0")]
struct Order {
    /// How many articles.
    articles: u32,
}

#[telemetry_engine(engine = RailsEngine::LlmRails)]
struct Engine;

#[telemetry_engine]
impl Engine {
    #[telemetry(constructor)]
    fn new() -> Self {
        Self
    }
}

fn main() {
    telemetry_guardrails::client().set_enabled(false);
    let _engine = Engine::new();
    Client::<Shop>::builder().enabled(false).start().emit(Order { articles: 3 });
    println!("engines: {}", telemetry_guardrails::engines().len());
    if std::env::args().len() > 1 {
        let _ = telemetry_guardrails::cli::main();
    }
}
"#;

fn cargo(root: &Path, arguments: &[&str]) -> Output {
    scratch_cargo(root).args(arguments).output().expect("cargo runs the tests, so it is there")
}

fn text(bytes: &[u8]) -> String {
    String::from_utf8_lossy(bytes).into_owned()
}

/// A program in whose graph the core, the derive and the schema have these versions.
fn program(new: [&str; 3]) -> TempDir {
    let root = tempfile::tempdir().unwrap();
    copy_packages(&root.path().join("old"), &OTHERS, str::to_owned);
    copy_packages(&root.path().join("new"), &LOCKED, |manifest| {
        manifest.replace(&format!("={OLD}"), &format!("={NEW}"))
    });
    for (package, version) in LOCKED.iter().zip(new) {
        let manifest = root.path().join("new").join(package).join("Cargo.toml");
        let text = fs::read_to_string(&manifest).unwrap();
        assert!(text.contains("version.workspace = true"), "{package}");
        fs::write(
            &manifest,
            text.replacen("version.workspace = true", &format!("version = \"{version}\""), 1),
        )
        .unwrap();
    }
    write_product(&root.path().join("program"));
    root
}

#[test]
fn guardrails_takes_a_newer_patch_release_of_the_core() {
    let root = program([NEW; 3]);
    let output = cargo(&root.path().join("program"), &["run", "--quiet", "--", "schema"]);
    assert!(output.status.success(), "{}", text(&output.stderr));
    let stdout = text(&output.stdout);
    let schema = stdout.strip_prefix("engines: 1\n").unwrap_or_else(|| panic!("{stdout}"));
    assert!(schema.contains("\"guardrails_usage_event\""), "{schema}");
    let tree = text(&cargo(&root.path().join("program"), &["tree", "--prefix", "none"]).stdout);
    for (package, version) in LOCKED
        .map(|name| (name, NEW))
        .into_iter()
        .chain(["telemetry-cli", "telemetry-guardrails"].map(|name| (name, OLD)))
    {
        assert!(tree.contains(&format!("{package} v{version} ")), "{package} {version}: {tree}");
        assert!(!tree.contains(&format!("{package} v{} ", if version == NEW { OLD } else { NEW })), "{tree}");
    }
}

/// The core names the exact releases of what generates code for it, so no other ones can get into a program.
#[test]
fn the_core_takes_no_other_derive_and_no_other_schema_than_its_own() {
    for mixed in [[NEW, OLD, NEW], [NEW, NEW, OLD]] {
        let root = program(mixed);
        let output = cargo(&root.path().join("program"), &["tree"]);
        let errors = text(&output.stderr);
        assert!(!output.status.success(), "{mixed:?}: {}", text(&output.stdout));
        assert!(errors.contains(&format!("={NEW}")), "{mixed:?}: {errors}");
    }
}
