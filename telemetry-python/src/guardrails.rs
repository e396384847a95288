// SPDX-FileCopyrightText: Copyright (c) 2026 NVIDIA CORPORATION & AFFILIATES. All rights reserved.
// SPDX-License-Identifier: Apache-2.0

//! NeMo Guardrails.

mod config;
mod facts;
mod flows;
mod newer;

use std::sync::atomic::{AtomicU64, Ordering};

use once_cell::race::OnceBox;
use pyo3::exceptions::PyRuntimeError;
use pyo3::prelude::*;
use pyo3::types::PyString;
use telemetry_core::Client;
use telemetry_core::client::Context;
use telemetry_core::record::Record;
use telemetry_core::session::SessionId;
use telemetry_core::time::{Clock, SystemClock};
use telemetry_guardrails::{
    DeploymentType, Guardrails, Host, Usage, UsageConfig, effective_deployment_type, read_environment, report_usage_in,
    set_client,
};

use self::config::PythonConfig;
use crate::client::InterpreterClient;
use crate::interpreter::{from_json, host_facts, package_version, python_version};

/// The functions of the product, as `nemo_telemetry.guardrails` shows them.
#[pymodule(submodule, name = "guardrails", gil_used = true)]
pub(crate) mod module {
    #[pymodule_export]
    use super::{
        flush, is_enabled, preview, report_usage, run_command, session_id, set_deployment_type, stats, status,
    };
}

static CLIENT: InterpreterClient<Guardrails> = InterpreterClient::new();

/// What runs here, read once: the versions cannot change under a running program.
static HOST: OnceBox<Host> = OnceBox::new();

/// Features in use that the tables do not know, counted in each report.
static UNKNOWN_FEATURES: AtomicU64 = AtomicU64::new(0);

/// An argument that is meant as a text. Anything else counts as a text that is in no vocabulary.
struct Text(String);

impl<'py> FromPyObject<'_, 'py> for Text {
    type Error = PyErr;

    fn extract(object: Borrowed<'_, 'py, PyAny>) -> PyResult<Self> {
        let text = object.cast::<PyString>().ok().and_then(|text| text.to_str().ok().map(str::to_owned));
        Ok(Self(text.unwrap_or_default()))
    }
}

impl Text {
    fn library() -> Self {
        Self(DeploymentType::Library.as_str().into())
    }

    fn empty() -> Self {
        Self(String::new())
    }
}

fn host(py: Python<'_>) -> PyResult<&'static Host> {
    if HOST.get().is_none() {
        let host = Host::new(package_version(py, "nemoguardrails")?).python_version(python_version(py));
        let _ = HOST.set(Box::new(host)); // another thread has read the same
    }
    HOST.get().ok_or_else(|| PyRuntimeError::new_err("the host is not known"))
}

/// Starts the client that the whole process reports through.
fn start(py: Python<'_>) -> PyResult<Client<Guardrails>> {
    let (host, version) = (host(py)?, package_version(py, "nemoguardrails")?);
    let facts = host_facts(py)?;
    let client = Client::builder().version(version.as_str()).host_facts(facts).environment(read_environment());
    set_client(host.clone(), client.start());
    Ok(telemetry_guardrails::client().clone())
}

/// Report that an engine was constructed, unless something opts out.
///
/// Returns at once and never raises an `Exception`: a configuration that cannot be read costs the event, which is logged at debug
/// level. Delivery happens on one thread that is not Python's.
///
/// Args:
///     config: The `RailsConfig` of the engine. Without it the event is about the system only.
///     deployment_type: `library`, `api`, `cli`, `sdk` or `nmp`. `set_deployment_type` overrides it.
///     rails_engine: `LLMRails` or `IORails`.
#[pyfunction]
#[pyo3(
    signature = (config=None, deployment_type=Text::library(), rails_engine=Text::empty()),
    text_signature = "(config=None, deployment_type='library', rails_engine='')"
)]
fn report_usage(
    py: Python<'_>,
    config: Option<Py<PyAny>>,
    deployment_type: Text,
    rails_engine: Text,
) -> PyResult<()> {
    let environment = read_environment();
    if !CLIENT.is_ready(py, &environment, || start(py))? {
        return Ok(());
    }
    let config = config.map(PythonConfig::new);
    py.detach(|| {
        let config = config.as_ref().map(|config| config as &dyn UsageConfig);
        report_usage_in(&environment, config, deployment_type.0.as_str(), rails_engine.0.as_str());
    });
    config.map_or(Ok(()), |config| config.after_report(py))
}

