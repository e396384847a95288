// SPDX-FileCopyrightText: Copyright (c) 2026 NVIDIA CORPORATION & AFFILIATES. All rights reserved.
// SPDX-License-Identifier: Apache-2.0

//! An event is one line of the audit log to every reader of lines, whatever its texts hold, and the same bytes on the wire.

use std::collections::{BTreeMap, BTreeSet};
use std::path::Path;
use std::process::Command;
use std::time::Duration;

use serde_json::Value;
use telemetry_core::profile::HeartbeatPolicy;
use telemetry_core::{
    Client, ConsentPolicy, Product, Profile, TelemetryEnum, TelemetryEvent, TelemetryValue,
};
use telemetry_tests::server::{PATIENCE, Request, Server};
use telemetry_tests::skipped::skipped;

/// Every character at which a common reader breaks lines: `str.splitlines` of Python, `\R` of regular expressions, and the
/// line terminators of JavaScript.
const LINE_BREAKS: [char; 10] =
    ['\n', '\r', '\u{b}', '\u{c}', '\u{1c}', '\u{1d}', '\u{1e}', '\u{85}', '\u{2028}', '\u{2029}'];

/// Reads a file as a Python program does, and prints a list of its lines as JSON.
const PYTHON: &str = "import json, sys
text = open(sys.argv[1], encoding='utf-8', newline='').read()
print(json.dumps([json.loads(line) for line in text.splitlines()]))";

/// A product with line breaks wherever a profile takes text.
struct Shop;

impl Product for Shop {
    const PROFILE: Profile = Profile::new("shop", "1")
        .source("shop\u{2029}Source", "the\u{85}shop")
        .consent(ConsentPolicy::variables(&[]));
}

/// A vocabulary with a line break in each word.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, TelemetryEnum)]
enum Word {
    /// U+0085.
    #[telemetry(rename = "next\u{85}line")]
    NextLine,
    /// U+2028.
    #[telemetry(rename = "line\u{2028}separator")]
    LineSeparator,
    /// Control characters.
    #[telemetry(rename = "\n\r\u{b}\u{c}\u{1c}\u{1d}\u{1e}")]
    Controls,
}

/// A part of an event.
#[derive(Debug, Clone, TelemetryValue)]
struct Part {
    /// A word under a name with a line break.
    #[telemetry(rename = "inner\u{2028}")]
    word: Word,
}

/// All kinds of texts, under names with line breaks.
#[derive(Debug, Clone, TelemetryEvent)]
#[telemetry(product = Shop, event_name = "texts", schema_version = "1.0")]
struct Texts {
    /// A free text.
    #[telemetry(
        rename = "free\u{2028}\u{2029}\u{85}",
        free_text = "any",
        max_len = 9000,
        sentinel = "none\u{2028}"
    )]
    free: String,
    /// Free texts.
    #[telemetry(free_text = "any", max_len = 9000, sentinel = Vec::new())]
    list: Vec<String>,
    /// Free texts.
    #[telemetry(free_text = "any", max_len = 9000, sentinel = BTreeSet::new())]
    set: BTreeSet<String>,
    /// Words as keys and as values.
    map: BTreeMap<Word, Word>,
    /// Words.
    words: Vec<Word>,
    /// An object.
    part: Part,
}

impl Texts {
    fn of(text: &str) -> Self {
        Self {
            free: text.to_owned(),
            list: vec![text.to_owned(), "between".into(), text.to_owned()],
            set: [text.to_owned()].into(),
            map: Word::VARIANTS.iter().map(|word| (*word, *word)).collect(),
            words: Word::VARIANTS.to_vec(),
            part: Part { word: Word::LineSeparator },
        }
    }
}

fn client<P: Product>(home: &Path, server: &Server) -> Client<P> {
    let version = format!("1.0{}", LINE_BREAKS.iter().collect::<String>());
    Client::builder().config_dir(home).endpoint(&server.url()).version(version).start()
}

fn audit(home: &Path) -> String {
    std::fs::read_to_string(home.join("usage_stats.json")).expect("there is an audit log")
}

/// Every line is an event to every reader, and the bytes of a line are in its request. Returns the events.
fn check(home: &Path, requests: &[Request]) -> Vec<Value> {
    let audit = audit(home);
    let lines: Vec<&str> = audit.split_terminator(LINE_BREAKS).collect();
    assert_eq!(lines.len(), requests.len());
    for (line, request) in lines.iter().zip(requests) {
        assert!(request.body.contains(line), "{line}");
        assert!(!request.body.contains(LINE_BREAKS), "{}", request.body);
    }
    let events: Vec<Value> = lines.iter().map(|line| serde_json::from_str(line).expect("an event")).collect();
    let sent: Vec<Value> = requests.iter().map(Request::parameters).collect();
    assert_eq!(events, sent);
    events
}

