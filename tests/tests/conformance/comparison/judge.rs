// SPDX-FileCopyrightText: Copyright (c) 2026 NVIDIA CORPORATION & AFFILIATES. All rights reserved.
// SPDX-License-Identifier: Apache-2.0

//! The judges: the comparison, and a validator of JSON Schema.

use jsonschema::Validator;
use serde_json::{Map, Value, json};
use telemetry_schema::arena::Arena;
use telemetry_schema::comparison::{Comparison, fits};
use telemetry_schema::constraint::{Constraint, Kind};
use telemetry_schema::descriptor::{ObjectDescriptor, Origin, Shape};
use telemetry_schema::json::Json;
use telemetry_schema::schema::Schema;
use telemetry_tests::pairs::choices::Choices;
use telemetry_tests::pairs::field::{Event, described};
use telemetry_tests::pairs::number::bound;
use telemetry_tests::pairs::schema::file;
use telemetry_tests::pairs::{EVENT, Name};

/// Events with a schema that they may keep to.
pub(crate) struct Pairs {
    json: Json,
    schema: Schema,
    /// Each event, and whether it was made for the schema.
    events: Vec<(Event, bool)>,
}

/// What the judges say about a pair.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Verdict {
    /// The comparison accepts the event, and each value is valid.
    Accepted,
    /// The comparison refuses the event, and some value is not valid.
    Refused,
    /// The comparison refuses an event whose values are all valid, by a rule that is stricter than JSON Schema.
    Strict(Strictness),
    /// The comparison accepts an event of which some value is not valid.
    WronglyAccepted,
    /// The comparison refuses an event whose values are all valid, for no such reason.
    WronglyRefused,
    /// The comparison of all parameters at once does not say the same as that of each.
    Contradiction,
}

/// The rules in `telemetry-schema/src/reader.rs` that are stricter than JSON Schema.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Strictness {
    /// The keywords of objects and arrays imply that type.
    ImpliedType,
    /// A bound of a `number` is a float, the next one inside.
    FloatBound,
    /// A float is not an integer, even if it is whole.
    WholeFloat,
}

impl Verdict {
    pub(crate) fn is_failure(self) -> bool {
        matches!(self, Self::WronglyAccepted | Self::WronglyRefused | Self::Contradiction)
    }
}

/// A pair that was judged.
pub(crate) struct Judged {
    pub(crate) event: Event,
    pub(crate) is_near: bool,
    pub(crate) verdict: Verdict,
    /// What the comparison says, or the value that is not valid.
    pub(crate) reason: String,
}

impl Pairs {
    /// A schema and four events, of which two are made for it; nothing if the reader does not accept the schema.
    pub(crate) fn generate(choices: &mut Choices) -> Option<Self> {
        let json = file(choices);
        let schema = Schema::read(&json.to_string()).ok()?;
        let event = |index| {
            let asked = json.get("definitions")?.get("events")?.get(EVENT)?;
            let is_near = index % 2 == 0;
            let event = if is_near { Event::near(choices, asked, &json) } else { Event::random(choices) };
            Some((event, is_near))
        };
        let events = (0..4).filter_map(event).collect();
        Some(Self { json, schema, events })
    }

    /// The text of the schema.
    pub(crate) fn text(&self) -> String {
        self.json.to_string()
    }

    pub(crate) fn judge(&self) -> Vec<Judged> {
        let valid = Judge::of(&self.json, None);
        self.events.iter().map(|(event, is_near)| self.judge_event(event, *is_near, &valid)).collect()
    }

    fn judge_event(&self, event: &Event, is_near: bool, valid: &Judge) -> Judged {
        let judged = |verdict, reason: String| Judged { event: event.clone(), is_near, verdict, reason };
        let arena = Arena::new();
        let Some(asked) = self.schema.event(EVENT, &arena) else {
            return judged(Verdict::Contradiction, "the schema has lost its event".to_owned());
        };
        let sent: Vec<_> = event.sent().into_iter().map(|(name, field)| (name, field.shape())).collect();
        let faults = faults(&asked, &sent);
        let fits_as_one = fits(&as_object(&sent), &Constraint::of(false, Kind::Object(asked.members)));
        if fits_as_one != faults.is_empty() {
            return judged(Verdict::Contradiction, format!("as one: {fits_as_one}, one by one: {faults:?}"));
        }
        let is_accepted = asked.is_listed && fits_as_one;
        let values = event.values();
        match (is_accepted, valid.refused(&values)) {
            (true, None) => judged(Verdict::Accepted, String::new()),
            (true, Some(value)) => judged(Verdict::WronglyAccepted, value.to_string()),
            (false, Some(value)) => judged(Verdict::Refused, value.to_string()),
            (false, None) => match self.strictness(event, &values) {
                Some(strictness) => judged(Verdict::Strict(strictness), String::new()),
                None => judged(Verdict::WronglyRefused, faults.join("\n")),
            },
        }
    }

    /// The rule by which an event is refused whose values are all valid.
    fn strictness(&self, event: &Event, values: &[Value]) -> Option<Strictness> {
        let refuses = |rule: &Strictness| Judge::of(&self.json, Some(*rule)).refused(values).is_some();
        let rules = [Strictness::ImpliedType, Strictness::FloatBound];
        let has_whole_floats = || event.fields.iter().any(|(_, field)| field.has_whole_floats());
        rules.into_iter().find(refuses).or_else(|| has_whole_floats().then_some(Strictness::WholeFloat))
    }
}

