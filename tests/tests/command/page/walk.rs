// SPDX-FileCopyrightText: Copyright (c) 2026 NVIDIA CORPORATION & AFFILIATES. All rights reserved.
// SPDX-License-Identifier: Apache-2.0

//! The way of a new user, from the README alone: see what would be sent, start the collector, point an example at it, watch the event
//! on the page, break the schema, write a manifest, opt out and see that nothing is sent.

use std::fs;
use std::path::{Path, PathBuf};

use serde_json::Value;
use telemetry_tests::browser::{Browser, key};
use telemetry_tests::child::Probe;
use telemetry_tests::collecting::Collecting;
use telemetry_tests::compiler::{check, refusals};
use telemetry_tests::home::Home;
use telemetry_tests::waiting::wait_until;

use super::{get, shows};
use crate::nemo_telemetry::{command, example, text};

/// What depends on the process and on the way in which it is started.
const VOLATILE: [&str; 4] = ["sessionId", "timestamp", "deploymentType", "nemoguardrailsVersion"];

/// The crate of a product. Its name is of this test only, as [`check`] asks.
const MANIFEST: &str = r#"[package]
name = "walk-of-a-new-user"
version = "0.0.0"
edition = "2024"

[workspace]

[dependencies]
telemetry-core = { path = "WORKSPACE/telemetry-core", default-features = false }
"#;

const PRODUCT: &str = r#"
use telemetry_core::{Product, Profile};

pub mod event;

pub struct Chat;

impl Product for Chat {
    const PROFILE: Profile = Profile::new("chat", "184482118588404").source("nemoSource", "guardrails");
}
"#;

/// The variable that the collector asks to be set, and its value.
fn variable(collector: &Collecting) -> (&str, &str) {
    let instruction = collector.invitation.rsplit("run the product with ").next().unwrap();
    instruction.split_once('=').unwrap()
}

/// Runs the example `chat`, with that variable.
fn chat(collector: &Collecting, home: &Home) -> Probe {
    let (variable, url) = variable(collector);
    Probe::new(env!("CARGO_BIN_EXE_chat_example"), home).env(variable, url)
}

/// Runs the example until its event has arrived.
fn reported_by_chat(collector: &Collecting, home: &Home) -> Value {
    let mut chat = chat(collector, home).start(&[&example("support_bot")]);
    wait_until(|| !stored(collector).is_empty());
    chat.end_input();
    let _ = chat.finish().checked();
    let [event] = stored(collector).try_into().unwrap();
    event
}

fn stored(collector: &Collecting) -> Vec<Value> {
    get(collector, "/api/events").json()["events"].as_array().unwrap().clone()
}

fn without_volatile(mut parameters: Value) -> Value {
    VOLATILE.iter().for_each(|key| drop(parameters.as_object_mut().unwrap().remove(*key)));
    parameters
}

/// Opens the newest event of the page, and returns its text.
fn newest_on_page(browser: &Browser, collector: &Collecting) -> String {
    browser.open(&format!("http://{}/", collector.address));
    browser.wait_for(&shows(1));
    browser.press(&format!("j{}", key::ENTER));
    browser.wait_for("document.activeElement.id === 'detail'");
    browser.value("document.getElementById('detail').innerText").as_str().unwrap().to_owned()
}

#[test]
fn a_new_user_sees_everything_and_after_an_opt_out_nothing() {
    let home = Home::new();
    let inspected = command(&home).run(&["inspect", &example("support_bot"), "--json"]).checked();
    let inspected: Value = serde_json::from_str(&text(&inspected.lines)).unwrap();
    assert!(home.is_untouched(), "to look writes nothing");

    // The event that was announced arrives, and the page shows it.
    let collector = Collecting::start(command(&home), &[]);
    let event = reported_by_chat(&collector, &home);
    assert_eq!(without_volatile(event["parameters"].clone()), without_volatile(inspected));
    assert_eq!((&event["valid"], &event["product"]), (&Value::Bool(true), &Value::from("nemoguardrails")));
    let browser = Browser::start();
    if let Some(browser) = &browser {
        let shown = newest_on_page(browser, &collector);
        for word in [
            "guardrails_usage_event",
            "deploymentType",
            "cli",
            "self_check",
            event["session"].as_str().unwrap(),
        ] {
            assert!(shown.contains(word), "{word} is not in {shown}");
        }
    }

    a_broken_schema_is_refused(browser.as_ref());
    a_manifest_fails_and_passes();
    under_an_opt_out_nothing_is_sent(&collector);
}

