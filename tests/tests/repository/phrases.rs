// SPDX-FileCopyrightText: Copyright (c) 2026 NVIDIA CORPORATION & AFFILIATES. All rights reserved.
// SPDX-License-Identifier: Apache-2.0

//! Phrases that make a reader notice the sentence instead of the thing do not come back.

use std::fs;
use std::path::{Path, PathBuf};

use fancy_regex::Regex;

use crate::files::{ROOT, files};

/// Recorded data, and generated files.
const NOT_COVERED: [&str; 5] = [
    "docs/api",
    "telemetry-derive/snapshots",
    "tests/reference",
    "tests/tests/repository/phrases.rs",
    "tests/ui",
];

/// A pattern and the wording to use instead.
///
/// "There is no file" and "is no longer" are plain English, and an alias may "stand for" a value. `\(` excludes `f64::round()`.
const PHRASES: [(&str, &str); 13] = [
    (r"\b(is|are|was|were|be) none\b", "name the condition: `is missing`, `is empty`, `does not exist`"),
    (
        r"(?<!here )\b(is|are|was|were) no (?!(longer|more|less|larger|later|earlier|shorter|greater|newer|older)\b)[a-z`]+",
        "`is not a`, or the adjective: `is invalid`",
    ),
    (r"\b(stands?|standing|stood)\b(?! (in )?for\b)", "`is in`, `follows`, `is listed under`"),
    (
        r"\b(whoever|nobody|somebody|anybody|the one who)\b",
        "name the user, the caller, the program or the thread",
    ),
    (r"\bround\b(?! (trip|off|down|up|to)\b|[(:])", "`around`"),
    (
        r"(serialis|normalis|initialis|recognis|summaris|synchronis|authoris|behaviour|colour|honour|favour|licence|\bspelt\b)",
        "the American spelling",
    ),
    (r"\bbelongs? into\b", "`put it into`, `store it in`"),
    (r"\bfor ever\b|\bcounts? for nothing\b", "`forever`, `is ignored`"),
    (
        r"(^|[.:;] |//[/!] |\| )what (is|are|was|were|has|have|had|cannot|can|could|would|must) (?!it\b)[^?]*?\b(is|are|was|were|goes|ends|completes|stays|stay|counts|opts|leaves|waits|happens to|comes)\b",
        "the noun as the subject: `Waiting events are`, `An unknown value opts out`",
    ),
    (
        r"\bno[- ]one who\b|\bthose who\b(?! (change|read|build|write|use)\b)",
        "name them: `users`, `threads`, `callers`",
    ),
    (
        r"\b(product|client|service|telemetry|it|one|process)s? (is|are|stays?|was) silent\b|\bsilences?\b",
        "`turns off`, `opts out`, `is off`",
    ),
    (r"\bof ours\b(?! (is|are) (released|published))", "`of the toolkit`, `our`"),
    (r"\bholds? nobody\b", "`does not block`"),
];

/// Whether a file is covered.
fn is_covered(file: &Path) -> bool {
    let place = file.strip_prefix(ROOT).unwrap();
    !NOT_COVERED.iter().any(|directory| place.starts_with(directory))
}

fn is_text(file: &Path) -> bool {
    file.extension().is_some_and(|extension| extension == "rs" || extension == "md")
}

/// The wordings that a line needs.
fn smells<'a>(phrases: &'a [(Regex, &str)], line: &'a str) -> impl Iterator<Item = String> + 'a {
    let found = phrases.iter().filter_map(|(phrase, better)| Some((phrase.find(line).unwrap()?, better)));
    found.map(|(found, better)| format!("`{}`: write {better}", found.as_str()))
}

fn phrases() -> Vec<(Regex, &'static str)> {
    PHRASES.iter().map(|(phrase, better)| (Regex::new(&format!("(?i){phrase}")).unwrap(), *better)).collect()
}

fn in_file(phrases: &[(Regex, &str)], file: &PathBuf) -> Vec<String> {
    let text = fs::read_to_string(file).unwrap();
    let place = file.strip_prefix(ROOT).unwrap().display();
    let lines = text.lines().enumerate();
    let found = lines.flat_map(|(index, line)| smells(phrases, line).map(move |smell| (index + 1, smell)));
    found.map(|(line, smell)| format!("{place}:{line}: {smell}")).collect()
}

#[test]
fn phrases_that_distract_do_not_come_back() {
    let phrases = phrases();
    let mut files = files(Path::new(ROOT), is_text);
    files.retain(|file| is_covered(file));
    assert!(files.len() >= 600, "only {} files", files.len());
    let found: Vec<_> = files.iter().flat_map(|file| in_file(&phrases, file)).collect();
    assert!(found.is_empty(), "rewrite the sentence, not the word:\n{}", found.join("\n"));
}

#[test]
fn each_phrase_is_found_and_its_plain_neighbors_are_not() {
    let phrases = phrases();
    let distracting = [
        "if the name is none",
        "keys that are no field",
        "a value stands on one line",
        "until somebody agrees",
        "the other way round",
        "a Serialised event",
        "it belongs into a static",
        "waits for ever",
        "sent later: what is left there is dropped",
        "for those who flush at once",
        "a marker silences the product",
        "no thread of ours",
        "a collector that hangs holds nobody up",
    ];
    assert_eq!(distracting.len(), phrases.len());
    for ((phrase, _), line) in phrases.iter().zip(distracting) {
        assert!(phrase.is_match(line).unwrap(), "{phrase} in `{line}`");
    }
    let plain = [
        "there is no file",
        "is no longer sent",
        "an alias stands for a value",
        "a round trip",
        "recognized",
        "what is an entry? a host",
        "this is what it is",
        "for those who change this code",
        "the number.round() of it, and a parameter round: f64",
        "the client is off",
        "misspelt",
        "one",
    ];
    for line in plain {
        assert_eq!(smells(&phrases, line).next(), None, "{line}");
    }
}
