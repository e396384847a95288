// SPDX-FileCopyrightText: Copyright (c) 2026 NVIDIA CORPORATION & AFFILIATES. All rights reserved.
// SPDX-License-Identifier: Apache-2.0

//! The engines as a service: one engine for each requested configuration, constructed at the first request for it.

use std::collections::HashMap;
use std::path::{Path, PathBuf};
use std::sync::{Arc, Mutex, PoisonError};

use serde_json::{Value, json};

use super::checks::Checked;
use super::engines::{IoRails, LlmRails, LoadError};
use crate::service::{Call, Reply};

/// What the service answers, with the configurations in one directory.
///
/// | request | answer |
/// |---|---|
/// | `GET /v1/rails/configs` | the names of the configurations |
/// | `POST /v1/chat/completions` with `config_id` and `message` | the answer of an [`LlmRails`] |
/// | `POST /v1/checks` with `config_id` and `message` | what an [`IoRails`] makes of it |
#[derive(Debug)]
pub struct Api {
    directory: PathBuf,
    answering: Engines<LlmRails>,
    checking: Engines<IoRails>,
}

/// The engines made so far.
#[derive(Debug)]
struct Engines<E>(Mutex<HashMap<String, Arc<E>>>);

impl<E> Default for Engines<E> {
    fn default() -> Self {
        Self(Mutex::default())
    }
}

impl<E> Engines<E> {
    /// The engine of this name. While one is made, others wait, so that none is made twice.
    fn get(&self, name: &str, make: impl FnOnce() -> Result<E, LoadError>) -> Result<Arc<E>, LoadError> {
        let mut engines = self.0.lock().unwrap_or_else(PoisonError::into_inner);
        if let Some(engine) = engines.get(name) {
            return Ok(Arc::clone(engine));
        }
        let engine = Arc::new(make()?);
        engines.insert(name.to_owned(), Arc::clone(&engine));
        Ok(engine)
    }
}

impl Api {
    /// Serves the configurations in this directory.
    #[must_use]
    pub fn new(directory: &Path) -> Self {
        Self { directory: directory.to_owned(), answering: Engines::default(), checking: Engines::default() }
    }

    /// Answers one request.
    #[must_use]
    pub fn handle(&self, call: &Call) -> Reply {
        let (method, path) = call.route();
        match (method, path.as_slice()) {
            ("GET", ["v1", "rails", "configs"]) => Reply::ok(json!(self.names())),
            ("POST", ["v1", "chat", "completions"]) => self.answer(call).unwrap_or_else(refusal),
            ("POST", ["v1", "checks"]) => self.check(call).unwrap_or_else(refusal),
            _ => Reply::not_found(),
        }
    }

    fn answer(&self, call: &Call) -> Result<Reply, LoadError> {
        let Some((name, directory)) = self.config(call) else { return Ok(Reply::not_found()) };
        let engine = self.answering.get(name, || LlmRails::load(directory))?;
        Ok(reply(engine.answer(call.text("message"))))
    }

    fn check(&self, call: &Call) -> Result<Reply, LoadError> {
        let Some((name, directory)) = self.config(call) else { return Ok(Reply::not_found()) };
        let engine = self.checking.get(name, || IoRails::load(directory))?;
        Ok(reply(engine.check_input(call.text("message"))))
    }

    /// The configuration that the call names: one of those that are listed, so that no name leads out of the directory.
    fn config<'a>(&self, call: &'a Call) -> Option<(&'a str, PathBuf)> {
        let name = call.text("config_id");
        self.names().iter().any(|known| known == name).then(|| (name, self.directory.join(name)))
    }

    fn names(&self) -> Vec<String> {
        let entries = std::fs::read_dir(&self.directory).into_iter().flatten().flatten();
        let configs = entries.filter(|entry| entry.path().join("config.yml").is_file());
        let mut names: Vec<_> = configs.filter_map(|entry| entry.file_name().into_string().ok()).collect();
        names.sort();
        names
    }
}

/// Who answers is told too: several processes may serve one address.
fn reply(checked: Checked) -> Reply {
    let (key, text) = match checked {
        Checked::Passed(text) => ("message", text),
        Checked::Refused(rail) => ("refused_by", rail),
    };
    Reply::ok(json!({key: Value::String(text), "process": std::process::id()}))
}

fn refusal(error: LoadError) -> Reply {
    Reply::refused(422, error)
}
