// SPDX-FileCopyrightText: Copyright (c) 2026 NVIDIA CORPORATION & AFFILIATES. All rights reserved.
// SPDX-License-Identifier: Apache-2.0

//! The flows that come with NeMo Guardrails, each with the feature it belongs to.
//!
//! Source: `tests/reference/flow_features.json`, and `tests/reference/known_flows_022.json` for those that releases 0.22
//! and 0.23 know.
//!
//! Each flow is listed under the id that is reported: the reference derives it from the rail that owns the flow, by alias or by
//! the text before the first dot. One flow is an exception there too: `self check hallucination` is owned by
//! `hallucination` and reported as `self_check`.

use crate::tables::{builtin_flows, feature_aliases};

builtin_flows! {
    since V0_22;
    Activefence => [
        "activefence moderation on input",
        "activefence moderation on input detailed",
        "activefence moderation on output",
    ],
    AiDefense => [
        "ai defense inspect prompt",
        "ai defense inspect response",
    ],
    Autoalign => [
        "autoalign check input",
        "autoalign check output",
        "autoalign factcheck output",
        "autoalign groundedness output",
    ],
    Clavata => [
        "clavata check for",
        "clavata check input",
        "clavata check output",
    ],
    Cleanlab => [
        "cleanlab trustworthiness",
    ],
    ContentSafety => [
        "content safety check input",
        "content safety check output",
    ],
    CrowdstrikeAidr => [
        "crowdstrike aidr guard input",
        "crowdstrike aidr guard output",
    ],
    Factchecking => [
        "alignscore check facts",
    ],
    Fiddler => [
        "fiddler bot faithfulness",
        "fiddler bot safety",
        "fiddler user safety",
    ],
    Gliner => [
        "gliner detect pii on input",
        "gliner detect pii on output",
        "gliner detect pii on retrieval",
        "gliner mask pii on input",
        "gliner mask pii on output",
        "gliner mask pii on retrieval",
    ],
    GuardrailsAi => [
        "guardrailsai check input",
        "guardrailsai check output",
    ],
    Hallucination => [
        "hallucination warning",
    ],
    InjectionDetection => [
        "injection detection",
    ],
    JailbreakDetection => [
        "jailbreak detection heuristics",
        "jailbreak detection model",
    ],
    LlamaGuard => [
        "llama guard check input",
        "llama guard check output",
    ],
    Pangea => [
        "pangea ai guard input",
        "pangea ai guard output",
    ],
    Patronusai => [
        "patronus api check output",
        "patronus lynx check output hallucination",
    ],
    Policyai => [
        "policyai moderation on input",
        "policyai moderation on output",
    ],
    PromptSecurity => [
        "protect prompt",
        "protect response",
    ],
    Regex => [
        "regex check input",
        "regex check output",
        "regex check retrieval",
    ],
    SelfCheck => [
        "self check facts",
        "self check hallucination",
        "self check input",
        "self check output",
    ],
    SensitiveDataDetection => [
        "detect pii on input",
        "detect pii on output",
        "detect pii on retrieval",
        "detect sensitive data on input",
        "detect sensitive data on output",
        "detect sensitive data on retrieval",
        "mask pii on input",
        "mask pii on output",
        "mask pii on retrieval",
        "mask sensitive data on input",
        "mask sensitive data on output",
        "mask sensitive data on retrieval",
    ],
    TopicSafety => [
        "topic safety check input",
    ],
    TrendMicro => [
        "trend ai guard input",
        "trend ai guard output",
    ],
}

builtin_flows! {
    since V0_24;
    ContextBloatDetection => [
        "context bloat detection on input",
        "context bloat detection on retrieval",
    ],
    F5 => [
        "f5 guardrails scan input",
        "f5 guardrails scan output",
    ],
    GcpModerateText => [
        "gcpnlp moderation",
        "gcpnlp moderation detailed",
    ],
    HfClassifier => [
        "hf classifier check input",
        "hf classifier check output",
        "hf classifier check retrieval",
    ],
    Polygraf => [
        "polygraf detect pii on input",
        "polygraf detect pii on output",
        "polygraf detect pii on retrieval",
        "polygraf mask pii on input",
        "polygraf mask pii on output",
        "polygraf mask pii on retrieval",
    ],
}

// Fields of `rails.config` that are reported under another id than their name.
feature_aliases! {
    since V0_22;
    "fact_checking" => Factchecking,
    "patronus" => Patronusai,
    "regex_detection" => Regex,
}

feature_aliases! {
    since V0_24;
    "privateai" => SensitiveDataDetection,
}
