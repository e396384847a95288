// SPDX-FileCopyrightText: Copyright (c) 2026 NVIDIA CORPORATION & AFFILIATES. All rights reserved.
// SPDX-License-Identifier: Apache-2.0

//! Schema files: everything that the reader accepts.

use telemetry_schema::json::Json;

use super::choices::Choices;
use super::number::{BEYOND, BOUNDS};
use super::{EVENT, NAMES, SOURCE, WORDS};

/// How deep the schemas of values nest.
const DEPTH: usize = 3;

/// The names of types; two need an escape in a JSON pointer.
const TYPES: [&str; 3] = ["Kind", "A/B", "a~b"];

/// A text.
#[must_use]
pub fn text(text: &str) -> Json {
    Json::Text(text.to_owned())
}

/// An object with these members.
#[must_use]
pub fn object(members: Vec<(&str, Json)>) -> Json {
    Json::Object(members.into_iter().map(|(name, json)| (name.to_owned(), json)).collect())
}

/// What the reference `json` leads to in the file `root`; `json` itself if it is not a reference.
///
/// # Panics
///
/// If it leads nowhere.
#[must_use]
pub fn target<'a>(json: &'a Json, root: &'a Json) -> &'a Json {
    let Some(Json::Text(path)) = json.get("$ref") else { return json };
    let mut found = root;
    for step in path.trim_start_matches("#/").split('/') {
        found = found.get(&step.replace("~1", "/").replace("~0", "~")).expect("a reference leads somewhere");
    }
    target(found, root)
}

/// A schema file that has the event [`EVENT`].
#[must_use]
pub fn file(choices: &mut Choices) -> Json {
    let count = choices.below(TYPES.len() + 1);
    let mut types = Vec::new();
    for (index, name) in TYPES.iter().enumerate().take(count) {
        types.push((*name, Generator { choices, types: index + 1..count }.value(DEPTH)));
    }
    let other =
        object(vec![("required", Json::Array(vec![text("zz")])), ("properties", member("zz", &text_type()))]);
    let event = Generator { choices, types: 0..count }.event();
    let mut members = vec![("schemaMeta", object(vec![("schemaVersion", text("1.0"))]))];
    if choices.once_in(4) {
        members.push(("oneOf", one_of(choices)));
    }
    let events = object(vec![("other", other), (EVENT, event)]);
    members.push(("definitions", object(vec![("types", object(types)), ("events", events)])));
    let mut file = object(members);
    annotate(choices, &mut file);
    file
}

/// A list of events, mostly with [`EVENT`].
fn one_of(choices: &mut Choices) -> Json {
    let reference = |name: &str| member("$ref", &text(&format!("#/definitions/events/{name}")));
    let names: &[&str] = match choices.below(3) {
        0 => &[EVENT],
        1 => &["other", EVENT],
        _ => &["other"],
    };
    Json::Array(names.iter().map(|name| reference(name)).collect())
}

fn member(name: &str, json: &Json) -> Json {
    object(vec![(name, json.clone())])
}

fn text_type() -> Json {
    member("type", &text("string"))
}

/// Adds something that constrains nothing, now and then.
fn annotate(choices: &mut Choices, json: &mut Json) {
    let Json::Object(members) = json else { return };
    if !choices.once_in(6) {
        return;
    }
    let (name, value) = match choices.below(6) {
        0 => ("description", text("What it says: { \"a\" } ü.")),
        1 => ("default", Json::Number("-1.50".to_owned())),
        2 => ("examples", Json::Array(vec![Json::Null, member("type", &Json::Boolean(false))])),
        3 => ("$comment", text("type")),
        4 => ("deprecated", Json::Boolean(true)),
        _ => ("eventMeta", member("minimum", &text("none"))),
    };
    let place = choices.below(members.len() + 1);
    members.insert(place, (name.to_owned(), value));
}

/// Makes schemas that may refer to some of the types.
struct Generator<'a> {
    choices: &'a mut Choices,
    types: std::ops::Range<usize>,
}

