// SPDX-FileCopyrightText: Copyright (c) 2026 NVIDIA CORPORATION & AFFILIATES. All rights reserved.
// SPDX-License-Identifier: Apache-2.0

//! `new-event --all` prints one module with all events of a file, which compiles unchanged, or names the missing parts.

use std::fs;
use std::path::{Path, PathBuf};
use std::process::Command;
use std::sync::atomic::{AtomicUsize, Ordering};

use telemetry_tests::cargo::scratch_cargo;
use telemetry_tests::child::{Outcome, Probe};
use telemetry_tests::home::Home;
use telemetry_tests::skipped::skipped;

/// The products, with the source that their profiles name, their client ids and how many events they have.
const PRODUCTS: [(&str, &str, &str, usize); 11] = [
    ("agent_toolkit", ".source(\"nemoSource\", \"agent_toolkit\")", "184482118588404", 1),
    ("anonymizer", ".source(\"nemoSource\", \"anonymizer\")", "184482118588404", 1),
    ("data_designer", ".source(\"nemoSource\", \"datadesigner\")", "184482118588404", 1),
    ("evaluator", "", "14399890258381784", 1),
    ("guardrails", ".source(\"nemoSource\", \"guardrails\")", "184482118588404", 1),
    ("helix", ".source(\"nemoSource\", \"platform\")", "184482118588404", 3),
    ("launcher", "", "14399890258381784", 1),
    ("nim", "", "623344073512268", 1),
    ("openshell", ".source(\"nvidiaSource\", \"openshell\")", "415437562476676", 5),
    ("safe_synthesizer", ".source(\"nemoSource\", \"safe-synthesizer\")", "184482118588404", 1),
    ("switchyard", ".source(\"nemoSource\", \"switchyard\")", "184482118588404", 1),
];

/// How many packages there are: each has a name of its own.
static PACKAGES: AtomicUsize = AtomicUsize::new(0);

/// A package in a workspace, with a schema file for each product beside the package.
struct Scratch {
    home: Home,
    root: String,
}

impl Scratch {
    fn new() -> Self {
        let scratch = Self {
            home: Home::new(),
            root: "//! Generated events.\n\nuse telemetry_core::{Product, Profile};\n".into(),
        };
        let core = Path::new(env!("CARGO_MANIFEST_DIR")).join("../telemetry-core");
        let number = PACKAGES.fetch_add(1, Ordering::Relaxed);
        let manifest = format!(
            "[package]\nname = \"generated-modules-{number}\"\nversion = \"0.0.0\"\nedition = \"2024\"\n\n\
             [dependencies]\ntelemetry-core = {{ path = {core:?}, default-features = false }}\n\n[lints.rust]\nwarnings = \"deny\"\n"
        );
        fs::create_dir_all(scratch.path("events/src")).unwrap();
        fs::create_dir_all(scratch.path("schemas")).unwrap();
        fs::write(scratch.path("Cargo.toml"), "[workspace]\nmembers = [\"events\"]\nresolver = \"3\"\n")
            .unwrap();
        fs::write(scratch.path("events/Cargo.toml"), manifest).unwrap();
        fs::copy(core.join("../Cargo.lock"), scratch.path("Cargo.lock")).unwrap();
        scratch
    }

    fn path(&self, name: &str) -> PathBuf {
        self.home.path().join(name)
    }

    fn run(&self, product: &str, arguments: &[&str]) -> Outcome {
        let command = Probe::new("sh", &self.home).env("PRODUCT", product);
        let command = command.env("COMMAND", env!("CARGO_BIN_EXE_products_command"));
        command.run(&[&["-c", "cd events && exec \"$COMMAND\" \"$@\"", "sh"], arguments].concat())
    }

    /// Prints the module of the product out of the schema of its structs, and gives it a product.
    fn add(&mut self, product: &str, source: &str, client_id: &str) -> String {
        self.add_with(product, source, client_id, "Sender", &["--product", "super::Sender"])
    }

    /// The same for a product whose type has this name, with these arguments more.
    fn add_with(
        &mut self,
        product: &str,
        source: &str,
        client_id: &str,
        sender: &str,
        more: &[&str],
    ) -> String {
        let file = format!("../schemas/{product}.json");
        let _ = self.run(product, &["schema", "--write", &file]).checked();
        let outcome = self.run(product, &[&["new-event", "--all", "--from", &file], more].concat()).checked();
        assert_eq!(outcome.errors, Vec::<String>::new(), "{product}: everything is described");
        let text = outcome.lines.join("\n") + "\n";
        fs::create_dir_all(self.path(&format!("events/src/{product}"))).unwrap();
        fs::write(self.path(&format!("events/src/{product}/events.rs")), &text).unwrap();
        let parent = format!(
            "//! A product.\n\nuse telemetry_core::{{Product, Profile}};\n\npub mod events;\n\n/// It.\npub struct {sender};\n\n\
             impl Product for {sender} {{\n    const PROFILE: Profile = Profile::new(\"{product}\", {client_id:?}){source};\n}}\n"
        );
        fs::write(self.path(&format!("events/src/{product}.rs")), parent).unwrap();
        self.root = format!(
            "{}pub mod {product};\n",
            self.root.replace("\nuse telemetry_core::{Product, Profile};\n", "\n")
        );
        text
    }

