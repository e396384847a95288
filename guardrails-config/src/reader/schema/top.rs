// SPDX-FileCopyrightText: Copyright (c) 2026 NVIDIA CORPORATION & AFFILIATES. All rights reserved.
// SPDX-License-Identifier: Apache-2.0

//! The configuration as a whole: every field outside `rails.config`, release 0.24.1.
//!
//! Only types and bounds matter here; these fields are never compared with their defaults.

use super::rails_config::RAILS_CONFIG;
use super::{
    Bounds, Extra, Field, Initial, Kind, Model, TEXT, field, flag, optional_text, parameters, required_text,
    texts,
};
use crate::reader::rules::one_prompt_body;

const fn optional(name: &'static str, kind: &'static Kind) -> Field {
    field(name, Kind::Optional(kind), Initial::Unasked)
}

const fn plain(name: &'static str, kind: Kind) -> Field {
    field(name, kind, Initial::Unasked)
}

const fn part(name: &'static str, model: &'static Model) -> Field {
    field(name, Kind::Model(model), Initial::Unasked)
}

/// The whole configuration.
pub(crate) static CONFIGURATION: Kind = Kind::Model(&CONFIGURATION_MODEL);

static CONFIGURATION_MODEL: Model = Model::plain(&[
    field("models", Kind::List(&Kind::Model(&MODEL)), Initial::Required),
    plain("user_messages", Kind::Dict(&Kind::List(&TEXT))),
    plain("bot_messages", Kind::Dict(&Kind::List(&TEXT))),
    plain("flows", Kind::List(&Kind::Any)),
    optional("instructions", &Kind::List(&Kind::Model(&INSTRUCTION))),
    optional("docs", &Kind::List(&Kind::Model(&DOCUMENT))),
    optional_text("actions_server_url"),
    optional_text("sample_conversation"),
    optional("prompts", &Kind::List(&Kind::Model(&PROMPT))),
    optional_text("prompting_mode"),
    optional("import_paths", &Kind::List(&TEXT)),
    optional("imported_paths", &Kind::Dict(&TEXT)),
    optional("lowest_temperature", &Kind::Float(Bounds::NONE)),
    optional("enable_multi_step_generation", &Kind::Bool),
    plain("colang_version", TEXT),
    plain("custom_data", Kind::Mapping),
    part("knowledge_base", &KNOWLEDGE_BASE),
    part("core", &CORE),
    part("rails", &RAILS),
    flag("streaming", false),
    flag("enable_rails_exceptions", false),
    optional("passthrough", &Kind::Bool),
    plain("event_source_uid", TEXT),
    part("tracing", &TRACING),
    part("metrics", &METRICS),
    optional_text("raw_llm_call_action"),
]);

static MODEL: Model = Model::plain(&[
    required_text("type"),
    required_text("engine"),
    // A rule of its own: the parameters may hold the name instead.
    plain("model", Kind::Any),
    optional_text("api_key_env_var"),
    parameters("parameters"),
    plain("mode", Kind::OneOf(&["chat", "text"])),
    optional("cache", &Kind::Model(&MODEL_CACHE)),
]);
static MODEL_CACHE: Model = Model::plain(&[
    flag("enabled", false),
    plain("maxsize", Kind::Int(Bounds::NONE)),
    part("stats", &CACHE_STATS),
]);
static CACHE_STATS: Model =
    Model::plain(&[flag("enabled", false), optional("log_interval", &Kind::Float(Bounds::NONE))]);

static INSTRUCTION: Model = Model::plain(&[required_text("type"), required_text("content")]);
static DOCUMENT: Model = Model::plain(&[required_text("format"), required_text("content")]);

static PROMPT: Model = Model {
    fields: &[
        required_text("task"),
        optional_text("content"),
        optional("messages", &Kind::List(&Kind::ModelOrText(&MESSAGE))),
        optional("models", &Kind::List(&TEXT)),
        optional_text("output_parser"),
        optional("max_length", &Kind::Int(Bounds::at_least(1))),
        optional_text("mode"),
        optional("stop", &Kind::List(&TEXT)),
        optional("max_tokens", &Kind::Int(Bounds::at_least(1))),
    ],
    extra: Extra::Ignored,
    before: &[one_prompt_body],
    after: &[],
};
static MESSAGE: Model = Model::plain(&[required_text("type"), required_text("content")]);

static KNOWLEDGE_BASE: Model =
    Model::plain(&[plain("folder", TEXT), part("embedding_search_provider", &SEARCH_PROVIDER)]);
static CORE: Model = Model::plain(&[part("embedding_search_provider", &SEARCH_PROVIDER)]);
static SEARCH_PROVIDER: Model =
    Model::plain(&[plain("name", TEXT), parameters("parameters"), part("cache", &EMBEDDINGS_CACHE)]);
static EMBEDDINGS_CACHE: Model = Model::plain(&[
    flag("enabled", false),
    plain("key_generator", TEXT),
    plain("store", TEXT),
    parameters("store_config"),
]);

static RAILS: Model = Model::plain(&[
    part("config", &RAILS_CONFIG),
    part("input", &INPUT),
    part("output", &OUTPUT),
    part("retrieval", &RETRIEVAL),
    part("dialog", &DIALOG),
    part("actions", &ACTIONS),
    part("tool_output", &TOOL),
    part("tool_input", &TOOL),
]);
static INPUT: Model = Model::plain(&[
    optional("parallel", &Kind::Bool),
    optional("speculative_generation", &Kind::Bool),
    texts("flows"),
]);
static OUTPUT: Model =
    Model::plain(&[optional("parallel", &Kind::Bool), texts("flows"), part("streaming", &STREAMING)]);
static STREAMING: Model = Model {
    fields: &[
        flag("enabled", false),
        plain("chunk_size", Kind::Int(Bounds::NONE)),
        plain("context_size", Kind::Int(Bounds::NONE)),
        flag("stream_first", true),
    ],
    extra: Extra::Kept,
    before: &[],
    after: &[],
};
static RETRIEVAL: Model = Model::plain(&[texts("flows")]);
static TOOL: Model = Model::plain(&[texts("flows"), optional("parallel", &Kind::Bool)]);
static ACTIONS: Model = Model::plain(&[optional("instant_actions", &Kind::List(&TEXT))]);
static DIALOG: Model =
    Model::plain(&[part("single_call", &SINGLE_CALL), part("user_messages", &USER_MESSAGES)]);
static SINGLE_CALL: Model = Model::plain(&[flag("enabled", false), flag("fallback_to_multiple_calls", true)]);
static USER_MESSAGES: Model = Model::plain(&[
    flag("embeddings_only", false),
    optional("embeddings_only_similarity_threshold", &Kind::Float(Bounds::between(0.0, 1.0))),
    optional_text("embeddings_only_fallback_intent"),
]);

static TRACING: Model = Model::plain(&[
    flag("enabled", false),
    plain("adapters", Kind::List(&Kind::Model(&ADAPTER))),
    plain("span_format", TEXT),
    flag("enable_content_capture", false),
]);
static ADAPTER: Model = Model { fields: &[plain("name", TEXT)], extra: Extra::Kept, before: &[], after: &[] };
static METRICS: Model = Model::plain(&[flag("enabled", false)]);
