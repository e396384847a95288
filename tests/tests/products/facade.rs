// SPDX-FileCopyrightText: Copyright (c) 2026 NVIDIA CORPORATION & AFFILIATES. All rights reserved.
// SPDX-License-Identifier: Apache-2.0

//! A crate that reaches the core and guardrails through another one, and has no dependency on them: each macro says which path to give, and
//! nothing else is said.

use std::fs;
use std::path::Path;

use telemetry_tests::compiler::{Refusal, check, refusals};

const APP: &str = r#"//! Reports through the facade.

use acme_sdk::telemetry_core::{
    Client, Product, Profile, TelemetryEnum, TelemetryEvent, TelemetryValue, telemetry_operation,
};
use acme_sdk::telemetry_guardrails::{RailsEngine, telemetry_engine};

/// The product.
pub struct Shop;

impl Product for Shop {
    const PROFILE: Profile = Profile::new("shop", "1").source("nemoSource", "shop");
}

/// How an operation ended.
#[derive(Debug, Clone, Copy, TelemetryEnum)]
#[telemetry(rename_all = "snake_case")]
pub enum Outcome {
    Success,
    Failure,
    Interrupted,
}

/// One item.
#[derive(Debug, Clone, TelemetryValue)]
pub struct Item {
    /// Its number.
    pub number: u8,
}

/// A basket was paid for, or not.
#[derive(Debug, Clone, TelemetryEvent)]
#[telemetry(product = Shop, event_name = "checkout", schema_version = "1.0", default)]
pub struct Checkout {
    /// How it ended.
    #[telemetry(outcome, sentinel = Outcome::Interrupted)]
    pub outcome: Outcome,
    /// What was in it.
    pub items: Vec<Item>,
}

/// Pays.
#[telemetry_operation(client = client, event = Checkout::default())]
pub fn pay(client: &Client<Shop>) -> Result<u8, String> {
    Ok(u8::from(client.consent_decision().is_enabled()))
}

/// An engine.
#[telemetry_engine(engine = RailsEngine::LlmRails)]
pub struct Engine;

#[telemetry_engine]
impl Engine {
    /// A new one.
    #[telemetry(constructor)]
    pub fn new() -> Self {
        Self
    }
}

/// Reports.
pub fn report(client: &Client<Shop>) -> &'static str {
    client.emit(Checkout { outcome: Outcome::Success, items: vec![Item { number: 1 }] });
    Outcome::Success.as_str()
}
"#;

fn write_workspace(root: &Path) {
    let manifest = |name: &str, dependency: &str| {
        format!(
            "[package]\nname = \"{name}\"\nversion = \"0.1.0\"\nedition = \"2024\"\n\n[dependencies]\n{dependency}\n"
        )
    };
    let ours = ["telemetry-core", "telemetry-guardrails"].map(|name| {
        let path = Path::new(env!("CARGO_MANIFEST_DIR")).join("..").join(name);
        format!("{name} = {{ path = {path:?}, default-features = false }}")
    });
    // Another dependency, which is not the way to the core.
    let sdk = "acme-sdk = { path = \"../sdk\" }\nserde = \"1\"";
    for (file, text) in [
        ("Cargo.toml", "[workspace]\nresolver = \"3\"\nmembers = [\"sdk\", \"app\"]\n".to_owned()),
        ("sdk/Cargo.toml", manifest("acme-sdk", &ours.join("\n"))),
        (
            "sdk/src/lib.rs",
            "pub use telemetry_core::*;\npub use {telemetry_core, telemetry_guardrails};\n".to_owned(),
        ),
        ("app/Cargo.toml", manifest("app", sdk)),
        ("app/src/lib.rs", APP.to_owned()),
    ] {
        let path = root.join(file);
        fs::create_dir_all(path.parent().unwrap()).unwrap();
        fs::write(path, text).unwrap();
    }
    fs::copy(concat!(env!("CARGO_MANIFEST_DIR"), "/../Cargo.lock"), root.join("Cargo.lock")).unwrap();
}

fn refused(root: &Path) -> Vec<Refusal> {
    let output = check(root);
    let refusals = refusals(&output);
    assert_eq!(output.status.success(), refusals.is_empty(), "{}", String::from_utf8_lossy(&output.stderr));
    refusals
}

#[test]
fn without_a_dependency_on_the_core_each_macro_names_the_path_and_following_it_helps() {
    let root = tempfile::tempdir().unwrap();
    write_workspace(root.path());
    let refusals = refused(root.path());
    let mut tokens: Vec<_> = refusals.iter().flat_map(|refusal| &refusal.tokens).collect();
    tokens.sort();
    let operation = "#[telemetry_operation(client = client, event = Checkout::default())]";
    let engine = "#[telemetry_engine(engine = RailsEngine::LlmRails)]";
    assert_eq!(
        tokens,
        [engine, "#[telemetry_engine]", operation, "TelemetryEnum", "TelemetryEvent", "TelemetryValue"],
        "{refusals:#?}"
    );
    for Refusal { message, tokens, .. } in &refusals {
        let attribute = tokens[0].trim_start_matches("#[").split(['(', ']']).next().unwrap();
        let attribute = if tokens[0].starts_with('#') { attribute } else { "telemetry" };
        let krate = if attribute == "telemetry_engine" { "guardrails" } else { "core" };
        let expected = format!(
            "this crate has no dependency called `telemetry_{krate}`\nhelp: write `#[{attribute}(crate = \
             \"::acme_sdk::telemetry_{krate}\")]` if `acme_sdk` exports it, or run `cargo add telemetry-{krate}`"
        );
        assert_eq!(*message, expected);
    }

    let key = "crate = \"::acme_sdk::telemetry_core\"";
    let engine = "crate = \"::acme_sdk::telemetry_guardrails\"";
    let followed = APP
        .replace("RailsEngine::LlmRails)]", &format!("RailsEngine::LlmRails, {engine})]"))
        .replace("#[telemetry_engine]", &format!("#[telemetry_engine({engine})]"))
        .replace("rename_all = \"snake_case\"", &format!("rename_all = \"snake_case\", {key}"))
        .replace("pub struct Item", &format!("#[telemetry({key})]\npub struct Item"))
        .replace(", default)]", &format!(", default, {key})]"))
        .replace("Checkout::default())]", &format!("Checkout::default(), {key})]"));
    fs::write(root.path().join("app/src/lib.rs"), &followed).unwrap();
    assert!(refused(root.path()).is_empty());

    // A name that the crate gives the facade itself is one.
    let named = followed.replace(&format!(", {key}"), "").replace(&format!("#[telemetry({key})]\n"), "");
    let named = named.replacen("\n\nuse ", "\n\nextern crate acme_sdk as telemetry_core;\n\nuse ", 1);
    fs::write(root.path().join("app/src/lib.rs"), named).unwrap();
    let refusals = refused(root.path());
    assert!(refusals.is_empty(), "{refusals:#?}");
}
