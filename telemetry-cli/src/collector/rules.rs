// SPDX-FileCopyrightText: Copyright (c) 2026 NVIDIA CORPORATION & AFFILIATES. All rights reserved.
// SPDX-License-Identifier: Apache-2.0

//! The rules of this collector for the events and the manifests of a test.

use std::path::PathBuf;

use serde_json::json;
use telemetry_core::__command1::envelope_keys;
use telemetry_core::Profile;
use telemetry_core::descriptor::EventDescriptor;
use telemetry_core::registry::Events;
use telemetry_expect::{Event, InvalidSchema, Schemas, Violation};
use telemetry_schema::__cli1::Json;

use super::envelope::Envelope;
use super::files::{parse, read_texts};
use super::known::{Known, describe_product};
use super::store;
use crate::message::{CommandError, escape_path};
use crate::schema::json_schema;
use crate::schema::notation::ordered;

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
    Ok(rules_of(Known::new(events, parse(&read_texts(files)?)?, false)))
}

/// The schemas of a product's event structs and of schema files, for the manifests of a test:
/// [`Manifest::check`](telemetry_expect::Manifest::check). The command `expect` uses them.
///
/// ```
/// use telemetry_cli::schema;
/// use telemetry_core::registry::Events;
/// use telemetry_core::{Product, Profile, TelemetryEvent};
/// use telemetry_expect::Manifest;
///
/// struct Shop;
/// impl Product for Shop {
///     const PROFILE: Profile = Profile::new("shop", "1");
/// }
///
/// /// A basket was paid for.
/// #[derive(TelemetryEvent)]
/// #[telemetry(product = Shop, event_name = "checkout", schema_version = "1.0")]
/// struct Checkout {
///     /// Articles in the basket.
///     num_articles: u32,
/// }
///
/// let schemas = schema::schemas(&Events::linked::<Shop>(), &[])?;
/// let manifest = Manifest::parse("[[event]]\nname = \"checkout\"\nfields = { articles = 3 }\n")?;
/// let error = manifest.check(&schemas).unwrap_err();
/// assert_eq!(
///     error.to_string(),
///     "manifest:3:12: event `checkout` has no field `articles`\nhelp: the fields are `numArticles`"
/// );
/// # Ok::<(), Box<dyn std::error::Error>>(())
/// ```
///
/// # Errors
///
/// [`CommandError::BadInput`] if a schema file cannot be read or is not a schema.
pub fn schemas(events: &Events, files: &[PathBuf]) -> Result<Schemas, CommandError> {
    schemas_of(events, &read_texts(files)?)
}

/// [`rules`] and [`schemas`]. An event with an unknown client id does not violate them if `accepts_unknown`.
pub(crate) fn expected(
    events: &Events,
    files: &[PathBuf],
    accepts_unknown: bool,
) -> Result<(impl Fn(&Event) -> Vec<Violation> + Send + Sync + 'static, Schemas), CommandError> {
    let files = read_texts(files)?;
    let schemas = schemas_of(events, &files)?.accept_unknown(accepts_unknown);
    Ok((rules_of(Known::new(events, parse(&files)?, accepts_unknown)), schemas))
}

fn rules_of(known: Known) -> impl Fn(&Event) -> Vec<Violation> + Send + Sync + 'static {
    move |event| violations(&known, event)
}

fn schemas_of(events: &Events, files: &[(PathBuf, String)]) -> Result<Schemas, CommandError> {
    let structs = if describe_product(&parse(files)?, events) { Vec::new() } else { events.sorted() };
    let structs =
        structs.into_iter().map(|event| (event.name.to_owned(), schema_of(events.profile(), event)));
    let files = files.iter().map(|(file, text)| (escape_path(file), text.clone()));
    let invalid = |error: InvalidSchema| CommandError::BadInput(error.to_string());
    let schemas = Schemas::new().envelope_keys(envelope_keys());
    files
        .chain(structs)
        .try_fold(schemas, |schemas, (name, text)| schemas.schema(&name, &text))
        .map_err(invalid)
}

/// The schema of an event struct. If two of its vocabularies have the same name, it has no schema, and may have any field.
fn schema_of(profile: &Profile, event: &'static EventDescriptor) -> String {
    json_schema(profile, &[event]).map_or_else(
        |_| {
            let meta = json!({"schemaVersion": event.schema_version, "clientId": profile.client_id()});
            json!({"schemaMeta": meta, "definitions": {"events": {event.name: {}}}}).to_string()
        },
        |schema| ordered(&schema).to_string(),
    )
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
