// SPDX-FileCopyrightText: Copyright (c) 2026 NVIDIA CORPORATION & AFFILIATES. All rights reserved.
// SPDX-License-Identifier: Apache-2.0

//! The compiler refuses exactly those events that the comparison refuses at run time, and with the same text: the macro, which
//! knows types by their spelling, and the constants, which know all of them.
//!
//! Each random pair of an event and a schema is a module of one crate; all schemas are one file.

use std::collections::BTreeMap;
use std::path::Path;

use telemetry_schema::arena::Arena;
use telemetry_schema::comparison::Comparison;
use telemetry_schema::descriptor::{EnumDescriptor, Origin, Shape};
use telemetry_schema::json::Json;
use telemetry_schema::schema::Schema;
use telemetry_tests::compiler::{Refusal, check, refusals};
use telemetry_tests::pairs::choices::Choices;
use telemetry_tests::pairs::field::{Event, Field};
use telemetry_tests::pairs::number::PLAIN;
use telemetry_tests::pairs::rust::{Module, module};
use telemetry_tests::pairs::schema::{file, object, text};
use telemetry_tests::pairs::{EVENT, NAMES, SOURCE};

/// How many random pairs are compiled that keep to their schema, that have wrong fields alone, and that are wrong as a whole.
const PAIRS: [usize; 3] = [180, 240, 80];

/// The imports of all modules.
const LIB: &str = r#"#![allow(warnings)]
use telemetry_core::{Product, Profile};
pub struct WithSource;
impl Product for WithSource {
    const PROFILE: Profile = Profile::new("shop", "1").source("nemoSource", "shop");
}
pub struct WithoutSource;
impl Product for WithoutSource {
    const PROFILE: Profile = Profile::new("shop", "1");
}
"#;

struct Pair {
    /// Its schema, as a file of its own.
    json: Json,
    event: Event,
    module: Module,
}

/// The name of an event in the file of all.
fn event_name(index: usize) -> String {
    format!("e{index}")
}

/// The pairs of the first seeds whose schemas the reader accepts, so many of each class; most events are made for their schema.
fn pairs() -> Vec<Pair> {
    let (mut pairs, mut missing) = (primitives(), PAIRS);
    for seed in 0.. {
        let mut choices = Choices::random(seed);
        let Some((json, event, class)) = candidate(&mut choices) else { continue };
        if missing == [0; 3] {
            break;
        }
        if missing[class] > 0 {
            missing[class] -= 1;
            let module = module(&event, &event_name(pairs.len()), &mut choices);
            pairs.push(Pair { json, event, module });
        }
    }
    pairs
}

/// Each plain integer, spelled as it is, with a schema for its bounds and two that are narrower by one.
fn primitives() -> Vec<Pair> {
    let bounds = |(_, min, max): &(&str, i64, i64)| {
        [(*min, *max), (*min + 1, *max), (*min, *max - 1)].map(|asked| (*min, *max, asked))
    };
    let pair = |(index, (min, max, asked)): (usize, (i64, i64, (i64, i64)))| {
        let number = |bound: i64| Json::Number(bound.to_string());
        let integer = object(vec![
            ("type", text("integer")),
            ("minimum", number(asked.0)),
            ("maximum", number(asked.1)),
        ]);
        let schema = object(vec![("properties", object(vec![(NAMES[0].wire, integer)]))]);
        let json = object(vec![("definitions", object(vec![("events", object(vec![(EVENT, schema)]))]))]);
        let event = Event { has_source: false, fields: vec![(NAMES[0], Field::Integer(min, max))] };
        let module = module(&event, &event_name(index), &mut Choices::given(&[]));
        Pair { json, event, module }
    };
    PLAIN.iter().flat_map(bounds).enumerate().map(pair).collect()
}

fn candidate(choices: &mut Choices) -> Option<(Json, Event, usize)> {
    let json = file(choices);
    let schema = Schema::read(&json.to_string()).ok()?;
    let event = match json.get("definitions")?.get("events")?.get(EVENT) {
        Some(asked) if !choices.once_in(4) => Event::near(choices, asked, &json),
        _ => Event::random(choices),
    };
    let event = event.declared();
    let class = faults(&schema, EVENT, &event, &vec![String::new(); event.fields.len()]).class();
    Some((json, event, class))
}

