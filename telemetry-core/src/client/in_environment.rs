// SPDX-FileCopyrightText: Copyright (c) 2026 NVIDIA CORPORATION & AFFILIATES. All rights reserved.
// SPDX-License-Identifier: Apache-2.0

//! A report in two steps: the environment first, everything else later.

use super::{Client, Context, Status, fit};
use crate::consent::ConsentDecision;
use crate::event::TelemetryEvent;
use crate::product::Product;
use crate::variables::EnvironmentSource;

/// A client that takes environment variables from a snapshot: see [`Client::in_environment`].
#[derive(Debug)]
pub struct InEnvironment<'a, P: Product> {
    pub(super) client: &'a Client<P>,
    pub(super) source: EnvironmentSource<'a>,
}

// Each event type is generated code. In a product without telemetry the compiler leaves it out even without optimization, as
// long as it is called behind a condition that is a constant.
impl<P: Product> InEnvironment<'_, P> {
    /// Reports an event, as [`Client::emit`] does.
    pub fn emit<E: TelemetryEvent<Product = P>>(&self, event: E) {
        self.emit_with(|_| event);
    }

    /// Makes an event and reports it, as [`Client::emit_with`] does.
    pub fn emit_with<E: TelemetryEvent<Product = P>>(
        &self,
        make: impl FnOnce(&Context<'_>) -> E,
    ) -> ConsentDecision {
        const { fit::check::<E>() };
        if Client::<P>::CAN_REPORT
            && let Some(reporting) = &self.client.reporting
        {
            return reporting.report(self.source, make);
        }
        ConsentDecision::NOT_COMPILED
    }

    /// Reports an event and starts heartbeats, as [`Client::emit_with_heartbeat`] does.
    pub fn emit_with_heartbeat<E: TelemetryEvent<Product = P> + Clone + Sync>(
        &self,
        make: impl FnOnce(&Context<'_>) -> E,
        beat: impl Fn(&E, &Context<'_>) -> E + Send + Sync + 'static,
    ) -> ConsentDecision {
        self.try_emit_with_heartbeat(|context| Some(make(context)), beat)
    }

    /// Reports an event if there is one, as [`Client::try_emit_with_heartbeat`] does.
    pub fn try_emit_with_heartbeat<E: TelemetryEvent<Product = P> + Clone + Sync>(
        &self,
        make: impl FnOnce(&Context<'_>) -> Option<E>,
        beat: impl Fn(&E, &Context<'_>) -> E + Send + Sync + 'static,
    ) -> ConsentDecision {
        const { fit::check::<E>() };
        if Client::<P>::CAN_REPORT
            && let Some(reporting) = &self.client.reporting
        {
            return reporting.report_with_heartbeat(self.source, make, beat);
        }
        ConsentDecision::NOT_COMPILED
    }

    /// Whether a report made now in this environment would be sent, as [`Client::consent_decision`] says.
    #[must_use]
    pub fn consent_decision(&self) -> ConsentDecision {
        self.client
            .reporting
            .as_ref()
            .map_or(ConsentDecision::NOT_COMPILED, |reporting| reporting.decide(self.source))
    }

    /// Everything an operator wants to know about the client in this environment, as [`Client::status`] says.
    #[must_use]
    pub fn status(&self) -> Status {
        let reporting = self.client.reporting.as_ref();
        reporting.map_or_else(Status::not_compiled, |reporting| reporting.status(self.source))
    }
}
