// SPDX-FileCopyrightText: Copyright (c) 2026 NVIDIA CORPORATION & AFFILIATES. All rights reserved.
// SPDX-License-Identifier: Apache-2.0

//! Operations: one event each, however they end.

pub(crate) mod duration;
pub(crate) mod outcome;
pub(crate) mod returned;

use std::ops::{Deref, DerefMut};
use std::panic::{AssertUnwindSafe, catch_unwind};
use std::time::{Duration, Instant};

pub use outcome::OperationOutcome;

use crate::client::Client;
use crate::event::TelemetryEvent;
use crate::process_identity::ProcessIdentity;

/// An event that reports one operation: it has an `outcome` field, and perhaps a `duration` field. Derived with the event.
///
/// ```
/// # use telemetry_core::{Product, Profile, TelemetryEnum, TelemetryEvent};
/// use std::time::Duration;
///
/// use telemetry_core::operation::{OperationEvent, OperationOutcome};
///
/// # struct Shop;
/// # impl Product for Shop {
/// #     const PROFILE: Profile = Profile::new("shop", "1");
/// # }
/// # /// How it ended.
/// # #[derive(Debug, Clone, Copy, TelemetryEnum)]
/// # #[telemetry(rename_all = "snake_case")]
/// # enum Outcome {
/// #     Success,
/// #     Failure,
/// #     Interrupted,
/// #     #[telemetry(fallback)]
/// #     Undefined,
/// # }
/// # /// A payment was tried.
/// # #[derive(TelemetryEvent)]
/// # #[telemetry(product = Shop, event_name = "payment", schema_version = "1.0")]
/// # struct Payment {
/// #     /// How it ended.
/// #     #[telemetry(outcome, sentinel = Outcome::Undefined)]
/// #     outcome: Outcome,
/// #     /// How long it took.
/// #     #[telemetry(duration = "ms", sentinel = -1)]
/// #     duration_ms: i64,
/// # }
/// let mut payment = Payment::default();
/// payment.record_outcome(OperationOutcome::Failure, Duration::from_millis(20));
/// assert!(matches!(payment.outcome, Outcome::Failure));
/// assert_eq!(payment.duration_ms, 20);
/// ```
#[diagnostic::on_unimplemented(
    message = "`{Self}` does not report an operation",
    note = "mark the field that says how it ended: `#[telemetry(outcome)]`"
)]
pub trait OperationEvent: TelemetryEvent {
    /// Stores how the operation ended and how long it took.
    fn record_outcome(&mut self, outcome: OperationOutcome, elapsed: Duration);
}

/// A running operation. It emits its event exactly once: when it is [finished](Self::finish), or when it is dropped, by an
/// early return, by unwinding or with its future; then it counts as interrupted.
///
/// It is the event: fields can be set while it runs. [`telemetry_operation`](crate::telemetry_operation) wraps the body of
/// a function in one.
///
/// In a forked child it emits nothing, since the operation goes on in the parent: a daemon starts its operations after the
/// fork. A guard that is never dropped emits nothing: one that is leaked, is in a static, or belongs to a thread that
/// still runs when the process calls `exit` or aborts. A variable of `main` is dropped when `main` returns, and emits.
/// Emitting never panics, not even where the host's own clock or logger does; that costs the event.
///
/// ```
/// use telemetry_core::{Product, Profile, TelemetryEnum, TelemetryEvent};
///
/// struct Shop;
/// impl Product for Shop {
///     const PROFILE: Profile = Profile::new("shop", "1");
/// }
///
/// /// How it ended.
/// #[derive(Debug, Clone, Copy, TelemetryEnum)]
/// #[telemetry(rename_all = "snake_case")]
/// enum Outcome {
///     Success,
///     Failure,
///     Interrupted,
///     #[telemetry(fallback)]
///     Undefined,
/// }
///
/// /// A payment was tried.
/// #[derive(TelemetryEvent)]
/// #[telemetry(product = Shop, event_name = "payment", schema_version = "1.0")]
/// struct Payment {
///     /// How it ended.
///     #[telemetry(outcome, sentinel = Outcome::Undefined)]
///     outcome: Outcome,
///     /// How long it took.
///     #[telemetry(duration = "ms", sentinel = -1)]
///     duration_ms: i64,
///     /// How often the card was declined.
///     #[telemetry(sentinel = 0)]
///     num_declined: u32,
/// }
///
/// # fn pay() -> Result<(), String> { Err("declined".into()) }
/// # #[cfg(feature = "testing")] {
/// let (telemetry, sent) = telemetry_core::testing::capture::<Shop>();
/// let mut payment = telemetry.operation(Payment::default());
/// payment.num_declined += 1;
/// payment.finish(&pay());
/// drop(telemetry.operation(Payment::default()));
///
/// let outcomes: Vec<_> = sent.events().iter().map(|event| event.parameters["outcome"].clone()).collect();
/// assert_eq!(outcomes, ["failure", "interrupted"]);
/// # }
/// ```
#[must_use = "the operation ends when its guard is dropped; bind it with `let mut operation = …`"]
pub struct Operation<E: OperationEvent> {
    event: E,
    client: Client<E::Product>,
    /// `None` once the operation is over, and in a program without telemetry.
    running: Option<Running>,
}

