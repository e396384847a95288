// SPDX-FileCopyrightText: Copyright (c) 2026 NVIDIA CORPORATION & AFFILIATES. All rights reserved.
// SPDX-License-Identifier: Apache-2.0

//! The flows of a configuration: how many are the user's own.

use std::collections::HashMap;
use std::path::{Path, PathBuf};

use pyo3::prelude::*;
use pyo3::types::{PyDict, PyString};

use crate::interpreter::{Names, attribute, loaded_module, tolerate};

/// The longest path that systems take, in bytes. A longer text names no file of the library.
const LONGEST_PATH: usize = 4096;

/// The flows that are not the system's, by the files that they come from. The package's own library is told by its directory, but
/// only a look at the file system tells where a path leads: that is left for later, without the interpreter's lock.
pub(super) struct FlowFiles {
    /// The number of flows by the name of their file. Without a name: of no file.
    files: HashMap<Option<String>, u64>,
    /// The package's module `telemetry`, as a file. It is there even if the module is not.
    beside: Option<PathBuf>,
}

impl FlowFiles {
    pub(super) fn read(config: &Bound<'_, PyAny>) -> PyResult<Self> {
        let names = Names::get(config.py());
        let mut files = HashMap::new();
        for flow in attribute(config, &names.flows)?.map(|flows| flows.try_iter()).transpose()?.into_iter().flatten() {
            let flow = flow?;
            if !is_system_flow(&flow, names)? {
                *files.entry(file_name(&flow, names)?).or_default() += 1;
            }
        }
        Ok(Self { files, beside: package_file(config.py())? })
    }

    /// The number of flows that are neither the system's nor the library's (reference: `_is_custom_flow`).
    pub(super) fn num_custom(&self) -> u64 {
        let library = self.beside.as_deref().and_then(library);
        let is_custom = |file: Option<&str>| match (file, &library) {
            (Some(file), Some(library)) => !is_below(file, library),
            _ => true,
        };
        self.files.iter().filter(|(file, _)| is_custom(file.as_deref())).map(|(_, flows)| flows).sum()
    }
}

/// The package's library of Colang 2.x.
fn library(beside: &Path) -> Option<PathBuf> {
    Some(resolved(beside).parent()?.join("colang/v2_x/library"))
}

fn is_below(file: &str, directory: &Path) -> bool {
    file.len() <= LONGEST_PATH && resolved(Path::new(file)).starts_with(directory)
}

/// The path with all symbolic links followed, as far as it exists; the rest stays as it is.
fn resolved(path: &Path) -> PathBuf {
    let absolute = std::path::absolute(path).unwrap_or_else(|_| path.to_owned());
    let existing = absolute.ancestors().find_map(|part| Some((part.canonicalize().ok()?, part)));
    let Some((real, part)) = existing else { return absolute };
    absolute.strip_prefix(part).map_or_else(|_| real.clone(), |rest| real.join(rest))
}

fn package_file(py: Python<'_>) -> PyResult<Option<PathBuf>> {
    let Some(package) = loaded_module(py, "nemoguardrails")? else { return Ok(None) };
    let file = tolerate(py, package.getattr("__file__").and_then(|file| file.extract::<PathBuf>()))?;
    Ok(file.map(|file| file.with_file_name("telemetry.py")))
}

/// A member of a flow: flows are dictionaries in Colang 1.0 and objects in 2.x.
fn member<'py>(flow: &Bound<'py, PyAny>, name: &Py<PyString>) -> PyResult<Option<Bound<'py, PyAny>>> {
    match flow.cast::<PyDict>() {
        Ok(flow) => flow.get_item(name.bind(flow.py())),
        Err(_) => attribute(flow, name),
    }
}

fn is_system_flow(flow: &Bound<'_, PyAny>, names: &Names) -> PyResult<bool> {
    member(flow, &names.is_system_flow)?.map_or(Ok(false), |is_system| is_system.is_truthy())
}

fn file_name(flow: &Bound<'_, PyAny>, names: &Names) -> PyResult<Option<String>> {
    let info = member(flow, &names.file_info)?;
    let Some(info) = info.as_ref().and_then(|info| info.cast::<PyDict>().ok()) else { return Ok(None) };
    match info.get_item(names.name.bind(info.py()))? {
        Some(name) if name.is_truthy()? => Ok(name.str()?.to_str().ok().map(str::to_owned)),
        _ => Ok(None),
    }
}