/// What the comparison of each parameter says.
fn faults(asked: &telemetry_schema::schema::Event, sent: &[(&str, Shape)]) -> Vec<String> {
    let names: Vec<_> = sent.iter().map(|(name, _)| *name).collect();
    let missing = asked.unsent(&names).filter(|property| property.required);
    let mut faults: Vec<_> = missing.map(|property| format!("`{}` is missing", property.name)).collect();
    for (name, shape) in sent {
        match asked.parameter(name) {
            None => faults.push(format!("`{name}` is not a property")),
            Some(constraint) if !fits(shape, constraint) => faults.push(message(name, shape, constraint)),
            Some(_) => {}
        }
    }
    faults
}

fn message(name: &str, shape: &Shape, asked: &Constraint) -> String {
    let comparison =
        Comparison { file: "s.json", event: EVENT, owner: "E", field: name, property: name, type_name: "T" };
    let message = comparison.check(shape, asked).expect("what does not fit has a message");
    message.as_str().to_owned()
}

/// All parameters as one object.
fn as_object(sent: &[(&'static str, Shape)]) -> Shape {
    let field = |(name, shape): &(&'static str, Shape)| described(Name { wire: name, rust: "" }, *shape);
    let fields = sent.iter().map(field).collect::<Vec<_>>().leak();
    let origin = Origin::new("", "", 1);
    Shape::Object(Box::leak(Box::new(ObjectDescriptor::new("", fields, origin))))
}

/// A validator of JSON Schema.
struct Judge(Validator);

impl Judge {
    /// That of a schema file, in which one of the stricter rules may be written down.
    fn of(json: &Json, rule: Option<Strictness>) -> Self {
        let root = Rewriter { rule }.file(json);
        let validator = jsonschema::draft7::new(&root);
        Self(validator.unwrap_or_else(|error| panic!("{root} is not a schema: {error}")))
    }

    /// The first of the values that is not valid.
    fn refused<'a>(&self, values: &'a [Value]) -> Option<&'a Value> {
        values.iter().find(|value| !self.0.is_valid(value))
    }
}

/// Writes a schema for the validator.
struct Rewriter {
    /// The stricter rule to write down.
    rule: Option<Strictness>,
}

impl Rewriter {
    fn file(&self, json: &Json) -> Value {
        let definitions = json.get("definitions").unwrap_or(&Json::Null);
        let [types, events] =
            ["types", "events"].map(|kind| self.each(definitions.get(kind).unwrap_or(&Json::Null)));
        let one_of = json.get("oneOf").map(plain);
        let one_of = one_of.unwrap_or_else(|| json!([{"$ref": format!("#/definitions/events/{EVENT}")}]));
        json!({"definitions": {"types": types, "events": events}, "oneOf": one_of})
    }

    /// An object whose members are schemas.
    fn each(&self, json: &Json) -> Value {
        let Json::Object(members) = json else { return Value::Null };
        members.iter().map(|(name, json)| (name.clone(), self.schema(json))).collect::<Map<_, _>>().into()
    }

    fn schema(&self, json: &Json) -> Value {
        let Json::Object(members) = json else { return plain(json) };
        let member = |(name, value): &(String, Json)| (name.clone(), self.member(json, name, value));
        let mut schema: Map<_, _> = members.iter().map(member).collect();
        if self.rule == Some(Strictness::ImpliedType)
            && let Some(implied) = implied_type(json)
        {
            schema.insert("type".to_owned(), implied.into());
        }
        schema.into()
    }

    fn member(&self, schema: &Json, name: &str, value: &Json) -> Value {
        match name {
            "properties" => self.each(value),
            "items" | "additionalProperties" => self.schema(value),
            "minimum" | "maximum" => self.bound(schema, usize::from(name == "maximum"), value),
            _ => plain(value),
        }
    }

    fn bound(&self, schema: &Json, side: usize, value: &Json) -> Value {
        let Json::Number(text) = value else { return Value::Null };
        let is_float = self.rule == Some(Strictness::FloatBound) && is_number(schema);
        let text = if is_float { bound(text).float[side] } else { bound(text).exact[side] };
        serde_json::from_str(text).expect("a bound is a number")
    }
}

/// The type that the keywords of an object or an array imply, where the schema says none.
fn implied_type(json: &Json) -> Option<&'static str> {
    let has = |name: &str| json.get(name).is_some();
    if ["$ref", "type", "enum", "const"].into_iter().any(has) {
        return None;
    }
    if ["properties", "required", "additionalProperties"].into_iter().any(has) {
        return Some("object");
    }
    has("items").then_some("array")
}

fn is_number(schema: &Json) -> bool {
    match schema.get("type") {
        Some(Json::Array(names)) => names.contains(&Json::Text("number".to_owned())),
        Some(Json::Text(name)) => name == "number",
        _ => false,
    }
}

/// The same value.
fn plain(json: &Json) -> Value {
    serde_json::from_str(&json.to_string()).unwrap_or_default()
}
