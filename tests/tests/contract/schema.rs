// SPDX-FileCopyrightText: Copyright (c) 2026 NVIDIA CORPORATION & AFFILIATES. All rights reserved.
// SPDX-License-Identifier: Apache-2.0

//! Events that keep to a schema, and what happens when the schema changes.

#![forbid(unsafe_code)]
#![deny(missing_docs, warnings)]

use std::collections::{BTreeMap, BTreeSet};
use std::path::Path;
use std::process::{Command, Output};

use telemetry_core::descriptor::Shape;
use telemetry_core::value::{Token, Version};
use telemetry_core::{Product, Profile, TelemetryEnum, TelemetryEvent, TelemetryValue};
use telemetry_tests::compiler::check;

struct Shop;

impl Product for Shop {
    const PROFILE: Profile = Profile::new("shop", "1").source("nemoSource", "shop");
}

/// How the customer paid.
#[derive(Debug, Clone, Copy, PartialEq, TelemetryEnum)]
#[telemetry(rename_all = "snake_case")]
enum Payment {
    Cash,
    #[telemetry(fallback)]
    Undefined,
}

/// What it is.
#[derive(Debug, TelemetryEnum)]
#[telemetry(rename_all = "snake_case")]
enum Kind {
    Sale,
}

/// Where it goes.
#[derive(Debug, TelemetryValue)]
struct Address {
    /// The country.
    country: Token,
    /// The zone.
    #[telemetry(range = 1..=9)]
    zone: u64,
}

type User = Version;

/// A basket was paid for: every kind of property, through an alias where there is room for one.
#[derive(Debug, TelemetryEvent)]
#[telemetry(product = Shop, event_name = "checkout", schema_version = "1.2", schema = "schemas/shop.json")]
struct Checkout {
    /// Who paid.
    user_id: User,
    /// How.
    payment: Payment,
    /// Articles in the basket.
    #[telemetry(range = 0..=1000)]
    num_articles: u64,
    /// Whether it is a gift.
    is_gift: bool,
    /// The discount.
    #[telemetry(range = 0.0..=1.0, sentinel = 0.0)]
    discount: f64,
    /// The weight.
    #[telemetry(sentinel = None)]
    weight_kg: Option<f64>,
    /// Its tags.
    tags: BTreeSet<Token>,
    /// Counters.
    counters: BTreeMap<Token, u32>,
    /// Where it goes.
    address: Address,
    /// The size.
    #[telemetry(bucket(1, 5))]
    size: usize,
    /// What it is.
    kind: Kind,
}

/// Money went back: the schema allows properties that it does not name.
#[derive(TelemetryEvent)]
#[telemetry(product = Shop, event_name = "refund", schema_version = "1.2", schema = "./schemas/shop.json")]
struct Refund {
    /// Why.
    #[telemetry(free_text = "chosen from a list in the shop", max_len = 20, sentinel = "unknown")]
    reason: String,
    /// How often before.
    times: Vec<i32>,
}

#[test]
fn an_event_that_keeps_to_its_schema_compiles_and_is_sent() {
    let mut event = Checkout {
        user_id: Version::from_static("u-1"),
        payment: Payment::Cash,
        num_articles: 1001,
        is_gift: false,
        discount: 1.5,
        weight_kg: Some(f64::NAN),
        tags: BTreeSet::new(),
        counters: [(Token::from_static("a"), 1)].into(),
        address: Address { country: Token::from_static("NL"), zone: 0 },
        size: 3,
        kind: Kind::Sale,
    };
    assert_eq!(event.normalize(), Ok(4));
    assert_eq!(
        serde_json::to_value(&event).unwrap(),
        serde_json::json!({"nemoSource": "shop", "userId": "u-1", "payment": "cash", "numArticles": 1000, "isGift": false,
            "discount": 1.0, "weightKg": null, "tags": [], "counters": {"a": 1}, "address": {"country": "NL", "zone": 1},
            "size": "2-5", "kind": "sale"})
    );
    assert_eq!(Checkout::DESCRIPTOR.fields[4].shape, Shape::number(0.0, 1.0));
    assert_eq!(Refund { reason: "a\nb".into(), times: vec![] }.normalize(), Ok(1));
}

const EVENT: &str = r#"//! Compiled by a test.
use telemetry_core::{Product, Profile, TelemetryEvent};

pub struct Shop;

impl Product for Shop {
    const PROFILE: Profile = Profile::new("shop", "1");
}

/// Something happened.
#[derive(TelemetryEvent)]
#[telemetry(product = Shop, event_name = "ping", schema_version = "1.0", schema = "schema.json")]
pub struct Ping {
    /// Whether it did.
    pub flag: bool,
}
"#;

fn schema(json_type: &str) -> String {
    let properties = serde_json::json!({ "flag": { "type": json_type } });
    serde_json::json!({
        "schemaMeta": { "schemaVersion": "1.0" },
        "definitions": { "events": { "ping": { "type": "object", "properties": properties } } }
    })
    .to_string()
}

fn manifest(name: &str, dependencies: &str) -> String {
    format!(
        "[package]\nname = \"{name}\"\nversion = \"0.1.0\"\nedition = \"2024\"\n\n[dependencies]\n{dependencies}\n"
    )
}

