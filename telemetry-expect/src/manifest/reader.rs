// SPDX-FileCopyrightText: Copyright (c) 2026 NVIDIA CORPORATION & AFFILIATES. All rights reserved.
// SPDX-License-Identifier: Apache-2.0

//! Reads the scenarios of a manifest.

use std::cmp::Ordering;
use std::collections::BTreeSet;
use std::path::{Component, Path, PathBuf};

use telemetry_schema::json::Json;
use toml::Spanned;
use toml::de::{DeTable, DeValue};

use super::error::Mistake;
use super::expectation::{Audit, Count, EventExpectation, Sessions};
use super::matcher::{Field, Matcher};
use super::number::compare;
use super::placed::Placed;
use super::scenario::{Scenario, Settings};
use super::table::{Mistakes, Table, Value, json};

/// The keys at the top of a file with tables `[[scenario]]`.
const TOP: [&str; 3] = ["scenario", "settle", "timeout"];

const SCENARIO: [&str; 16] = [
    "audit",
    "command",
    "env",
    "event",
    "exit_code",
    "files",
    "input",
    "name",
    "order",
    "respond",
    "sessions",
    "settle",
    "silent",
    "stop_when_met",
    "timeout",
    "timestamps",
];

const EVENT: [&str; 8] =
    ["at_least", "at_most", "count", "envelope", "fields", "increasing", "name", "where"];

const COUNT: [&str; 2] = ["at_least", "at_most"];

const MATCHER: [&str; 6] = ["absent", "equal", "max", "min", "one_of", "present"];

/// The help for a matcher.
const MATCHER_HELP: &str = "write a value, or one of `{ equal = … }`, `{ one_of = […] }`, `{ min = …, max = … }`, `{ present = true }`, `{ absent = true }`";

/// The scenarios of the manifest `text`, at least one.
pub(super) fn scenarios(text: &str) -> Result<Vec<Scenario>, Vec<Mistake>> {
    let mistakes = Mistakes::default();
    let top = DeTable::parse(text).map_err(|error| {
        let at = error.span().map_or(0, |span| span.start);
        let problem = format!("not TOML: {}", error.message());
        vec![Mistake { at, problem, help: "correct the syntax at this line".to_owned() }]
    })?;
    let scenarios = read(Table { entries: top.get_ref(), at: 0, mistakes: &mistakes });
    match mistakes.into_inner() {
        mistakes if mistakes.is_empty() => Ok(scenarios),
        mistakes => Err(mistakes),
    }
}

fn read(top: Table<'_>) -> Vec<Scenario> {
    let Some(list) = top.get("scenario") else { return vec![scenario(top, &Settings::default())] };
    top.check_keys("a manifest with scenarios", &TOP);
    let defaults = Settings {
        timeout: top.duration("timeout").unwrap_or(Settings::TIMEOUT),
        settle: top.duration("settle").unwrap_or(Settings::SETTLE),
        ..Settings::default()
    };
    let tables = top.tables("scenario");
    if tables.is_empty() {
        top.mistakes.add(list.span().start, "a manifest without a scenario", "add a line `[[scenario]]`");
    }
    let mut names = BTreeSet::new();
    tables.into_iter().map(|table| named_scenario(table, &defaults, &mut names)).collect()
}

fn named_scenario(table: Table<'_>, defaults: &Settings, names: &mut BTreeSet<String>) -> Scenario {
    let scenario = scenario(table, defaults);
    if scenario.name.is_empty() {
        table.mistakes.add(table.at, "a scenario without a name", "add `name = \"…\"`");
    } else if !names.insert(scenario.name.clone()) {
        let problem = format!("a second scenario with the name `{}`", scenario.name);
        table.mistakes.add(table.at, problem, "give it another `name`");
    }
    scenario
}

