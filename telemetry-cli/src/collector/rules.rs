// SPDX-FileCopyrightText: Copyright (c) 2026 NVIDIA CORPORATION & AFFILIATES. All rights reserved.
// SPDX-License-Identifier: Apache-2.0

//! The rules of this collector for the events of the collector of a test.

use std::path::PathBuf;

use telemetry_core::registry::Events;
use telemetry_expect::{Event, Violation};
use telemetry_schema::__cli1::Json;

use super::envelope::Envelope;
use super::known::Known;
use super::{read_schemas, store};
use crate::message::CommandError;

/// The pointer of the name of the only event of an envelope.
const NAME: &str = "/events/0/name";

/// The rules of a product's event structs and of schema files, for the events of a test:
/// [`TestedProduct::rules`](telemetry_expect::TestedProduct::rules). The command `expect` uses them.
///
/// They are the rules of `collect`: an event violates them if its parameters, its name, its client id or its schema version differ from
/// those of a schema file for its client id, or without such a file from those of the structs in `events`.
///
/// ```
/// use telemetry_cli::schema;
/// use telemetry_core::registry::Events;
/// use telemetry_core::{Product, Profile};
/// use telemetry_expect::{TestBed, TestedProduct};
///
/// struct Shop;
/// impl Product for Shop {
///     const PROFILE: Profile = Profile::new("shop", "1");
/// }
///
/// let shop = TestedProduct::new("shop").rules(schema::rules(&Events::linked::<Shop>(), &[])?);
/// let bed = TestBed::start(&shop)?;
/// # Ok::<(), Box<dyn std::error::Error>>(())
/// ```
///
/// # Errors
///
/// [`CommandError::BadInput`] if a schema file cannot be read or is not a schema.
pub fn rules(
    events: &Events,
    files: &[PathBuf],
) -> Result<impl Fn(&Event) -> Vec<Violation> + Send + Sync + 'static, CommandError> {
    rules_for(events, files, false)
}

/// [`rules`], which an event with an unknown client id does not violate if `accepts_unknown`.
pub(crate) fn rules_for(
    events: &Events,
    files: &[PathBuf],
    accepts_unknown: bool,
) -> Result<impl Fn(&Event) -> Vec<Violation> + Send + Sync + 'static, CommandError> {
    let known = Known::new(events, read_schemas(files)?, accepts_unknown);
    Ok(move |event: &Event| violations(&known, event))
}

fn violations(known: &Known, event: &Event) -> Vec<Violation> {
    let body = envelope(event).to_string();
    match Envelope::read(body.as_bytes()) {
        Ok(envelope) => {
            let events = envelope.events.iter();
            events.flat_map(|event| known.check(&envelope, 0, event, 0)).map(violation).collect()
        }
        Err(refusal) => vec![Violation::in_envelope("", refusal.reason)],
    }
}

/// An envelope with this event alone.
fn envelope(event: &Event) -> Json {
    let text = |text: &str| Json::Text(text.to_owned());
    let own =
        [("name", text(&event.name)), ("ts", text(&event.ts)), ("parameters", event.parameters.clone())];
    let own = Json::Object(own.map(|(name, value)| (name.to_owned(), value)).into());
    let members = event.envelope.as_object().into_iter().flatten();
    let members = members.map(|(name, value)| (name.to_owned(), value.clone()));
    Json::Object(members.chain([("events".to_owned(), Json::Array(vec![own]))]).collect())
}

fn violation(store::Violation { pointer, message, is_outside }: store::Violation) -> Violation {
    match (pointer.as_str(), is_outside) {
        (NAME, true) => Violation::in_envelope("", message),
        (_, true) => Violation::in_envelope(pointer, message),
        ("/", false) => Violation::in_parameters("", message),
        (_, false) => Violation::in_parameters(pointer, message),
    }
}