/// Without a value that the product sends, the schema is refused by the compiler, the command and the collector, each with the place.
fn a_broken_schema_is_refused(browser: Option<&Browser>) {
    let home = Home::new();
    let root = product_crate(&home);
    let schema = root.join("schema.json");
    let file = schema.to_str().unwrap();
    assert_eq!(refusals(&check(&root)).len(), 0, "the struct that the command prints compiles");
    let broken = fs::read_to_string(file).unwrap().replacen("\"cli\",", "", 1);
    fs::write(file, broken).unwrap();

    let [refusal] = refusals(&check(&root)).try_into().unwrap();
    assert!(refusal.message.contains("schema.json") && refusal.message.contains("`cli`"), "{refusal:?}");
    let stale = command(&home).run(&["schema", "--check", file]);
    assert_eq!(stale.code, Some(1), "{stale:?}");
    assert!(text(&stale.errors).contains("only the structs send `cli`"), "{stale:?}");
    the_collector_refuses(&home, file, browser);
}

/// The crate of a product whose struct the command prints for its schema file.
fn product_crate(home: &Home) -> PathBuf {
    let root = home.path().join("product");
    let schema = root.join("schema.json");
    let schema = schema.to_str().unwrap();
    fs::create_dir_all(root.join("src")).unwrap();
    let workspace = Path::new(env!("CARGO_MANIFEST_DIR")).join("..");
    fs::write(root.join("Cargo.toml"), MANIFEST.replace("WORKSPACE", workspace.to_str().unwrap())).unwrap();
    fs::copy(workspace.join("Cargo.lock"), root.join("Cargo.lock")).unwrap();
    fs::write(root.join("src/lib.rs"), PRODUCT).unwrap();
    let _ = command(home).run(&["schema", "--write", schema]).checked();
    let event = ["new-event", "guardrails_usage_event", "--from", schema, "--product", "crate::Chat"];
    let event = command(home).run(&event).checked();
    fs::write(root.join("src/event.rs"), text(&event.lines)).unwrap();
    root
}

fn the_collector_refuses(home: &Home, schema: &str, browser: Option<&Browser>) {
    let collector = Collecting::start(command(home), &["--schema", schema]);
    let (variable, url) = variable(&collector);
    let report = ["report", &example("support_bot"), "--deployment-type", "cli"];
    let report = command(home).env(variable, url).run(&report);
    assert_eq!(report.code, Some(1), "{report:?}");
    assert!(text(&[report.lines, report.errors].concat()).contains("422"), "the status is shown");

    let [event] = stored(&collector).try_into().unwrap();
    assert_eq!(
        (&event["valid"], &event["violations"][0]["pointer"]),
        (&Value::Bool(false), &Value::from("/deploymentType"))
    );
    if let Some(browser) = browser {
        let shown = newest_on_page(browser, &collector);
        assert!(shown.contains("invalid: 1 violation") && shown.contains("/deploymentType"), "{shown}");
    }
}

/// A test instead of looking at the page: of the wrong expectation, then of the right one.
fn a_manifest_fails_and_passes() {
    let home = Home::new();
    let file = home.path().join("expect.toml");
    let run = |deployment_type: &str| {
        let manifest = format!(
            "stop_when_met = true\naudit = \"equal\"\n\n[[event]]\nname = \"guardrails_usage_event\"\ncount = 1\n\
             fields = {{ deploymentType = \"{deployment_type}\", builtinFeatures = [\"self_check\"] }}\n"
        );
        fs::write(&file, manifest).unwrap();
        let program = [env!("CARGO_BIN_EXE_chat_example"), &example("support_bot")];
        let arguments = ["expect", "--manifest", file.to_str().unwrap(), "--timeout", "20s", "--"];
        command(&home).run(&[&arguments[..], &program].concat())
    };
    let failed = run("api");
    assert_eq!(failed.code, Some(1), "{failed:?}");
    assert!(
        text(&failed.lines).contains("/deploymentType") && text(&failed.lines).contains("\"cli\""),
        "{failed:?}"
    );
    let passed = run("cli");
    assert_eq!(passed.code, Some(0), "{passed:?}");
}

fn under_an_opt_out_nothing_is_sent(collector: &Collecting) {
    let before = stored(collector);
    let home = Home::new();
    end_chat(chat(collector, &home).env("DO_NOT_TRACK", "1"));
    assert!(home.is_untouched(), "no file");
    let _ = command(&home).run(&["disable"]).checked();
    end_chat(chat(collector, &home));
    assert!(home.audit_lines().is_empty(), "no copy either");
    assert_eq!(stored(collector), before);
}

fn end_chat(chat: Probe) {
    let mut chat = chat.start(&[&example("support_bot")]);
    chat.end_input();
    let _ = chat.finish().checked();
}
