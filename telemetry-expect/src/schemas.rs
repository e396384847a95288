// SPDX-FileCopyrightText: Copyright (c) 2026 NVIDIA CORPORATION & AFFILIATES. All rights reserved.
// SPDX-License-Identifier: Apache-2.0

//! The schemas of the events that a manifest can expect.

use std::collections::BTreeSet;
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
    files: Vec<SchemaFile>,
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
        self.files.push(SchemaFile::new(Schema::read(text).map_err(invalid)?));
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

    /// The client ids of the schemas that have one, each once.
    pub(crate) fn client_ids(&self) -> BTreeSet<&str> {
        self.files.iter().filter_map(|file| file.schema.client_id()).collect()
    }

    /// The names of the events with this client id, or of all events.
    pub(crate) fn event_names(&self, client_id: Option<&str>) -> Vec<&str> {
        self.of_client(client_id).flat_map(|file| &file.names).map(String::as_str).collect()
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
        for SchemaFile { schema, .. } in self.of_client(client_id).filter(|file| file.has_event(name)) {
            let is_hidden = clients.contains(&None) || clients.contains(&schema.client_id());
            if let Some(event) = schema.event(name, arena).filter(|_| !is_hidden) {
                clients.push(schema.client_id());
                events.push(KnownEvent { schema_version: schema.version(), members: event.members });
            }
        }
        events
    }

    /// Whether an event can have this name.
    pub(crate) fn has_event(&self, name: &str, client_id: Option<&str>) -> bool {
        self.of_client(client_id).any(|file| file.has_event(name))
    }

    /// Whether events with this client id can come.
    pub(crate) fn has_client(&self, client_id: &str) -> bool {
        self.of_client(Some(client_id)).next().is_some()
    }

    /// A schema without a client id describes events of any product.
    fn of_client<'a>(&'a self, client_id: Option<&str>) -> impl Iterator<Item = &'a SchemaFile> {
        self.files.iter().filter(move |file| match (client_id, file.schema.client_id()) {
            (Some(asked), Some(client_id)) => asked == client_id,
            _ => true,
        })
    }
}

/// One schema file.
#[derive(Debug)]
struct SchemaFile {
    schema: Schema,
    /// The names of the events that it allows.
    names: Vec<String>,
}

impl SchemaFile {
    fn new(schema: Schema) -> Self {
        let is_listed = |name: &&str| schema.event(name, &Arena::new()).is_some_and(|event| event.is_listed);
        let names = schema.event_names().into_iter().filter(is_listed).map(str::to_owned).collect();
        Self { schema, names }
    }

    fn has_event(&self, name: &str) -> bool {
        self.names.iter().any(|known| known == name)
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
