// SPDX-FileCopyrightText: Copyright (c) 2026 NVIDIA CORPORATION & AFFILIATES. All rights reserved.
// SPDX-License-Identifier: Apache-2.0

//! What the process that embeds the library knows and the library cannot find out.

use std::time::Duration;

use telemetry_core::host::HostFacts;
use telemetry_core::value::Version;

use crate::tables::{Compat, Tables};
use crate::usage::Usage;
use crate::usage_config::UsageConfig;
use crate::vocabulary::{DeploymentType, RailsEngine};

/// What the host of the process tells about itself, for [`set_host`](crate::set_host).
///
/// Name what you know and take the rest from the default: fields may be added.
///
/// ```
/// use telemetry_guardrails::{Host, set_host};
///
/// let host = Host { nemoguardrails_version: "0.24.1".parse()?, ..Host::default() };
/// assert!(set_host(host), "nothing has reported yet");
/// # Ok::<(), telemetry_core::value::IdentifierError>(())
/// ```
///
/// The version decides which built-in features are reported, as that release reports them: here without those that came
/// later. A host that knows better sets [`compat`](Self::compat), and one that runs in an interpreter has the interpreter's
/// own texts about the machine.
///
/// ```
/// use telemetry_core::host::HostFacts;
/// use telemetry_guardrails::tables::Compat;
/// use telemetry_guardrails::{Host, set_host};
///
/// let host = Host {
///     nemoguardrails_version: "0.23.0".parse()?,
///     python_version: "3.11.7".parse()?,
///     host_facts: Some(
///         HostFacts::unknown()
///             .with_platform("Linux-5.15.0-x86_64-with-glibc2.35") // `platform.platform()`
///             .with_os_name("Linux") // `platform.system()`
///             .with_cpu_architecture("x86_64"), // `platform.machine()`
///     ),
///     ..Host::default()
/// };
/// assert_eq!(host.compat(), Compat::V0_22);
/// set_host(host);
/// # Ok::<(), telemetry_core::value::IdentifierError>(())
/// ```
#[derive(Debug, Clone)]
pub struct Host {
    /// Version of NeMo Guardrails. Default: `unknown`.
    pub nemoguardrails_version: Version,
    /// Version of the Python interpreter. Default: `unknown`.
    pub python_version: Version,
    /// The release whose built-in flows and aliases are looked up. Default: the one that
    /// [belongs to the version](Compat::of).
    pub compat: Option<Compat>,
    /// Where built-in flows and aliases are looked up. Default: the [tables of every linked crate](Tables::linked). A host in
    /// which nothing registers itself adds to [tables of its own](Tables::add_flow).
    pub tables: Option<&'static Tables>,
    /// Facts about the machine. Default: they are [detected](HostFacts::detect).
    pub host_facts: Option<HostFacts>,
    /// How long the process may wait for delivery when it exits; zero means not at all. Default: the 200 ms of the
    /// [product](crate::Guardrails).
    pub exit_wait: Option<Duration>,
}

impl Default for Host {
    fn default() -> Self {
        Self {
            nemoguardrails_version: Version::from_static("unknown"),
            python_version: Version::from_static("unknown"),
            compat: None,
            tables: None,
            host_facts: None,
            exit_wait: None,
        }
    }
}

impl Host {
    /// The release whose built-in flows and aliases are looked up.
    #[must_use]
    pub fn compat(&self) -> Compat {
        self.compat.unwrap_or_else(|| Compat::of(&self.nemoguardrails_version))
    }

    /// What an engine of this host reports.
    pub(crate) fn usage<'a>(
        &'a self,
        config: Option<&'a dyn UsageConfig>,
        deployment_type: DeploymentType,
        rails_engine: RailsEngine,
    ) -> Usage<'a> {
        Usage {
            config,
            deployment_type,
            rails_engine,
            nemoguardrails_version: &self.nemoguardrails_version,
            python_version: &self.python_version,
            tables: self.tables.unwrap_or_else(Tables::linked),
            compat: self.compat(),
        }
    }
}
