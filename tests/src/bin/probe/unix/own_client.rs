// SPDX-FileCopyrightText: Copyright (c) 2026 NVIDIA CORPORATION & AFFILIATES. All rights reserved.
// SPDX-License-Identifier: Apache-2.0

//! A client of the host's own, for which nothing is left to find out.

use telemetry_core::Client;
use telemetry_core::host::HostFacts;
use telemetry_core::time::Clock;
use telemetry_core::value::Version;
use telemetry_guardrails::tables::Compat;
use telemetry_guardrails::{DeploymentType, Guardrails, Host, RailsEngine, Usage, report};
use telemetry_tests::server::PATIENCE;

use super::limits::comes_to_one_thread;
use super::script::say;

/// The moment that the client takes for now: 2001-09-09T01:46:40.125Z.
struct Stopped;

impl Clock for Stopped {
    fn unix_seconds(&self) -> f64 {
        1_000_000_000.125
    }
}

/// Reports once to `url` and drops the client. Prints the decision, and whether the client's thread ends.
pub(crate) fn report_through(url: &str) {
    let client = Client::<Guardrails>::builder()
        .version("9.9")
        .config_dir("own")
        .audit_file("own/log/audit.jsonl")
        .marker("own/silent")
        .endpoint(url)
        .host_facts(
            HostFacts::unknown().with_platform("Plan9-4").with_os_name("Plan9").with_cpu_architecture("mips"),
        )
        .clock(Stopped)
        .start();
    say(format_args!(
        "{:?}",
        report(&client, &Usage::new(&host(), DeploymentType::Sdk, RailsEngine::IoRails))
    ));
    client.flush(PATIENCE);
    drop(client);
    say(comes_to_one_thread());
}

fn host() -> Host {
    let version = Version::from_static("9.9");
    Host::new(version.clone()).python_version(version).compat(Compat::V0_22)
}
