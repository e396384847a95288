// SPDX-FileCopyrightText: Copyright (c) 2026 NVIDIA CORPORATION & AFFILIATES. All rights reserved.
// SPDX-License-Identifier: Apache-2.0

//! NeMo Agent Toolkit: one event per command.

use std::time::Duration;

use telemetry_core::consent::{ConsentFile, Rule};
use telemetry_core::profile::{EventKeyOrder, SessionPolicy};
use telemetry_core::value::{Token, Version};
use telemetry_core::{ConsentPolicy, Product, Profile, TelemetryEnum, TelemetryEvent};

/// What the product's command writes when its user has answered. A yes to an earlier question does not count for this one.
const CONSENT: ConsentFile = ConsentFile::toml("telemetry.toml", "consent", &["enabled"])
    .section("telemetry")
    .only_with("prompt_version", "1.0")
    .located_by("NAT_TELEMETRY_CONSENT_FILE");

/// NeMo Agent Toolkit.
///
/// It is off until the user opts in: `NAT_TELEMETRY_ENABLED` with `1`, `true` or `yes`, or the answer to the product's question
/// in `~/.config/nat/telemetry.toml`. Any other value of the variable, a no in the file and the opt-outs of every new product
/// opt out. The product's own client lets the variable overrule a no in the file.
#[derive(Debug, Clone, Copy)]
pub struct AgentToolkit;

impl Product for AgentToolkit {
    const PROFILE: Profile = Profile::new("agent_toolkit", "184482118588404")
        .source("nemoSource", "agent_toolkit")
        .system_version("nat-telemetry/1.0")
        .endpoint_env("NAT_TELEMETRY_ENDPOINT")
        .session(SessionPolicy::HexPerProcess)
        .session_prefix("NAT_SESSION_PREFIX", "")
        .event_keys(EventKeyOrder::NameLast)
        .exit_wait(Duration::from_millis(500))
        .directory("nat")
        .consent(
            ConsentPolicy::variables(&[
                ("NAT_TELEMETRY_ENABLED", Rule::AFFIRM),
                ("DO_NOT_TRACK", Rule::OptOut),
                ("CI", Rule::OptOut),
                ("PYTEST_CURRENT_TEST", Rule::Presence),
            ])
            .file(CONSENT)
            .opt_in(),
        );
}

/// How a command ended: the texts of all products that share the schema.
#[derive(Debug, Clone, Copy, PartialEq, Eq, TelemetryEnum)]
#[telemetry(rename_all = "snake_case")]
pub enum TaskStatus {
    /// With exit code 0.
    Success,
    /// With another exit code.
    Failure,
    /// Other products' word for success.
    Completed,
    /// Other products' word for failure.
    Error,
    /// Other products' word for interrupted.
    Canceled,
    /// By a signal.
    Interrupted,
    /// Not known.
    #[telemetry(fallback)]
    Undefined,
}

/// A command ended.
#[derive(Debug, Clone, PartialEq, TelemetryEvent)]
#[telemetry(product = AgentToolkit, event_name = "nat_cli_command")]
#[telemetry(schema_version = "1.5", schema = "schemas/nat_cli_command.json")]
pub struct NatCliCommand {
    /// The command's name.
    #[telemetry(sentinel = Token::from_static("undefined"))]
    pub command: Token,
    /// The name of the command below it.
    #[telemetry(sentinel = Token::from_static("undefined"))]
    pub subcommand: Token,
    /// How it ended.
    #[telemetry(outcome, sentinel = TaskStatus::Undefined)]
    pub task_status: TaskStatus,
    /// How long it took, in milliseconds, or -1.
    #[telemetry(duration = "ms", range = -1..=i64::MAX, sentinel = -1)]
    pub duration_ms: i64,
    /// Its exit code, or -1.
    #[telemetry(sentinel = -1)]
    pub exit_code: i32,
    /// The class of the exception that ended it, never its message.
    #[telemetry(sentinel = Token::from_static("undefined"))]
    pub error_class: Token,
    /// Version of the Python interpreter.
    #[telemetry(sentinel = Version::from_static("undefined"))]
    pub python_version: Version,
}
