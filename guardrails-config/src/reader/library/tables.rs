// SPDX-FileCopyrightText: Copyright (c) 2026 NVIDIA CORPORATION & AFFILIATES. All rights reserved.
// SPDX-License-Identifier: Apache-2.0

//! The libraries of release 0.24.1 in numbers: what each module or directory defines.

/// A module of the Colang 2.x standard library.
#[derive(Debug)]
pub(crate) struct Module {
    pub(super) name: &'static str,
    pub(super) flows: u64,
    pub(super) imports: &'static [&'static str],
}

const fn module(name: &'static str, flows: u64, imports: &'static [&'static str]) -> Module {
    Module { name, flows, imports }
}

/// The standard library (`tests/reference/v2_library.json`, imports taken out of the counts).
pub(super) static STANDARD: [Module; 7] = [
    module("attention", 9, &[]),
    module("avatars", 29, &["core", "timing", "llm"]),
    module("core", 45, &[]),
    module("guardrails", 6, &["core"]),
    module("llm", 17, &["core", "timing"]),
    module("passthrough", 2, &["llm"]),
    module("timing", 5, &[]),
];

/// A directory of the rails library: a file `flows.co` for Colang 2.x and a file `flows.v1.co` for 1.0.
#[derive(Debug)]
pub(crate) struct Rail {
    pub(super) directory: &'static str,
    /// How many flows `flows.co` defines.
    pub(super) flows: u64,
    /// Which flows `flows.v1.co` defines.
    pub(super) v1: &'static [&'static str],
}

const fn rail(directory: &'static str, flows: u64, v1: &'static [&'static str]) -> Rail {
    Rail { directory, flows, v1 }
}

/// The rails library.
pub(super) static RAILS: [Rail; 32] = [
    rail(
        "activefence",
        7,
        &[
            "activefence moderation on input",
            "activefence moderation on output",
            "activefence moderation on input detailed",
        ],
    ),
    rail("ai_defense", 2, &["ai defense inspect prompt", "ai defense inspect response"]),
    rail(
        "autoalign",
        4,
        &[
            "autoalign check input",
            "autoalign check output",
            "autoalign groundedness output",
            "autoalign factcheck output",
        ],
    ),
    rail("clavata", 3, &["clavata check input", "clavata check output"]),
    rail("cleanlab", 2, &["cleanlab trustworthiness"]),
    rail("content_safety", 2, &["content safety check input", "content safety check output"]),
    rail(
        "context_bloat_detection",
        4,
        &["context bloat detection on retrieval", "context bloat detection on input"],
    ),
    rail("crowdstrike_aidr", 2, &["crowdstrike aidr guard input", "crowdstrike aidr guard output"]),
    rail("f5", 2, &["f5 guardrails scan input", "f5 guardrails scan output"]),
    rail("factchecking/align_score", 1, &["alignscore check facts"]),
    rail("fiddler", 3, &["fiddler user safety", "fiddler bot safety", "fiddler bot faithfulness"]),
    rail("gcp_moderate_text", 5, &["gcpnlp moderation", "gcpnlp moderation detailed"]),
    rail(
        "gliner",
        6,
        &[
            "gliner detect pii on input",
            "gliner detect pii on output",
            "gliner detect pii on retrieval",
            "gliner mask pii on input",
            "gliner mask pii on output",
            "gliner mask pii on retrieval",
        ],
    ),
    rail("guardrails_ai", 2, &["guardrailsai check input", "guardrailsai check output"]),
    rail("hallucination", 4, &["hallucination warning", "self check hallucination"]),
    rail(
        "hf_classifier",
        3,
        &["hf classifier check input", "hf classifier check output", "hf classifier check retrieval"],
    ),
    rail("injection_detection", 1, &["injection detection"]),
    rail("jailbreak_detection", 2, &["jailbreak detection heuristics", "jailbreak detection model"]),
    rail("llama_guard", 2, &["llama guard check input", "llama guard check output"]),
    rail("pangea", 2, &["pangea ai guard input", "pangea ai guard output"]),
    rail("patronusai", 2, &["patronus lynx check output hallucination", "patronus api check output"]),
    rail("policyai", 2, &["policyai moderation on input", "policyai moderation on output"]),
    rail(
        "polygraf",
        6,
        &[
            "polygraf detect pii on input",
            "polygraf detect pii on output",
            "polygraf detect pii on retrieval",
            "polygraf mask pii on input",
            "polygraf mask pii on output",
            "polygraf mask pii on retrieval",
        ],
    ),
    rail(
        "privateai",
        6,
        &[
            "detect pii on input",
            "detect pii on output",
            "detect pii on retrieval",
            "mask pii on input",
            "mask pii on output",
            "mask pii on retrieval",
        ],
    ),
    rail("prompt_security", 2, &["protect prompt", "protect response"]),
    rail("regex", 3, &["regex check input", "regex check output", "regex check retrieval"]),
    rail("self_check/facts", 1, &["self check facts"]),
    rail("self_check/input_check", 1, &["self check input"]),
    rail("self_check/output_check", 1, &["self check output"]),
    rail(
        "sensitive_data_detection",
        6,
        &[
            "detect sensitive data on input",
            "mask sensitive data on input",
            "detect sensitive data on output",
            "mask sensitive data on output",
            "detect sensitive data on retrieval",
            "mask sensitive data on retrieval",
        ],
    ),
    rail("topic_safety", 1, &["topic safety check input"]),
    rail("trend_micro", 2, &["trend ai guard input", "trend ai guard output"]),
];