/// All schemas in one file, each with types of its own. Events that a file does not list are not listed.
fn merged(pairs: &[Pair]) -> String {
    let (mut types, mut events, mut listed) = (Vec::new(), Vec::new(), Vec::new());
    for (index, Pair { json, .. }) in pairs.iter().enumerate() {
        let Some(definitions) = json.get("definitions") else { continue };
        for (name, schema) in members(definitions.get("types")) {
            types.push((format!("p{index}-{name}"), renamed(schema, index)));
        }
        for (name, schema) in members(definitions.get("events")) {
            match name.as_str() {
                EVENT => events.push((event_name(index), renamed(schema, index))),
                _ if events.iter().all(|(known, _)| known != name) => {
                    events.push((name.clone(), schema.clone()))
                }
                _ => {}
            }
        }
        let reference = format!("#/definitions/events/{EVENT}");
        if json.get("oneOf").is_none_or(|list| list.to_string().contains(&reference)) {
            listed.push(object(vec![("$ref", text(&format!("#/definitions/events/{}", event_name(index))))]));
        }
    }
    let file = object(vec![
        ("schemaMeta", object(vec![("schemaVersion", text("1.0"))])),
        ("oneOf", Json::Array(listed)),
        ("definitions", object(vec![("types", Json::Object(types)), ("events", Json::Object(events))])),
    ]);
    file.to_string()
}

fn members(json: Option<&Json>) -> &[(String, Json)] {
    match json {
        Some(Json::Object(members)) => members,
        _ => &[],
    }
}

/// The same schema, whose references lead to the types of the pair.
fn renamed(json: &Json, index: usize) -> Json {
    match json {
        Json::Array(elements) => Json::Array(elements.iter().map(|json| renamed(json, index)).collect()),
        Json::Object(members) => {
            Json::Object(members.iter().map(|(name, json)| (name.clone(), renamed(json, index))).collect())
        }
        Json::Text(path) => {
            text(&path.replace("#/definitions/types/", &format!("#/definitions/types/p{index}-")))
        }
        other => other.clone(),
    }
}

/// The faults of an event that are found at run time.
#[derive(Debug, Default, Clone)]
struct Faults {
    /// What the comparison says about each wrong field: at the field, and at a variant if its words are wrong.
    fields: Vec<Vec<String>>,
    /// The faults of the event as a whole.
    event: Vec<String>,
}

impl Faults {
    /// Nothing, fields alone, or the event as a whole: the index of its number in [`PAIRS`].
    fn class(&self) -> usize {
        if self.event.is_empty() { usize::from(!self.fields.is_empty()) } else { 2 }
    }
}

fn faults(schema: &Schema, name: &str, event: &Event, types: &[String]) -> Faults {
    let arena = Arena::new();
    let asked = schema.event(name, &arena).unwrap();
    let mut faults = Faults::default();
    let mut fault = |is_wrong: bool, what: &str| faults.event.extend(is_wrong.then(|| what.to_owned()));
    fault(!asked.is_listed, "is not listed");
    let sent: Vec<_> = event.sent().into_iter().map(|(name, _)| name).collect();
    fault(asked.unsent(&sent).any(|property| property.required), "lacks a property");
    let source = source_shape();
    fault(
        event.has_source
            && !asked
                .parameter(SOURCE.0)
                .is_some_and(|asked| telemetry_schema::comparison::fits(&source, asked)),
        "has a wrong source",
    );
    let mut enums = 0;
    for ((field_name, field), type_name) in event.fields.iter().zip(types) {
        let shape = field.named_shape(&mut enums);
        let comparison = Comparison {
            file: "schema.json",
            event: name,
            owner: "E",
            field: field_name.rust,
            property: field_name.wire,
            type_name,
        };
        match asked.parameter(field_name.wire) {
            None => faults.event.push("has a field that is not a property".to_owned()),
            Some(asked) => {
                let said = comparison.check(&shape, asked).into_iter();
                let said = said.chain(comparison.check_words(&shape, asked));
                let said: Vec<_> = said.map(|message| message.as_str().to_owned()).collect();
                faults.fields.extend(Some(said).filter(|said| !said.is_empty()));
            }
        }
    }
    faults
}

fn source_shape() -> Shape {
    const WORD: &EnumDescriptor = &EnumDescriptor::new("", &[SOURCE.1], Origin::new("", "", 1));
    Shape::Enum(WORD)
}

