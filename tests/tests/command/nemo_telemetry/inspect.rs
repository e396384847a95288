// SPDX-FileCopyrightText: Copyright (c) 2026 NVIDIA CORPORATION & AFFILIATES. All rights reserved.
// SPDX-License-Identifier: Apache-2.0

//! `inspect`: it explains an event and sends nothing.

use serde_json::Value;
use telemetry_core::TelemetryEvent;
use telemetry_guardrails::GuardrailsUsageEvent;
use telemetry_tests::child::Outcome;
use telemetry_tests::home::Home;
use telemetry_tests::recorded;

use crate::nemo_telemetry::{EXAMPLES, assert_refused, command, example, text};

#[test]
fn inspect_explains_every_field_of_every_example_and_touches_nothing() {
    for name in EXAMPLES {
        let home = Home::new();
        let outcome = command(&home).run(&["inspect", &example(name)]).checked();
        for field in GuardrailsUsageEvent::DESCRIPTOR.fields {
            assert!(outcome.lines.iter().any(|line| line.starts_with(field.name)), "{name}: {}", field.name);
        }
        assert!(text(&outcome.lines).contains("Nothing was sent."));
        assert!(home.is_untouched(), "{name}");
    }
}

#[test]
fn inspect_prints_the_event_that_each_example_is_known_to_produce() {
    for (name, colang, providers, features, flows) in [
        ("support_bot", "1.0", "FastEmbed,openai", "self_check", 3),
        ("voice_assistant", "2.x", "nim", "", 3),
        ("content_safety", "1.0", "nim,vllm", "content_safety,jailbreak_detection,topic_safety", 0),
        ("claims_desk", "1.0", "azure", "regex,sensitive_data_detection", 1),
    ] {
        let event = inspected(&[&example(name), "--json"]);
        let list = |key: &str| {
            event[key]
                .as_array()
                .unwrap()
                .iter()
                .map(|text| text.as_str().unwrap())
                .collect::<Vec<_>>()
                .join(",")
        };
        assert_eq!(event["colangVersion"], colang, "{name}");
        assert_eq!(
            (list("llmProviders"), list("builtinFeatures")),
            (providers.into(), features.into()),
            "{name}"
        );
        assert_eq!(event["numCustomFlows"], flows, "{name}");
        assert_eq!(event.as_object().unwrap().len(), 19, "{name}");
    }
}

/// A directory of configurations is loaded as the product loads it, with a warning.
#[test]
fn inspect_warns_of_configurations_that_are_merged_because_they_are_below_the_directory() {
    let home = Home::new();
    let write = |file: &str| {
        let path = home.path().join("all").join(file);
        std::fs::create_dir_all(path.parent().unwrap()).unwrap();
        std::fs::write(path, "models: []\n").unwrap();
    };
    let errors = |arguments: &[&str]| {
        let arguments = [&["inspect", "all"], arguments].concat();
        let outcome = command(&home).run(&arguments);
        assert_eq!(outcome.code, Some(0), "{outcome:?}");
        text(&outcome.errors)
    };
    ["one/config.yml", "one/more.yml", "one/kb/config.yml"].into_iter().for_each(write);
    write("rails/input.yml");
    assert_eq!(errors(&[]), "", "one configuration, in parts");
    ["deep/er/config.yaml", "kb/config.yml", "ignored/config.yml"].into_iter().for_each(write);
    std::fs::write(home.path().join("all/.railsignore"), "ignored/*\nconfig.yml.bak\n").unwrap();
    let shown = errors(&[]);
    let sentence = "configurations below it were merged into one, as the product does";
    assert!(shown.starts_with("warning: all is not a configuration itself: "), "{shown}");
    assert!(shown.contains(sentence) && shown.contains("all/deep/er, "), "{shown}");
    assert_eq!(errors(&["--json"]), shown, "the output is the event alone");
    assert_eq!(errors(&["--diff", "all"]), format!("{shown}\n{shown}"));
    let advised = shown.split_once("help: give the directory of one of them: ").unwrap().1;
    for directory in advised.split(", ") {
        let _ = command(&home).run(&["inspect", directory]).checked();
    }
    for number in 0..12 {
        write(&format!("{number}\u{1b}/config.yml"));
    }
    let shown = errors(&[]);
    assert!(shown.contains(r"all/0\u{1b}, ") && shown.contains(", and "), "{shown}");
    write("own.yaml");
    assert_eq!(errors(&[]), "", "a configuration with parts below it");
}

