// SPDX-FileCopyrightText: Copyright (c) 2026 NVIDIA CORPORATION & AFFILIATES. All rights reserved.
// SPDX-License-Identifier: Apache-2.0

//! Reads the body of a request. Only the outer two levels are parsed here; values stay the text that was received.

mod bounded;
mod unicode;

use serde_json::Value;
use serde_json::value::RawValue;

use self::bounded::{Members, Object, elements, object};
use self::unicode::{NotUnicode, not_unicode};
use super::refusal::Refusal;

/// The most events of one request.
pub(super) const MAX_EVENTS: usize = 5000;

/// The largest event, in bytes. Its parameters are parsed as a whole, which takes many times their size of memory.
const MAX_EVENT: usize = 256 * 1024;

/// The largest envelope without its events, in bytes. It is read together with each of its events.
const MAX_ENVELOPE: usize = 64 * 1024;

/// The most objects and lists that contain each other. Readers of JSON have such a limit, SQLite's functions included: one event beyond it
/// would make a query of the whole store fail.
const MAX_LEVELS: usize = 128;

/// The member of an envelope that has its own limits.
const EVENTS: &str = "events";

/// An envelope and its events.
pub(super) struct Envelope<'a> {
    members: Members<'a>,
    pub(super) events: Vec<Event<'a>>,
}

/// An event of an envelope.
pub(super) struct Event<'a> {
    /// Empty if it is missing.
    pub(super) name: String,
    /// Empty if it is missing.
    pub(super) timestamp: String,
    /// JSON; `null` if the event has no parameters.
    pub(super) parameters: &'a str,
}

impl<'a> Envelope<'a> {
    /// Reads an envelope.
    ///
    /// # Errors
    ///
    /// If the body is not JSON, is not an envelope, has a text that is not Unicode, or is larger than the limits of this module.
    pub(super) fn read(body: &'a [u8]) -> Result<Self, Refusal> {
        let whole: &RawValue = serde_json::from_slice(body).map_err(|error| Refusal::not_json(&error))?;
        if is_too_deep(body) {
            return Err(Refusal::too_large(format!("the body has more than {MAX_LEVELS} levels")));
        }
        if let Some(NotUnicode { pointer, message }) = not_unicode(whole.get()) {
            return Err(Refusal::invalid(&pointer, &message));
        }
        let Object { mut members, is_cut_off } = read_object(whole, "", MAX_ENVELOPE)?;
        if is_cut_off {
            let reason = format!("the envelope without its events has more than {MAX_ENVELOPE} bytes");
            return Err(Refusal::too_large(reason));
        }
        let events = members.remove(EVENTS).ok_or_else(|| Refusal::invalid("/events", "is missing"))?;
        let events = array(events)?.into_iter().enumerate();
        let events = events.map(|(index, event)| Event::read(index, event)).collect::<Result<_, _>>()?;
        Ok(Self { members, events })
    }

    /// The text called `name`; `None` if it is missing or not a text.
    pub(super) fn text(&self, name: &str) -> Option<String> {
        text(&self.members, name)
    }

    /// The JSON of the member called `name`.
    pub(super) fn json(&self, name: &str) -> Option<&'a str> {
        self.members.get(name).map(|value| value.get())
    }

    /// The envelope without its events, as JSON with sorted keys.
    pub(super) fn without_events(&self) -> String {
        let members = self.members.iter();
        let members = members.map(|(name, value)| format!("{}:{}", Value::from(name.as_str()), value.get()));
        format!("{{{}}}", members.collect::<Vec<_>>().join(","))
    }
}

/// Whether JSON has more levels than it may.
fn is_too_deep(json: &[u8]) -> bool {
    let (mut level, mut is_text, mut is_escaped) = (0_usize, false, false);
    json.iter().any(|byte| {
        match byte {
            _ if is_escaped => is_escaped = false,
            b'\\' => is_escaped = true,
            b'"' => is_text = !is_text,
            b'{' | b'[' if !is_text => level += 1,
            b'}' | b']' if !is_text => level = level.saturating_sub(1),
            _ => {}
        }
        level > MAX_LEVELS
    })
}

impl<'a> Event<'a> {
    fn read(index: usize, event: &'a RawValue) -> Result<Self, Refusal> {
        if event.get().len() > MAX_EVENT {
            return Err(Refusal::too_large(format!("`/events/{index}` has more than {MAX_EVENT} bytes")));
        }
        let pointer = format!("/events/{index}");
        let Object { members, .. } = read_object(event, &pointer, MAX_EVENT)?;
        let parameters = members.get("parameters").map_or("null", |parameters| parameters.get());
        // The store has only these members of an event: another value would be lost.
        let text = |name| match members.contains_key(name) {
            true => text(&members, name)
                .ok_or_else(|| Refusal::invalid(&format!("{pointer}/{name}"), "is not a text")),
            false => Ok(String::new()),
        };
        Ok(Self { name: text("name")?, timestamp: text("ts")?, parameters })
    }
}

fn read_object<'a>(json: &'a RawValue, pointer: &str, most_bytes: usize) -> Result<Object<'a>, Refusal> {
    object(json.get(), most_bytes).map_err(|error| {
        let is_object = json.get().starts_with('{');
        let problem =
            if is_object { format!("cannot be read: {error}") } else { "is not an object".to_owned() };
        Refusal::invalid(pointer, &problem)
    })
}

fn array(json: &RawValue) -> Result<Vec<&RawValue>, Refusal> {
    let events =
        elements(json.get(), MAX_EVENTS).map_err(|_| Refusal::invalid("/events", "is not a list"))?;
    events.ok_or_else(|| Refusal::too_large(format!("`/events` has more than {MAX_EVENTS} events")))
}

fn text(members: &Members<'_>, name: &str) -> Option<String> {
    members.get(name).and_then(|value| serde_json::from_str(value.get()).ok())
}

#[cfg(test)]
mod tests {
    use super::{MAX_LEVELS, is_too_deep};

    #[test]
    fn levels_are_those_of_objects_and_lists_outside_of_texts() {
        let nested = |levels| format!("{}1{}", "[".repeat(levels), "]".repeat(levels));
        let text = format!(r#"{{"a\\\"{0}":"{0}","b\\":[{1}]}}"#, "[{".repeat(200), "[],".repeat(200));
        for (json, expected) in [
            (nested(MAX_LEVELS), false),
            (nested(MAX_LEVELS + 1), true),
            (text, false),
            (r#"{"a\\":"#.repeat(MAX_LEVELS + 1), true),
        ] {
            assert_eq!(is_too_deep(json.as_bytes()), expected, "{json}");
        }
    }
}