/// Writes the modules with these numbers, and the schema of all.
fn write_crate<'a>(root: &Path, schema: &str, modules: impl Iterator<Item = (usize, &'a Pair)>) {
    let path = |part: &str| format!("{}/../{part}", env!("CARGO_MANIFEST_DIR"));
    let manifest = format!(
        "[package]\nname = \"pairs\"\nversion = \"0.1.0\"\nedition = \"2024\"\n\n[workspace]\n\n[dependencies]\n\
         telemetry-core = {{ path = {:?}, default-features = false, features = [\"uuid\"] }}\n",
        path("telemetry-core"),
    );
    std::fs::create_dir_all(root.join("src")).unwrap();
    std::fs::write(root.join("Cargo.toml"), manifest).unwrap();
    std::fs::copy(path("Cargo.lock"), root.join("Cargo.lock")).unwrap();
    std::fs::write(root.join("schema.json"), schema).unwrap();
    let mut lib = LIB.to_owned();
    for (index, pair) in modules {
        lib += &format!("mod m{index};\n");
        std::fs::write(root.join(format!("src/m{index}.rs")), &pair.module.source).unwrap();
    }
    std::fs::write(root.join("src/lib.rs"), lib).unwrap();
}

/// The errors in each module.
fn compile<'a>(
    schema: &str,
    modules: impl Iterator<Item = (usize, &'a Pair)>,
) -> BTreeMap<usize, Vec<String>> {
    let root = tempfile::tempdir().unwrap();
    write_crate(root.path(), schema, modules);
    let output = check(root.path());
    let refusals = refusals(&output);
    let mut errors = BTreeMap::<usize, Vec<String>>::new();
    for Refusal { message, files, .. } in &refusals {
        let indices: Vec<_> = files.iter().filter_map(|file| module_index(file)).collect();
        assert!(!indices.is_empty(), "an error outside of the modules: {message}");
        let text = message.trim_start_matches("evaluation panicked: ").to_owned();
        for index in indices {
            errors.entry(index).or_default().push(text.clone());
        }
    }
    let stderr = String::from_utf8_lossy(&output.stderr);
    assert_eq!(output.status.success(), errors.is_empty(), "{stderr}");
    errors
}

fn module_index(file: &str) -> Option<usize> {
    file.strip_prefix("src/m")?.strip_suffix(".rs")?.parse().ok()
}

/// Whether the compiler says of a module what the comparison says at run time, as far as it says anything.
fn agrees(faults: &Faults, errors: &[String]) -> bool {
    let is_known = |error: &String| {
        faults.fields.iter().any(|said| said.contains(error))
            || !faults.event.is_empty() && error.contains("schema `schema.json`")
    };
    let says_all = !faults.event.is_empty() || faults.fields.len() > 1 || faults.fields.len() == errors.len();
    (faults.class() == 0) == errors.is_empty() && errors.iter().all(is_known) && says_all
}

#[test]
fn the_compiler_refuses_what_the_comparison_refuses_and_in_the_same_words() {
    let pairs = pairs();
    let text = merged(&pairs);
    let schema = Schema::read(&text).unwrap();
    let faults = |(index, Pair { event, module, .. }): (usize, &Pair)| {
        faults(&schema, &event_name(index), event, &module.types)
    };
    let faults: Vec<_> = pairs.iter().enumerate().map(faults).collect();
    let errors = compile(&text, pairs.iter().enumerate());
    let mut disagreements = String::new();
    for (index, (pair, faults)) in pairs.iter().zip(&faults).enumerate() {
        let errors = errors.get(&index).cloned().unwrap_or_default();
        if !agrees(faults, &errors) {
            let (schema, source) = (pair.json.to_string(), &pair.module.source);
            disagreements +=
                &format!("schema: {schema}\n{source}run time: {faults:#?}\ncompiler: {errors:#?}\n\n");
        }
    }
    assert!(disagreements.is_empty(), "{disagreements}");
    println!("{} pairs, {PAIRS:?} of the random ones in each class", pairs.len());
    // An error could keep the compiler from finding another one, so those that are accepted are compiled alone, too.
    let accepted = pairs.iter().enumerate().zip(&faults).filter(|(_, faults)| faults.class() == 0);
    let errors = compile(&text, accepted.map(|(pair, _)| pair));
    assert!(errors.is_empty(), "{errors:#?}");
}