/// The one JSON object that `inspect` prints, even when opted out.
fn inspected(arguments: &[&str]) -> Value {
    let home = Home::new();
    let arguments = [&["inspect"], arguments].concat();
    let outcome = command(&home).env("DO_NOT_TRACK", "1").run(&arguments).checked();
    let [event] = outcome.json().try_into().unwrap();
    assert!(home.is_untouched());
    event
}

#[test]
fn inspect_takes_engine_deployment_and_release() {
    let claims = example("claims_desk");
    let event = inspected(&[&claims, "--json", "--engine", "IORails", "--deployment-type", "cli"]);
    assert_eq!((&event["railsEngine"], &event["deploymentType"]), (&"IORails".into(), &"cli".into()));
    assert_eq!(event["numCustomFlows"], 2, "this engine counts the rail of the user's own");
    let envelope = inspected(&[&claims, "--envelope"]);
    assert_eq!(envelope.as_object().unwrap().len(), 30);
    assert_eq!(envelope["events"][0]["name"], "guardrails_usage_event");
    let home = Home::new();
    let f5 = home.path().join("f5.yml");
    std::fs::write(&f5, "models: []\nrails: {input: {flows: [f5 guardrails scan input]}}\n").unwrap();
    let features = |release: &str| {
        inspected(&[f5.to_str().unwrap(), "--json", "--compat", release])["builtinFeatures"].clone()
    };
    assert_eq!((features("0.24"), features("0.22")), (serde_json::json!(["f5"]), serde_json::json!([])));
}

/// What `inspect` prints about a configuration of these files, line by line.
fn explained(files: &[(&str, &str)]) -> Vec<String> {
    inspect_of(files).checked().lines
}

fn inspect_of(files: &[(&str, &str)]) -> Outcome {
    let home = Home::new();
    let config = home.path().join("bot");
    for (path, content) in files {
        let path = config.join(path);
        std::fs::create_dir_all(path.parent().unwrap()).unwrap();
        std::fs::write(path, content).unwrap();
    }
    command(&home).run(&["inspect", config.to_str().unwrap()])
}

#[test]
fn the_readme_shows_what_inspect_prints() {
    let readme = std::fs::read_to_string(example("../README.md")).unwrap();
    let shown = readme.split_once("inspect examples/support_bot\n").unwrap().1.split_once("```").unwrap().0;
    let printed = command(&Home::new()).run(&["inspect", &example("support_bot")]).checked().lines;
    // Values that depend on machine, process and time also affect the width of the columns.
    let lasting = |lines: &mut dyn Iterator<Item = &str>| {
        let varying = |line: &str| {
            ["sessionId", "platform", "osName", "timestamp"].iter().any(|name| line.starts_with(name))
        };
        lines.filter(|line| !varying(line)).map(squeezed).collect::<Vec<_>>()
    };
    assert_eq!(lasting(&mut shown.lines()), lasting(&mut printed.iter().map(String::as_str)));
}

fn squeezed(line: &str) -> String {
    line.split_whitespace().collect::<Vec<_>>().join(" ")
}

/// The lines about a field, without its name and with single spaces.
fn why(lines: &[String], field: &str) -> Vec<String> {
    let of_field = lines.iter().skip_while(|line| !line.starts_with(field));
    let further = of_field.clone().skip(1).take_while(|line| line.starts_with(' '));
    let lines = of_field.take(1).chain(further).map(|line| line.trim_start_matches(field));
    lines.map(squeezed).collect()
}

