// SPDX-FileCopyrightText: Copyright (c) 2026 NVIDIA CORPORATION & AFFILIATES. All rights reserved.
// SPDX-License-Identifier: Apache-2.0

//! The methods that report events.

use super::{Client, Context, fit};
use crate::consent::ConsentDecision;
use crate::event::TelemetryEvent;
use crate::operation::{Operation, OperationEvent};
use crate::product::Product;

impl<P: Product> Client<P> {
    /// Reports an event that has just happened, unless something opts out.
    ///
    /// The call serializes the event and queues it; it never waits for delivery. An event that cannot be queued or sent is counted in
    /// [`stats`](Self::stats).
    ///
    /// ```
    /// # use telemetry_core::{Client, Product, Profile, TelemetryEvent, testing};
    /// # struct Shop;
    /// # impl Product for Shop {
    /// #     const PROFILE: Profile = Profile::new("shop", "1").source("nemoSource", "shop");
    /// # }
    /// # /// A basket was paid for.
    /// # #[derive(Clone, TelemetryEvent)]
    /// # #[telemetry(product = Shop, event_name = "checkout", schema_version = "1.0")]
    /// # struct Checkout {
    /// #     /// Articles in the basket.
    /// #     num_articles: u32,
    /// # }
    /// let (telemetry, sent) = testing::capture::<Shop>();
    /// telemetry.emit(Checkout { num_articles: 3 });
    /// assert_eq!(sent.events().len(), 1);
    /// ```
    pub fn emit<E: TelemetryEvent<Product = P>>(&self, event: E) {
        self.here().emit(event);
    }

