// SPDX-FileCopyrightText: Copyright (c) 2026 NVIDIA CORPORATION & AFFILIATES. All rights reserved.
// SPDX-License-Identifier: Apache-2.0

//! Conditions of `rails.config` that concern several fields of a model, or more than a type can say.

use super::check::{Fields, KeyPath};
use crate::reader::error::{ConfigError, ErrorKind};
use crate::reader::yaml::Node;

type Outcome = Result<(), ConfigError>;

fn violation(node: &Node, path: &KeyPath<'_>, field: &str, problem: &str, remedy: &str) -> Outcome {
    let place = node.get(field).map_or(&node.place, |value| &value.place);
    Err(ConfigError::at(ErrorKind::Value, place, problem).about(path.key(field)).help(remedy))
}

/// Chunks of text are longer than what they share.
pub(super) fn chunks_fit(node: &Node, fields: &Fields, path: &KeyPath<'_>) -> Outcome {
    let (length, overlap) = (fields.int("chunk_length", 384), fields.int("overlap", 128));
    if length <= 0 {
        return violation(node, path, "chunk_length", "must be greater than 0", "use a positive length");
    }
    if overlap < 0 {
        return violation(node, path, "overlap", "must be at least 0", "use 0 for no overlap");
    }
    if overlap >= length {
        let problem = "must be less than `chunk_length`";
        return violation(node, path, "overlap", problem, "lower `overlap` or raise `chunk_length`");
    }
    Ok(())
}

/// An aggregation strategy only makes sense for tokens.
pub(super) fn strategy_fits_task(node: &Node, fields: &Fields, path: &KeyPath<'_>) -> Outcome {
    let strategy = node.find(&["parameters", "aggregation_strategy"]);
    let set = strategy.is_some_and(|strategy| strategy.value.is_truthy());
    if set && fields.text("task") != Some("token-classification") {
        let problem = "has an `aggregation_strategy`, which only the task `token-classification` takes";
        return violation(
            node,
            path,
            "parameters",
            problem,
            "set `task: token-classification`, or remove the strategy",
        );
    }
    Ok(())
}

/// A remote classifier is reached by HTTP, and by HTTPS if a key goes with the request.
pub(super) fn classifier_url(node: &Node, fields: &Fields, path: &KeyPath<'_>) -> Outcome {
    let url = fields.text("base_url").unwrap_or_default();
    if !is_http(url) {
        return violation(node, path, "base_url", NOT_HTTP, "write the scheme, as in `https://host:8000`");
    }
    if fields.text("api_key_env_var").is_some() && !url.starts_with("https://") {
        let problem = "must begin with `https://` where `api_key_env_var` is set";
        return violation(node, path, "base_url", problem, "use HTTPS, or remove the key");
    }
    Ok(())
}

/// The endpoints of jailbreak detection are URLs. A bare `nim_url` is a host name and becomes one.
pub(super) fn endpoints_are_urls(node: &Node, fields: &Fields, path: &KeyPath<'_>) -> Outcome {
    for name in ["nim_base_url", "server_endpoint"] {
        if fields.text(name).is_some_and(|url| !is_http(url)) {
            return violation(
                node,
                path,
                name,
                NOT_HTTP,
                "write the scheme, as in `http://localhost:8000/v1`",
            );
        }
    }
    Ok(())
}

const NOT_HTTP: &str = "must begin with `http://` or `https://`";

fn is_http(url: &str) -> bool {
    url.starts_with("http://") || url.starts_with("https://")
}