    /// What `cargo check` says, and whether it succeeds. Warnings count as errors, those about documentation too.
    fn check(&self) -> (bool, String) {
        fs::write(self.path("events/src/lib.rs"), &self.root).unwrap();
        let output = scratch_cargo(&self.path("events")).args(["check", "--quiet"]).output().unwrap();
        (output.status.success(), String::from_utf8_lossy(&output.stderr).into_owned())
    }
}

/// The names of the types in a source, sorted.
fn types(text: &str) -> Vec<&str> {
    let declared =
        text.lines().filter_map(|line| line.strip_prefix("pub struct ").or(line.strip_prefix("pub enum ")));
    let mut names: Vec<&str> = declared.filter_map(|rest| rest.split([' ', '{']).next()).collect();
    names.sort_unstable();
    names
}

#[test]
fn the_module_of_every_product_compiles_against_the_file_that_the_workspace_shares() {
    let mut scratch = Scratch::new();
    let mut sources = Vec::new();
    for (product, source, client_id, events) in PRODUCTS {
        let text = scratch.add(product, source, client_id);
        assert!(
            text.starts_with(&format!("//! The events of `../schemas/{product}.json`.\n\nuse ")),
            "{text:.200}"
        );
        assert_eq!(text.matches("TelemetryEvent)]").count(), events, "{product}");
        assert_eq!(
            text.matches(&format!("schema = \"../schemas/{product}.json\"")).count(),
            events,
            "{product}"
        );
        let mut once = types(&text);
        once.dedup();
        assert_eq!(once, types(&text), "{product}: each type once");
        sources.push(scratch.path(&format!("events/src/{product}/events.rs")));
    }
    let (compiles, messages) = scratch.check();
    assert!(compiles, "{messages}");
    needs_no_formatting(&scratch, &sources);
}

fn needs_no_formatting(scratch: &Scratch, sources: &[PathBuf]) {
    if !Command::new("rustfmt").arg("--version").output().is_ok_and(|output| output.status.success()) {
        skipped("there is no rustfmt here");
        return;
    }
    fs::write(scratch.path("rustfmt.toml"), "").unwrap();
    let mut command = Command::new("rustfmt");
    command.args(["--check", "--edition", "2024", "--config-path"]).arg(scratch.path("rustfmt.toml"));
    let output = command.args(sources).output().unwrap();
    assert!(output.status.success(), "{}", String::from_utf8_lossy(&output.stdout));
}

#[test]
fn types_that_several_events_share_are_there_once_and_those_that_differ_have_names_of_their_own() {
    let scratch = Scratch::new();
    let file = r##"{
        "schemaMeta": {"schemaVersion": "1.0"},
        "definitions": {
            "types": {
                "ZoneEnum": {"description": "Zones.", "enum": ["north", "south", "undefined"]},
                "Place": {"description": "A place.", "properties": {"zone": {"$ref": "#/definitions/types/ZoneEnum", "description": "Z."}}, "additionalProperties": false}
            },
            "events": {
                "order": {"description": "O.", "properties": {
                    "from": {"$ref": "#/definitions/types/Place", "description": "F."},
                    "zone": {"enum": ["undefined", "south", "north"], "description": "Z."},
                    "mode": {"enum": ["on", "off"], "description": "M."},
                    "box": {"properties": {"size": {"type": "integer", "description": "S."}}, "additionalProperties": false, "description": "B."}
                }},
                "return": {"description": "R.", "properties": {
                    "to": {"$ref": "#/definitions/types/Place", "description": "T."},
                    "mode": {"enum": ["in", "out"], "description": "M."},
                    "box": {"description": "B.", "additionalProperties": false, "properties": {"size": {"description": "S.", "type": "integer"}}}
                }},
                "claim": {"description": "C.", "properties": {
                    "mode": {"enum": ["out", "in"], "description": "M."},
                    "box": {"properties": {"size": {"type": "boolean", "description": "S."}}, "additionalProperties": false, "description": "B."}
                }}
            }
        }
    }"##;
    fs::write(scratch.path("schemas/shop.json"), file).unwrap();
    let outcome = scratch.run("helix", &["new-event", "--all", "--from", "../schemas/shop.json"]).checked();
    let text = outcome.lines.join("\n");
    assert_eq!(
        types(&text),
        ["Box", "Claim", "ClaimBox", "Mode", "Order", "Place", "Return", "ReturnMode", "Zone"],
        "{text}"
    );
    assert!(text.contains("    #[telemetry(fallback)]\n    Undefined,"), "{text}");
    assert_eq!(text.matches("ReturnMode,").count(), 2, "{text}");
}

