// SPDX-FileCopyrightText: Copyright (c) 2026 NVIDIA CORPORATION & AFFILIATES. All rights reserved.
// SPDX-License-Identifier: Apache-2.0

//! Reads the scenarios of a manifest.

use std::collections::BTreeSet;
use std::path::{Component, Path, PathBuf, is_separator};

use toml::de::{DeTable, DeValue};

use super::error::Mistake;
use super::expectation::{Audit, Count, EventExpectation, Sessions};
use super::fields::{fields, pointer};
use super::keys::{self, COUNT, EVENT, SCENARIO, TOP};
use super::placed::Placed;
use super::scenario::{Scenario, Settings};
use super::syntax;
use super::table::{Mistakes, Table};
use super::values::integer;

/// The scenarios of the manifest `text`, at least one.
pub(super) fn scenarios(text: &str) -> Result<Vec<Scenario>, Vec<Mistake>> {
    let mistakes = Mistakes::default();
    let top = DeTable::parse(text).map_err(|error| vec![syntax::mistake(text, &error)])?;
    let scenarios = read(Table { entries: top.get_ref(), at: 0, mistakes: &mistakes });
    match mistakes.into_inner() {
        mistakes if mistakes.is_empty() => Ok(scenarios),
        mistakes => Err(mistakes),
    }
}

fn read(top: Table<'_>) -> Vec<Scenario> {
    let Some(list) = top.get("scenario") else {
        return vec![scenario(top, &Settings::default(), "event")];
    };
    top.check_keys("a manifest with scenarios", &TOP, keys::at_top);
    let defaults = Settings {
        timeout: top.duration("timeout").unwrap_or(Settings::TIMEOUT),
        settle: top.duration("settle").unwrap_or(Settings::SETTLE),
        ..Settings::default()
    };
    let tables = top.tables("scenario");
    if list.get_ref().as_array().is_some_and(|list| list.is_empty()) {
        top.mistakes.add(list.span().start, "a manifest without a scenario", "add a line `[[scenario]]`");
    }
    let mut names = BTreeSet::new();
    tables.into_iter().map(|table| named_scenario(table, &defaults, &mut names)).collect()
}

fn named_scenario(table: Table<'_>, defaults: &Settings, names: &mut BTreeSet<String>) -> Scenario {
    let scenario = scenario(table, defaults, "scenario.event");
    if scenario.name.is_empty() {
        table.lacks_name("a scenario");
    } else if !names.insert(scenario.name.clone()) {
        let problem = format!("a second scenario with the name `{}`", scenario.name);
        table.mistakes.add(table.at, problem, "give it another `name`");
    }
    scenario
}

/// The scenario in a table whose events are in the tables `[[path]]`.
fn scenario(table: Table<'_>, defaults: &Settings, path: &str) -> Scenario {
    table.check_keys("a scenario", &SCENARIO, |key| keys::in_scenario(key, path));
    let tables = table.tables("event");
    let scenario = Scenario {
        name: table.text("name", "\"two orders\"").unwrap_or_default(),
        settings: settings(table, defaults),
        events: tables.iter().map(|table| event(*table, path)).collect(),
        sessions: sessions(table),
        order: table.texts("order", "[\"login\", \"order\"]"),
        timestamps: one_of(table, "timestamps", &[("increasing", true)]).unwrap_or_default(),
        audit: one_of(table, "audit", &[("equal", Audit::Equal), ("absent", Audit::Absent)])
            .map(|audit| Placed::new(audit, table.place_of("audit"))),
        silent: table.duration("silent").map(|silent| Placed::new(silent, table.place_of("silent"))),
        may_write: may_write(table),
    };
    check_silence(table);
    check_selections(&tables, &scenario.events);
    scenario
}

/// A silent scenario has no events, and so nothing to expect of them.
fn check_silence(table: Table<'_>) {
    if table.get("may_write").is_some() && table.get("silent").is_none() {
        let help = "add `silent = \"1s\"`, or remove `may_write`: other scenarios may write each file";
        table.add_mistake("may_write", "`may_write` without `silent`", help);
    }
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
    let mut titles = BTreeSet::new();
    for (event, table) in events.iter().zip(tables).filter(|(event, _)| !event.name.is_empty()) {
        let title = event.title();
        let problem = format!("a second table for {title}");
        if !titles.insert(title) {
            let help = "merge both tables, or add a `where` that selects other events";
            table.mistakes.add(table.at, problem, help);
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

/// The elements without their places.
fn values<T>(list: Vec<Placed<T>>) -> Vec<T> {
    list.into_iter().map(|element| element.value).collect()
}

fn env(table: Table<'_>) -> Vec<(String, String)> {
    let pairs = table.pairs("env", "{ CI = \"true\" }");
    for (name, _) in pairs.iter().filter(|(name, value)| !is_variable(name) || has_nul(value)) {
        let problem = format!("`{}` is not a variable that can be set", **name);
        table.mistakes.add(name.at, problem, "write a name without `=`, and no NUL characters");
    }
    pairs.into_iter().map(|(name, value)| (name.value, value)).collect()
}

fn is_variable(name: &str) -> bool {
    !name.is_empty() && !name.contains(['=', '\0'])
}

fn has_nul(text: &str) -> bool {
    text.contains('\0')
}

fn may_write(table: Table<'_>) -> Vec<PathBuf> {
    let paths = table.texts("may_write", "[\".cache/shop\"]").unwrap_or_default();
    let path = |path: &Placed<String>| path.trim_end_matches(is_separator).to_owned();
    for wrong in paths.iter().filter(|written| !is_below(&path(written))) {
        let problem = format!("`{}` is not a path below the home directory", **wrong);
        table.mistakes.add(
            wrong.at,
            problem,
            "write a relative path without `~` and `..`, such as `.cache/shop`",
        );
    }
    paths.iter().map(|written| PathBuf::from(path(written))).collect()
}

fn files(table: Table<'_>) -> Vec<(PathBuf, String)> {
    let pairs = table.pairs("files", "{ \".config/shop/do_not_track\" = \"\" }");
    for (path, _) in pairs.iter().filter(|(path, _)| !is_below(path)) {
        let problem = format!("`{}` is not the path of a file below the home directory", **path);
        table.mistakes.add(path.at, problem, "write a relative path without `~` and `..`");
    }
    pairs.into_iter().map(|(path, text)| (PathBuf::from(path.value), text)).collect()
}

fn is_below(path: &str) -> bool {
    let mut parts = Path::new(path).components();
    let is_normal = |part| matches!(part, Component::Normal(name) if name != "~");
    !path.is_empty() && !path.ends_with(is_separator) && !has_nul(path) && parts.all(is_normal)
}

fn respond(table: Table<'_>) -> Vec<u16> {
    let expected = ["a list of HTTP statuses", "a status from 200 to 599"];
    let status = |value: &DeValue<'_>| {
        u16::try_from(integer(value)?).ok().filter(|status| (200..=599).contains(status))
    };
    values(table.list("respond", expected, "[503, 429]", status).unwrap_or_default())
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
            counts.check_keys("a number of sessions", &COUNT, |_| None);
            if entries.is_empty() {
                table.add_mistake("sessions", "`sessions` is empty", "write `sessions = { at_least = 1 }`");
            }
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

fn event(table: Table<'_>, path: &str) -> EventExpectation {
    table.check_keys("an event", &EVENT, |key| keys::in_event(key, path));
    let name = table.text("name", "\"order\"");
    table.lacks_name("an event");
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