impl Generator<'_> {
    /// The schema of an event: an object, whatever it says.
    fn event(&mut self) -> Json {
        let mut event = match self.choices.below(8) {
            0 | 1 => Json::Object(vec![("type".to_owned(), text("object"))]),
            2 => return Json::Boolean(true),
            3 if !self.types.is_empty() => return self.reference(),
            _ => Json::Object(Vec::new()),
        };
        self.add_members(&mut event, DEPTH, true);
        annotate(self.choices, &mut event);
        event
    }

    fn reference(&mut self) -> Json {
        let index = self.types.start + self.choices.below(self.types.len());
        let name = TYPES[index].replace('~', "~0").replace('/', "~1");
        let path = match self.choices.below(8) {
            7 => "#/definitions/events/other/properties/zz".to_owned(),
            _ => format!("#/definitions/types/{name}"),
        };
        let mut reference = member("$ref", &text(&path));
        annotate(self.choices, &mut reference);
        reference
    }

    /// The schema of a value.
    fn value(&mut self, depth: usize) -> Json {
        let mut value = match self.choices.below(if depth == 0 { 11 } else { 17 }) {
            0 => self.typed("boolean"),
            1 => self.typed("string"),
            2 => return Json::Boolean(true),
            3 => Json::Object(Vec::new()),
            4 => self.integer(),
            5 => self.number(),
            6 | 7 => self.vocabulary(),
            8 if !self.types.is_empty() => return self.reference(),
            8 | 9 => self.typed("integer"),
            10 if self.choices.once_in(2) => return Json::Boolean(false),
            10 => member("type", &text("null")),
            11..=13 => self.array(depth),
            _ => self.object(depth),
        };
        annotate(self.choices, &mut value);
        value
    }

    /// A type, with or without `null` and in any form.
    fn typed(&mut self, name: &str) -> Json {
        let list = |names: &[&str]| Json::Array(names.iter().map(|name| text(name)).collect());
        let types = match self.choices.below(8) {
            5 => list(&[name, "null"]),
            6 => list(&["null", name]),
            7 => list(&[name]),
            _ => text(name),
        };
        member("type", &types)
    }

    fn integer(&mut self) -> Json {
        let mut integer = self.typed("integer");
        self.add_bounds(&mut integer, true);
        integer
    }

    fn number(&mut self) -> Json {
        let mut number = self.typed("number");
        self.add_bounds(&mut number, false);
        number
    }

    fn add_bounds(&mut self, json: &mut Json, is_integer: bool) {
        let Json::Object(members) = json else { return };
        for name in ["minimum", "maximum"] {
            if self.choices.below(4) == 0 {
                continue;
            }
            let is_beyond = is_integer && self.choices.once_in(16);
            let bounds = if is_beyond { &BEYOND[..] } else { &BOUNDS[..] };
            // Half of the bounds are among the simple ones, so that they are near those of types.
            let count = if self.choices.once_in(2) { bounds.len() } else { bounds.len().min(13) };
            let bound = self.choices.pick(&bounds[..count]);
            members.push((name.to_owned(), Json::Number(bound.spelled.to_owned())));
        }
    }

    /// `enum` and `const` with texts and `null`, with a `type` or without one, which may be that of other values.
    fn vocabulary(&mut self) -> Json {
        let name = match self.choices.below(8) {
            5 | 6 => None,
            7 => Some("integer"),
            _ => Some("string"),
        };
        let mut json = name.map_or_else(|| Json::Object(Vec::new()), |name| self.typed(name));
        let Json::Object(members) = &mut json else { return json };
        let form = self.choices.below(4);
        if form != 3 {
            let mut values: Vec<Json> = self.choices.some(&WORDS).into_iter().map(text).collect();
            values.extend(self.choices.once_in(3).then_some(Json::Null));
            values.extend(self.choices.once_in(8).then(|| text("")));
            values.extend((name == Some("string") && self.choices.once_in(4)).then_some(Json::Boolean(true)));
            members.push(("enum".to_owned(), Json::Array(values)));
        }
        if form > 1 {
            let only = match self.choices.below(6) {
                4 => Json::Null,
                5 if name == Some("string") => Json::Number("1".to_owned()),
                _ => text(WORDS[self.choices.below(WORDS.len())]),
            };
            members.push(("const".to_owned(), only));
        }
        json
    }

    fn array(&mut self, depth: usize) -> Json {
        let mut array = if self.choices.once_in(4) { Json::Object(Vec::new()) } else { self.typed("array") };
        if let Json::Object(members) = &mut array
            && (members.is_empty() || !self.choices.once_in(6))
        {
            members.push(("items".to_owned(), self.value(depth - 1)));
        }
        array
    }

    fn object(&mut self, depth: usize) -> Json {
        let mut object =
            if self.choices.once_in(4) { Json::Object(Vec::new()) } else { self.typed("object") };
        self.add_members(&mut object, depth, false);
        object
    }

    /// `properties`, `required` and `additionalProperties` in every combination.
    fn add_members(&mut self, json: &mut Json, depth: usize, is_event: bool) {
        let Json::Object(members) = json else { return };
        let has = self.choices.below(8);
        let mut described = Vec::new();
        if has != 7 {
            described = self.choices.some(&NAMES).iter().map(|name| name.wire).collect();
            described.extend((is_event && self.choices.once_in(2)).then_some(SOURCE.0));
            let properties = described.iter().map(|name| (*name, self.property(name, depth - 1)));
            members.push(("properties".to_owned(), object(properties.collect())));
        }
        let is_closed = has.is_multiple_of(2) && has < 5;
        if has > 2 {
            let mut names = if is_closed || self.choices.once_in(3) {
                described
            } else {
                NAMES.iter().map(|name| name.wire).chain(is_event.then_some(SOURCE.0)).collect()
            };
            names = self.choices.some(&names);
            members.push(("required".to_owned(), Json::Array(names.into_iter().map(text).collect())));
        }
        if is_closed {
            members.push(("additionalProperties".to_owned(), Json::Boolean(false)));
        } else if has > 3 {
            members.push(("additionalProperties".to_owned(), self.value(depth - 1)));
        }
    }

    fn property(&mut self, name: &str, depth: usize) -> Json {
        if name != SOURCE.0 {
            return self.value(depth);
        }
        match self.choices.below(4) {
            0 => text_type(),
            1 => object(vec![("type", text("string")), ("const", text(SOURCE.1))]),
            2 => member("enum", &Json::Array(vec![text("other"), text(SOURCE.1)])),
            _ => self.value(depth),
        }
    }
}