/// Without `--product` it is the product of the command, and the module is beside it.
#[test]
fn the_module_of_the_default_product_compiles_beside_it_and_has_one_version() {
    let mut scratch = Scratch::new();
    let mut sources = Vec::new();
    for (product, more) in [("openshell", &[][..]), ("switchyard", &["--product", "OpenShell"])] {
        let (_, source, client_id, events) = PRODUCTS.into_iter().find(|known| known.0 == product).unwrap();
        let text = scratch.add_with(product, source, client_id, "OpenShell", more);
        assert_eq!(text.matches("\nuse super::OpenShell;\n").count(), 1, "{text}");
        assert_eq!(text.matches("schema_version = SCHEMA_VERSION").count(), events, "{text}");
        assert_eq!(text.matches("\npub const SCHEMA_VERSION: &str = \"").count(), 1, "{text}");
        sources.push(scratch.path(&format!("events/src/{product}/events.rs")));
    }
    let (compiles, messages) = scratch.check();
    assert!(compiles, "{messages}");
    needs_no_formatting(&scratch, &sources);
}

#[test]
fn what_the_file_does_not_describe_is_named_and_does_not_compile() {
    let mut scratch = Scratch::new();
    scratch.add("helix", ".source(\"nemoSource\", \"platform\")", "184482118588404");
    let (compiles, messages) = scratch.check();
    assert!(compiles, "{messages}");
    let file = scratch.path("schemas/helix.json");
    let mut schema: serde_json::Value = serde_json::from_str(&fs::read_to_string(&file).unwrap()).unwrap();
    let events = &mut schema["definitions"]["events"];
    events["job_run"].as_object_mut().unwrap().remove("description");
    events["job_run"]["properties"]["isCi"].as_object_mut().unwrap().remove("description");
    events["onboarding_step"]["properties"]["isCi"]["description"] = " \n ".into();
    fs::write(&file, schema.to_string()).unwrap();
    let arguments = ["new-event", "--all", "--from", "../schemas/helix.json", "--product", "super::Sender"];
    let outcome = scratch.run("helix", &arguments);
    assert_eq!(outcome.code, Some(0), "{:?}", outcome.errors);
    assert_eq!(
        outcome.errors[0],
        "note: ../schemas/helix.json has no description of `job_run`, `job_run.isCi`, `onboarding_step.isCi`"
    );
    assert!(outcome.errors[1].starts_with("help: add `\"description\"` there"), "{:?}", outcome.errors);
    let text = outcome.lines.join("\n") + "\n";
    assert_eq!(text.matches("// Describe this in a doc comment: what does `isCi` say?").count(), 2, "{text}");
    fs::write(scratch.path("events/src/helix/events.rs"), &text).unwrap();
    let (compiles, messages) = scratch.check();
    assert!(!compiles);
    assert_eq!(messages.matches("has no doc comment").count(), 3, "{messages}");
    let answered = text.replace("// Describe this in a doc comment:", "/// Because");
    fs::write(scratch.path("events/src/helix/events.rs"), answered).unwrap();
    let (compiles, messages) = scratch.check();
    assert!(compiles, "{messages}");
}

#[test]
fn all_and_one_event_exclude_each_other_and_a_file_without_events_is_refused() {
    let scratch = Scratch::new();
    let _ = scratch.run("helix", &["schema", "--write", "../schemas/helix.json"]).checked();
    for arguments in [
        &["new-event", "--all", "job_run", "--from", "../schemas/helix.json"][..],
        &["new-event", "--from", "../schemas/helix.json"],
        &["new-event", "--all"],
    ] {
        assert_eq!(scratch.run("helix", arguments).code, Some(2), "{arguments:?}");
    }
    let empty = r#"{"schemaMeta": {"schemaVersion": "1.0"}, "definitions": {"events": {}}}"#;
    fs::write(scratch.path("schemas/empty.json"), empty).unwrap();
    let outcome = scratch.run("helix", &["new-event", "--all", "--from", "../schemas/empty.json"]);
    assert_eq!((outcome.code, outcome.lines.len()), (Some(2), 0));
    assert!(outcome.errors[0].ends_with("`#/definitions/events` has no event"), "{:?}", outcome.errors);
}
