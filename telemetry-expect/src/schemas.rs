// SPDX-FileCopyrightText: Copyright (c) 2026 NVIDIA CORPORATION & AFFILIATES. All rights reserved.
// SPDX-License-Identifier: Apache-2.0

//! The schemas of the events that a manifest can expect.

use std::{error, fmt};

use telemetry_schema::__cli1::{Arena, Members, Problem, Schema};

/// The schemas of the events that can come, which [`Manifest::check`](crate::Manifest::check) compares with a manifest.
///
/// ```
/// use telemetry_expect::{Manifest, Schemas};
///
/// let schemas = Schemas::new().schema(
///     "schemas/shop.json",
///     r#"{
///         "schemaMeta": {"schemaVersion": "1.0"},
///         "definitions": {"events": {"order": {
///             "properties": {"outcome": {"enum": ["success", "failure"]}},
///             "additionalProperties": false
///         }}}
///     }"#,
/// )?;
/// let manifest = Manifest::parse("[[event]]\nname = \"order\"\nfields = { outcome = \"failed\" }\n")?;
/// assert_eq!(
///     manifest.check(&schemas).unwrap_err().to_string(),
///     "manifest:3:22: `outcome` of event `order` cannot be `\"failed\"`\nhelp: write one of `\"success\"`, `\"failure\"`"
/// );
/// # Ok::<(), Box<dyn std::error::Error>>(())
/// ```
#[derive(Debug, Default)]
pub struct Schemas {
    schemas: Vec<Schema>,
    envelope_keys: Vec<String>,
    accepts_unknown: bool,
}

/// The schema of one event.
#[derive(Debug, Clone, Copy)]
pub(crate) struct KnownEvent<'a> {
    pub(crate) schema_version: &'a str,
    /// The parameters.
    pub(crate) members: Members<'a>,
}

impl Schemas {
    /// No schema. A manifest may expect no event before one is added, or unknown ones are [accepted](Self::accept_unknown).
    #[must_use]
    pub fn new() -> Self {
        Self::default()
    }

    /// Adds the schema file `name` with this text. If several files have an event for the same client id, the first one counts.
    ///
    /// # Errors
    ///
    /// If the text is not a schema. The error has the name, the place in the text and a help.
    pub fn schema(mut self, name: &str, text: &str) -> Result<Self, InvalidSchema> {
        let invalid =
            |problem: Problem| InvalidSchema(format!("{}\nhelp: {}", problem.about(name), problem.help));
        self.schemas.push(Schema::read(text).map_err(invalid)?);
        Ok(self)
    }

    /// Adds keys that an envelope has. Without any, the keys of the envelope are not checked.
    #[must_use]
    pub fn envelope_keys<T: Into<String>>(mut self, keys: impl IntoIterator<Item = T>) -> Self {
        self.envelope_keys.extend(keys.into_iter().map(Into::into));
        self
    }

    /// Accepts events that no schema has. Expectations of them are not checked.
    #[must_use]
    pub const fn accept_unknown(mut self, accept: bool) -> Self {
        self.accepts_unknown = accept;
        self
    }

    pub(crate) const fn accepts_unknown(&self) -> bool {
        self.accepts_unknown
    }

    /// The keys of an envelope; empty if they are not known.
    pub(crate) fn keys(&self) -> &[String] {
        &self.envelope_keys
    }

    /// The client ids of the schemas that have one.
    pub(crate) fn client_ids(&self) -> Vec<&str> {
        self.schemas.iter().filter_map(Schema::client_id).collect()
    }

    /// The names of the events with this client id, or of all events, each once.
    pub(crate) fn event_names(&self, client_id: Option<&str>) -> Vec<&str> {
        let arena = Arena::new();
        let mut names = Vec::new();
        for schema in self.of_client(client_id) {
            for name in schema.event_names() {
                if !names.contains(&name) && schema.event(name, &arena).is_some_and(|event| event.is_listed) {
                    names.push(name);
                }
            }
        }
        names
    }

    /// The events with this name, and this client id if there is one.
    pub(crate) fn events<'a>(
        &'a self,
        name: &str,
        client_id: Option<&str>,
        arena: &'a Arena<'a>,
    ) -> Vec<KnownEvent<'a>> {
        let mut clients: Vec<Option<&str>> = Vec::new();
        let mut events = Vec::new();
        for schema in self.of_client(client_id) {
            let is_hidden = clients.contains(&None) || clients.contains(&schema.client_id());
            let event = schema.event(name, arena).filter(|event| event.is_listed && !is_hidden);
            if let Some(event) = event {
                clients.push(schema.client_id());
                events.push(KnownEvent { schema_version: schema.version(), members: event.members });
            }
        }
        events
    }

    /// Whether events with this client id can come.
    pub(crate) fn has_client(&self, client_id: &str) -> bool {
        self.of_client(Some(client_id)).next().is_some()
    }

    /// A schema without a client id describes events of any product.
    fn of_client<'a>(&'a self, client_id: Option<&str>) -> impl Iterator<Item = &'a Schema> {
        self.schemas.iter().filter(move |schema| {
            client_id.is_none_or(|asked| schema.client_id().is_none_or(|client_id| client_id == asked))
        })
    }
}

/// Why a text is not a schema: the place, the problem, and a help.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct InvalidSchema(String);

impl fmt::Display for InvalidSchema {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.0)
    }
}

impl error::Error for InvalidSchema {}