/// A workspace of two packages, of which only one has events. Their names begin with that of the test: tests that run at the same
/// time would otherwise compile each other's packages again.
fn write_workspace(root: &Path, test: &str) {
    let core = concat!(env!("CARGO_MANIFEST_DIR"), "/../telemetry-core");
    let core = format!("telemetry-core = {{ path = {core:?}, default-features = false }}");
    let write = |path: &str, text: &str| {
        let path = root.join(path);
        std::fs::create_dir_all(path.parent().unwrap()).unwrap();
        std::fs::write(path, text).unwrap();
    };
    write("Cargo.toml", "[workspace]\nresolver = \"3\"\nmembers = [\"with\", \"without\"]\n");
    write("with/Cargo.toml", &manifest(&format!("{test}-with"), &core));
    write("with/src/lib.rs", EVENT);
    write("with/schema.json", &schema("boolean"));
    write("without/Cargo.toml", &manifest(&format!("{test}-without"), &core));
    write("without/src/lib.rs", "//! Has no event.\npub use telemetry_core::value::Version;\n");
    let lock = concat!(env!("CARGO_MANIFEST_DIR"), "/../Cargo.lock");
    std::fs::copy(lock, root.join("Cargo.lock")).unwrap();
}

/// Which of the two packages the compiler looked at again.
fn compiled(output: &Output) -> Vec<String> {
    let text = String::from_utf8_lossy(&output.stdout);
    let messages = text.lines().filter_map(|line| serde_json::from_str::<serde_json::Value>(line).ok());
    let artifacts =
        messages.filter(|message| message["reason"] == "compiler-artifact" && message["fresh"] == false);
    let names = artifacts.map(|artifact| artifact["target"]["name"].as_str().unwrap_or_default().to_owned());
    names.filter(|name| name.starts_with("changed_")).collect()
}

#[test]
fn a_changed_schema_compiles_exactly_the_crates_that_use_it_again() {
    let root = tempfile::tempdir().unwrap();
    write_workspace(root.path(), "changed");
    let first = check(root.path());
    assert!(first.status.success(), "{}", String::from_utf8_lossy(&first.stderr));
    assert_eq!(compiled(&check(root.path())), [""; 0], "nothing changed");

    let file = root.path().join("with/schema.json");
    std::fs::write(&file, schema("boolean") + "\n").unwrap();
    assert_eq!(compiled(&check(root.path())), ["changed_with"], "a harmless change");

    std::fs::write(&file, schema("string")).unwrap();
    let refused = check(root.path());
    assert!(!refused.status.success());
    let messages = String::from_utf8_lossy(&refused.stdout);
    assert!(messages.contains("requires JSON `string`, but `bool` has JSON `boolean`"), "{messages}");
}

/// The compiler without the variables that cargo sets, in the directory `at`.
fn rustc(check: &Output, at: &Path) -> Command {
    let text = String::from_utf8_lossy(&check.stdout);
    let mut messages = text.lines().filter_map(|line| serde_json::from_str::<serde_json::Value>(line).ok());
    let is_core = |message: &serde_json::Value| message["target"]["name"] == "telemetry_core";
    let core = messages.find(is_core).unwrap()["filenames"][0].as_str().unwrap().to_owned();
    let mut command = Command::new(std::env::var_os("RUSTC").unwrap_or_else(|| "rustc".into()));
    for (name, _) in std::env::vars_os().filter(|(name, _)| name.to_string_lossy().starts_with("CARGO")) {
        command.env_remove(name);
    }
    let dependencies = Path::new(&core).parent().unwrap().display().to_string();
    command.current_dir(at).args(["--edition", "2024", "--crate-type", "lib", "--emit", "metadata"]);
    command.arg("-L").arg(format!("dependency={dependencies}"));
    command.arg("--extern").arg(format!("telemetry_core={core}"));
    command
}

/// What the compiler says of `file`, with `directory` as that of the package.
fn compile(check: &Output, at: &Path, file: &str, directory: Option<&str>) -> Result<(), String> {
    let mut command = rustc(check, at);
    command.arg(file).arg("--out-dir").arg(at).envs(directory.map(|path| ("CARGO_MANIFEST_DIR", path)));
    let output = command.output().unwrap();
    let errors = String::from_utf8_lossy(&output.stderr).into_owned();
    if output.status.success() { Ok(()) } else { Err(errors) }
}

#[test]
fn build_tools_other_than_cargo_need_at_most_the_directory_of_the_package() {
    let root = tempfile::tempdir().unwrap();
    write_workspace(root.path(), "other-tools");
    let checked = check(root.path());
    assert!(checked.status.success(), "{}", String::from_utf8_lossy(&checked.stderr));
    let package = root.path().join("with");
    let absolute = package.to_str().unwrap();

    let with = "with/src/lib.rs";
    for directory in [absolute, "with", "./with/", "without/../with"] {
        assert_eq!(compile(&checked, root.path(), with, Some(directory)), Ok(()), "{directory}");
    }
    assert_eq!(compile(&checked, &package, "src/lib.rs", Some(".")), Ok(()));
    let error = compile(&checked, root.path(), with, None).unwrap_err();
    assert!(
        error.contains(
            "error: `CARGO_MANIFEST_DIR` is not set, so there is no package to look in\n       \
             help: set it to the directory of the package, as cargo does"
        ),
        "{error}"
    );
    let error = compile(&checked, root.path(), with, Some("without")).unwrap_err();
    assert!(error.contains("cannot read schema `schema.json`: the file does not exist"), "{error}");

    let without_schema = EVENT.replace(", schema = \"schema.json\"", "");
    std::fs::write(package.join("src/plain.rs"), without_schema + WITHOUT_SCHEMA).unwrap();
    assert_eq!(compile(&checked, root.path(), "with/src/plain.rs", None), Ok(()), "without any variable");
}

const WITHOUT_SCHEMA: &str = r#"
/// How it ended.
#[derive(telemetry_core::TelemetryEnum)]
pub enum Ending {
    /// Well.
    Well,
}

/// A value.
#[derive(telemetry_core::TelemetryValue)]
pub struct Value {
    /// Whether it is one.
    pub is_value: bool,
}
"#;
