// SPDX-FileCopyrightText: Copyright (c) 2026 NVIDIA CORPORATION & AFFILIATES. All rights reserved.
// SPDX-License-Identifier: Apache-2.0

//! The interpreter: what any product asks of it.

use once_cell::race::OnceBox;
use pyo3::exceptions::PyException;
use pyo3::prelude::*;
use pyo3::types::PyString;
use serde_json::Value;
use telemetry_core::host::HostFacts;
use telemetry_core::value::Version;

/// Declares the names of attributes that reports read.
macro_rules! names {
    ($($name:ident),* $(,)?) => {
        /// Names of attributes, interned once. Made when the module is imported: `intern!` makes them with a first use, and a
        /// child that is forked in the middle of one would wait for ever.
        pub(crate) struct Names { $(pub(crate) $name: Py<PyString>),* }

        impl Names {
            fn new(py: Python<'_>) -> Self {
                Self { $($name: PyString::intern(py, stringify!($name)).unbind()),* }
            }
        }
    };
}

names! {
    colang_version, config, dialog, docs, enabled, engine, file_info, flows, is_system_flow, model_fields, models, modules, name,
    rails, single_call, streaming, tracing, input, output, retrieval, tool_output, tool_input,
}

static NAMES: OnceBox<Names> = OnceBox::new();

impl Names {
    pub(crate) fn get(py: Python<'_>) -> &'static Self {
        NAMES.get_or_init(|| Box::new(Self::new(py)))
    }
}

/// The attribute, or nothing if the object lacks it. Any exception but `AttributeError` goes on, as from `getattr` with a default.
pub(crate) fn attribute<'py>(
    object: &Bound<'py, PyAny>,
    name: &Py<PyString>,
) -> PyResult<Option<Bound<'py, PyAny>>> {
    object.getattr_opt(name.bind(object.py()))
}

/// Like [`attribute`], with nothing for `None`.
pub(crate) fn set_attribute<'py>(
    object: &Bound<'py, PyAny>,
    name: &Py<PyString>,
) -> PyResult<Option<Bound<'py, PyAny>>> {
    Ok(attribute(object, name)?.filter(|value| !value.is_none()))
}

/// Nothing in place of an `Exception`. All else goes on: `KeyboardInterrupt` and `SystemExit` belong to the host.
pub(crate) fn tolerate<T>(py: Python<'_>, result: PyResult<T>) -> PyResult<Option<T>> {
    match result {
        Ok(value) => Ok(Some(value)),
        Err(error) if error.is_instance_of::<PyException>(py) => Ok(None),
        Err(error) => Err(error),
    }
}

/// The module, if it is loaded.
pub(crate) fn loaded_module<'py>(py: Python<'py>, name: &str) -> PyResult<Option<Bound<'py, PyAny>>> {
    let modules = py.import("sys")?.getattr(Names::get(py).modules.bind(py))?;
    if modules.contains(name)? { modules.get_item(name).map(Some) } else { Ok(None) }
}

/// Whether tests run here: `pytest` is loaded. If the interpreter cannot tell, which happens while it ends, they do.
pub(crate) fn runs_pytest(py: Python<'_>) -> bool {
    loaded_module(py, "pytest").map_or(true, |module| module.is_some())
}

/// The version of an installed package, or `unknown`.
pub(crate) fn package_version(py: Python<'_>, package: &str) -> PyResult<Version> {
    let version = || py.import("importlib.metadata")?.call_method1("version", (package,))?.extract::<String>();
    Ok(tolerate(py, version())?.and_then(|version| version.parse().ok()).unwrap_or_default())
}

/// The version of the interpreter, as `3.13.7`.
pub(crate) fn python_version(py: Python<'_>) -> Version {
    let version = py.version_str().split_whitespace().next();
    version.and_then(|version| version.parse().ok()).unwrap_or_default()
}

/// The machine, in the words of the interpreter's own module `platform`.
pub(crate) fn host_facts(py: Python<'_>) -> PyResult<HostFacts> {
    let text = |function| {
        let text = || py.import("platform")?.call_method0(function)?.extract::<String>();
        Ok::<_, PyErr>(tolerate(py, text())?.unwrap_or_default())
    };
    let facts = HostFacts::unknown().with_platform(text("platform")?).with_os_name(text("system")?);
    Ok(facts.with_cpu_architecture(text("machine")?))
}

/// Values of Python, from JSON.
pub(crate) fn from_json<'py>(py: Python<'py>, json: &str) -> PyResult<Bound<'py, PyAny>> {
    py.import("json")?.call_method1("loads", (json,))
}

/// Values of Python, from those of serde.
pub(crate) fn from_value<'py>(py: Python<'py>, value: &Value) -> PyResult<Bound<'py, PyAny>> {
    from_json(py, &value.to_string())
}

/// Calls a function of the package's own Python module about the life of processes.
pub(crate) fn call_process_module<'py>(
    py: Python<'py>,
    function: &str,
    arguments: impl pyo3::call::PyCallArgs<'py>,
) -> PyResult<()> {
    let called = || py.import("nemo_telemetry._process")?.call_method1(function, arguments);
    tolerate(py, called()).map(|_| ())
}
