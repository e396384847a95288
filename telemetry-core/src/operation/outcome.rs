// SPDX-FileCopyrightText: Copyright (c) 2026 NVIDIA CORPORATION & AFFILIATES. All rights reserved.
// SPDX-License-Identifier: Apache-2.0

//! How an operation ended, and the variant that a vocabulary has for it.

use std::str::FromStr;

use telemetry_schema::text::is_one_of;

use crate::vocabulary::TelemetryEnum;

/// How an operation ended.
///
/// ```
/// use telemetry_core::operation::OperationOutcome;
///
/// let exit_status = 130; // ended by Ctrl-C
/// let outcome = match exit_status {
///     0 => OperationOutcome::Success,
///     130 => OperationOutcome::Interrupted,
///     _ => OperationOutcome::Failure,
/// };
/// assert_eq!(outcome, OperationOutcome::Interrupted);
/// ```
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
#[non_exhaustive]
pub enum OperationOutcome {
    /// It succeeded.
    Success,
    /// It failed.
    Failure,
    /// It was cancelled, its future was dropped, or it panicked.
    Interrupted,
}

impl OperationOutcome {
    /// The words that products use, in order of preference: the first one in the vocabulary is sent. Without a word for an
    /// interruption that is the word for unknown, or else the one for a failure.
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

/// A field that can say how an operation ended.
#[doc(hidden)]
#[diagnostic::on_unimplemented(
    message = "`outcome` needs a closed vocabulary, but `{Self}` is not one",
    note = "put `#[derive(TelemetryEnum)]` and `#[telemetry(rename_all = \"snake_case\")]` on an enum with the variants `Success`, `Failure` and `Interrupted`"
)]
pub trait OutcomeField {
    /// Whether the type has words for success and failure.
    const HAS_WORDS: bool;

    /// Sets the variant for this outcome.
    fn set(&mut self, outcome: OperationOutcome);
}

impl<T: TelemetryEnum + FromStr> OutcomeField for T {
    const HAS_WORDS: bool = {
        let texts = T::DESCRIPTOR.variants;
        // Only an enum with an error that its derive reports has no texts.
        let has_both = has_any(texts, OperationOutcome::Success.words())
            && has_any(texts, OperationOutcome::Failure.words());
        texts.is_empty() || has_both
    };

    fn set(&mut self, outcome: OperationOutcome) {
        if let Some(variant) = variant_for(outcome) {
            *self = variant;
        }
    }
}

/// A status that is `null` as long as nothing is known.
impl<T: TelemetryEnum + FromStr> OutcomeField for Option<T> {
    const HAS_WORDS: bool = <T as OutcomeField>::HAS_WORDS;

    fn set(&mut self, outcome: OperationOutcome) {
        *self = variant_for(outcome);
    }
}

/// The variant for the first of the outcome's words that the vocabulary has. It is read from its text, since a vocabulary need
/// not be `Copy`.
fn variant_for<T: TelemetryEnum + FromStr>(outcome: OperationOutcome) -> Option<T> {
    outcome.words().iter().find_map(|word| word.parse().ok())
}

/// Whether a text is one of `words`.
const fn has_any(texts: &[&str], words: &[&str]) -> bool {
    let mut rest = words;
    while let [word, tail @ ..] = rest {
        if is_one_of(word, texts) {
            return true;
        }
        rest = tail;
    }
    false
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_vocabulary_needs_words_for_success_and_failure() {
        assert!(has_any(&["a", "completed"], OperationOutcome::Success.words()));
        assert!(!has_any(&["complete", "completed_"], OperationOutcome::Success.words()));
    }
}
