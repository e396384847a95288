// SPDX-FileCopyrightText: Copyright (c) 2026 NVIDIA CORPORATION & AFFILIATES. All rights reserved.
// SPDX-License-Identifier: Apache-2.0

//! The 21 fields of `rails.config`: types, bounds and defaults of release 0.24.1.
//!
//! Source: `tests/reference/rails_config_data_defaults.json` and the models it was made from.

use super::constraints::{chunks_fit, classifier_url, endpoints_are_urls, strategy_fits_task};
use super::{
    Bounds, Extra, Field, Form, Initial, Kind, Model, TEXT, field, flag, float, int, model, optional_text,
    parameters, required_text, text, texts,
};

/// A field whose value may also be null, which then differs from its default.
const fn nullable(name: &'static str, kind: &'static Kind) -> Field {
    field(name, Kind::Optional(kind), Initial::Model)
}

/// All fields of `rails.config`.
pub(crate) static RAILS_CONFIG: Model = Model::plain(&[
    nullable("ai_defense", &Kind::Model(&AI_DEFENSE)),
    model("autoalign", &AUTOALIGN),
    nullable("clavata", &Kind::Model(&CLAVATA)),
    nullable("content_safety", &Kind::Model(&CONTENT_SAFETY)),
    nullable("context_bloat_detection", &Kind::Model(&CONTEXT_BLOAT)),
    nullable("crowdstrike_aidr", &Kind::Model(&CROWDSTRIKE)),
    nullable("f5", &Kind::Model(&F5)),
    model("fact_checking", &FACT_CHECKING),
    nullable("fiddler", &Kind::Model(&FIDDLER)),
    nullable("gliner", &Kind::Model(&GLINER)),
    nullable("guardrails_ai", &Kind::Model(&GUARDRAILS_AI)),
    field("hf_classifier", Kind::Optional(&Kind::Dict(&CLASSIFIER)), Initial::Null),
    nullable("injection_detection", &Kind::Model(&INJECTION)),
    nullable("jailbreak_detection", &Kind::Model(&JAILBREAK)),
    nullable("pangea", &Kind::Model(&PANGEA)),
    nullable("patronus", &Kind::Model(&PATRONUS)),
    nullable("polygraf", &Kind::Model(&POLYGRAF)),
    nullable("privateai", &Kind::Model(&PRIVATEAI)),
    nullable("regex_detection", &Kind::Model(&REGEX)),
    nullable("sensitive_data_detection", &Kind::Model(&SENSITIVE_DATA)),
    nullable("trend_micro", &Kind::Model(&TREND_MICRO)),
]);

static AI_DEFENSE: Model =
    Model::plain(&[float("timeout", Bounds::above(0.0), 30.0), flag("fail_open", false)]);

static AUTOALIGN: Model = Model::plain(&[
    parameters("parameters"),
    model("input", &AUTOALIGN_OPTIONS),
    model("output", &AUTOALIGN_OPTIONS),
]);
static AUTOALIGN_OPTIONS: Model = Model::plain(&[parameters("guardrails_config")]);

static CLAVATA: Model = Model::plain(&[
    text("server_endpoint", "https://gateway.app.clavata.ai:8443"),
    field("policies", Kind::Dict(&TEXT), Initial::Empty),
    field("label_match_logic", Kind::OneOf(&["ANY", "ALL"]), Initial::Text("ANY")),
    field("input", Kind::Optional(&Kind::Model(&CLAVATA_OPTIONS)), Initial::Null),
    field("output", Kind::Optional(&Kind::Model(&CLAVATA_OPTIONS)), Initial::Null),
]);
static CLAVATA_OPTIONS: Model = Model::plain(&[required_text("policy"), texts("labels")]);

static CONTENT_SAFETY: Model =
    Model::plain(&[model("multilingual", &MULTILINGUAL), model("reasoning", &REASONING)]);
static MULTILINGUAL: Model = Model::plain(&[
    flag("enabled", false),
    field("refusal_messages", Kind::Optional(&Kind::Dict(&TEXT)), Initial::Null),
]);
static REASONING: Model = Model::plain(&[flag("enabled", false)]);

