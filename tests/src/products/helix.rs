// SPDX-FileCopyrightText: Copyright (c) 2026 NVIDIA CORPORATION & AFFILIATES. All rights reserved.
// SPDX-License-Identifier: Apache-2.0

//! NeMo Helix: one event per command, per step of the set-up, and per job.

use std::time::Duration;

use telemetry_core::consent::{ConsentFile, Rule};
use telemetry_core::deployment::Deployment;
use telemetry_core::profile::{DeploymentPolicy, EventKeyOrder, SessionPolicy};
use telemetry_core::value::Token;
use telemetry_core::{ConsentPolicy, Product, Profile, TelemetryEnum, TelemetryEvent};

/// The settings of the product's command, which may say `telemetry_enabled: false`.
const SETTINGS: ConsentFile = ConsentFile::yaml(
    "config.yaml",
    "telemetry_enabled",
    &["true", "True", "TRUE", "yes", "Yes", "on", "On"],
)
.located_by("NMP_CONFIG_FILE");

/// NeMo Helix, which calls itself `platform`.
///
/// The command's flag (for which the program turns its client off), `NEMO_TELEMETRY_ENABLED` and the settings have to agree:
/// it is on unless one of them objects. Settings that cannot be read or understood object. It reports in continuous
/// integration, and marks such events with `isCi`. Its command also opts in with `1` and `yes`, but the service that runs its jobs takes `true` alone.
#[derive(Debug, Clone, Copy)]
pub struct Helix;

impl Product for Helix {
    const PROFILE: Profile = Profile::new("helix", "184482118588404")
        .source("nemoSource", "platform")
        .endpoint_env("NEMO_TELEMETRY_ENDPOINT")
        .session(SessionPolicy::stored("telemetry-state.json", 30))
        .session_prefix("NEMO_SESSION_PREFIX", "")
        .deployment(DeploymentPolicy::from_env("NEMO_DEPLOYMENT_TYPE", "cli"))
        .event_keys(EventKeyOrder::NameLast)
        .exit_wait(Duration::from_millis(500))
        .directory("nmp")
        .consent(
            ConsentPolicy::variables(&[
                ("NEMO_TELEMETRY_ENABLED", Rule::Words(&["true"])),
                ("DO_NOT_TRACK", Rule::OptOut),
                ("PYTEST_CURRENT_TEST", Rule::Presence),
            ])
            .file(SETTINGS),
        );
}

/// How a task ended.
#[derive(Debug, Clone, Copy, PartialEq, Eq, TelemetryEnum)]
#[telemetry(rename_all = "snake_case")]
pub enum TaskStatus {
    /// To its end.
    Completed,
    /// With an error.
    Error,
    /// By the user.
    Canceled,
    /// Not known.
    #[telemetry(fallback)]
    Undefined,
}

/// How the product was deployed.
#[derive(Debug, Clone, Copy, PartialEq, Eq, TelemetryEnum)]
#[telemetry(rename_all = "kebab-case")]
pub enum DeploymentType {
    /// As a command.
    Cli,
    /// In the user's own code.
    Sdk,
    /// By NVIDIA itself.
    NvidiaInternal,
    /// Not known.
    #[telemetry(fallback)]
    Undefined,
}

/// How this process was deployed.
pub static DEPLOYMENT: Deployment<Helix, DeploymentType> = Deployment::new();

/// A step of the set-up.
#[derive(Debug, Clone, Copy, PartialEq, Eq, TelemetryEnum)]
#[telemetry(rename_all = "snake_case")]
pub enum Step {
    /// A provider of models answers.
    ProviderConnected,
    /// Its models are known.
    ModelsDiscovered,
    /// Skills are installed.
    SkillsInstalled,
    /// The set-up is done.
    SetupFinished,
    /// An agent runs.
    AgentDeployed,
}

/// How many models were discovered.
#[derive(Debug, Clone, Copy, PartialEq, Eq, TelemetryEnum)]
pub enum ModelsBucket {
    /// None.
    #[telemetry(rename = "0")]
    None,
    /// Up to 5.
    #[telemetry(rename = "1-5")]
    UpTo5,
    /// Up to 20.
    #[telemetry(rename = "6-20")]
    UpTo20,
    /// Up to 50.
    #[telemetry(rename = "21-50")]
    UpTo50,
    /// Up to 100.
    #[telemetry(rename = "51-100")]
    UpTo100,
    /// Up to 250.
    #[telemetry(rename = "101-250")]
    UpTo250,
    /// More.
    #[telemetry(rename = "251+")]
    More,
    /// Not known.
    #[telemetry(rename = "undefined", fallback)]
    Undefined,
}

