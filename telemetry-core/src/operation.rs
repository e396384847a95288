// SPDX-FileCopyrightText: Copyright (c) 2026 NVIDIA CORPORATION & AFFILIATES. All rights reserved.
// SPDX-License-Identifier: Apache-2.0

//! Operations: one event each, however they end.

use std::ops::{Deref, DerefMut};
use std::time::{Duration, Instant};

use crate::client::Client;
use crate::descriptor::DurationUnit;
use crate::event::TelemetryEvent;
use crate::vocabulary::TelemetryEnum;

/// How an operation ended.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Ending {
    /// It did what it was to do.
    Success,
    /// It reported an error.
    Failure,
    /// It was cancelled, its future was dropped, or it panicked.
    Interrupted,
}

impl Ending {
    /// The words that products use, the first that a vocabulary has is taken. One without a word for an interruption says
    /// that it does not know, or else that it failed.
    const fn words(self) -> &'static [&'static str] {
        match self {
            Self::Success => &["success", "completed", "succeeded", "ok"],
            Self::Failure => &["failure", "error", "failed"],
            Self::Interrupted => &[
                "interrupted",
                "canceled",
                "cancelled",
                "undefined",
                "unknown",
                "failure",
                "error",
                "failed",
            ],
        }
    }
}

/// An event that reports one operation: it has an `outcome` field, and perhaps a `duration` field. Derived with the event.
#[diagnostic::on_unimplemented(
    message = "`{Self}` does not report an operation",
    note = "mark the field that says how it ended: `#[telemetry(outcome)]`"
)]
pub trait OperationEvent: TelemetryEvent {
    /// Writes down how the operation ended and how long it took.
    fn end(&mut self, ending: Ending, elapsed: Duration);
}

/// A running operation. It emits its event exactly once: when it is [finished](Self::finish), or when it is dropped, by an
/// early return, by unwinding or with its future; then it counts as interrupted.
///
/// It is the event: fields can be set while it runs. In a forked child it emits nothing, since the operation goes on in the
/// parent. A guard that is leaked emits nothing.
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
/// let endings: Vec<_> = sent.events().iter().map(|event| event.parameters["outcome"].clone()).collect();
/// assert_eq!(endings, ["failure", "interrupted"]);
/// # }
/// ```
#[must_use = "the operation ends when its guard is dropped; bind it with `let mut operation = …`"]
pub struct Operation<E: OperationEvent> {
    event: E,
    client: Client<E::Product>,
    start: Instant,
    /// The process in which the operation goes on.
    pid: u32,
    is_over: bool,
}

impl<E: OperationEvent> std::fmt::Debug for Operation<E> {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.debug_struct("Operation").field("event", &E::DESCRIPTOR.name).finish_non_exhaustive()
    }
}

impl<E: OperationEvent> Operation<E> {
    pub(crate) fn start(client: Client<E::Product>, event: E) -> Self {
        Self { event, client, start: Instant::now(), pid: std::process::id(), is_over: false }
    }

    /// Ends the operation: `Ok` is a success, `Err` a failure. What the result holds is not looked at.
    pub fn finish<T, F>(self, result: &Result<T, F>) {
        self.end(if result.is_ok() { Ending::Success } else { Ending::Failure });
    }

    /// Ends the operation like this.
    pub fn end(mut self, ending: Ending) {
        self.emit(ending);
    }

    fn emit(&mut self, ending: Ending) {
        if std::mem::replace(&mut self.is_over, true) || self.pid != std::process::id() {
            return;
        }
        self.event.end(ending, self.start.elapsed());
        self.client.emit_in_place(&mut self.event);
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
        self.emit(Ending::Interrupted);
    }
}

/// A field that can say how an operation ended.
#[doc(hidden)]
#[diagnostic::on_unimplemented(
    message = "`outcome` needs a closed vocabulary, but `{Self}` is not one",
    note = "put `#[derive(Clone, Copy, TelemetryEnum)]` on an enum with the variants `Success`, `Failure` and `Interrupted`"
)]
pub trait OutcomeField {
    /// Whether the type has words for success and failure.
    const HAS_WORDS: bool;

    /// Takes the word for this ending.
    fn set(&mut self, ending: Ending);
}

