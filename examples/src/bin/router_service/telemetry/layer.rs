// SPDX-FileCopyrightText: Copyright (c) 2026 NVIDIA CORPORATION & AFFILIATES. All rights reserved.
// SPDX-License-Identifier: Apache-2.0

//! Spans become events: each span called `route` is one operation, which ends when the span closes. Its fields, and those of
//! the events inside of it, fill the outcome in. The router itself knows nothing of telemetry.

use std::fmt;

use telemetry_core::{Client, Ending, Operation};
use tracing::field::{Field, Visit};
use tracing::span::{Attributes, Id, Record};
use tracing::{Event, Subscriber};
use tracing_subscriber::Layer;
use tracing_subscriber::layer::Context;
use tracing_subscriber::registry::LookupSpan;

use super::{Switchyard, SwitchyardOutcome};

/// Reports what becomes of each `route` span.
pub(crate) struct OutcomeLayer {
    telemetry: Client<Switchyard>,
}

impl OutcomeLayer {
    pub(crate) fn new(telemetry: Client<Switchyard>) -> Self {
        Self { telemetry }
    }
}

impl<S: Subscriber + for<'span> LookupSpan<'span>> Layer<S> for OutcomeLayer {
    fn on_new_span(&self, attributes: &Attributes<'_>, id: &Id, context: Context<'_, S>) {
        let Some(span) = context.span(id).filter(|span| span.name() == "route") else { return };
        let mut outcome = self.telemetry.operation(SwitchyardOutcome::default());
        attributes.record(&mut Fields(&mut outcome));
        span.extensions_mut().insert(outcome);
    }

    fn on_record(&self, id: &Id, values: &Record<'_>, context: Context<'_, S>) {
        let Some(span) = context.span(id) else { return };
        if let Some(outcome) = span.extensions_mut().get_mut::<Operation<SwitchyardOutcome>>() {
            values.record(&mut Fields(outcome));
        }
    }

    fn on_event(&self, event: &Event<'_>, context: Context<'_, S>) {
        for span in context.event_scope(event).into_iter().flatten() {
            if let Some(outcome) = span.extensions_mut().get_mut::<Operation<SwitchyardOutcome>>() {
                return event.record(&mut Fields(outcome));
            }
        }
    }

    fn on_close(&self, id: Id, context: Context<'_, S>) {
        let Some(span) = context.span(&id) else { return };
        let Some(outcome) = span.extensions_mut().remove::<Operation<SwitchyardOutcome>>() else { return };
        let selected = outcome.selected_model_id.is_some();
        outcome.end(if selected { Ending::Success } else { Ending::Failure });
    }
}

/// Takes those fields that the outcome has; what is no token stays away.
struct Fields<'a>(&'a mut SwitchyardOutcome);

impl Visit for Fields<'_> {
    fn record_str(&mut self, field: &Field, value: &str) {
        let (outcome, token) = (&mut *self.0, value.parse().ok());
        match field.name() {
            "outcome_id" => outcome.outcome_id = value.parse().unwrap_or_default(),
            "algorithm" => outcome.algorithm = token.unwrap_or_else(|| outcome.algorithm.clone()),
            "algorithm_version" => outcome.algorithm_version = value.parse().ok(),
            "selected" => outcome.selected_model_id = token,
            "error" => outcome.routing_error_code = token,
            "considered" => outcome.considered_model_ids.get_or_insert_default().extend(token),
            "excluded" => outcome.exclusion_reason_codes.get_or_insert_default().extend(token),
            "fallback" => outcome.fallback_plan_model_ids.extend(token),
            name => {
                let observation = name.strip_prefix("evidence.").and_then(|name| name.parse().ok());
                outcome.evidence.get_or_insert_default().extend(observation.zip(token));
            }
        }
    }

    fn record_bool(&mut self, field: &Field, value: bool) {
        match field.name().strip_prefix("flag.") {
            Some(flag) => {
                self.0.feature_flags.get_or_insert_default().extend(flag.parse().ok().zip(Some(value)))
            }
            None if field.name() == "no_eligible_target" => self.0.no_eligible_target = Some(value),
            None => {}
        }
    }

    /// Free text, such as messages: nothing of it is reported.
    fn record_debug(&mut self, _: &Field, _: &dyn fmt::Debug) {}
}
