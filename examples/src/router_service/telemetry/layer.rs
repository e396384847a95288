// SPDX-FileCopyrightText: Copyright (c) 2026 NVIDIA CORPORATION & AFFILIATES. All rights reserved.
// SPDX-License-Identifier: Apache-2.0

//! Spans become events: each span called `route` is one operation, which ends when the span closes. Its fields, and those of
//! its events inside of it, fill the outcome in. The router itself knows nothing of telemetry.

use std::fmt;

use telemetry_core::operation::OperationOutcome;
use telemetry_core::{Client, Operation};
use tracing::field::{Field, Visit};
use tracing::span::{Attributes, Id, Record};
use tracing::{Event, Metadata, Subscriber};
use tracing_subscriber::Layer;
use tracing_subscriber::layer::Context;
use tracing_subscriber::registry::LookupSpan;

use super::{Switchyard, SwitchyardOutcome};

/// The router's own target. Libraries that it calls have spans and events of their own, with fields of any name.
const ROUTER: &str = "telemetry_examples::router_service::router";

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
        let is_route = |metadata: &Metadata<'_>| metadata.name() == "route" && metadata.target() == ROUTER;
        let Some(span) = context.span(id).filter(|span| is_route(span.metadata())) else { return };
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
        if event.metadata().target() != ROUTER {
            return;
        }
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
        outcome.finish_with(if selected { OperationOutcome::Success } else { OperationOutcome::Failure });
    }
}

/// Takes the fields that the outcome has, and leaves out values that are not tokens.
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
            "considered" => add(&mut outcome.considered_model_ids, token),
            "excluded" => add(&mut outcome.exclusion_reason_codes, token),
            "fallback" => outcome.fallback_plan_model_ids.extend(token),
            name => {
                let observation = name.strip_prefix("evidence.").and_then(|name| name.parse().ok());
                add(&mut outcome.evidence, observation.zip(token));
            }
        }
    }

    fn record_bool(&mut self, field: &Field, value: bool) {
        match field.name().strip_prefix("flag.") {
            Some(flag) => add(&mut self.0.feature_flags, flag.parse().ok().zip(Some(value))),
            None if field.name() == "no_eligible_target" => self.0.no_eligible_target = Some(value),
            None => {}
        }
    }

    /// Free text, such as messages: nothing of it is reported.
    fn record_debug(&mut self, _: &Field, _: &dyn fmt::Debug) {}
}

/// Adds the item to the collection, which is made with its first item: an empty one would not say "unknown".
fn add<C: Default + Extend<I>, I>(collection: &mut Option<C>, item: Option<I>) {
    if item.is_some() {
        collection.get_or_insert_default().extend(item);
    }
}

#[cfg(test)]
#[allow(clippy::indexing_slicing, reason = "test code fails by panicking")]
mod tests {
    use telemetry_core::testing::{Json, capture};
    use tracing::{info, info_span};
    use tracing_subscriber::layer::SubscriberExt;

    use super::*;

    /// The outcomes of what happens meanwhile.
    fn outcomes(happens: impl FnOnce()) -> Vec<Json> {
        let (telemetry, sent) = capture::<Switchyard>();
        let subscriber = tracing_subscriber::registry().with(OutcomeLayer::new(telemetry));
        tracing::subscriber::with_default(subscriber, happens);
        sent.events().into_iter().map(|event| event.parameters).collect()
    }

    #[test]
    fn what_others_say_inside_of_the_span_is_not_taken() {
        let outcomes = outcomes(|| {
            info_span!(target: ROUTER, "route", error = "down").in_scope(|| {
                info!(target: "http_client", error = "theirs", selected = "theirs", evidence.key = "theirs");
                info!(target: "http_client", no_eligible_target = true, flag.theirs = true);
                info!(target: ROUTER, considered = "ours");
            });
        });
        assert_eq!(outcomes.len(), 1);
        let outcome = &outcomes[0];
        assert_eq!(outcome["considered_model_ids"], ["ours"]);
        assert_eq!(outcome["routing_error_code"], "down");
        for field in ["selected_model_id", "evidence", "no_eligible_target", "feature_flags"] {
            assert_eq!(outcome[field], Json::Null, "{field}");
        }
    }

    #[test]
    fn a_span_of_somebody_else_is_no_outcome_whatever_its_name() {
        let nothing = outcomes(|| info_span!(target: "web_framework", "route", error = "x").in_scope(|| ()));
        assert!(nothing.is_empty(), "{nothing:?}");
    }

    /// An empty collection would say that there was something to be said.
    #[test]
    fn what_has_no_observation_stays_unknown() {
        let outcomes = outcomes(|| {
            info_span!(target: ROUTER, "route", note = "no evidence").in_scope(|| {
                info!(target: ROUTER, considered = "no token", excluded = "no token", evidence.size = "no token");
            });
        });
        for field in ["evidence", "considered_model_ids", "exclusion_reason_codes", "feature_flags"] {
            assert_eq!(outcomes[0][field], Json::Null, "{field}");
        }
    }
}
