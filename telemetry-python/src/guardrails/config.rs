// SPDX-FileCopyrightText: Copyright (c) 2026 NVIDIA CORPORATION & AFFILIATES. All rights reserved.
// SPDX-License-Identifier: Apache-2.0

//! The configuration of an engine: an object of Python, which may do anything when it is looked at.

use std::error::Error;
use std::fmt;
use std::sync::OnceLock;
use std::sync::atomic::Ordering;

use pyo3::exceptions::PyException;
use pyo3::prelude::*;
use telemetry_guardrails::{ConfigFacts, RailsEngine, UsageConfig};

use super::flows::FlowFiles;
use super::{UNKNOWN_FEATURES, facts, newer};
use crate::interpreter::call_process_module;

/// A `RailsConfig`, or whatever has its attributes.
pub(super) struct PythonConfig {
    object: Py<PyAny>,
    /// What reading it has raised.
    raised: OnceLock<PyErr>,
}

impl PythonConfig {
    pub(super) fn new(object: Py<PyAny>) -> Self {
        Self { object, raised: OnceLock::new() }
    }

    /// What reading it has raised.
    pub(super) fn into_error(self) -> Option<PyErr> {
        self.raised.into_inner()
    }

    /// Logs an exception of the configuration. What is not an `Exception`, as `KeyboardInterrupt`, goes on to the host.
    pub(super) fn after_report(self, py: Python<'_>) -> PyResult<()> {
        match self.into_error() {
            None => Ok(()),
            Some(error) if error.is_instance_of::<PyException>(py) => {
                call_process_module(py, "log_unreadable", (error.into_value(py),))
            }
            Some(error) => Err(error),
        }
    }

    fn read(&self, py: Python<'_>) -> PyResult<(ConfigFacts, FlowFiles)> {
        let config = self.object.bind(py);
        let facts = facts::read(config)?;
        UNKNOWN_FEATURES.fetch_add(newer::count(py, &facts)?, Ordering::Relaxed);
        Ok((facts, FlowFiles::read(config)?))
    }
}

impl UsageConfig for PythonConfig {
    /// Attributes are read under the interpreter's lock, and files looked at without it.
    fn facts(&self, _: RailsEngine) -> Result<ConfigFacts, Box<dyn Error>> {
        match Python::try_attach(|py| self.read(py)) {
            Some(Ok((facts, flows))) => Ok(facts.num_custom_flows(flows.num_custom())),
            Some(Err(error)) => {
                let _ = self.raised.set(error);
                Err(Unreadable.into())
            }
            None => Err(Unreadable.into()),
        }
    }
}

/// The exception itself is kept beside: an error of Rust must not hold what only the interpreter may drop.
#[derive(Debug)]
struct Unreadable;

impl fmt::Display for Unreadable {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("an attribute raised an exception, or the interpreter ends")
    }
}

impl Error for Unreadable {}
