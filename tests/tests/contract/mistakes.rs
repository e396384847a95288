// SPDX-FileCopyrightText: Copyright (c) 2026 NVIDIA CORPORATION & AFFILIATES. All rights reserved.
// SPDX-License-Identifier: Apache-2.0

//! The mistakes of `docs/DIAGNOSTICS.md`: the compiler says today what the document says.

use std::collections::BTreeMap;
use std::fs;
use std::path::Path;
use std::sync::LazyLock;

use serde_json::Value;
use telemetry_tests::compiler::check;

/// Set to write our messages into the document anew instead of comparing them.
const WRITE: &str = "TELEMETRY_WRITE_DIAGNOSTICS";

const PACKAGE: &str = env!("CARGO_MANIFEST_DIR");
const DOCUMENT: &str = include_str!("../../../docs/DIAGNOSTICS.md");
const SOURCE: &str = include_str!("../../samples/mistakes/login.rs");
const SCHEMA: &str = include_str!("../../samples/mistakes/login.json");

/// One change to the source that makes it wrong.
struct Mistake {
    name: &'static str,
    right: &'static str,
    wrong: &'static str,
    /// Where the message points to.
    token: &'static str,
    /// The place in the schema that the message names.
    pointer: &'static str,
}

const EVENT: &str = "#/definitions/events/login`";

const MISTAKES: [Mistake; 11] = [
    Mistake {
        name: "misspelt_field",
        right: "    pub attempts: u8,",
        wrong: "    pub atempts: u8,",
        token: "atempts",
        pointer: EVENT,
    },
    Mistake {
        name: "wrong_type",
        right: "    pub attempts: u8,",
        wrong: "    pub attempts: bool,",
        token: "bool",
        pointer: "/properties/attempts`",
    },
    Mistake {
        name: "missing_field",
        right: "    /// How often it was tried.\n    pub attempts: u8,\n",
        wrong: "",
        token: "Login",
        pointer: "`#/definitions/events/login`",
    },
    Mistake {
        name: "extra_field",
        right: "    pub attempts: u8,\n",
        wrong: "    pub attempts: u8,\n    /// The machine that answered.\n    pub shard: u8,\n",
        token: "shard",
        pointer: EVENT,
    },
    Mistake {
        name: "wrong_variant",
        right: "    Service,",
        wrong: "    Robot,",
        token: "Robot",
        pointer: "#/definitions/types/UserKindEnum`",
    },
    Mistake {
        name: "wrong_version",
        right: "schema_version = \"1.0\"",
        wrong: "schema_version = \"1.1\"",
        token: "\"1.1\"",
        pointer: "#/schemaMeta/schemaVersion`",
    },
    Mistake {
        name: "wrong_event_name",
        right: "event_name = \"login\"",
        wrong: "event_name = \"logn\"",
        token: "\"logn\"",
        pointer: "#/definitions/events`",
    },
    Mistake {
        name: "nullable",
        right: "    pub attempts: u8,",
        wrong: "    pub attempts: Option<u8>,",
        token: "Option",
        pointer: "/properties/attempts`",
    },
    Mistake {
        name: "out_of_range",
        right: "    #[telemetry(range = 0..=86_400_000)]\n",
        wrong: "",
        token: "u32",
        pointer: "/properties/durationMs`",
    },
    Mistake {
        name: "free_text",
        right: "    pub country: Option<Token>,",
        wrong: "    pub country: Option<String>,",
        token: "Option<String>",
        pointer: "/properties/country`",
    },
    Mistake {
        name: "undocumented",
        right: "    /// The country, if it is known.\n",
        wrong: "",
        token: "country",
        pointer: "/properties/country`",
    },
];

/// The errors of each program, compiled once for all tests.
static MESSAGES: LazyLock<BTreeMap<String, Vec<String>>> = LazyLock::new(messages);

