// SPDX-FileCopyrightText: Copyright (c) 2026 NVIDIA CORPORATION & AFFILIATES. All rights reserved.
// SPDX-License-Identifier: Apache-2.0

//! `new-event` prints structs that compile, pass the check against the schema they come from, and need no formatting.

use std::fmt::Write as _;
use std::fs;
use std::path::{Path, PathBuf};
use std::process::Command;

use serde_json::Value;
use telemetry_tests::cargo::scratch_cargo;
use telemetry_tests::child::{Outcome, Probe};
use telemetry_tests::home::Home;
use telemetry_tests::skipped::skipped;

/// The product's schema files, its source, and the events in each file.
const PRODUCTS: [(&str, &str, &[&str]); 12] = [
    ("Guardrails", "nemoSource guardrails", &["guardrails_usage_event"]),
    ("DataDesigner", "nemoSource datadesigner", &["inference_event"]),
    ("SafeSynthesizer", "nemoSource safe-synthesizer", &["train_and_generation_event"]),
    ("Anonymizer", "nemoSource anonymizer", &["anonymizer_event"]),
    ("Evaluator", "", &["EvaluationTaskEvent", "LauncherJobEvent"]),
    ("AgentToolkit", "nemoSource agent_toolkit", &["nat_cli_command"]),
    ("Helix", "nemoSource platform", &["onboarding_step", "command_invoked", "job_run"]),
    ("Switchyard", "nemoSource switchyard", &["switchyard_outcome"]),
    (
        "OpenShell",
        "nvidiaSource openshell",
        &[
            "openshell_lifecycle_event",
            "openshell_provider_lifecycle_event",
            "openshell_sandbox_create_event",
            "openshell_policy_decision_event",
            "openshell_sandbox_activity_summary_event",
        ],
    ),
    ("NimClient", "", &["nim_client_usage"]),
    ("Nameless", "", &["awkward_schema empty_event"]),
    ("Awkward", "nemoSource undefined", &["awkward_schema token"]),
];

const PACKAGE: &str = env!("CARGO_MANIFEST_DIR");

fn new_event(arguments: &[&str]) -> Outcome {
    let home = Home::new();
    Probe::new(env!("CARGO_BIN_EXE_product_command"), &home).run(&[&["new-event"], arguments].concat())
}

/// The committed schema file called `file`.
fn committed(file: &str) -> PathBuf {
    let files = ["schemas", "samples"].map(|folder| PathBuf::from(format!("{PACKAGE}/{folder}/{file}.json")));
    files.into_iter().find(|file| file.is_file()).unwrap()
}

/// The schema file and the name of an event: `file event`, or one name for both.
fn file_and_event<'a>(event: &&'a str) -> (&'a str, &'a str) {
    event.split_once(' ').unwrap_or((event, event))
}

/// The client id that a schema file asks for.
fn client_id(file: &str) -> String {
    let schema: Value = serde_json::from_str(&fs::read_to_string(committed(file)).unwrap()).unwrap();
    schema["schemaMeta"]["clientId"].as_str().unwrap_or("1").to_owned()
}

/// The text of the committed schema file called `file`, with a description of everything.
fn described(file: &str) -> String {
    let mut schema: Value = serde_json::from_str(&fs::read_to_string(committed(file)).unwrap()).unwrap();
    for kind in ["types", "events"] {
        let schemas = schema["definitions"].get_mut(kind).and_then(Value::as_object_mut);
        schemas.into_iter().flatten().for_each(|(name, schema)| describe(name, schema));
    }
    schema.to_string()
}

fn describe(name: &str, schema: &mut Value) {
    let Some(schema) = schema.as_object_mut() else { return };
    schema.entry("description").or_insert_with(|| format!("What {name:?} says.").into());
    let properties = schema.get_mut("properties").and_then(Value::as_object_mut);
    properties.into_iter().flatten().for_each(|(name, property)| describe(name, property));
    for keyword in ["items", "additionalProperties"] {
        schema.get_mut(keyword).into_iter().for_each(|inner| describe(name, inner));
    }
}

/// A package of generated sources.
struct Scratch {
    directory: tempfile::TempDir,
    /// The declarations of the products and the modules.
    root: String,
    events: usize,
}

