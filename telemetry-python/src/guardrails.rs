// SPDX-FileCopyrightText: Copyright (c) 2026 NVIDIA CORPORATION & AFFILIATES. All rights reserved.
// SPDX-License-Identifier: Apache-2.0

//! NeMo Guardrails.

mod facts;
mod flow_files;
mod newer;

use std::ffi::OsString;
use std::time::Duration;

use once_cell::race::OnceBox;
use pyo3::exceptions::PyRuntimeError;
use pyo3::prelude::*;
use pyo3::types::PyString;
use telemetry_core::Client;
use telemetry_core::client::{Context, EnvironmentSnapshot};
use telemetry_core::record::Record;
use telemetry_core::session::SessionId;
use telemetry_core::time::{Clock, SystemClock};
use telemetry_guardrails::{
    DeploymentType, Guardrails, Host, HostFacts, RailsEngine, Usage, UsageConfig, Version,
    effective_deployment_type, read_environment, report_usage_in, set_client,
};

use self::facts::Facts;
use self::newer::{UnknownFeatures, unknown_features};
use crate::client::InterpreterClient;

/// What `nemo_telemetry.guardrails` is made of.
#[pymodule(submodule, name = "guardrails", gil_used = true)]
pub(crate) mod module {
    #[pymodule_export]
    use super::{
        Machine, Permission, ask, flush, is_enabled, is_started, preview, run_command, session_id,
        set_deployment_type, start, stats, status,
    };
}

/// An argument that is meant as a text. Anything else counts as a text that is in no vocabulary.
struct Text(String);

impl<'py> FromPyObject<'_, 'py> for Text {
    type Error = PyErr;

    fn extract(object: Borrowed<'_, 'py, PyAny>) -> PyResult<Self> {
        let text = object.cast::<PyString>().ok().and_then(|text| text.to_str().ok().map(str::to_owned));
        Ok(Self(text.unwrap_or_default()))
    }
}

static CLIENT: InterpreterClient<Guardrails> = InterpreterClient::new();
static HOST: OnceBox<Host> = OnceBox::new();

/// What the interpreter knows about the machine and its packages.
#[pyclass(frozen, from_py_object)]
#[derive(Clone)]
struct Machine {
    version: String,
    python_version: String,
    facts: HostFacts,
}

#[pymethods]
impl Machine {
    #[new]
    fn new(
        version: String,
        python_version: String,
        platform: String,
        os_name: String,
        cpu_architecture: String,
    ) -> Self {
        let facts = HostFacts::unknown().with_platform(platform).with_os_name(os_name);
        Self { version, python_version, facts: facts.with_cpu_architecture(cpu_architecture) }
    }
}

impl Machine {
    /// A text of another form is `unknown`.
    fn version(&self) -> Version {
        self.version.parse().unwrap_or_default()
    }

    fn host(&self) -> Host {
        Host::new(self.version()).python_version(self.python_version.parse().unwrap_or_default())
    }
}

/// Starts the client of the process. What it says about the machine stays as it is.
#[pyfunction]
fn start(machine: Machine) {
    let host = machine.host();
    let client = Client::builder().environment(read_environment()).host_facts(machine.facts.clone());
    set_client(host.clone(), client.version(machine.version().as_str()).start());
    let _ = HOST.set(Box::new(host)); // another thread has started the same
    CLIENT.start(telemetry_guardrails::client().clone());
}

#[pyfunction]
fn is_started() -> bool {
    CLIENT.is_started()
}

/// A report that nothing opts out of, with the environment in which that was decided.
#[pyclass(frozen)]
struct Permission(EnvironmentSnapshot<Guardrails>);

/// Asks for consent, of a client that may not have been started.
#[pyfunction]
fn ask(py: Python<'_>) -> Option<Permission> {
    let environment = read_environment();
    CLIENT.is_enabled(py, &environment).then_some(Permission(environment))
}

#[pymethods]
impl Permission {
    /// Reports, once the client is started, and returns which features of a newer product are in use.
    #[pyo3(signature = (facts, deployment_type, rails_engine))]
    fn report(
        &self,
        py: Python<'_>,
        facts: Option<Facts>,
        deployment_type: Text,
        rails_engine: Text,
    ) -> UnknownFeatures {
        py.detach(|| {
            let config = facts.as_ref().map(|facts| facts as &dyn UsageConfig);
            report_usage_in(&self.0, config, deployment_type.0.as_str(), rails_engine.0.as_str());
            let compat = HOST.get().map(|host| host.effective_compat()).unwrap_or_default();
            facts.map(|facts| unknown_features(&facts, compat)).unwrap_or_default()
        })
    }
}

/// The parameters of an event, as JSON.
#[pyfunction]
fn preview(
    py: Python<'_>,
    machine: Machine,
    facts: Option<Facts>,
    deployment_type: Text,
    rails_engine: Text,
) -> PyResult<String> {
    py.detach(|| {
        parameters(
            &machine,
            facts.as_ref(),
            deployment_type.0.as_str().into(),
            rails_engine.0.as_str().into(),
        )
    })
    .map_err(|error| PyRuntimeError::new_err(format!("no event can be made: {error}")))
}

fn parameters(
    machine: &Machine,
    facts: Option<&Facts>,
    deployment_type: DeploymentType,
    rails_engine: RailsEngine,
) -> Result<String, String> {
    let (host, session) = (machine.host(), CLIENT.session().unwrap_or_else(SessionId::undefined));
    let usage = Usage::new(&host, effective_deployment_type(deployment_type), rails_engine);
    let usage = facts.map_or(usage, |facts| usage.config(facts));
    let context = Context::new(SystemClock.unix_seconds(), &session, &machine.facts);
    let event = usage.event(&context).map_err(|error| error.to_string())?;
    let (record, _) = Record::new(event, context.timestamp()).map_err(|error| error.to_string())?;
    Ok(record.parameters.into())
}

#[pyfunction]
fn set_deployment_type(deployment_type: Text) {
    telemetry_guardrails::set_deployment_type(&deployment_type.0);
}

#[pyfunction]
fn is_enabled(py: Python<'_>) -> bool {
    CLIENT.is_enabled(py, &read_environment())
}

#[pyfunction]
fn status(py: Python<'_>) -> PyResult<String> {
    CLIENT.status(py)
}

#[pyfunction]
fn stats() -> PyResult<String> {
    CLIENT.stats()
}

#[pyfunction]
fn flush(py: Python<'_>, seconds: f64) -> bool {
    CLIENT.flush(py, Duration::try_from_secs_f64(seconds).unwrap_or_default())
}

#[pyfunction]
fn session_id() -> Option<String> {
    CLIENT.session().map(|session| session.as_str().to_owned())
}

/// The command `nemo-telemetry`; the first argument is the name of the program.
#[pyfunction]
fn run_command(py: Python<'_>, arguments: Vec<OsString>) -> u8 {
    py.detach(|| telemetry_guardrails::cli::run(arguments))
}