fn scenario(table: Table<'_>, defaults: &Settings) -> Scenario {
    table.check_keys("a scenario", &SCENARIO);
    let tables = table.tables("event");
    let scenario = Scenario {
        name: table.text("name", "\"two orders\"").unwrap_or_default(),
        settings: settings(table, defaults),
        events: tables.iter().copied().map(event).collect(),
        sessions: sessions(table),
        order: table.texts("order", "[\"login\", \"order\"]"),
        timestamps: one_of(table, "timestamps", &[("increasing", true)]).unwrap_or_default(),
        audit: one_of(table, "audit", &[("equal", Audit::Equal), ("absent", Audit::Absent)]),
        silent: table.duration("silent"),
    };
    check_silence(table);
    check_selections(&tables, &scenario.events);
    scenario
}

/// A silent scenario has no events, and so nothing to expect of them.
fn check_silence(table: Table<'_>) {
    let contradicts = |key: &&str| table.get(key).is_some();
    let contradicting = ["event", "order", "sessions", "timestamps"].into_iter().find(contradicts);
    if let (Some(_), Some(key)) = (table.get("silent"), contradicting) {
        table.add_mistake(
            "silent",
            format!("`silent` beside `{key}`"),
            format!("remove `silent` or `{key}`"),
        );
    }
}