impl<T: TelemetryEnum + Copy> OutcomeField for T {
    const HAS_WORDS: bool = {
        let texts = T::DESCRIPTOR.variants;
        has_any(texts, Ending::Success.words()) && has_any(texts, Ending::Failure.words())
    };

    fn set(&mut self, ending: Ending) {
        if let Some(variant) = word_for(ending) {
            *self = variant;
        }
    }
}

/// A status that is `null` as long as nothing is known.
impl<T: TelemetryEnum + Copy> OutcomeField for Option<T> {
    const HAS_WORDS: bool = <T as OutcomeField>::HAS_WORDS;

    fn set(&mut self, ending: Ending) {
        *self = word_for(ending);
    }
}

/// The variant that says how it ended, in the first word that the vocabulary has.
fn word_for<T: TelemetryEnum + Copy>(ending: Ending) -> Option<T> {
    let of_word = |word: &&str| T::VARIANTS.iter().find(|variant| variant.as_str() == *word);
    ending.words().iter().find_map(of_word).copied()
}

const fn has_any(texts: &[&str], words: &[&str]) -> bool {
    let mut rest = words;
    while let [word, tail @ ..] = rest {
        if has(texts, word) {
            return true;
        }
        rest = tail;
    }
    false
}

const fn has(texts: &[&str], word: &str) -> bool {
    let mut rest = texts;
    while let [text, tail @ ..] = rest {
        if is_same(text.as_bytes(), word.as_bytes()) {
            return true;
        }
        rest = tail;
    }
    false
}

const fn is_same(mut one: &[u8], mut other: &[u8]) -> bool {
    while let ([first, one_tail @ ..], [second, other_tail @ ..]) = (one, other) {
        if *first != *second {
            return false;
        }
        (one, other) = (one_tail, other_tail);
    }
    one.is_empty() && other.is_empty()
}

/// A field that can say how long an operation took.
#[doc(hidden)]
#[diagnostic::on_unimplemented(
    message = "`duration` needs a number, but `{Self}` is not one",
    note = "use an integer such as `i64`, or a float"
)]
pub trait DurationField {
    /// Takes this time in this unit.
    fn set(&mut self, elapsed: Duration, unit: DurationUnit);
}

/// A duration that is `null` as long as it is not measured.
impl<T: DurationField + Default> DurationField for Option<T> {
    fn set(&mut self, elapsed: Duration, unit: DurationUnit) {
        self.insert(T::default()).set(elapsed, unit);
    }
}

macro_rules! integer_durations {
    ($($type:ty),*) => {$(
        impl DurationField for $type {
            fn set(&mut self, elapsed: Duration, unit: DurationUnit) {
                let number = match unit {
                    DurationUnit::Milliseconds => elapsed.as_millis(),
                    DurationUnit::Seconds => elapsed.as_secs().into(),
                };
                *self = <$type>::try_from(number).unwrap_or(<$type>::MAX);
            }
        }
    )*};
}

integer_durations!(i32, i64, u32, u64);

macro_rules! float_durations {
    ($($type:ty),*) => {$(
        impl DurationField for $type {
            fn set(&mut self, elapsed: Duration, unit: DurationUnit) {
                let seconds = elapsed.as_secs_f64();
                *self = match unit {
                    DurationUnit::Milliseconds => seconds * 1000.0,
                    DurationUnit::Seconds => seconds,
                } as $type;
            }
        }
    )*};
}

float_durations!(f32, f64);

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn durations_are_whole_numbers_of_their_unit_and_saturate() {
        let (mut small, mut large, mut exact) = (0_i32, 0_u64, 0_f64);
        small.set(Duration::MAX, DurationUnit::Milliseconds);
        large.set(Duration::from_millis(2999), DurationUnit::Seconds);
        exact.set(Duration::from_millis(1500), DurationUnit::Seconds);
        assert_eq!((small, large, exact), (i32::MAX, 2, 1.5));
    }

    #[test]
    fn a_vocabulary_needs_words_for_success_and_failure() {
        assert!(has_any(&["a", "completed"], Ending::Success.words()));
        assert!(!has_any(&["complete", "completed_"], Ending::Success.words()));
    }
}