impl Scratch {
    fn new() -> Self {
        let scratch = Self {
            directory: tempfile::tempdir().unwrap(),
            root: "//! Generated events.\n\nuse telemetry_core::{Product, Profile};\n".into(),
            events: 0,
        };
        let manifest = format!(
            "[package]\nname = \"generated-events\"\nversion = \"0.0.0\"\nedition = \"2024\"\n\n[workspace]\n\n\
             [dependencies]\ntelemetry-core = {{ path = {:?}, default-features = false }}\n\n[lints.rust]\nwarnings = \"deny\"\n",
            Path::new(PACKAGE).join("../telemetry-core")
        );
        fs::create_dir_all(scratch.path("src")).unwrap();
        fs::create_dir_all(scratch.path("schemas")).unwrap();
        fs::write(scratch.path("Cargo.toml"), manifest).unwrap();
        // The versions that the workspace has, so that nothing is fetched.
        fs::copy(Path::new(PACKAGE).join("../Cargo.lock"), scratch.path("Cargo.lock")).unwrap();
        scratch
    }

    fn path(&self, name: &str) -> PathBuf {
        self.directory.path().join(name)
    }

    fn add_product(&mut self, product: &str, source: &str, client_id: &str) {
        let source = source.split_once(' ').map(|(key, value)| format!(".source({key:?}, {value:?})"));
        writeln!(
            self.root,
            "\n/// A product.\npub struct {product};\n\nimpl Product for {product} {{\n    \
             const PROFILE: Profile = Profile::new(\"p{}\", {client_id:?}){};\n}}",
            self.root.len(),
            source.unwrap_or_default()
        )
        .unwrap();
    }

    /// Prints the event `event` of the schema `file` into a module of its own.
    fn add_event(&mut self, product: &str, file: &str, event: &str) {
        let schema = self.path(&format!("schemas/{file}.json"));
        fs::write(&schema, described(file)).unwrap();
        let product = format!("crate::{product}");
        let from = schema.display().to_string();
        let outcome = new_event(&["--from", &from, event, "--product", &product]).checked();
        let source = outcome.lines.join("\n") + "\n";
        assert!(source.contains(&format!("schema = \"schemas/{file}.json\"")), "{source}");
        let module = format!("event_{}", self.events);
        fs::write(self.path(&format!("src/{module}.rs")), source).unwrap();
        writeln!(self.root, "\n#[path = \"{module}.rs\"]\npub mod {module};").unwrap();
        self.events += 1;
    }

    fn fill() -> Self {
        let mut scratch = Self::new();
        for (product, source, events) in PRODUCTS {
            scratch.add_product(product, source, &client_id(file_and_event(&events[0]).0));
            for (file, event) in events.iter().map(file_and_event) {
                scratch.add_event(product, file, event);
            }
        }
        fs::write(scratch.path("src/lib.rs"), &scratch.root).unwrap();
        scratch
    }

    fn sources(&self) -> Vec<PathBuf> {
        (0..self.events).map(|index| self.path(&format!("src/event_{index}.rs"))).collect()
    }

    /// What `cargo check` says, and whether it succeeds. Warnings count as errors.
    fn check(&self) -> (bool, String) {
        let output = scratch_cargo(self.directory.path()).args(["check", "--quiet"]).output().unwrap();
        (output.status.success(), String::from_utf8_lossy(&output.stderr).into_owned())
    }
}

#[test]
fn every_product_event_comes_out_as_source_that_compiles_against_its_schema() {
    let scratch = Scratch::fill();
    assert_eq!(scratch.events, 19);
    let (compiles, messages) = scratch.check();
    assert!(compiles, "{messages}");

    // The same sources do not compile against schemas that ask for something else.
    for (event, from, to) in [
        ("nat_cli_command", "\"minimum\":-1", "\"minimum\":0"),
        ("nim_client_usage", "\"rerank\"", "\"reorder\""),
        ("switchyard_outcome", "[\"integer\",\"null\"]", "\"integer\""),
    ] {
        let file = scratch.path(&format!("schemas/{event}.json"));
        let schema = fs::read_to_string(&file).unwrap();
        assert_eq!(schema.matches(from).count(), 1, "{event}");
        fs::write(&file, schema.replace(from, to)).unwrap();
        let (compiles, messages) = scratch.check();
        assert!(!compiles && messages.contains(&format!("schemas/{event}.json")), "{event}: {messages}");
        fs::write(&file, schema).unwrap();
    }
}

