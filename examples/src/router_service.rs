// SPDX-FileCopyrightText: Copyright (c) 2026 NVIDIA CORPORATION & AFFILIATES. All rights reserved.
// SPDX-License-Identifier: Apache-2.0

//! A router between models: `router_service [--no-fallback] NAME,LONGEST,URL…` sends each prompt to the smallest model that
//! takes it, until its input ends.
//!
//! A model is a service on this machine that answers `POST URL` with a text; it takes prompts of up to `LONGEST` characters.
//! `POST /route` with a `prompt` returns the model's answer and the identifier of the outcome.
//!
//! The router describes what it does in spans and events of `tracing`, as it would for its logs. The module `telemetry` makes
//! outcome events of them. Nothing else knows of it, apart from 6 lines: five in this file, which put it in its place, and one
//! in `model`, which has the toolkit tell whether a URL is on this machine.

mod model;
mod router;
pub mod telemetry;

use std::error::Error;
use std::io::{self, Write};

use serde_json::json;
use tracing_subscriber::layer::SubscriberExt;
use tracing_subscriber::util::SubscriberInitExt;

use self::model::Model;
use self::router::Router;
use crate::service::{Call, Reply, Service};

/// Runs the router between the models that the arguments name, until its input ends.
///
/// # Errors
///
/// If an argument is not a model, if no port can be had, or if the address cannot be printed.
pub fn run(arguments: impl Iterator<Item = String>) -> Result<(), Box<dyn Error + Send + Sync>> {
    let (flags, models): (Vec<_>, Vec<_>) = arguments.partition(|argument| argument.starts_with("--"));
    let models = models.iter().map(|text| text.parse()).collect::<Result<Vec<Model>, _>>()?;
    let router = Router::new(models, !flags.iter().any(|flag| flag == "--no-fallback"));
    let telemetry = telemetry::OutcomeLayer::new(telemetry::start());
    tracing_subscriber::registry().with(telemetry).init();

    let service = Service::bind(0)?;
    writeln!(io::stdout(), "{}", service.url())?;
    service.run(|call| answer(&router, call));
    Ok(())
}

fn answer(router: &Router, call: &Call) -> Reply {
    let ("POST", ["route"]) = (call.method.as_str(), call.route().1.as_slice()) else {
        return Reply::not_found();
    };
    let routed = router.route(call.text("prompt"));
    match routed.answer {
        Ok((model, text)) => Reply::ok(json!({"outcome_id": routed.id, "model": model, "answer": text})),
        Err(error) => Reply { status: 503, body: json!({"outcome_id": routed.id, "error": error}) },
    }
}