/// The events that a Python program finds in the audit log.
fn read_by_python(home: &Path) -> Option<Vec<Value>> {
    let Ok(output) = Command::new("python3").args(["-c", PYTHON]).arg(home.join("usage_stats.json")).output()
    else {
        skipped("there is no `python3` here");
        return None;
    };
    assert!(output.status.success(), "{}", String::from_utf8_lossy(&output.stderr));
    Some(serde_json::from_slice(&output.stdout).expect("a list of events"))
}

/// Every character of the first planes that a free text may have, a few thousand to a text.
fn all_characters() -> Vec<String> {
    let characters: Vec<char> =
        (0..0x2_0000).filter_map(char::from_u32).filter(|c| !c.is_control()).collect();
    characters.chunks(8000).map(|chunk| chunk.iter().collect()).collect()
}

#[test]
fn an_event_with_any_text_is_one_line_to_every_reader_and_the_same_bytes_on_the_wire() {
    let (home, server) = (tempfile::tempdir().unwrap(), Server::start());
    let client = client::<Shop>(home.path(), &server);
    let mut texts = all_characters();
    texts.extend(
        ["a\u{2028}b", "\u{2029}", "\\\u{2028}\\\\\u{2029}\"\u{2028}", "plain", ""].map(str::to_owned),
    );
    for text in &texts {
        client.emit(Texts::of(text));
        assert!(client.flush(PATIENCE));
    }
    let events = check(home.path(), &server.received());
    let kept: Vec<_> =
        events.iter().map(|event| event["free\u{2028}\u{2029}\u{85}"].as_str().unwrap()).collect();
    assert_eq!(kept, texts, "an escape changes no value");
    for event in &events {
        assert_eq!(event["shop\u{2029}Source"], "the\u{85}shop");
        assert_eq!(event["map"]["next\u{85}line"], "next\u{85}line");
        assert_eq!(event["part"]["inner\u{2028}"], "line\u{2028}separator");
    }
    let read = read_by_python(home.path());
    assert!(read.is_none_or(|read| read == events), "Python finds other events");
}

/// A text with a control character becomes its sentinel, and U+0085 is one.
#[test]
fn a_line_break_that_is_a_control_character_never_gets_into_a_text() {
    let (home, server) = (tempfile::tempdir().unwrap(), Server::start());
    let client = client::<Shop>(home.path(), &server);
    let controls = LINE_BREAKS.iter().filter(|c| c.is_control());
    for line_break in controls.clone() {
        client.emit(Texts::of(&format!("a{line_break}b")));
        assert!(client.flush(PATIENCE));
    }
    let events = check(home.path(), &server.received());
    assert_eq!(events.len(), controls.count());
    assert!(events.iter().all(|event| event["free\u{2028}\u{2029}\u{85}"] == "none\u{2028}"), "{events:?}");
}

/// A product whose processes keep reporting.
struct Service;

impl Product for Service {
    const PROFILE: Profile = Profile::new("service", "1")
        .consent(ConsentPolicy::variables(&[]))
        .heartbeat(HeartbeatPolicy::every(Duration::from_secs(1)));
}

/// A service runs.
#[derive(Debug, Clone, TelemetryEvent)]
#[telemetry(product = Service, event_name = "running", schema_version = "1.0")]
struct Running {
    /// Where it runs.
    #[telemetry(free_text = "a name", max_len = 64, sentinel = "unknown")]
    place: String,
}

#[test]
fn heartbeats_are_audit_lines_like_other_events() {
    let (home, server) = (tempfile::tempdir().unwrap(), Server::start());
    let client = client::<Service>(home.path(), &server);
    let first = Running { place: "here\u{2028}and\u{2029}there".into() };
    client.emit_with_heartbeat(|_| first, |first, _| first.clone());
    let requests: Vec<_> = (0..2).map(|_| server.next_request()).collect();
    client.set_enabled(false);
    for request in &requests {
        assert!(request.body.contains(r#"{"place":"here\u2028and\u2029there"}"#), "{}", request.body);
    }
    let audit = audit(home.path());
    assert!(audit.lines().count() >= 2 && !audit.contains(&LINE_BREAKS[1..]), "{audit}");
}
