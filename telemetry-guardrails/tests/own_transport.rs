// SPDX-FileCopyrightText: Copyright (c) 2026 NVIDIA CORPORATION & AFFILIATES. All rights reserved.
// SPDX-License-Identifier: Apache-2.0

//! A host that brings its own transport: the whole process reports through it. The feature `http` is not needed for that.
//!
//! The host is this test program, run again in an environment that does not opt out.

#![allow(clippy::unwrap_used, reason = "test code fails by panicking")]

use std::process::Command;
use std::sync::mpsc::{Sender, channel};
use std::time::Duration;

use telemetry_core::transport::{Request, Response, TransportError};
use telemetry_core::{Client, Transport};
use telemetry_guardrails::{Guardrails, Host, Version, client, report_usage, set_client, set_host};

struct Handed(Sender<String>);

impl Transport for Handed {
    fn post(&mut self, request: &Request<'_>) -> Result<Response, TransportError> {
        self.0.send(String::from_utf8_lossy(request.body).into_owned()).map_err(TransportError::new)?;
        Ok(Response::new(200))
    }
}

/// Says that this is the host, and names its directory.
const DIRECTORY: &str = "OWN_TRANSPORT_DIRECTORY";

/// What Windows, and Wine, need to start a program.
const SYSTEM: [&str; 4] = ["PATH", "SYSTEMROOT", "WINEPATH", "WINEPREFIX"];

#[test]
fn what_a_process_reports_goes_through_the_transport_of_its_host() {
    let home = tempfile::tempdir().unwrap();
    let mut host = Command::new(std::env::current_exe().unwrap());
    let system =
        std::env::vars_os().filter(|(name, _)| SYSTEM.iter().any(|one| name.eq_ignore_ascii_case(one)));
    host.args(["--exact", "the_host_reports"]).env_clear().envs(system);
    host.env("NEXTEST", "1").env(DIRECTORY, home.path());
    let output = host.output().unwrap();
    assert!(output.status.success(), "{}", String::from_utf8_lossy(&output.stdout));
    assert!(home.path().join("usage_stats.json").exists(), "it has reported");
}

/// Does nothing but in the host.
#[test]
fn the_host_reports() {
    let Some(directory) = std::env::var_os(DIRECTORY) else { return };
    let (sender, envelopes) = channel();
    let own = Client::<Guardrails>::builder()
        .version("9.9")
        .config_dir(directory)
        .endpoint("http://127.0.0.1:9/")
        .transport(move || Handed(sender.clone()))
        .start();
    let host = Host::new(Version::from_static("0.24.1"));
    assert!(set_client(host, own));
    assert!(!set_host(Host::default()) && !set_client(Host::default(), client().clone()), "it is decided");
    report_usage(None, "api", "IORails");
    let envelope = envelopes.recv_timeout(Duration::from_secs(120)).unwrap();
    for part in [r#""clientVer":"9.9""#, r#""nemoguardrailsVersion":"0.24.1""#, r#""railsEngine":"IORails""#]
    {
        assert!(envelope.contains(part), "{part} in {envelope}");
    }
}
