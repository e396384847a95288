// SPDX-FileCopyrightText: Copyright (c) 2026 NVIDIA CORPORATION & AFFILIATES. All rights reserved.
// SPDX-License-Identifier: Apache-2.0

//! The client of a product in an interpreter.

use std::time::Duration;

use once_cell::race::OnceBox;
use pyo3::exceptions::PyRuntimeError;
use pyo3::prelude::*;
use serde::Serialize;
use telemetry_core::client::EnvironmentSnapshot;
use telemetry_core::session::SessionId;
use telemetry_core::{Client, Product};

/// The client of a product in this interpreter, for a static.
///
/// The environment is read under the interpreter's lock, since `os.environ` changes it under that lock. Files are looked at
/// without it.
pub(crate) struct InterpreterClient<P: Product> {
    /// Decides about consent before anything is known about the host, and reports nothing: the host is not looked at under an
    /// opt-out.
    undecided: OnceBox<Client<P>>,
    /// Reports, as soon as a report was allowed once.
    reporting: OnceBox<Client<P>>,
}

impl<P: Product> InterpreterClient<P> {
    pub(crate) const fn new() -> Self {
        Self { undecided: OnceBox::new(), reporting: OnceBox::new() }
    }

    /// The client that answers questions. Its start looks at no file.
    fn current(&self, environment: &EnvironmentSnapshot<P>) -> &Client<P> {
        let undecided = || Box::new(Client::builder().environment(environment.clone()).start());
        self.reporting.get().unwrap_or_else(|| self.undecided.get_or_init(undecided))
    }

    pub(crate) fn is_started(&self) -> bool {
        self.reporting.get().is_some()
    }

    /// The client that reports from now on, unless there is one already.
    pub(crate) fn start(&self, client: Client<P>) {
        self.reporting.get_or_init(|| Box::new(client));
    }

    /// Whether a report made now would be sent.
    pub(crate) fn is_enabled(&self, py: Python<'_>, environment: &EnvironmentSnapshot<P>) -> bool {
        let client = self.current(environment);
        py.detach(|| client.in_environment(environment).consent_decision().is_enabled())
    }

    /// [`Client::status`] as JSON.
    pub(crate) fn status(&self, py: Python<'_>) -> PyResult<String> {
        let environment = Client::read_environment();
        let client = self.current(&environment);
        json(&py.detach(|| client.in_environment(&environment).status()))
    }

    /// [`Client::stats`] as JSON.
    pub(crate) fn stats(&self) -> PyResult<String> {
        json(&self.reporting.get().map(|client| client.stats()).unwrap_or_default())
    }

    /// [`Client::flush`].
    pub(crate) fn flush(&self, py: Python<'_>, timeout: Duration) -> bool {
        self.reporting.get().is_none_or(|client| py.detach(|| client.flush(timeout)))
    }

    /// [`Client::session`].
    pub(crate) fn session(&self) -> Option<SessionId> {
        self.reporting.get()?.session()
    }
}

fn json(value: &impl Serialize) -> PyResult<String> {
    serde_json::to_string(value).map_err(|error| PyRuntimeError::new_err(error.to_string()))
}