/// What a job does.
#[derive(Debug, Clone, Copy, PartialEq, Eq, TelemetryEnum)]
#[telemetry(rename_all = "kebab-case")]
pub enum JobType {
    /// Runs an agent.
    Agent,
    /// Runs several.
    Agents,
    /// Removes personal data.
    Anonymizer,
    /// Audits a model.
    Audit,
    /// Customises a model.
    Customization,
    /// Generates data.
    DataDesigner,
    /// Evaluates a model.
    Evaluation,
    /// Evaluates a model with the evaluator.
    Evaluator,
    /// Looks for insights.
    Insights,
    /// Anything that the product offers.
    Job,
    /// What a plug-in brings.
    Custom,
}

/// Whether a job names a model.
#[derive(Debug, Clone, Copy, PartialEq, Eq, TelemetryEnum)]
#[telemetry(rename_all = "snake_case")]
pub enum ModelChoice {
    /// It does.
    Defined,
    /// It does not.
    #[telemetry(fallback)]
    Undefined,
}

/// A step of the set-up ended.
#[derive(Debug, Clone, PartialEq, TelemetryEvent)]
#[telemetry(product = Helix, event_name = "onboarding_step")]
#[telemetry(schema_version = "1.10", schema = "schemas/onboarding_step.json")]
pub struct OnboardingStep {
    /// How the step ended.
    #[telemetry(outcome)]
    pub task_status: TaskStatus,
    /// How the product was deployed.
    pub deployment_type: DeploymentType,
    /// Whether it runs in continuous integration.
    pub is_ci: bool,
    /// The step.
    pub step: Step,
    /// The kind of provider.
    pub provider_type: Token,
    /// How many models were discovered.
    pub models_discovered_bucket: ModelsBucket,
    /// What the skills were installed for.
    pub skills_target: Token,
    /// Whether an agent was deployed.
    pub agent_deployed: bool,
}

/// A command ended.
#[derive(Debug, Clone, PartialEq, TelemetryEvent)]
#[telemetry(product = Helix, event_name = "command_invoked")]
#[telemetry(schema_version = "1.10", schema = "schemas/command_invoked.json")]
pub struct CommandInvoked {
    /// How the command ended.
    #[telemetry(outcome, sentinel = TaskStatus::Undefined)]
    pub task_status: TaskStatus,
    /// How the product was deployed.
    #[telemetry(sentinel = DeploymentType::Undefined)]
    pub deployment_type: DeploymentType,
    /// Whether it runs in continuous integration.
    #[telemetry(sentinel = false)]
    pub is_ci: bool,
    /// The words that name the command.
    #[telemetry(free_text = "the product's own words, no arguments", max_len = 64, sentinel = "undefined")]
    pub command: String,
    /// How long it took, in seconds, or -1.
    #[telemetry(duration = "s", sentinel = -1.0)]
    pub duration_sec: f64,
    /// Whether an agent gave the command.
    #[telemetry(sentinel = false)]
    pub agent_mode: bool,
}

/// A job ended.
#[derive(Debug, Clone, PartialEq, TelemetryEvent)]
#[telemetry(product = Helix, event_name = "job_run")]
#[telemetry(schema_version = "1.10", schema = "schemas/job_run.json")]
pub struct JobRun {
    /// How the job ended.
    #[telemetry(outcome, sentinel = TaskStatus::Undefined)]
    pub task_status: TaskStatus,
    /// How the product was deployed.
    #[telemetry(sentinel = DeploymentType::Undefined)]
    pub deployment_type: DeploymentType,
    /// Whether it runs in continuous integration.
    #[telemetry(sentinel = false)]
    pub is_ci: bool,
    /// What the job does.
    #[telemetry(sentinel = JobType::Job)]
    pub job_type: JobType,
    /// How long it took, in seconds, or -1.
    #[telemetry(duration = "s", sentinel = -1.0)]
    pub duration_sec: f64,
    /// The installed plug-ins.
    #[telemetry(sentinel = Vec::new())]
    pub plugins: Vec<Token>,
    /// Whether the job names a model.
    #[telemetry(sentinel = ModelChoice::Undefined)]
    pub model: ModelChoice,
    /// Tokens of all prompts, or -1.
    #[telemetry(range = -1..=i64::MAX, sentinel = -1)]
    pub input_tokens: i64,
    /// Tokens of all answers, or -1.
    #[telemetry(range = -1..=i64::MAX, sentinel = -1)]
    pub output_tokens: i64,
}
