// SPDX-FileCopyrightText: Copyright (c) 2026 NVIDIA CORPORATION & AFFILIATES. All rights reserved.
// SPDX-License-Identifier: Apache-2.0

//! A model behind the router.

use std::str::FromStr;
use std::sync::{Mutex, PoisonError};
use std::time::{Duration, Instant};

use telemetry_core::endpoint::Endpoint;

/// How long a model that has failed is left alone.
const REST: Duration = Duration::from_secs(60);

/// How long a model may take to answer.
const DEADLINE: Duration = Duration::from_secs(5);

/// A model, which is a service on this machine.
#[derive(Debug)]
pub(crate) struct Model {
    pub(crate) name: String,
    /// The longest prompt that it takes, in characters.
    pub(crate) longest: usize,
    url: String,
    failed_at: Mutex<Option<Instant>>,
}

impl FromStr for Model {
    type Err = String;

    fn from_str(text: &str) -> Result<Self, String> {
        let mut parts = text.splitn(3, ',');
        let (Some(name), Some(longest), Some(url)) = (parts.next(), parts.next(), parts.next()) else {
            return Err(format!("`{text}` is not a model: write `NAME,LONGEST,URL`"));
        };
        let longest = longest.parse().map_err(|error| format!("`{longest}` is not a length: {error}"))?;
        if !Endpoint::parse(url).is_ok_and(|endpoint| endpoint.is_loopback()) {
            return Err(format!("`{url}` is not on this machine"));
        }
        Ok(Self { name: name.to_owned(), longest, url: url.to_owned(), failed_at: Mutex::default() })
    }
}

impl Model {
    /// Why the model cannot answer this prompt now, if it cannot.
    pub(crate) fn obstacle(&self, prompt: &str) -> Option<&'static str> {
        let failed_at = *self.failed_at.lock().unwrap_or_else(PoisonError::into_inner);
        if prompt.chars().count() > self.longest {
            return Some("prompt_too_long");
        }
        failed_at.is_some_and(|at| at.elapsed() < REST).then_some("unhealthy")
    }

    /// The model's answer.
    pub(crate) fn ask(&self, prompt: &str) -> Result<String, ureq::Error> {
        let answer = self.post(prompt);
        let failed_at = answer.is_err().then(Instant::now);
        *self.failed_at.lock().unwrap_or_else(PoisonError::into_inner) = failed_at;
        answer
    }

    fn post(&self, prompt: &str) -> Result<String, ureq::Error> {
        let config = ureq::Agent::config_builder().proxy(None).timeout_global(Some(DEADLINE));
        ureq::Agent::from(config.build()).post(&self.url).send(prompt)?.body_mut().read_to_string()
    }
}
