// SPDX-FileCopyrightText: Copyright (c) 2026 NVIDIA CORPORATION & AFFILIATES. All rights reserved.
// SPDX-License-Identifier: Apache-2.0

//! One event of each kind. Where a client's envelope is recorded, the event holds what that client sent.

use std::collections::{BTreeMap, BTreeSet};

use crate::products::agent_toolkit::{self, NatCliCommand};
use crate::products::anonymizer::{self, AnonymizerEvent};
use crate::products::data_designer::{self, InferenceEvent};
use crate::products::evaluator::{self, EvaluationTaskEvent};
use crate::products::guardrails::GuardrailsUsageEvent;
use crate::products::helix::{self, CommandInvoked, JobRun, OnboardingStep};
use crate::products::launcher::{self, LauncherJobEvent};
use crate::products::nim::{LatencyBucketCounts, NimClientUsage};
use crate::products::openshell::{self, Denials, LifecycleEvent, PolicyDecisionEvent};
use crate::products::openshell::{ProviderLifecycleEvent, SandboxActivitySummaryEvent, SandboxCreateEvent};
use crate::products::safe_synthesizer::{self, TrainAndGenerationEvent};
use crate::products::switchyard::{RoutingStatus, SwitchyardOutcome};
use telemetry_core::TelemetryEvent;
use telemetry_core::session::SessionId;
use telemetry_core::value::{Token, Uuid, Version};
use telemetry_guardrails::{DeploymentType, EventType, FeatureId, RailTypeInUse, RailsEngine};

/// An event with a sample.
pub trait Sample: TelemetryEvent {
    /// The sample.
    fn sample() -> Self;
}

fn token(text: &'static str) -> Token {
    Token::from_static(text)
}

impl Sample for GuardrailsUsageEvent {
    fn sample() -> Self {
        let mut event = Self::default();
        event.session_id = SessionId::undefined();
        event.nemoguardrails_version = Version::from_static("0.24.1");
        event.python_version = Version::from_static("3.12.1");
        event.platform = "Linux-6.1-x86_64-with-glibc2.36".into();
        event.os_name = token("Linux");
        event.colang_version = "1.0".into();
        event.llm_providers = ["nim".into(), "openai".into()].into();
        event.num_rails_configured = 2;
        event.rail_types_in_use = vec![RailTypeInUse::Input, RailTypeInUse::Output];
        event.deployment_type = DeploymentType::Library;
        event.rails_engine = RailsEngine::LlmRails;
        event.builtin_features = FeatureId::from_wire("content_safety").into_iter().collect();
        event.timestamp = 1_776_882_896.789_123;
        event.event = EventType::Startup;
        event
    }
}

impl Sample for InferenceEvent {
    fn sample() -> Self {
        Self {
            task_status: data_designer::TaskStatus::Success,
            deployment_type: data_designer::DeploymentType::Library,
            model: "nvidia/x".into(),
            input_tokens: 1,
            output_tokens: 2,
            ..Self::default()
        }
    }
}

impl Sample for TrainAndGenerationEvent {
    fn sample() -> Self {
        Self {
            task: safe_synthesizer::Task::Run,
            task_status: safe_synthesizer::TaskStatus::Completed,
            deployment_type: safe_synthesizer::DeploymentType::SlurmNvidiaInternal,
            job_duration_sec: 61.5,
            num_records_generated: 1000,
            num_tokens_generated: -1,
            replace_pii_enabled: true,
            differential_privacy_enabled: false,
            time_series_enabled: false,
            group_by_enabled: false,
            input_records_bucket: safe_synthesizer::RecordsBucket::Thousands,
            input_columns_bucket: safe_synthesizer::ColumnsBucket::UpTo10,
            synthetic_quality_score: 0.9,
            data_privacy_score: f64::NAN,
            model: "nvidia/x".into(),
            gpu: "NVIDIA H100 80GB HBM3".into(),
        }
    }
}

impl Sample for AnonymizerEvent {
    fn sample() -> Self {
        let unused = || "not_applicable".to_owned();
        Self {
            task: anonymizer::Task::Batch,
            task_status: anonymizer::TaskStatus::Completed,
            deployment_type: anonymizer::DeploymentType::Sdk,
            job_duration_sec: -1.0,
            num_input_records: -1,
            num_success_records: -1,
            num_failure_records: -1,
            avg_tokens_per_record: -1,
            input_tokens: 0,
            transformation_type: anonymizer::TransformationType::Redact,
            custom_data_summary_provided: false,
            custom_privacy_goal_provided: false,
            custom_substitute_instructions_provided: false,
            max_repair_iterations: -1,
            strict_entity_protection: false,
            repair_iterations_triggered: -1,
            entity_detector_model: "m".into(),
            entity_validator_model: "m".into(),
            entity_augmenter_model: "m".into(),
            latent_detector_model: unused(),
            replacement_generator_model: unused(),
            domain_classifier_model: unused(),
            disposition_analyzer_model: unused(),
            meaning_extractor_model: unused(),
            qa_generator_model: unused(),
            rewriter_model: unused(),
            evaluator_model: unused(),
            repairer_model: unused(),
            judge_model: unused(),
            model_hosts: BTreeSet::new(),
            entity_detection_failure_count: 0,
            latent_detection_failure_count: 0,
            replace_map_generation_failure_count: 0,
            rewrite_pipeline_failure_count: 0,
            rewrite_evaluate_failure_count: 0,
            rewrite_repair_failure_count: 0,
            rewrite_final_judge_failure_count: 0,
            unknown_step_failure_count: 0,
        }
    }
}

