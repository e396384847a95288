// SPDX-FileCopyrightText: Copyright (c) 2026 NVIDIA CORPORATION & AFFILIATES. All rights reserved.
// SPDX-License-Identifier: Apache-2.0

//! Writes a manifest.

use std::borrow::{Borrow, Cow};
use std::fmt::{self, Display, Write};
use std::time::Duration;

use telemetry_schema::json::Json;

use super::expectation::{Count, EventExpectation, Sessions};
use super::fields::key_of;
use super::matcher::{Field, Matcher};
use super::scenario::{Scenario, Settings};

/// The manifest of these scenarios, after `heading`.
pub(super) fn write(heading: &str, scenarios: &[Scenario]) -> String {
    let is_single = matches!(scenarios, [only] if only.name.is_empty());
    let mut out = Writer(heading.to_owned());
    if is_single && !heading.is_empty() {
        out.0.push('\n');
    }
    for scenario in scenarios {
        if !is_single {
            out.table("[[scenario]]");
        }
        out.scenario(scenario, if is_single { "[[event]]" } else { "[[scenario.event]]" });
    }
    out.0
}

struct Writer(String);

impl Writer {
    /// Begins a table, after an empty line.
    fn table(&mut self, heading: &str) {
        if !self.0.is_empty() {
            self.0.push('\n');
        }
        self.0.push_str(heading);
        self.0.push('\n');
    }

    fn line(&mut self, key: &str, value: impl Display) {
        let _ = writeln!(self.0, "{key} = {value}"); // a string takes everything
    }

    fn optional(&mut self, key: &str, value: Option<impl Display>) {
        value.into_iter().for_each(|value| self.line(key, value));
    }

    fn scenario(&mut self, scenario: &Scenario, event: &str) {
        self.optional("name", Some(Text(&scenario.name)).filter(|name| !name.0.is_empty()));
        self.settings(&scenario.settings);
        self.optional("silent", scenario.silent().map(Time));
        let paths: Vec<_> = scenario.may_write.iter().map(|path| path.to_string_lossy()).collect();
        self.optional("may_write", texts(&paths));
        self.optional("sessions", scenario.sessions.map(sessions));
        self.optional("order", scenario.order.as_deref().map(Texts));
        self.optional("timestamps", scenario.timestamps.then_some(Text("increasing")));
        self.optional("audit", scenario.audit.as_deref().map(|audit| Text(audit.name())));
        for expectation in &scenario.events {
            self.table(event);
            self.event(expectation, event.trim_matches(['[', ']']));
        }
    }

    fn settings(&mut self, settings: &Settings) {
        let files = settings.files.iter().map(|(path, text)| (path.to_string_lossy(), text));
        self.optional("command", texts(&settings.command));
        self.optional("input", texts(&settings.input));
        self.optional("env", pairs(settings.env.iter().map(|(name, value)| (name.into(), value))));
        self.optional("files", pairs(files));
        let respond = (!settings.respond.is_empty()).then(|| format!("{:?}", settings.respond));
        self.optional("respond", respond);
        self.optional("exit_code", Some(settings.exit_code).filter(|code| *code != 0));
        self.optional("stop_when_met", settings.stop_when_met.then_some(true));
        self.optional("timeout", time(settings.timeout, Settings::TIMEOUT));
        self.optional("settle", time(settings.settle, Settings::SETTLE));
    }

    fn event(&mut self, expectation: &EventExpectation, path: &str) {
        self.line("name", Text(&expectation.name));
        match expectation.count {
            Count { least, most: Some(most) } if least == most => self.line("count", least),
            Count { least, most } => {
                self.line("at_least", least);
                self.optional("at_most", most);
            }
        }
        self.optional("increasing", texts(&expectation.increasing));
        for (key, fields) in [
            ("where", &expectation.selection),
            ("envelope", &expectation.envelope),
            ("fields", &expectation.fields),
        ] {
            if !fields.is_empty() {
                self.table(&format!("[{path}.{key}]"));
                fields.iter().for_each(|field| self.field(field));
            }
        }
    }

    fn field(&mut self, Field { pointer, matcher }: &Field) {
        self.line(&Key(key_of(pointer)).to_string(), matcher_in_toml(matcher));
    }
}