struct Running {
    start: Instant,
    /// The process in which the operation goes on.
    process: ProcessIdentity,
}

impl<E: OperationEvent> std::fmt::Debug for Operation<E> {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        let mut shown = f.debug_struct("Operation");
        if Client::<E::Product>::CAN_REPORT {
            shown.field("event", &const { E::DESCRIPTOR.name });
        }
        shown.finish_non_exhaustive()
    }
}

impl<E: OperationEvent> Operation<E> {
    pub(crate) fn start(client: Client<E::Product>, event: E) -> Self {
        let start = || Running { start: Instant::now(), process: ProcessIdentity::current() };
        Self { event, client, running: Client::<E::Product>::CAN_REPORT.then(start) }
    }

    /// Ends the operation: `Ok` is a success, `Err` a failure. The value and the error are not inspected.
    ///
    /// ```
    /// # use telemetry_core::{Product, Profile, TelemetryEnum, TelemetryEvent};
    /// # struct Shop;
    /// # impl Product for Shop {
    /// #     const PROFILE: Profile = Profile::new("shop", "1");
    /// # }
    /// # /// How it ended.
    /// # #[derive(Debug, Clone, Copy, TelemetryEnum)]
    /// # #[telemetry(rename_all = "snake_case")]
    /// # enum Outcome {
    /// #     Success,
    /// #     Failure,
    /// #     Interrupted,
    /// #     #[telemetry(fallback)]
    /// #     Undefined,
    /// # }
    /// # /// A payment was tried.
    /// # #[derive(TelemetryEvent)]
    /// # #[telemetry(product = Shop, event_name = "payment", schema_version = "1.0")]
    /// # struct Payment {
    /// #     /// How it ended.
    /// #     #[telemetry(outcome, sentinel = Outcome::Undefined)]
    /// #     outcome: Outcome,
    /// # }
    /// # #[cfg(feature = "testing")] {
    /// let (telemetry, sent) = telemetry_core::testing::capture::<Shop>();
    /// let payment = telemetry.operation(Payment::default());
    /// payment.finish(&"12 EUR".parse::<u32>());
    /// assert_eq!(sent.events()[0].parameters["outcome"], "failure");
    /// # }
    /// ```
    pub fn finish<T, F>(self, result: &Result<T, F>) {
        self.finish_with(if result.is_ok() { OperationOutcome::Success } else { OperationOutcome::Failure });
    }

    /// Ends the operation with this outcome.
    ///
    /// ```
    /// # use telemetry_core::{Product, Profile, TelemetryEnum, TelemetryEvent};
    /// # struct Shop;
    /// # impl Product for Shop {
    /// #     const PROFILE: Profile = Profile::new("shop", "1");
    /// # }
    /// # /// How it ended.
    /// # #[derive(Debug, Clone, Copy, TelemetryEnum)]
    /// # #[telemetry(rename_all = "snake_case")]
    /// # enum Outcome {
    /// #     Success,
    /// #     Failure,
    /// #     Interrupted,
    /// #     #[telemetry(fallback)]
    /// #     Undefined,
    /// # }
    /// # /// A payment was tried.
    /// # #[derive(TelemetryEvent)]
    /// # #[telemetry(product = Shop, event_name = "payment", schema_version = "1.0")]
    /// # struct Payment {
    /// #     /// How it ended.
    /// #     #[telemetry(outcome, sentinel = Outcome::Undefined)]
    /// #     outcome: Outcome,
    /// # }
    /// # #[cfg(feature = "testing")] {
    /// use telemetry_core::operation::OperationOutcome;
    ///
    /// let (telemetry, sent) = telemetry_core::testing::capture::<Shop>();
    /// let payment = telemetry.operation(Payment::default());
    /// payment.finish_with(OperationOutcome::Interrupted); // the user closed the window
    /// assert_eq!(sent.events()[0].parameters["outcome"], "interrupted");
    /// # }
    /// ```
    pub fn finish_with(mut self, outcome: OperationOutcome) {
        self.emit(outcome);
    }

    fn emit(&mut self, outcome: OperationOutcome) {
        let running = self.running.take().filter(|running| running.process == ProcessIdentity::current());
        if Client::<E::Product>::CAN_REPORT
            && let Some(Running { start, .. }) = running
        {
            // The host's own clock or logger may panic here; while the thread unwinds that would end the process.
            let emitted = catch_unwind(AssertUnwindSafe(|| {
                self.event.record_outcome(outcome, start.elapsed());
                self.client.emit_in_place(&mut self.event);
            }));
            drop(emitted);
        }
    }
}

impl<E: OperationEvent> Deref for Operation<E> {
    type Target = E;

    fn deref(&self) -> &E {
        &self.event
    }
}

impl<E: OperationEvent> DerefMut for Operation<E> {
    fn deref_mut(&mut self) -> &mut E {
        &mut self.event
    }
}

impl<E: OperationEvent> Drop for Operation<E> {
    fn drop(&mut self) {
        self.emit(OperationOutcome::Interrupted);
    }
}
