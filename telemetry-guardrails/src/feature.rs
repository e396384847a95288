// SPDX-FileCopyrightText: Copyright (c) 2026 NVIDIA CORPORATION & AFFILIATES. All rights reserved.
// SPDX-License-Identifier: Apache-2.0

//! The ids under which built-in features are reported.

use telemetry_core::TelemetryEnum;

/// A feature of the library of NeMo Guardrails. The vocabulary is closed: other crates may say which of their flows belong
/// to a feature, but cannot add one.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, TelemetryEnum)]
#[telemetry(rename_all = "snake_case")]
#[non_exhaustive]
pub enum FeatureId {
    /// ActiveFence moderation.
    Activefence,
    /// Cisco AI Defense.
    AiDefense,
    /// AutoAlign.
    Autoalign,
    /// Clavata.
    Clavata,
    /// Cleanlab trustworthiness.
    Cleanlab,
    /// Content safety models.
    ContentSafety,
    /// Detection of context bloat.
    ContextBloatDetection,
    /// CrowdStrike AIDR.
    CrowdstrikeAidr,
    /// F5 guardrails.
    F5,
    /// Fact checking.
    Factchecking,
    /// Fiddler guardrails.
    Fiddler,
    /// Google Cloud text moderation.
    GcpModerateText,
    /// GLiNER entity detection.
    Gliner,
    /// Guardrails AI validators.
    GuardrailsAi,
    /// Hallucination detection.
    Hallucination,
    /// Hugging Face classifiers.
    HfClassifier,
    /// Injection detection.
    InjectionDetection,
    /// Jailbreak detection.
    JailbreakDetection,
    /// Llama Guard.
    LlamaGuard,
    /// Pangea AI Guard.
    Pangea,
    /// Patronus AI.
    Patronusai,
    /// PolicyAI.
    Policyai,
    /// Polygraf.
    Polygraf,
    /// Private AI, under the id that releases 0.22 and 0.23 report.
    Privateai,
    /// Prompt Security.
    PromptSecurity,
    /// Regular expressions.
    Regex,
    /// Self checks by a language model.
    SelfCheck,
    /// Detection of sensitive data.
    SensitiveDataDetection,
    /// Topic safety.
    TopicSafety,
    /// Trend Micro.
    TrendMicro,
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_order_of_ids_is_the_order_of_their_texts() {
        assert!(FeatureId::VARIANTS.is_sorted_by_key(|id| id.as_str()));
    }
}