/// The errors of each program in a package with one program per mistake, and one without any.
fn messages() -> BTreeMap<String, Vec<String>> {
    let package = tempfile::tempdir().unwrap();
    let path = |name: &str| package.path().join(name);
    fs::create_dir_all(path("src/bin")).unwrap();
    fs::create_dir_all(path("schemas")).unwrap();
    fs::write(path("schemas/login.json"), SCHEMA).unwrap();
    fs::copy(Path::new(PACKAGE).join("../Cargo.lock"), path("Cargo.lock")).unwrap();
    let manifest = format!(
        "[package]\nname = \"mistakes\"\nversion = \"0.0.0\"\nedition = \"2024\"\n\n[workspace]\n\n\
         [dependencies]\ntelemetry-core = {{ path = {:?}, default-features = false }}\n",
        Path::new(PACKAGE).join("../telemetry-core")
    );
    fs::write(path("Cargo.toml"), manifest).unwrap();
    fs::write(path("src/bin/right.rs"), SOURCE).unwrap();
    for mistake in MISTAKES {
        assert_eq!(SOURCE.matches(mistake.right).count(), 1, "{}", mistake.name);
        let wrong = SOURCE.replace(mistake.right, mistake.wrong);
        fs::write(path(&format!("src/bin/{}.rs", mistake.name)), wrong).unwrap();
    }
    errors_by_program(&String::from_utf8(check(package.path()).stdout).unwrap())
}

fn errors_by_program(output: &str) -> BTreeMap<String, Vec<String>> {
    let mut errors = BTreeMap::<String, Vec<String>>::new();
    for line in output.lines() {
        let message: Value = serde_json::from_str(line).unwrap();
        let Some(program) = message["target"]["name"].as_str() else { continue };
        let of_program = errors.entry(program.to_owned()).or_default();
        // The last message only says how to learn more.
        let is_error = message["message"]["level"] == "error";
        let Some(text) = message["message"]["rendered"].as_str().filter(|_| is_error) else { continue };
        // On a terminal the compiler says the same thing once.
        if !of_program.iter().any(|known| known == text.trim_end()) {
            of_program.push(text.trim_end().to_owned());
        }
    }
    errors
}

#[test]
fn the_document_quotes_the_compiler() {
    let messages = &*MESSAGES;
    assert_eq!(messages["right"], [""; 0]);
    if std::env::var_os(WRITE).is_some() {
        let current = MISTAKES.iter().fold(DOCUMENT.to_owned(), |document, Mistake { name, .. }| {
            with_message(&document, name, &messages[*name].join("\n\n"))
        });
        fs::write(Path::new(PACKAGE).join("../docs/DIAGNOSTICS.md"), current).unwrap();
        return;
    }
    for Mistake { name, wrong, .. } in MISTAKES {
        let [message] = messages[name].as_slice() else { panic!("{name}: {:#?}", messages[name]) };
        let block = format!("```text\n{message}\n```");
        assert!(
            DOCUMENT.contains(&block),
            "{name}: run this test with `{WRITE}=1`, since it is now\n{message}"
        );
        for line in wrong.lines() {
            assert!(DOCUMENT.contains(line), "{name} is now {wrong}");
        }
    }
}

/// The document with another first message about the program `name`: ours comes before those of other libraries.
fn with_message(document: &str, name: &str, message: &str) -> String {
    let place = document.find(&format!("src/bin/{name}.rs")).expect("the document has the mistake");
    let start = document[..place].rfind("```text\n").unwrap() + "```text\n".len();
    let end = place + document[place..].find("\n```").unwrap();
    format!("{}{message}{}", &document[..start], &document[end..])
}

/// One error for one mistake, on the token, with the schema's file and pointer and with what to write.
#[test]
fn every_message_names_token_file_pointer_and_remedy() {
    let messages = &*MESSAGES;
    for Mistake { name, token, pointer, .. } in MISTAKES {
        let message = &messages[name].join("\n");
        assert_eq!(marked(message), token, "{message}");
        assert!(message.contains("`schemas/login.json`") && message.contains(pointer), "{message}");
        assert!(message.contains("help: ") || message.contains("note: use "), "{message}");
    }
}

/// The text above the `^^^` of a message.
fn marked(message: &str) -> &str {
    let lines: Vec<&str> = message.lines().collect();
    let marks =
        lines.iter().position(|line| line.contains("| ") && line.contains('^')).expect("a marked line");
    let start = lines[marks].find('^').unwrap();
    let end = start + lines[marks][start..].chars().take_while(|char| *char == '^').count();
    &lines[marks - 1][start..end]
}