static CONTEXT_BLOAT: Model = Model::plain(&[
    int("max_chars", Bounds::above(0), 5000),
    int("min_chars", Bounds::at_least(0), 50),
    float("min_entropy", Bounds::between(0.0, 8.0), 3.5),
    float("max_repetition_ratio", Bounds::between(0.0, 1.0), 0.4),
    int("ngram_size", Bounds::at_least(1), 3),
    float("max_run_ratio", Bounds::between(0.0, 1.0), 0.1),
    field("action", Kind::OneOf(&["reject", "truncate", "warn"]), Initial::Text("reject")),
]);

static CROWDSTRIKE: Model = Model::plain(&[float("timeout", Bounds::NONE, 30.0)]);

static F5: Model = Model::plain(&[
    text("api_url", "https://us1.calypsoai.app"),
    flag("fail_open", false),
    int("max_retries", Bounds::at_least(0), 2),
    float("max_retry_after_seconds", Bounds::at_least(0.0), 30.0),
    float("retry_backoff_seconds", Bounds::at_least(0.0), 1.0),
]);

static FACT_CHECKING: Model =
    Model::plain(&[parameters("parameters"), flag("fallback_to_self_check", false)]);

static FIDDLER: Model = Model::plain(&[
    text("fiddler_endpoint", "http://localhost:8080/process/text"),
    float("safety_threshold", Bounds::NONE, 0.1),
    float("faithfulness_threshold", Bounds::NONE, 0.05),
]);

static GLINER: Model = Model {
    fields: &[
        text("server_endpoint", "http://localhost:8000/v1/chat/completions"),
        text("model", "nvidia/gliner-pii"),
        optional_text("api_key_env_var"),
        float("threshold", Bounds::between(0.0, 1.0), 0.5),
        int("chunk_length", Bounds::NONE, 384),
        int("overlap", Bounds::NONE, 128),
        flag("flat_ner", false),
        model("input", &CLOSED_ENTITIES),
        model("output", &CLOSED_ENTITIES),
        model("retrieval", &CLOSED_ENTITIES),
    ],
    extra: Extra::Forbidden,
    before: &[],
    after: &[chunks_fit],
};
static CLOSED_ENTITIES: Model = Model::closed(&[texts("entities")]);
static ENTITIES: Model = Model::plain(&[texts("entities")]);

static GUARDRAILS_AI: Model =
    Model::plain(&[field("validators", Kind::List(&Kind::Model(&GUARDRAILS_AI_VALIDATOR)), Initial::Empty)]);
static GUARDRAILS_AI_VALIDATOR: Model =
    Model::plain(&[required_text("name"), parameters("parameters"), parameters("metadata")]);

static CLASSIFIER: Kind = Kind::Tagged {
    key: "engine",
    models: &[
        ("local", &LOCAL_CLASSIFIER),
        ("vllm", &REMOTE_CLASSIFIER),
        ("kserve", &REMOTE_CLASSIFIER),
        ("fms", &REMOTE_CLASSIFIER),
    ],
};
const NOT_EMPTY: Kind =
    Kind::Text(Form { accepts: |text| !text.is_empty(), words: "text with at least one character" });
static LOCAL_CLASSIFIER: Model = Model {
    fields: &[
        field("model", NOT_EMPTY, Initial::Required),
        float("threshold", Bounds::between(0.0, 1.0), 0.5),
        texts("blocked_labels"),
        field(
            "task",
            Kind::OneOf(&["text-classification", "token-classification"]),
            Initial::Text("text-classification"),
        ),
        parameters("parameters"),
    ],
    extra: Extra::Ignored,
    before: &[],
    after: &[strategy_fits_task],
};
static REMOTE_CLASSIFIER: Model = Model {
    fields: &[
        field("model", NOT_EMPTY, Initial::Required),
        float("threshold", Bounds::between(0.0, 1.0), 0.5),
        texts("blocked_labels"),
        required_text("base_url"),
        field("api_key_env_var", Kind::Optional(&VARIABLE_NAME), Initial::Null),
        parameters("parameters"),
    ],
    extra: Extra::Ignored,
    before: &[],
    after: &[classifier_url],
};
static VARIABLE_NAME: Kind = Kind::Text(Form {
    accepts: |name| {
        let letter = |c: char| c == '_' || c.is_ascii_alphabetic();
        name.starts_with(letter) && name.chars().all(|c| letter(c) || c.is_ascii_digit())
    },
    words: "the name of an environment variable",
});