const SCANNED: &str =
    "Colang was scanned for flows and not parsed: the product may refuse a configuration that is read here.";

#[test]
fn inspect_says_that_colang_was_scanned_where_there_is_any() {
    let says = |files: &[(&str, &str)]| explained(files).iter().any(|line| line == SCANNED);
    let unknown = "define flow f\n  log something\n";
    assert!(says(&[("x.co", unknown)]), "the product refuses this statement");
    assert!(says(&[("config.yml", "colang_version: 2.x\n"), ("sub/x.co", "flow main\n  # todo\n")]));
    assert!(!says(&[("config.yml", "models: []\n")]));
    assert!(!says(&[("x.co", "flow main\n  bot say \"x\"\n")]), "it is skipped and not scanned");
}

/// Each is recorded with the event of the package or its refusal; what it refuses for its Colang may be read here.
#[test]
fn inspect_refuses_or_notes_published_configurations_that_the_package_refuses() {
    let mut rows = recorded::rows("configs.jsonl");
    rows.retain(|row| row["kind"] == "published");
    assert_eq!(rows.len(), 16);
    for row in &rows {
        let files = row["files"].as_object().unwrap().iter();
        let files =
            files.map(|(path, file)| (path.strip_prefix("cfg/").unwrap(), file["text"].as_str().unwrap()));
        let outcome = inspect_of(&files.collect::<Vec<_>>());
        let refused = row.get("error").is_some();
        if refused && row["error"]["type"] != "ColangParsingError" {
            assert_refused(&outcome, 2, &["config.yml:1:", "help:"]);
            continue;
        }
        assert_eq!(outcome.code, Some(0), "{}: {:?}", recorded::id(row), outcome.errors);
        assert!(!refused || outcome.lines.iter().any(|line| line == SCANNED), "{}", recorded::id(row));
    }
}

#[test]
fn inspect_lists_the_flows_of_each_type_of_rails() {
    let yaml = "rails:\n  output: {flows: [self check output, b $x=1]}\n  input: {flows: [a, a]}\n  \
                dialog: {single_call: {enabled: true}}\n";
    let models =
        "models: [{type: main, engine: e, model: m}]\nprompts: [{task: self_check_output, content: x}]\n";
    let lines = explained(&[("config.yml", &format!("{models}{yaml}"))]);
    assert_eq!(
        why(&lines, "railTypesInUse"),
        [
            "input, output, dialog input: `a`, `a`",
            "output: `self check output`, `b $x=1`",
            "dialog: `rails.dialog.single_call.enabled`"
        ],
        "{}",
        text(&lines)
    );
    assert_eq!(
        why(&explained(&[("config.yml", "models: []\n")]), "railTypesInUse"),
        ["none no rail has flows"]
    );
}

#[test]
fn inspect_names_the_effective_file_and_the_one_that_it_replaces() {
    let rails = |group: &str| format!("rails: {{{group}: {{flows: [x]}}}}\n");
    let lines = explained(&[("config.yml", &rails("input")), ("sub/config.yml", &rails("output"))]);
    let words = "`rails` of sub/config.yml counts and replaces that of config.yml; the product may read them in another order";
    for field in ["numRailsConfigured", "railTypesInUse", "streamingConfigured", "builtinFeatures"] {
        assert_eq!(why(&lines, field).last().unwrap(), words, "{field}");
    }
    assert!(!text(&why(&lines, "tracingEnabled")).contains("replaces"));

    let lines = explained(&[
        ("a.yml", "tracing: {enabled: true}\ncolang_version: '2.x'\n"),
        ("b.yml", "tracing: {}\n"),
        ("c.yml", "import_paths: []\ntracing: {enabled: false}\ncolang_version: '1.0'\n"),
        ("x.co", "define flow f\n  bot a\n"),
    ]);
    assert!(
        why(&lines, "tracingEnabled")[1]
            .starts_with("`tracing` of c.yml counts and replaces that of b.yml, a.yml;")
    );
    assert!(
        why(&lines, "colangVersion")[1]
            .starts_with("`colang_version` of c.yml counts and replaces that of a.yml;")
    );
    let single = explained(&[("config.yml", &rails("input"))]);
    assert!(!text(&single).contains("replaces"));
}

