// SPDX-FileCopyrightText: Copyright (c) 2026 NVIDIA CORPORATION & AFFILIATES. All rights reserved.
// SPDX-License-Identifier: Apache-2.0

//! Which model answers: the smallest that takes the prompt, and if it fails, the next larger one.

use tracing::{field, info, info_span, warn};

use super::model::Model;

/// The models, from small to large.
#[derive(Debug)]
pub(crate) struct Router {
    models: Vec<Model>,
    falls_back: bool,
}

/// The result of routing a prompt.
#[derive(Debug)]
pub(crate) struct Routed {
    /// The identifier of the outcome, which its event has, too.
    pub(crate) id: String,
    /// The model that answered, with its answer, or the reason for the failure.
    pub(crate) answer: Result<(String, String), &'static str>,
}

impl Router {
    pub(crate) fn new(mut models: Vec<Model>, falls_back: bool) -> Self {
        models.sort_by_key(|model| model.longest);
        Self { models, falls_back }
    }

    /// Has a model answer.
    pub(crate) fn route(&self, prompt: &str) -> Routed {
        let id = outcome_id();
        let span = info_span!(
            "route",
            outcome_id = id.as_str(),
            algorithm = "smallest_that_fits",
            algorithm_version = "1.0",
            flag.fallback = self.falls_back,
            evidence.prompt_size = size_class(prompt),
            error = field::Empty,
        );
        let answer = span.in_scope(|| self.answer(prompt));
        if let Err(error) = answer {
            span.record("error", error);
        }
        Routed { id, answer }
    }

    fn answer(&self, prompt: &str) -> Result<(String, String), &'static str> {
        let eligible: Vec<&Model> = self.models.iter().filter(|model| is_eligible(model, prompt)).collect();
        info!(no_eligible_target = eligible.is_empty(), "{} of {} models", eligible.len(), self.models.len());
        let tried = if self.falls_back { eligible.as_slice() } else { eligible.get(..1).unwrap_or_default() };
        for (index, model) in tried.iter().enumerate() {
            match model.ask(prompt) {
                Ok(answer) => {
                    info!(selected = model.name, "answered");
                    for next in tried.iter().skip(index + 1) {
                        info!(fallback = next.name);
                    }
                    return Ok((model.name.clone(), answer));
                }
                Err(error) => warn!("`{}` does not answer: {error}", model.name),
            }
        }
        Err(if tried.is_empty() { "no_eligible_target" } else { "no_model_answered" })
    }
}

fn is_eligible(model: &Model, prompt: &str) -> bool {
    let obstacle = model.obstacle(prompt);
    info!(considered = model.name, excluded = obstacle, "considered");
    obstacle.is_none()
}

fn size_class(prompt: &str) -> &'static str {
    match prompt.len() {
        0..=100 => "short",
        101..=1000 => "medium",
        _ => "long",
    }
}

/// A random identifier. Without randomness, which a running system always has, it is the same each time.
fn outcome_id() -> String {
    let mut bytes = [0; 16];
    let _: Result<(), getrandom::Error> = getrandom::fill(&mut bytes);
    uuid::Builder::from_random_bytes(bytes).into_uuid().to_string()
}
