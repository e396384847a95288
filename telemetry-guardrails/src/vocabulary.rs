// SPDX-FileCopyrightText: Copyright (c) 2026 NVIDIA CORPORATION & AFFILIATES. All rights reserved.
// SPDX-License-Identifier: Apache-2.0

//! The closed vocabularies of the usage event, as schema 1.7 lists them.

use telemetry_core::TelemetryEnum;

/// The NeMo product that an event comes from. Guardrails always says `guardrails`; the rest is the vocabulary that the
/// products share.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, TelemetryEnum)]
#[telemetry(rename_all = "snake_case")]
#[non_exhaustive]
pub enum NemoSource {
    /// The inference service.
    Inference,
    /// Auditor.
    Auditor,
    /// Data Designer.
    #[telemetry(rename = "datadesigner")]
    DataDesigner,
    /// Evaluator.
    Evaluator,
    /// Guardrails.
    Guardrails,
    /// Safe Synthesizer.
    #[telemetry(rename = "safe-synthesizer")]
    SafeSynthesizer,
    /// Anonymizer.
    Anonymizer,
    /// Agent Toolkit.
    AgentToolkit,
    /// None of these.
    #[telemetry(fallback)]
    Undefined,
}

/// How the product was deployed.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, Hash, TelemetryEnum)]
#[telemetry(rename_all = "snake_case")]
#[non_exhaustive]
pub enum DeploymentType {
    /// Engines that the user's own code constructs.
    Library,
    /// The HTTP server.
    Api,
    /// The interactive chat.
    Cli,
    /// Part of the shared vocabulary; guardrails does not report it by itself.
    Sdk,
    /// Part of the shared vocabulary; guardrails does not report it by itself.
    Nmp,
    /// Not known.
    #[default]
    #[telemetry(fallback)]
    Undefined,
}

/// The engine that reports.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, Hash, TelemetryEnum)]
#[non_exhaustive]
pub enum RailsEngine {
    /// The full engine, with dialog.
    #[telemetry(rename = "LLMRails")]
    LlmRails,
    /// The engine for input and output rails only.
    #[telemetry(rename = "IORails")]
    IoRails,
    /// Not known.
    #[default]
    #[telemetry(rename = "undefined", fallback)]
    Undefined,
}

/// Why the event is sent.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, Hash, TelemetryEnum)]
#[telemetry(rename_all = "snake_case")]
#[non_exhaustive]
pub enum EventType {
    /// An engine was constructed.
    #[default]
    Startup,
    /// The process still runs.
    Heartbeat,
}

/// A kind of rail, as the usage event lists it: the five that hold flows, and `dialog`.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, TelemetryEnum)]
#[telemetry(rename_all = "snake_case")]
#[non_exhaustive]
pub enum RailTypeInUse {
    /// On what the user says.
    Input,
    /// On what the bot says.
    Output,
    /// On what is retrieved from the knowledge base.
    Retrieval,
    /// On what the bot passes to a tool.
    ToolOutput,
    /// On what a tool returns.
    ToolInput,
    /// Dialog with a single call of the model.
    Dialog,
}

/// A text that is not in the vocabulary is `undefined`: the event is sent all the same.
impl From<&str> for DeploymentType {
    fn from(text: &str) -> Self {
        Self::from_wire(text)
    }
}

/// A text that is not in the vocabulary, or an empty one, is `undefined`: the event is sent all the same.
impl From<&str> for RailsEngine {
    fn from(text: &str) -> Self {
        Self::from_wire(text)
    }
}
