// SPDX-FileCopyrightText: Copyright (c) 2026 NVIDIA CORPORATION & AFFILIATES. All rights reserved.
// SPDX-License-Identifier: Apache-2.0

//! Reports that take the environment from a snapshot.

use super::{Client, Context, EnvironmentSnapshot, Status, fit};
use crate::consent::ConsentDecision;
use crate::event::TelemetryEvent;
use crate::product::Product;
use crate::variables::EnvironmentSource;

impl<P: Product> Client<P> {
    /// Reads the environment variables of the product, and no file. This is the first of two steps of a report.
    ///
    /// Two kinds of hosts need two steps. A host that guards its environment with a lock, as an interpreter does, should not hold that
    /// lock in the second step, which may check files. A host that forks while another thread is in
    /// [`set_var`](std::env::set_var) should read the environment before the fork, since the standard library's lock may stay locked
    /// forever in the child.
    ///
    /// ```
    /// # use telemetry_core::{Client, Product, Profile, TelemetryEvent};
    /// # struct Shop;
    /// # impl Product for Shop {
    /// #     const PROFILE: Profile = Profile::new("shop", "1").source("nemoSource", "shop").endpoint("http://127.0.0.1:9/");
    /// # }
    /// # /// A basket was paid for.
    /// # #[derive(TelemetryEvent)]
    /// # #[telemetry(product = Shop, event_name = "checkout", schema_version = "1.0")]
    /// # struct Checkout {
    /// #     /// Articles in the basket.
    /// #     num_articles: u32,
    /// # }
    /// // Under the host's lock:
    /// let environment = Client::<Shop>::read_environment();
    ///
    /// // Without it:
    /// let telemetry = Client::<Shop>::builder().environment(environment.clone()).start();
    /// telemetry.in_environment(&environment).emit(Checkout { num_articles: 3 });
    /// ```
    #[must_use]
    pub fn read_environment() -> EnvironmentSnapshot<P> {
        EnvironmentSnapshot::read()
    }

    /// Reports with the variables of a snapshot instead of those of the process. This is the second step, after
    /// [`read_environment`](Self::read_environment).
    ///
    /// Everything that such a report needs is in the snapshot, including the opt-outs, so take a new one for each report. Operations,
    /// [`session`](Self::session) and [`session_for_child`](Self::session_for_child) still read the environment of the process. So does a [`Deployment`](crate::deployment::Deployment), unless you call
    /// [`get_in`](crate::deployment::Deployment::get_in).
    ///
    /// ```
    /// # use telemetry_core::{Client, Product, Profile, TelemetryEvent, testing};
    /// # struct Shop;
    /// # impl Product for Shop {
    /// #     const PROFILE: Profile = Profile::new("shop", "1").source("nemoSource", "shop").endpoint("http://127.0.0.1:9/");
    /// # }
    /// # /// A basket was paid for.
    /// # #[derive(Clone, TelemetryEvent)]
    /// # #[telemetry(product = Shop, event_name = "checkout", schema_version = "1.0")]
    /// # struct Checkout {
    /// #     /// Articles in the basket.
    /// #     num_articles: u32,
    /// # }
    /// let (telemetry, sent) = testing::capture::<Shop>();
    /// let environment = Client::<Shop>::read_environment();
    /// telemetry.in_environment(&environment).emit(Checkout { num_articles: 3 });
    /// assert_eq!(sent.events().len(), 1);
    /// ```
    #[must_use]
    pub fn in_environment<'a>(&'a self, environment: &'a EnvironmentSnapshot<P>) -> InEnvironment<'a, P> {
        InEnvironment { client: self, source: environment.source() }
    }

    /// Reports with the current variables of the process.
    pub(super) fn here(&self) -> InEnvironment<'_, P> {
        let source =
            self.reporting.as_ref().map_or(EnvironmentSource::Process, |reporting| reporting.environment());
        InEnvironment { client: self, source }
    }
}

/// A client that takes environment variables from a snapshot: see [`Client::in_environment`].
///
/// ```
/// # use telemetry_core::{Client, Product, Profile, TelemetryEvent, testing};
/// # struct Shop;
/// # impl Product for Shop {
/// #     const PROFILE: Profile = Profile::new("shop", "1").source("nemoSource", "shop").endpoint("http://127.0.0.1:9/");
/// # }
/// # /// A basket was paid for.
/// # #[derive(Clone, TelemetryEvent)]
/// # #[telemetry(product = Shop, event_name = "checkout", schema_version = "1.0")]
/// # struct Checkout {
/// # /// Articles in the basket.
/// #     num_articles: u32,
/// # }
/// let (telemetry, sent) = testing::capture::<Shop>();
/// let environment = Client::<Shop>::read_environment();
/// let reports = telemetry.in_environment(&environment);
/// if reports.consent_decision().is_enabled() {
///     reports.emit(Checkout { num_articles: 3 });
/// }
/// assert_eq!(sent.events().len(), 1);
/// ```
#[derive(Debug)]
pub struct InEnvironment<'a, P: Product> {
    client: &'a Client<P>,
    source: EnvironmentSource<'a>,
}

// A call for each event type is code of its own. In a product without telemetry the compiler removes it, even without optimization,
// because it is behind a constant condition.
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

    /// Reports an event if one can be made, as [`Client::try_emit_with_heartbeat`] does.
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

    /// Whether a report made now in this environment would be sent, as [`Client::consent_decision`] does.
    #[must_use]
    pub fn consent_decision(&self) -> ConsentDecision {
        self.client
            .reporting
            .as_ref()
            .map_or(ConsentDecision::NOT_COMPILED, |reporting| reporting.decide(self.source))
    }

    /// The settings of the client in this environment and what became of its events, as [`Client::status`] does.
    #[must_use]
    pub fn status(&self) -> Status {
        let reporting = self.client.reporting.as_ref();
        reporting.map_or_else(Status::not_compiled, |reporting| reporting.status(self.source))
    }
}
