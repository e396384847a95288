// SPDX-FileCopyrightText: Copyright (c) 2026 NVIDIA CORPORATION & AFFILIATES. All rights reserved.
// SPDX-License-Identifier: Apache-2.0

//! Steps that call the library.

use std::error::Error;
use std::path::PathBuf;
use std::time::Duration;

use serde_json::{Map, Value, json};
use telemetry_core::host::HostFacts;
use telemetry_core::origin;
use telemetry_core::stats::DropReason;
use telemetry_guardrails::config::RailType;
use telemetry_guardrails::tables::{BuiltinFlow, Tables};
use telemetry_guardrails::{
    ConfigFacts, FeatureId, Host, RailsConfig, RailsEngine, UsageConfig, client, read_environment,
    report_usage, report_usage_in, set_host,
};

use super::script::say;

/// Reports with `TYPE,ENGINE`, or as a library with the full engine.
pub(crate) fn report(value: &str) {
    let (deployment_type, engine) = value.split_once(',').unwrap_or(("library", "LLMRails"));
    report_usage(None, deployment_type, engine);
}

pub(crate) fn report_in_two_steps() {
    let environment = read_environment();
    say("environment read");
    report_usage_in(&environment, None, "library", "LLMRails");
}

pub(crate) fn report_config(path: &str) {
    let config = RailsConfig::from_path(path).expect("the configuration loads");
    report_usage(Some(&config), "library", "LLMRails");
}

pub(crate) fn load(path: &str) -> String {
    RailsConfig::from_path(path).map_or_else(|error| error.to_string(), |_| "loaded".into())
}

/// A configuration type of a host that has a bug.
struct Panicking;

impl UsageConfig for Panicking {
    fn facts(&self, _: RailsEngine) -> Result<ConfigFacts, Box<dyn Error + Send + Sync>> {
        panic!("a bug of the host")
    }
}

pub(crate) fn report_panicking() {
    report_usage(Some(&Panicking), "library", "LLMRails");
}

/// A configuration type of a host that cannot be read.
struct Unreadable;

impl UsageConfig for Unreadable {
    fn facts(&self, _: RailsEngine) -> Result<ConfigFacts, Box<dyn Error + Send + Sync>> {
        say("read");
        Err("the interpreter is gone".into())
    }
}

pub(crate) fn report_unreadable() {
    report_usage(Some(&Unreadable), "library", "LLMRails");
}

/// A configuration type of a host that is newer than this crate, or has fields of its own.
struct Foreign;

impl UsageConfig for Foreign {
    fn facts(&self, _: RailsEngine) -> Result<ConfigFacts, Box<dyn Error + Send + Sync>> {
        let flows =
            ["hf classifier check input $classifier=a", "self check input", "acme check", "own check"];
        let fields = ["acme", "", "privateai", "a.b.c", "secret\u{2028}name"];
        Ok(ConfigFacts::default().rail_flows(RailType::Input, flows).changed_rails_config_fields(fields))
    }
}

pub(crate) fn report_foreign() {
    report_usage(Some(&Foreign), "library", "LLMRails");
}

/// Calls `set_host` with what the words say, separated by `;`.
pub(crate) fn set_host_as_told(words: &str) {
    let tell = |host: Host, word: &str| match word.split_once(':').expect("a name and a value") {
        ("python", version) => host.python_version(version.parse().expect("a version")),
        ("compat", release) => host.compat(release.parse().expect("a release")),
        ("platform", text) => host.host_facts(facts(text)),
        ("flow", name) => host.tables(tables_with(name)),
        (name, _) => panic!("a host has no `{name}`"),
    };
    let (version, rest) = match words.strip_prefix("version:") {
        Some(words) => words.split_once(';').unwrap_or((words, "")),
        None => ("unknown", words),
    };
    let host = Host::new(version.parse().expect("a version"));
    assert!(set_host(rest.split(';').filter(|word| !word.is_empty()).fold(host, tell)), "too late");
}

fn facts(platform: &str) -> HostFacts {
    HostFacts::unknown().with_platform(platform).with_os_name("Plan9").with_cpu_architecture("mips")
}

/// The tables of all linked crates, and in them a flow that this process adds.
fn tables_with(flow: &str) -> &'static Tables {
    let mut tables = Tables::collect();
    let flow = BuiltinFlow::new(flow.to_owned().leak(), FeatureId::Regex, origin!());
    tables.add_flow(Box::leak(Box::new(flow)));
    Box::leak(Box::new(tables))
}

pub(crate) fn set_version(version: &str) {
    let version = version.parse().expect("a version");
    assert!(set_host(Host::new(version)), "too late");
}

pub(crate) fn set_exit_wait(milliseconds: u64) {
    assert!(set_host(Host::default().exit_wait(Duration::from_millis(milliseconds))), "too late");
}

/// Writes the marker, as its user may at any moment.
pub(crate) fn opt_out() {
    let marker = client().status().paths.marker.expect("there is a home");
    std::fs::write(marker, "").expect("the directory is there, and ours");
}

/// Everything that a [`telemetry_core::client::Status`] says. Numbers are texts, since JSON has no `nan`.
pub(crate) fn status() -> Value {
    let status = client().status();
    let signals = status.signals.iter().map(|reading| {
        let fact = json!({ "value": reading.value, "opts_out": reading.opts_out });
        (reading.signal.to_string(), fact)
    });
    let path = |path: &Option<PathBuf>| path.as_ref().map(|path| path.to_string_lossy().into_owned());
    json!({
        "enabled": status.decision.is_enabled(),
        "decision": format!("{:?}", status.decision),
        "signals": signals.collect::<Map<_, _>>(),
        "server_url": status.server_url,
        "endpoint": status.endpoint.as_ref().ok().map(|endpoint| endpoint.url()),
        "endpoint_error": status.endpoint.as_ref().err().map(ToString::to_string),
        "config_dir": path(&status.paths.config_dir),
        "audit_file": path(&status.paths.audit_file),
        "audit_error": status.audit_error,
        "do_not_track_file": path(&status.paths.marker),
        "heartbeat_interval_s": status.heartbeat_interval_s.map(|seconds| seconds.to_string()),
    })
}

pub(crate) fn stats() -> Value {
    let stats = client().stats();
    let dropped = DropReason::ALL.iter().map(|reason| (reason.to_string(), stats.dropped(*reason).into()));
    json!({
        "session": client().session().map(|session| session.to_string()),
        "produced": stats.produced,
        "delivered": stats.delivered,
        "queued": stats.queued,
        "audit_failures": stats.audit_failures,
        "last_audit_error": stats.last_audit_error,
        "dropped": dropped.collect::<Map<String, Value>>(),
        "dropped_total": stats.dropped_total(),
        "last_request": stats.last_request.map(|request| match request.result {
            Ok(status) => json!(status),
            Err(error) => json!(error),
        }),
    })
}