fn sessions(expected: Sessions) -> String {
    match expected {
        Sessions::Different => Text("different").to_string(),
        Sessions::Count(Count { least, most: Some(most) }) if least == most => least.to_string(),
        Sessions::Count(Count { least, most: Some(most) }) => {
            format!("{{ at_least = {least}, at_most = {most} }}")
        }
        Sessions::Count(Count { least, most: None }) => format!("{{ at_least = {least} }}"),
    }
}

fn texts<T>(texts: &[T]) -> Option<Texts<'_, T>> {
    (!texts.is_empty()).then_some(Texts(texts))
}

fn pairs<'a>(pairs: impl Iterator<Item = (Cow<'a, str>, &'a String)>) -> Option<String> {
    let pairs: Vec<String> = pairs.map(|(name, value)| format!("{} = {}", Key(&name), Text(value))).collect();
    (!pairs.is_empty()).then(|| format!("{{ {} }}", pairs.join(", ")))
}

/// The time, unless it is the default.
fn time(time: Duration, default: Duration) -> Option<Time> {
    (time != default).then_some(Time(time))
}

fn matcher_in_toml(matcher: &Matcher) -> String {
    match matcher {
        Matcher::Equal(value @ Json::Object(_)) => format!("{{ equal = {} }}", Toml(value)),
        Matcher::Equal(value) => Toml(value).to_string(),
        Matcher::OneOf(values) => format!("{{ one_of = {} }}", Toml(&Json::Array(values.clone()))),
        Matcher::Range(min, max) => {
            let [min, max] = [("min", min), ("max", max)]
                .map(|(key, bound)| bound.as_ref().map(|bound| format!("{key} = {bound}")));
            format!("{{ {} }}", min.into_iter().chain(max).collect::<Vec<_>>().join(", "))
        }
        Matcher::Present => "{ present = true }".to_owned(),
        Matcher::Absent => "{ absent = true }".to_owned(),
    }
}

/// A key, in quotes where it needs them.
pub(super) struct Key<'a>(pub(super) &'a str);

impl Display for Key<'_> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let is_bare = |char: char| char.is_ascii_alphanumeric() || matches!(char, '_' | '-');
        if !self.0.is_empty() && self.0.chars().all(is_bare) {
            f.write_str(self.0)
        } else {
            Text(self.0).fmt(f)
        }
    }
}

/// A basic string.
pub(super) struct Text<'a>(pub(super) &'a str);

impl Display for Text<'_> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_char('"')?;
        for char in self.0.chars() {
            match char {
                '"' | '\\' => write!(f, "\\{char}")?,
                '\n' => f.write_str("\\n")?,
                char if char.is_control() => write!(f, "\\U{:08X}", u32::from(char))?,
                char => f.write_char(char)?,
            }
        }
        f.write_char('"')
    }
}

struct Texts<'a, T>(&'a [T]);

impl<T: Borrow<str>> Display for Texts<'_, T> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let texts: Vec<String> = self.0.iter().map(|text| Text(text.borrow()).to_string()).collect();
        write!(f, "[{}]", texts.join(", "))
    }
}

/// A duration in the largest unit without a remainder.
struct Time(Duration);

impl Display for Time {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let ms = self.0.as_millis();
        if ms.is_multiple_of(1000) { write!(f, "\"{}s\"", ms / 1000) } else { write!(f, "\"{ms}ms\"") }
    }
}

/// A value in TOML; it contains no `null`.
pub(super) struct Toml<'a>(pub(super) &'a Json);

impl Display for Toml<'_> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self.0 {
            Json::Text(text) => Text(text).fmt(f),
            Json::Array(elements) => {
                let elements: Vec<String> =
                    elements.iter().map(|element| Toml(element).to_string()).collect();
                write!(f, "[{}]", elements.join(", "))
            }
            Json::Object(members) => {
                let members = members.iter().map(|(name, value)| format!("{} = {}", Key(name), Toml(value)));
                write!(f, "{{ {} }}", members.collect::<Vec<_>>().join(", "))
            }
            // Numbers of JSON and booleans are written alike.
            other => write!(f, "{other}"),
        }
    }
}