impl Sample for EvaluationTaskEvent {
    fn sample() -> Self {
        Self {
            task: token("mmlu"),
            framework_name: token("lm-eval"),
            model: token("redacted"),
            execution_duration_seconds: 0.0,
            status: evaluator::Status::Started,
        }
    }
}

impl Sample for LauncherJobEvent {
    fn sample() -> Self {
        Self {
            executor_type: token("slurm"),
            deployment_type: token("vllm"),
            model: token("redacted"),
            tasks: vec![token("mmlu"), token("gsm8k")],
            exporters: Vec::new(),
            status: launcher::Status::Failure,
        }
    }
}

impl Sample for NatCliCommand {
    fn sample() -> Self {
        Self {
            command: token("run"),
            task_status: agent_toolkit::TaskStatus::Success,
            python_version: Version::from_static("3.12.1"),
            ..Self::default()
        }
    }
}

impl Sample for OnboardingStep {
    fn sample() -> Self {
        Self {
            task_status: helix::TaskStatus::Completed,
            deployment_type: helix::DeploymentType::Cli,
            is_ci: false,
            step: helix::Step::SetupFinished,
            provider_type: token("undefined"),
            models_discovered_bucket: helix::ModelsBucket::Undefined,
            skills_target: token("undefined"),
            agent_deployed: false,
        }
    }
}

impl Sample for CommandInvoked {
    fn sample() -> Self {
        Self {
            task_status: helix::TaskStatus::Completed,
            deployment_type: helix::DeploymentType::Cli,
            command: "workspaces list".into(),
            duration_sec: 0.5,
            ..Self::default()
        }
    }
}

impl Sample for JobRun {
    fn sample() -> Self {
        Self {
            job_type: helix::JobType::DataDesigner,
            plugins: vec![token("insights")],
            model: helix::ModelChoice::Defined,
            ..Self::default()
        }
    }
}

impl Sample for SwitchyardOutcome {
    fn sample() -> Self {
        Self {
            outcome_id: Uuid::from_u128(0x0189_0a5d_ac96_774b_bcce_b302_099a_8057),
            algorithm: token("cascade"),
            algorithm_version: None,
            feature_flags: Some(BTreeMap::from([(token("sticky"), true)])),
            considered_model_ids: Some(vec![token("small"), token("large")]),
            routing_status: Some(RoutingStatus::Success),
            no_eligible_target: Some(false),
            routing_error_code: None,
            exclusion_reason_codes: None,
            routing_duration_ms: Some(3),
            evidence: Some(BTreeMap::from([(token("length"), token("short"))])),
            selected_model_id: Some(token("small")),
            fallback_plan_model_ids: vec![token("large")],
        }
    }
}

impl Sample for LifecycleEvent {
    fn sample() -> Self {
        Self {
            resource: openshell::Resource::SandboxPolicy,
            operation: openshell::LifecycleOperation::Update,
            outcome: openshell::Outcome::Success,
        }
    }
}

impl Sample for ProviderLifecycleEvent {
    fn sample() -> Self {
        Self {
            operation: openshell::LifecycleOperation::Create,
            outcome: openshell::Outcome::Failure,
            provider_profile: openshell::ProviderProfile::GitHub,
        }
    }
}

impl Sample for SandboxCreateEvent {
    fn sample() -> Self {
        Self {
            outcome: openshell::Outcome::Success,
            requested_gpu: true,
            provider_count: i64::MAX.unsigned_abs(),
            has_custom_policy: false,
            template_source: openshell::TemplateSource::Image,
            compute_driver: openshell::ComputeDriver::Vm,
        }
    }
}

impl Sample for PolicyDecisionEvent {
    fn sample() -> Self {
        Self {
            operation: openshell::PolicyOperation::ApproveAll,
            outcome: openshell::Outcome::Success,
            rule_count: 3,
        }
    }
}

impl Sample for SandboxActivitySummaryEvent {
    fn sample() -> Self {
        let denials = |deny_group, denied_count| Denials { deny_group, denied_count };
        Self {
            network_activity_count: 8,
            denied_action_count: 2,
            denial_rate_pct: 25.0,
            denials_by_group: vec![
                denials(openshell::DenyGroup::L7Policy, 1),
                denials(openshell::DenyGroup::Ssrf, 1),
            ],
        }
    }
}

impl Sample for NimClientUsage {
    fn sample() -> Self {
        Self {
            window_start: "2026-04-22T18:34:56.789Z".into(),
            nim_id: "nvidia/x".into(),
            request_count: u32::MAX,
            latency_bucket_counts: LatencyBucketCounts { le_100_ms: 7, ..Default::default() },
            ..Self::default()
        }
    }
}