static INJECTION: Model = Model::plain(&[
    texts("injections"),
    field("action", Kind::Text(INJECTION_ACTION), Initial::Text("reject")),
    field("yara_path", Kind::Optional(&TEXT), Initial::Text("")),
    field("yara_rules", Kind::Optional(&Kind::Dict(&TEXT)), Initial::Empty),
]);
const INJECTION_ACTION: Form =
    Form { accepts: |action| matches!(action, "reject" | "omit"), words: "`reject` or `omit`" };

static JAILBREAK: Model = Model {
    fields: &[
        optional_text("server_endpoint"),
        float("length_per_perplexity_threshold", Bounds::above(0.0), 89.79),
        float("prefix_suffix_perplexity_threshold", Bounds::above(0.0), 1845.65),
        optional_text("nim_base_url"),
        field("nim_server_endpoint", Kind::Optional(&TEXT), Initial::Text("classify")),
        optional_text("api_key"),
        optional_text("api_key_env_var"),
        optional_text("nim_url"),
        field("nim_port", Kind::Optional(&Kind::Int(Bounds::NONE)), Initial::Null),
        optional_text("embedding"),
    ],
    extra: Extra::Ignored,
    before: &[],
    after: &[endpoints_are_urls],
};

static PANGEA: Model = Model::plain(&[
    field("input", Kind::Optional(&Kind::Model(&PANGEA_OPTIONS)), Initial::Null),
    field("output", Kind::Optional(&Kind::Model(&PANGEA_OPTIONS)), Initial::Null),
]);
static PANGEA_OPTIONS: Model = Model::plain(&[required_text("recipe")]);

static PATRONUS: Model = Model::plain(&[
    nullable("input", &Kind::Model(&PATRONUS_RAIL)),
    nullable("output", &Kind::Model(&PATRONUS_RAIL)),
]);
static PATRONUS_RAIL: Model = Model::plain(&[model("evaluate_config", &PATRONUS_EVALUATE)]);
static PATRONUS_EVALUATE: Model = Model::plain(&[
    field(
        "success_strategy",
        Kind::Optional(&Kind::OneOf(&["all_pass", "any_pass"])),
        Initial::Text("all_pass"),
    ),
    parameters("params"),
]);

static POLYGRAF: Model = Model::closed(&[
    text("server_endpoint", "http://localhost:8000/v1/pii/text-detect"),
    model("input", &CLOSED_ENTITIES),
    model("output", &CLOSED_ENTITIES),
    model("retrieval", &CLOSED_ENTITIES),
]);

static PRIVATEAI: Model = Model::plain(&[
    text("server_endpoint", "http://localhost:8080/process/text"),
    model("input", &ENTITIES),
    model("output", &ENTITIES),
    model("retrieval", &ENTITIES),
]);

static REGEX: Model = Model::plain(&[
    model("input", &REGEX_OPTIONS),
    model("output", &REGEX_OPTIONS),
    model("retrieval", &REGEX_OPTIONS),
]);
static REGEX_OPTIONS: Model = Model::plain(&[texts("patterns"), flag("case_insensitive", false)]);

static SENSITIVE_DATA: Model = Model::plain(&[
    field("recognizers", Kind::List(&Kind::Mapping), Initial::Empty),
    model("input", &SENSITIVE_DATA_OPTIONS),
    model("output", &SENSITIVE_DATA_OPTIONS),
    model("retrieval", &SENSITIVE_DATA_OPTIONS),
]);
static SENSITIVE_DATA_OPTIONS: Model =
    Model::plain(&[texts("entities"), text("mask_token", "*"), float("score_threshold", Bounds::NONE, 0.2)]);

static TREND_MICRO: Model = Model::plain(&[
    text("v1_url", "https://api.xdr.trendmicro.com/v3.0/aiSecurity/applyGuardrails"),
    optional_text("api_key_env_var"),
    field("application_name", Kind::Text(APPLICATION_NAME), Initial::Text("nemo-guardrails")),
    flag("detailed_response", false),
]);
const APPLICATION_NAME: Form = Form {
    accepts: |name| {
        (1..=64).contains(&name.len())
            && name.bytes().all(|byte| byte.is_ascii_alphanumeric() || b"_-".contains(&byte))
    },
    words: "1 to 64 letters, digits, hyphens and underscores",
};