/// With rustfmt's own rules and with those of this workspace.
#[test]
fn the_source_needs_no_formatting() {
    if !Command::new("rustfmt").arg("--version").output().is_ok_and(|output| output.status.success()) {
        skipped("there is no rustfmt here");
        return;
    }
    let scratch = Scratch::fill();
    fs::write(scratch.path("rustfmt.toml"), "").unwrap();
    let own_rules = Path::new(PACKAGE).join("..");
    for rules in [scratch.directory.path(), &own_rules] {
        let output = Command::new("rustfmt")
            .args(["--check", "--edition", "2024", "--config-path"])
            .arg(rules)
            .args(scratch.sources())
            .output()
            .unwrap();
        let difference = String::from_utf8_lossy(&output.stdout);
        assert!(output.status.success(), "{difference}{}", String::from_utf8_lossy(&output.stderr));
    }
}

#[test]
fn the_source_shows_documentation_bounds_sentinels_and_what_is_left_to_do() {
    let file = format!("{PACKAGE}/samples/awkward_schema.json");
    let outcome = new_event(&["--from", &file, "token"]);
    assert_eq!(outcome.code, Some(0));
    assert!(
        outcome.errors[0].contains(" has no description of `token.self`, `token.2xx`, "),
        "{:?}",
        outcome.errors
    );
    let lines = outcome.lines.join("\n");
    for expected in [
        "// The product's profile sends `nemoSource`, with `.source(\"nemoSource\", \"…\")`.",
        "/// A very long description, over several lines, with */ and \"quotes\" and a back\\slash, which has to\n/// be",
        "#[telemetry(product = OpenShell, event_name = \"token\", schema_version = \"0.1.2\")]",
        "#[telemetry(schema = \"samples/awkward_schema.json\")]\npub struct Token2 {",
        "    /// A keyword.\n    pub r#type: bool,\n    // Describe this in a doc comment: what does `self` say?\n    pub self_: bool,",
        "    #[telemetry(rename = \"2xx\")]\n    pub value_2xx: u8,",
        "    #[telemetry(rename = \"a b\")]\n    pub a_b: bool,",
        "    #[telemetry(rename = \"a-b\")]\n    pub a_b2: bool,",
        "    #[telemetry(rename = \"é\\\"\\\\\")]\n    pub value: bool,",
        "    #[telemetry(sentinel = -1.0)]",
        "    #[telemetry(range = -1_000_000..=-1)]\n    pub negative: i32,",
        "    #[telemetry(range = 0..=i64::MAX, sentinel = None)]\n    pub nullable_count: Option<u64>,",
        "    #[telemetry(free_text = \"replace this: why is it harmless?\", max_len = 64)]\n    #[telemetry(sentinel = Vec::new())]\n    pub texts: Vec<String>,",
        "    pub tables: Vec<Vec<Token>>,",
        "    pub lists: BTreeMap<Token, Vec<u8>>,",
        "    #[telemetry(fallback)]\n    Undefined,",
        "    #[telemetry(rename = \"1-2\")]\n    Value1_2,",
    ] {
        assert!(lines.contains(expected), "{expected:?} is not in\n{lines}");
    }
}

/// Runs `new-event` on a schema with one event `e`, whose properties are given, and returns what it complains about.
fn complaint(properties: &str) -> String {
    let schema = format!(
        "{{\"schemaMeta\": {{\"schemaVersion\": \"1.0\"}}, \"definitions\": {{\"events\": {{\"e\": \
         {{\"properties\": {properties}}}}}}}}}"
    );
    refused(&schema, "e")
}

/// Runs `new-event` on the text `schema` and returns what it complains about, with `FILE` for its path.
fn refused(schema: &str, event: &str) -> String {
    let home = Home::new();
    let file = home.path().join("schema.json");
    fs::write(&file, schema).unwrap();
    let path = file.display().to_string();
    let outcome = new_event(&["--from", &path, event]);
    assert_eq!((outcome.code, outcome.lines.len()), (Some(2), 0), "{:?}", outcome.errors);
    outcome.errors.join("\n").replace(&path, "FILE")
}