/// Claim how this process is deployed. It overrides what reports say, in forked children too.
///
/// Args:
///     deployment_type: `library`, `api`, `cli`, `sdk`, `nmp` or `undefined`. Anything else is ignored.
#[pyfunction]
fn set_deployment_type(deployment_type: Text) {
    telemetry_guardrails::set_deployment_type(&deployment_type.0);
}

/// Return the parameters of the event that `report_usage` would send now, opt-outs aside. Nothing is sent.
///
/// Raises:
///     Exception: What reading the configuration raises.
#[pyfunction]
#[pyo3(
    signature = (config=None, deployment_type=Text::library(), rails_engine=Text::empty()),
    text_signature = "(config=None, deployment_type='library', rails_engine='')"
)]
fn preview<'py>(
    py: Python<'py>,
    config: Option<Py<PyAny>>,
    deployment_type: Text,
    rails_engine: Text,
) -> PyResult<Bound<'py, PyAny>> {
    let deployment_type = effective_deployment_type(deployment_type.0.as_str().into());
    let usage = Usage::new(host(py)?, deployment_type, rails_engine.0.as_str());
    let (facts, session) = (host_facts(py)?, CLIENT.session().unwrap_or_else(SessionId::undefined));
    let context = Context::new(SystemClock.unix_seconds(), &session, &facts);
    let config = config.map(PythonConfig::new);
    let usage = config.as_ref().map_or(usage, |config| usage.config(config));
    let event = usage.event(&context).map_err(|error| match config.and_then(PythonConfig::into_error) {
        Some(raised) => raised,
        None => unreadable(error),
    })?;
    let (record, _) = Record::new(event, context.timestamp()).map_err(unreadable)?;
    from_json(py, &record.parameters)
}

fn unreadable(error: impl ToString) -> PyErr {
    PyRuntimeError::new_err(error.to_string())
}

/// Return whether a report made now would be sent.
#[pyfunction]
fn is_enabled(py: Python<'_>) -> bool {
    CLIENT.is_enabled(py)
}

/// Return everything that an operator wants to know: whether telemetry is on, what decides that, where events go, where the copy
/// is. It has the keys of `nemo-telemetry status --json`.
#[pyfunction]
fn status(py: Python<'_>) -> PyResult<Bound<'_, PyAny>> {
    CLIENT.status(py)
}

/// Return what became of the events of this process: `produced = delivered + queued + dropped`, at any time. `unknown_features`
/// counts features in use that were left out of events, since the tables of this release do not know them.
#[pyfunction]
fn stats(py: Python<'_>) -> PyResult<Bound<'_, PyAny>> {
    CLIENT.stats(py, ("unknown_features", UNKNOWN_FEATURES.load(Ordering::Relaxed)))
}

/// Wait until nothing is queued.
///
/// Args:
///     timeout: The longest wait, in seconds.
///
/// Returns:
///     Whether nothing is queued.
///
/// Raises:
///     ValueError: If `timeout` is negative or not a number.
#[pyfunction]
#[pyo3(signature = (timeout=0.2))]
fn flush(py: Python<'_>, timeout: f64) -> PyResult<bool> {
    CLIENT.flush(py, timeout)
}

/// Return the session of this process, or `None` before its first report.
#[pyfunction]
fn session_id() -> Option<String> {
    CLIENT.session().map(|session| session.as_str().to_owned())
}

/// Run the command `nemo-telemetry` with these arguments and return its exit code.
#[pyfunction]
fn run_command(py: Python<'_>, arguments: Vec<std::ffi::OsString>) -> u8 {
    py.detach(|| telemetry_guardrails::cli::run(arguments))
}
