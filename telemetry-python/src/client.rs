// SPDX-FileCopyrightText: Copyright (c) 2026 NVIDIA CORPORATION & AFFILIATES. All rights reserved.
// SPDX-License-Identifier: Apache-2.0

//! The client of a product in an interpreter.

use std::sync::atomic::{AtomicU32, Ordering};
use std::time::{Duration, Instant};

use once_cell::race::OnceBox;
use pyo3::exceptions::PyValueError;
use pyo3::prelude::*;
use serde_json::{Value, json};
use telemetry_core::client::EnvironmentSnapshot;
use telemetry_core::session::SessionId;
use telemetry_core::{Client, Product};

use crate::interpreter::{call_process_module, from_value, runs_pytest};

/// How long a flush waits before it lets the interpreter handle signals.
const SIGNALS_WAIT: Duration = Duration::from_millis(50);

/// The client of a product in this interpreter, for a static.
///
/// The environment is read under the interpreter's lock, since `os.environ` changes it under that lock. Files are looked at
/// without it.
pub(crate) struct InterpreterClient<P: Product> {
    /// Decides about consent before anything is known about the host, and reports nothing: what it takes to know the host is not
    /// done under an opt-out.
    undecided: OnceBox<Client<P>>,
    /// Reports, as soon as a report was allowed once.
    reporting: OnceBox<Client<P>>,
    /// The process that has prepared for its end.
    prepared: AtomicU32,
}

impl<P: Product> InterpreterClient<P> {
    pub(crate) const fn new() -> Self {
        Self { undecided: OnceBox::new(), reporting: OnceBox::new(), prepared: AtomicU32::new(0) }
    }

    /// The client that answers questions. Its start looks at no file.
    fn current(&self, environment: &EnvironmentSnapshot<P>) -> &Client<P> {
        self.reporting.get().unwrap_or_else(|| {
            self.undecided.get_or_init(|| Box::new(Client::builder().environment(environment.clone()).start()))
        })
    }

    /// Whether this interpreter may report: no test runs, and if it has not reported before, nothing opts out. Then
    /// `start` makes the client that reports. Later opt-outs are a matter of each report.
    pub(crate) fn is_ready(
        &self,
        py: Python<'_>,
        environment: &EnvironmentSnapshot<P>,
        start: impl FnOnce() -> PyResult<Client<P>>,
    ) -> PyResult<bool> {
        if runs_pytest(py) {
            return Ok(false);
        }
        if self.reporting.get().is_none() {
            if !self.consents(py, environment) {
                return Ok(false);
            }
            let client = start()?;
            self.reporting.get_or_init(|| Box::new(client));
        }
        self.prepare_end(py)?;
        Ok(true)
    }

    fn consents(&self, py: Python<'_>, environment: &EnvironmentSnapshot<P>) -> bool {
        let client = self.current(environment);
        py.detach(|| client.in_environment(environment).consent_decision().is_enabled())
    }

    /// Once in each process: what ends a process differs, and not all of it passes by the exit hook of the C library.
    fn prepare_end(&self, py: Python<'_>) -> PyResult<()> {
        let process = std::process::id();
        if self.prepared.swap(process, Ordering::Relaxed) == process {
            return Ok(());
        }
        call_process_module(py, "prepare_end", (process,))
    }

    /// Whether a report made now would be sent.
    pub(crate) fn is_enabled(&self, py: Python<'_>) -> bool {
        let environment = Client::read_environment();
        !runs_pytest(py) && self.consents(py, &environment)
    }

    /// [`Client::status`] as a dictionary.
    pub(crate) fn status<'py>(&self, py: Python<'py>) -> PyResult<Bound<'py, PyAny>> {
        let environment = Client::read_environment();
        let client = self.current(&environment);
        let status = py.detach(|| client.in_environment(&environment).status());
        let mut status = to_value(&status)?;
        if runs_pytest(py) && let Some(object) = status.as_object_mut() {
            object.insert("enabled".into(), false.into());
            object.insert("decided_by".into(), "the module `pytest`, which is loaded".into());
        }
        from_value(py, &status)
    }

    /// [`Client::stats`] as a dictionary, with `more` at its end.
    pub(crate) fn stats<'py>(&self, py: Python<'py>, more: (&str, u64)) -> PyResult<Bound<'py, PyAny>> {
        let mut stats = to_value(&self.reporting.get().map(Client::stats).unwrap_or_default())?;
        if let Some(object) = stats.as_object_mut() {
            object.insert(more.0.into(), json!(more.1));
        }
        from_value(py, &stats)
    }

    /// [`Client::flush`] for some seconds. The interpreter handles signals meanwhile.
    pub(crate) fn flush(&self, py: Python<'_>, timeout: f64) -> PyResult<bool> {
        let timeout = seconds(timeout)?;
        let Some(client) = self.reporting.get() else { return Ok(true) };
        let start = Instant::now();
        loop {
            let left = timeout.saturating_sub(start.elapsed());
            if py.detach(|| client.flush(left.min(SIGNALS_WAIT))) {
                return Ok(true);
            }
            py.check_signals()?;
            if left <= SIGNALS_WAIT {
                return Ok(false);
            }
        }
    }

    /// The session of this process, if it has one.
    pub(crate) fn session(&self) -> Option<SessionId> {
        self.reporting.get()?.session()
    }
}

fn to_value(value: &impl serde::Serialize) -> PyResult<Value> {
    serde_json::to_value(value).map_err(|error| PyValueError::new_err(error.to_string()))
}

/// Infinity is for ever.
fn seconds(timeout: f64) -> PyResult<Duration> {
    if timeout == f64::INFINITY {
        return Ok(Duration::MAX);
    }
    Duration::try_from_secs_f64(timeout)
        .map_err(|_| PyValueError::new_err(format!("`timeout` is not a number of seconds: {timeout}")))
}
