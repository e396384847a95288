// SPDX-FileCopyrightText: Copyright (c) 2026 NVIDIA CORPORATION & AFFILIATES. All rights reserved.
// SPDX-License-Identifier: Apache-2.0

//! The environment, read on the caller's thread only: a host may change it at any time, and the worker never looks.

use std::ffi::OsString;

/// Where environment variables come from.
///
/// The real environment of the process, or a fixed one in tests.
pub(crate) trait Environment {
    /// The value of the variable, if it is set.
    fn get(&self, variable: &str) -> Option<OsString>;

    /// The value of the variable as text; bytes that are not UTF-8 become replacement characters.
    fn text(&self, variable: &str) -> Option<String> {
        let lossy = |value: OsString| value.to_string_lossy().into_owned();
        self.get(variable).map(|value| value.into_string().unwrap_or_else(lossy))
    }
}

/// The environment of this process.
#[derive(Debug, Clone, Copy)]
pub(crate) struct ProcessEnvironment;

impl Environment for ProcessEnvironment {
    fn get(&self, variable: &str) -> Option<OsString> {
        std::env::var_os(variable)
    }
}

/// A fixed environment.
#[cfg(any(test, feature = "testing"))]
impl Environment for [(&str, &str)] {
    fn get(&self, variable: &str) -> Option<OsString> {
        self.iter().find(|(name, _)| *name == variable).map(|(_, value)| value.into())
    }
}

#[cfg(test)]
impl<const N: usize> Environment for [(&str, &str); N] {
    fn get(&self, variable: &str) -> Option<OsString> {
        Environment::get(self.as_slice(), variable)
    }
}

/// An empty environment that notes what is asked for.
#[cfg(test)]
#[derive(Default)]
pub(crate) struct Asked(pub(crate) std::cell::RefCell<std::collections::BTreeSet<String>>);

#[cfg(test)]
impl Environment for Asked {
    fn get(&self, variable: &str) -> Option<OsString> {
        self.0.borrow_mut().insert(variable.to_owned());
        None
    }
}