#[test]
fn inspect_shows_which_colang_files_are_skipped_and_why() {
    let (of_1, of_2) = ("define flow f\n  bot a\n", "flow main\n  bot say \"x\"\n");
    for (version, files, expected) in [
        (
            "1.0",
            vec![("x.co", of_2)],
            vec!["0 skipped as Colang 2.x, since no line begins with `define`: x.co"],
        ),
        (
            "2.x",
            vec![("x.co", of_1)],
            vec!["0 skipped as Colang 1.0, since a line begins with `define`: x.co"],
        ),
        (
            "1.0",
            vec![("a.co", of_1), ("b/x.co", of_2), ("empty.co", "")],
            vec!["1 a.co 1", "skipped as Colang 2.x, since no line begins with `define`: empty.co, b/x.co"],
        ),
        ("1.0", vec![("a.co", "define user a\n  \"b\"\n")], vec!["0 no flow is the user's own"]),
    ] {
        let yaml = format!("colang_version: '{version}'\n");
        let files: Vec<_> = files.into_iter().chain([("config.yml", yaml.as_str())]).collect();
        assert_eq!(why(&explained(&files), "numCustomFlows"), expected, "{files:?}");
    }
}

#[test]
fn bad_configurations_name_file_and_remedy_and_exit_with_2() {
    let home = Home::new();
    let file = |name: &str, content: &[u8]| {
        std::fs::write(home.path().join(name), content).unwrap();
        home.path().join(name).to_str().unwrap().to_owned()
    };
    std::fs::create_dir(home.path().join("void")).unwrap();
    for (config, words) in [
        ("nowhere".to_owned(), ["nowhere", "help:"]),
        (file("plain.txt", b"models: []"), ["plain.txt", "help:"]),
        (file("broken.yml", b"models: [\n"), ["broken.yml:", "help:"]),
        (file("latin.yml", b"models: [] # \xff"), ["latin.yml", "UTF-8"]),
        (file("empty.yml", b""), ["empty.yml", "help:"]),
        (file("engine.yml", b"models:\n  - {type: main}\n"), ["engine.yml:2:", "engine"]),
        ("void".to_owned(), ["void", "help:"]),
    ] {
        for subcommand in ["inspect", "report"] {
            assert_refused(&command(&home).run(&[subcommand, &config]), 2, &words);
        }
    }
}

/// No text in a configuration can disturb the user's terminal.
#[test]
fn messages_escape_and_cut_what_a_configuration_holds() {
    let home = Home::new();
    let config = home.path().join("bot\u{1b}[2J");
    std::fs::create_dir(&config).unwrap();
    std::fs::write(config.join("config.yml"), "models: []\n").unwrap();
    for name in ["\u{1b}[2J\u{1b}]0;own\u{7} x".to_owned(), "x".repeat(4 << 20)] {
        std::fs::write(config.join("talk.co"), format!("define flow {name}\n")).unwrap();
        let outcome = command(&home).run(&["inspect", config.to_str().unwrap()]);
        let errors = text(&outcome.errors);
        assert_refused(&outcome, 2, &[r"bot\u{1b}[2J/talk.co:1", "help:"]);
        assert!(!errors.contains(|c: char| c.is_control() && c != '\n'), "{errors:?}");
        assert!(errors.len() < 2000, "{} bytes", errors.len());
    }
}