#[test]
fn what_cannot_be_an_event_is_refused_with_its_place_and_a_remedy() {
    let at = |below: &str| format!("error: FILE: `#/definitions/events/e/properties/{below}");
    for (properties, problem, help) in [
        ("{\"p\": {}}", at("p` has no type that a field can have"), "use `boolean`, `integer`, `number`"),
        ("{\"p\": {\"type\": \"null\"}}", at("p` has no type that a field can have"), "use `boolean`"),
        (
            "{\"p\": {\"type\": \"string\", \"pattern\": \"x\"}}",
            at("p/pattern` is not a keyword"),
            "remove it",
        ),
        ("{\"p\": {\"type\": \"boolean\", \"minimum\": 1}}", at("p/minimum` is not a keyword"), "remove it"),
        ("{\"p\": {\"type\": [\"string\", \"integer\"]}}", at("p/type` has several types"), "use one type"),
        (
            "{\"p\": {\"type\": \"integer\", \"minimum\": \"0\"}}",
            at("p/minimum` is not a number"),
            "write a whole number",
        ),
        (
            "{\"p\": {\"type\": \"integer\", \"minimum\": 2, \"maximum\": 1}}",
            at("p` allows nothing that can be sent: its bounds are 2 and 1"),
            "write the smaller bound",
        ),
        (
            "{\"p\": {\"type\": \"number\", \"minimum\": \"0\"}}",
            at("p/minimum` is not a number"),
            "write a number",
        ),
        ("{\"p\": {\"enum\": []}}", at("p` has no type that a field can have"), "use `boolean`"),
        ("{\"p\": {\"enum\": [\"\"]}}", at("p` allows no text that has a name"), "list the texts"),
        ("{\"p\": {\"enum\": [1]}}", at("p/enum/0` is a value that cannot be checked"), "list only texts"),
        ("{\"p\": {\"type\": \"array\"}}", at("p` has no `items`"), "add `\"items\"` there"),
        (
            "{\"a/b\": {\"$ref\": \"#/no\"}}",
            at("a~1b/$ref` refers to `#/no`, which does not exist"),
            "write `\"#/def",
        ),
        (
            "{\"p\": {\"items\": {\"$ref\": \"#/definitions/events/e/properties/p\"}}}",
            at("p/items` refers back to `#/definitions/events/e/properties/p`"),
            "describe the inner one",
        ),
        (
            "{\"p\": {\"type\": \"array\", \"items\": {\"type\": \"number\", \"minimum\": 1, \"maximum\": 2}}}",
            at("p` has a number with bounds inside of another value"),
            "put it into an object",
        ),
        ("{\"p\": 1}", at("p` is not an object"), "write `{ … }` there"),
        (
            "{\"p\": {\"properties\": {}, \"required\": [\"q\"]}}",
            at("p` requires `q`, which is not in `properties`"),
            "describe it",
        ),
        ("[]", "FILE: `#/definitions/events/e/properties` is not an object".into(), "write `{ … }` there"),
    ] {
        let complaint = complaint(properties);
        assert!(complaint.contains(&problem), "{properties}: {complaint}");
        assert!(complaint.contains(&format!("\nhelp: {help}")), "{properties}: {complaint}");
    }
}

#[test]
fn a_file_that_is_no_schema_is_refused_with_its_place_and_a_remedy() {
    for (schema, expected) in [
        ("{\n x", "error: FILE:2:2: not JSON: expected `\"`\nhelp: correct the syntax at this position"),
        ("[]", "error: FILE: `#` is not an object\nhelp: write `{ … }` there"),
        ("{}", "error: FILE: `#` has no `definitions`\nhelp: add `\"definitions\"` there"),
        (
            "{\"schemaMeta\": {\"schemaVersion\": \"1\"}, \"definitions\": {\"events\": {\"a\": {}, \"b\": {}}}}",
            "error: FILE: `#/definitions/events` has no event `e`\nhelp: the events are `a`, `b`",
        ),
        (
            "{\"schemaMeta\": {\"schemaVersion\": 1}, \"definitions\": {\"events\": {}}}",
            "error: FILE: `#/schemaMeta/schemaVersion` is not a text\nhelp: write `\"…\"` there",
        ),
        ("{\"allOf\": []}", "error: FILE: `#/allOf` is not a keyword that can be checked"),
    ] {
        let complaint = refused(schema, "e");
        assert!(complaint.starts_with(expected), "{schema}: {complaint}");
    }
}

#[test]
fn wrong_arguments_are_refused() {
    let file = format!("{PACKAGE}/schemas/job_run.json");
    for (arguments, words) in [
        (vec!["job_run"], "--from <FILE>"),
        (vec!["--from", "/nowhere/s.json", "job_run"], "cannot read /nowhere/s.json: "),
        (vec!["--from", &file], "<EVENT>"),
        (
            vec!["--from", &file, "job_run", "--product", "my product"],
            "`my product` is not a path\nhelp: write",
        ),
        (vec!["--from", &file, "job_run", "--product", ""], "`` is not a path"),
    ] {
        let outcome = new_event(&arguments);
        let errors = outcome.errors.join("\n");
        assert_eq!((outcome.code, outcome.lines.len()), (Some(2), 0), "{errors}");
        assert!(errors.contains(words), "{words:?} is not in {errors}");
    }
}