    /// Calls `make` and reports the event that it returns, unless something opts out. Returns the consent decision.
    ///
    /// Use this for events that are expensive to make, or that depend on the session or the machine. Under an opt-out, `make` is not
    /// called.
    ///
    /// The decision may rely on a check of the marker file that is up to 25 ms old. If a marker has appeared since, the worker finds
    /// it, drops the event instead of sending it, and counts it. [`consent_decision`](Self::consent_decision) always checks.
    ///
    /// ```
    /// # use telemetry_core::{Client, Product, Profile, TelemetryEvent, testing};
    /// # struct Shop;
    /// # impl Product for Shop {
    /// #     const PROFILE: Profile = Profile::new("shop", "1").source("nemoSource", "shop");
    /// # }
    /// # /// A basket was paid for.
    /// # #[derive(Clone, TelemetryEvent)]
    /// # #[telemetry(product = Shop, event_name = "checkout", schema_version = "1.0")]
    /// # struct Checkout {
    /// #     /// Articles in the basket.
    /// #     num_articles: u32,
    /// # }
    /// # fn articles_in_basket() -> u32 { 3 }
    /// let (telemetry, sent) = testing::capture::<Shop>();
    /// let decision = telemetry.emit_with(|_context| Checkout { num_articles: articles_in_basket() });
    /// assert!(decision.is_enabled());
    /// assert_eq!(sent.events().len(), 1);
    /// ```
    pub fn emit_with<E: TelemetryEvent<Product = P>>(
        &self,
        make: impl FnOnce(&Context<'_>) -> E,
    ) -> ConsentDecision {
        self.here().emit_with(make)
    }

    /// Like [`emit_with`](Self::emit_with), and starts heartbeats: at the interval of the
    /// [profile](crate::Profile::heartbeat), `beat` makes a further event from the first one.
    ///
    /// Only the first event of a process starts heartbeats. An opt-out ends them, and the next report after it starts them again.
    ///
    /// ```
    /// # use telemetry_core::{Client, Product, Profile, TelemetryEvent, testing};
    /// # struct Shop;
    /// # impl Product for Shop {
    /// #     const PROFILE: Profile = Profile::new("shop", "1").source("nemoSource", "shop");
    /// # }
    /// # /// A basket was paid for.
    /// # #[derive(Clone, TelemetryEvent)]
    /// # #[telemetry(product = Shop, event_name = "checkout", schema_version = "1.0")]
    /// # struct Checkout {
    /// #     /// Articles in the basket.
    /// #     num_articles: u32,
    /// # }
    /// let (telemetry, sent) = testing::capture::<Shop>();
    /// telemetry.emit_with_heartbeat(
    ///     |_context| Checkout { num_articles: 3 },
    ///     |first, _context| first.clone(),
    /// );
    /// assert_eq!(sent.events().len(), 1); // the profile has no heartbeat
    /// ```
    pub fn emit_with_heartbeat<E: TelemetryEvent<Product = P> + Clone + Sync>(
        &self,
        make: impl FnOnce(&Context<'_>) -> E,
        beat: impl Fn(&E, &Context<'_>) -> E + Send + Sync + 'static,
    ) -> ConsentDecision {
        self.here().emit_with_heartbeat(make, beat)
    }

    /// Like [`emit_with_heartbeat`](Self::emit_with_heartbeat), for an event that cannot always be made. If `make` returns `None`,
    /// for instance because a configuration cannot be read, nothing is reported or counted.
    ///
    /// ```
    /// # use telemetry_core::{Client, Product, Profile, TelemetryEvent, testing};
    /// # struct Shop;
    /// # impl Product for Shop {
    /// #     const PROFILE: Profile = Profile::new("shop", "1").source("nemoSource", "shop");
    /// # }
    /// # /// A basket was paid for.
    /// # #[derive(Clone, TelemetryEvent)]
    /// # #[telemetry(product = Shop, event_name = "checkout", schema_version = "1.0")]
    /// # struct Checkout {
    /// #     /// Articles in the basket.
    /// #     num_articles: u32,
    /// # }
    /// # fn articles(path: &str) -> Option<u32> { std::fs::read_to_string(path).ok()?.trim().parse().ok() }
    /// let (telemetry, sent) = testing::capture::<Shop>();
    /// telemetry.try_emit_with_heartbeat(
    ///     |_context| Some(Checkout { num_articles: articles("/nonexistent")? }),
    ///     |first, _context| first.clone(),
    /// );
    /// assert!(sent.events().is_empty());
    /// ```
    pub fn try_emit_with_heartbeat<E: TelemetryEvent<Product = P> + Clone + Sync>(
        &self,
        make: impl FnOnce(&Context<'_>) -> Option<E>,
        beat: impl Fn(&E, &Context<'_>) -> E + Send + Sync + 'static,
    ) -> ConsentDecision {
        self.here().try_emit_with_heartbeat(make, beat)
    }

    /// Starts an operation, which reports `event` exactly once: when it is finished, or when it is dropped or unwound.
    ///
    /// ```
    /// use telemetry_core::{Product, Profile, TelemetryEnum, TelemetryEvent, testing};
    ///
    /// # struct Shop;
    /// # impl Product for Shop {
    /// #     const PROFILE: Profile = Profile::new("shop", "1").source("nemoSource", "shop");
    /// # }
    /// /// How an operation ends.
    /// #[derive(Debug, Clone, Copy, PartialEq, TelemetryEnum)]
    /// #[telemetry(rename_all = "snake_case")]
    /// enum Outcome {
    ///     Success,
    ///     Failure,
    ///     Interrupted,
    ///     #[telemetry(fallback)]
    ///     Undefined,
    /// }
    ///
    /// /// A payment ended.
    /// #[derive(TelemetryEvent)]
    /// #[telemetry(product = Shop, event_name = "payment", schema_version = "1.0")]
    /// struct Payment {
    ///     /// How the payment ended.
    ///     #[telemetry(outcome, sentinel = Outcome::Undefined)]
    ///     outcome: Outcome,
    /// }
    ///
    /// let (telemetry, sent) = testing::capture::<Shop>();
    /// let operation = telemetry.operation(Payment::default());
    /// drop(operation); // as an early return does
    /// assert_eq!(sent.events()[0].parameters["outcome"], "interrupted");
    /// ```
    pub fn operation<E: OperationEvent<Product = P>>(&self, event: E) -> Operation<E> {
        Operation::start(self.clone(), event)
    }

    /// Reports an event without taking it from its owner.
    pub(crate) fn emit_in_place<E: TelemetryEvent<Product = P>>(&self, event: &mut E) {
        const { fit::check::<E>() };
        if Self::CAN_REPORT
            && let Some(reporting) = &self.reporting
        {
            reporting.report_in_place(event);
        }
    }
}
