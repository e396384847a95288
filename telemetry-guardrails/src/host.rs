// SPDX-FileCopyrightText: Copyright (c) 2026 NVIDIA CORPORATION & AFFILIATES. All rights reserved.
// SPDX-License-Identifier: Apache-2.0

//! Facts about the embedding process that the library cannot detect.

use std::time::Duration;

use telemetry_core::host::HostFacts;
use telemetry_core::value::Version;

use crate::tables::{Compat, Tables};

/// Facts about the embedding process, for [`set_host`](crate::set_host).
///
/// ```
/// use telemetry_guardrails::{Host, Version, set_host};
///
/// let host = Host::new(Version::from_static("0.24.1"));
/// assert!(set_host(host), "nothing has reported yet");
/// ```
///
/// Built-in features are reported as the release with this version reports them, without those that were added later. Set
/// [`compat`](Self::compat) to choose another release. A host that runs in a Python interpreter passes the interpreter's texts
/// about the machine:
///
/// ```
/// use telemetry_guardrails::tables::Compat;
/// use telemetry_guardrails::{Host, HostFacts, set_host};
///
/// let machine = HostFacts::unknown()
///     .with_platform("Linux-5.15.0-x86_64-with-glibc2.35") // `platform.platform()`
///     .with_os_name("Linux") // `platform.system()`
///     .with_cpu_architecture("x86_64"); // `platform.machine()`
/// let host = Host::new("0.23.0".parse()?).python_version("3.11.7".parse()?).host_facts(machine);
/// assert_eq!(host.effective_compat(), Compat::V0_22);
/// set_host(host);
/// # Ok::<(), telemetry_core::value::IdentifierError>(())
/// ```
#[derive(Debug, Clone)]
pub struct Host {
    pub(crate) nemoguardrails_version: Version,
    pub(crate) python_version: Version,
    compat: Option<Compat>,
    tables: Option<&'static Tables>,
    pub(crate) host_facts: Option<HostFacts>,
    pub(crate) exit_wait: Option<Duration>,
}

/// A host without a known version: it reports `unknown`, and features as the newest release does.
impl Default for Host {
    fn default() -> Self {
        Self::new(Version::from_static("unknown"))
    }
}

impl Host {
    /// A host with this version of NeMo Guardrails.
    #[must_use]
    pub fn new(nemoguardrails_version: Version) -> Self {
        Self {
            nemoguardrails_version,
            python_version: Version::from_static("unknown"),
            compat: None,
            tables: None,
            host_facts: None,
            exit_wait: None,
        }
    }

    /// Version of the Python interpreter. Default: `unknown`.
    #[must_use]
    pub fn python_version(mut self, version: Version) -> Self {
        self.python_version = version;
        self
    }

    /// The release whose built-in flows and aliases are looked up. Default: the one that
    /// [belongs to the version](Compat::of).
    #[must_use]
    pub fn compat(mut self, compat: Compat) -> Self {
        self.compat = Some(compat);
        self
    }

    /// The tables of built-in flows and aliases. Default: the [tables of every linked crate](Tables::linked). A host on a platform
    /// without link-time registration adds to [tables of its own](Tables::add_flow).
    #[must_use]
    pub fn tables(mut self, tables: &'static Tables) -> Self {
        self.tables = Some(tables);
        self
    }

    /// Facts about the machine. Default: they are [detected](HostFacts::detect).
    #[must_use]
    pub fn host_facts(mut self, facts: HostFacts) -> Self {
        self.host_facts = Some(facts);
        self
    }

    /// How long the process may wait for delivery when it exits; zero means not at all. Default: the 200 ms of the
    /// [product](crate::Guardrails).
    #[must_use]
    pub fn exit_wait(mut self, wait: Duration) -> Self {
        self.exit_wait = Some(wait);
        self
    }

    /// The release whose built-in flows and aliases are looked up: the one set by the host, or that of its version.
    #[must_use]
    pub fn effective_compat(&self) -> Compat {
        self.compat.unwrap_or_else(|| Compat::of(&self.nemoguardrails_version))
    }

    /// The tables of built-in flows and aliases.
    pub(crate) fn effective_tables(&self) -> &'static Tables {
        self.tables.unwrap_or_else(Tables::linked)
    }
}