/// Two tables about the same events contradict or repeat each other.
fn check_selections(tables: &[Table<'_>], events: &[EventExpectation]) {
    for (place, (one, table)) in events.iter().zip(tables).enumerate() {
        let is_same = |other: &EventExpectation| other.name == one.name && other.selection == one.selection;
        if !one.name.is_empty() && events.iter().take(place).any(is_same) {
            let problem = format!("a second table for {}", one.title());
            table.mistakes.add(
                table.at,
                problem,
                "merge both tables, or add a `where` that selects other events",
            );
        }
    }
}

fn settings(table: Table<'_>, defaults: &Settings) -> Settings {
    Settings {
        command: command(table),
        env: env(table),
        files: files(table),
        input: values(table.texts("input", "[\"Hello\"]").unwrap_or_default()),
        respond: respond(table),
        exit_code: table.integer("exit_code", "an exit code").unwrap_or_default(),
        stop_when_met: table.boolean("stop_when_met").unwrap_or_default(),
        timeout: table.duration("timeout").unwrap_or(defaults.timeout),
        settle: table.duration("settle").unwrap_or(defaults.settle),
    }
}

fn command(table: Table<'_>) -> Vec<String> {
    let example = "[\"target/debug/shop\", \"3\"]";
    let command = table.texts("command", example).map(values);
    let command = command.filter(|command| {
        let is_usable = command.first().is_some_and(|program| !program.is_empty())
            && !command.iter().any(|text| has_nul(text));
        if !is_usable {
            let problem = "`command` names no program, or contains a NUL character";
            table.add_mistake("command", problem, format!("write it like `command = {example}`"));
        }
        is_usable
    });
    command.unwrap_or_default()
}

/// The texts without their places.
fn values(texts: Vec<Placed<String>>) -> Vec<String> {
    texts.into_iter().map(|text| text.value).collect()
}

fn env(table: Table<'_>) -> Vec<(String, String)> {
    let pairs = table.pairs("env", "{ CI = \"true\" }");
    for (name, _) in pairs.iter().filter(|(name, value)| !is_variable(name) || has_nul(value)) {
        let problem = format!("`{name}` is not a variable that can be set");
        table.add_mistake("env", problem, "write a name without `=`, and no NUL characters");
    }
    pairs
}

fn is_variable(name: &str) -> bool {
    !name.is_empty() && !name.contains(['=', '\0'])
}

fn has_nul(text: &str) -> bool {
    text.contains('\0')
}

fn files(table: Table<'_>) -> Vec<(PathBuf, String)> {
    let pairs = table.pairs("files", "{ \".config/shop/do_not_track\" = \"\" }");
    let files: Vec<_> = pairs.into_iter().map(|(path, text)| (PathBuf::from(path), text)).collect();
    for (path, _) in files.iter().filter(|(path, _)| !is_below(path)) {
        let problem = format!("`{}` is not a path below the home directory", path.display());
        table.add_mistake("files", problem, "write a relative path without `..`");
    }
    files
}

fn is_below(path: &Path) -> bool {
    let is_normal = path.components().all(|part| matches!(part, Component::Normal(_)));
    path.file_name().is_some() && is_normal && !path.to_string_lossy().contains('\0')
}

fn respond(table: Table<'_>) -> Vec<u16> {
    let statuses: Vec<u16> =
        table.integers("respond", "a list of HTTP statuses", "[503, 429]").unwrap_or_default();
    if statuses.iter().any(|status| !(200..=599).contains(status)) {
        let problem = "`respond` has a status that is not from 200 to 599";
        table.add_mistake("respond", problem, "write it like `respond = [503]`");
    }
    statuses
}

/// The value of a key whose value is one of a few texts.
fn one_of<T: Copy>(table: Table<'_>, key: &str, texts: &[(&str, T)]) -> Option<T> {
    let value = table.get(key)?;
    let found = value.get_ref().as_str().and_then(|text| texts.iter().find(|(known, _)| *known == text));
    if found.is_none() {
        let texts: Vec<String> = texts.iter().map(|(text, _)| format!("`{key} = \"{text}\"`")).collect();
        table.add_mistake(key, format!("unknown value of `{key}`"), format!("write {}", texts.join(" or ")));
    }
    found.map(|(_, value)| *value)
}

fn sessions(table: Table<'_>) -> Option<Sessions> {
    let value = table.get("sessions")?;
    match value.get_ref() {
        DeValue::Integer(_) => {
            table.integer("sessions", "a number of sessions").map(Count::exactly).map(Sessions::Count)
        }
        DeValue::Table(entries) => {
            let counts = Table { entries, at: value.span().start, ..table };
            counts.check_keys("a number of sessions", &COUNT);
            Some(Sessions::Count(bounds(counts)))
        }
        _ => one_of(
            table,
            "sessions",
            &[("same", Sessions::Count(Count::exactly(1))), ("different", Sessions::Different)],
        ),
    }
}

/// The count of a table with `at_least` and `at_most`.
fn bounds(table: Table<'_>) -> Count {
    let [least, most] = COUNT.map(|key| table.integer(key, "a number from 0"));
    let count = Count { least: least.unwrap_or(if most.is_some() { 0 } else { 1 }), most };
    if most.is_some_and(|most| most < count.least) {
        table.mistakes.add(table.at, "`at_least` is greater than `at_most`", "correct one of them");
    }
    count
}

fn event(table: Table<'_>) -> EventExpectation {
    table.check_keys("an event", &EVENT);
    let name = table.text("name", "\"order\"");
    if table.get("name").is_none() {
        table.mistakes.add(table.at, "an event without a name", "add `name = \"…\"`");
    }
    EventExpectation {
        name: Placed::new(name.unwrap_or_default(), table.place_of("name")),
        selection: fields(table, "where"),
        count: count(table),
        fields: fields(table, "fields"),
        envelope: fields(table, "envelope"),
        increasing: increasing(table),
    }
}

fn count(table: Table<'_>) -> Count {
    let exact = table.integer("count", "a number from 0").map(Count::exactly);
    if table.get("count").is_some() && COUNT.iter().any(|key| table.get(key).is_some()) {
        let help = "remove `count`, or `at_least` and `at_most`";
        table.add_mistake("count", "`count` beside `at_least` or `at_most`", help);
    }
    exact.unwrap_or_else(|| bounds(table))
}

fn increasing(table: Table<'_>) -> Vec<Placed<String>> {
    let names = table.texts("increasing", "[\"uptimeS\"]").unwrap_or_default();
    names.iter().map(|name| Placed::new(pointer(name), name.at)).collect()
}

/// A JSON pointer. A name without a slash at its start is that of a member.
fn pointer(name: &str) -> String {
    if name.is_empty() || name.starts_with('/') { name.to_owned() } else { pointer_to(name) }
}

/// The JSON pointer of the member with this name.
pub(super) fn pointer_to(name: &str) -> String {
    format!("/{}", name.replace('~', "~0").replace('/', "~1"))
}

/// The key for this pointer: a name for a member at the top.
pub(super) fn key_of(pointer: &str) -> &str {
    let name = pointer.strip_prefix('/').filter(|name| !name.is_empty() && !name.contains(['/', '~']));
    name.unwrap_or(pointer)
}

fn fields(table: Table<'_>, key: &str) -> Vec<Field> {
    let Some(value) = table.get(key) else { return Vec::new() };
    let help = format!("write it like `{key} = {{ outcome = \"success\" }}`");
    let Some(fields) = Table::of(value, &format!("`{key}`"), &help, table.mistakes) else {
        return Vec::new();
    };
    // In the order of the file.
    let mut entries: Vec<_> = fields.entries.iter().collect();
    entries.sort_by_key(|(name, _)| name.span().start);
    let mut pointers = BTreeSet::new();
    let field = |(name, value): (&Spanned<std::borrow::Cow<'_, str>>, &Value<'_>)| {
        let (pointer, matcher) = (pointer(name.get_ref()), matcher(name.get_ref(), value, table.mistakes)?);
        if !pointers.insert(pointer.clone()) {
            let problem = format!("a second expected value of `{pointer}`");
            table.mistakes.add(name.span().start, problem, "remove one of them");
        }
        let pointer = Placed::new(pointer, name.span().start);
        Some(Field { pointer, matcher: Placed::new(matcher, value.span().start) })
    };
    entries.into_iter().filter_map(field).collect()
}

fn matcher(name: &str, value: &Value<'_>, mistakes: &Mistakes) -> Option<Matcher> {
    let at = value.span().start;
    let matcher = match value.get_ref() {
        DeValue::Table(entries) => {
            let table = Table { entries, at, mistakes };
            table.check_keys(&format!("the expected value of `{name}`"), &MATCHER);
            if entries.keys().any(|key| !MATCHER.contains(&key.get_ref().as_ref())) {
                return None;
            }
            of_table(table)
        }
        value => json(value).map(Matcher::Equal),
    };
    if matcher.is_none() {
        mistakes.add(at, format!("the expected value of `{name}` cannot be used"), MATCHER_HELP);
    }
    matcher
}

fn of_table(table: Table<'_>) -> Option<Matcher> {
    let keys: Vec<&str> = table.entries.keys().map(|key| key.get_ref().as_ref()).collect();
    let value = |key: &str| table.get(key).and_then(|value| json(value.get_ref()));
    match keys.as_slice() {
        ["equal"] => value("equal").map(Matcher::Equal),
        ["one_of"] => match value("one_of")? {
            Json::Array(values) if !values.is_empty() => Some(Matcher::OneOf(values)),
            _ => None,
        },
        ["max" | "min"] | ["max", "min"] => Some(range(table)),
        ["present"] => table.boolean("present").map(|is| if is { Matcher::Present } else { Matcher::Absent }),
        ["absent"] => table.boolean("absent").map(|is| if is { Matcher::Absent } else { Matcher::Present }),
        _ => None,
    }
}

fn range(table: Table<'_>) -> Matcher {
    let (min, max) = (table.number("min"), table.number("max"));
    let order = min.as_ref().zip(max.as_ref()).and_then(|(min, max)| compare(min, max));
    if order == Some(Ordering::Greater) {
        table.add_mistake("min", "`min` is greater than `max`", "correct one of them");
    }
    Matcher::Range(min, max)
}
