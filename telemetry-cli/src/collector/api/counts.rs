// SPDX-FileCopyrightText: Copyright (c) 2026 NVIDIA CORPORATION & AFFILIATES. All rights reserved.
// SPDX-License-Identifier: Apache-2.0

//! Counts over time, totals, and the most frequent names.

use axum::extract::State;
use axum::response::Response;
use serde_json::{Value, json};

use super::{Api, Pairs, json as json_response, parameters};
use crate::collector::refusal::Refusal;
use crate::collector::store::{Count, Filter, Property, Store, StoreError, iso, now};

const USUAL_MINUTES: i64 = 60;

/// The widths of a bucket, in seconds.
const STEPS: [i64; 11] = [1, 5, 15, 60, 300, 900, 1800, 3600, 10800, 21600, 86400];

/// The most buckets of an answer, unless a bucket is a day.
const MAX_BUCKETS: i64 = 96;

/// `GET /api/counts`: what the filter selects, over the last `minutes` and in total.
pub(super) async fn counts(State(api): State<Api>, pairs: Pairs) -> Result<Response, Refusal> {
    let parameters = parameters(pairs, &["minutes"])?;
    let minutes = parameters.minutes.unwrap_or(USUAL_MINUTES);
    let counts = api.read(move |store| answer(store, &parameters.filter, minutes, now())).await?;
    Ok(json_response(counts.to_string()))
}

fn answer(store: &Store, filter: &Filter, minutes: i64, now: i64) -> Result<Value, StoreError> {
    let span = Span::new(minutes, now);
    let counts = store.counts(&Filter { since: Some(span.from), ..filter.clone() }, span.step)?;
    let totals = store.totals(filter)?;
    // Of all texts: these are choices for the filter, and reading all parameters for them would take long.
    let choices = Filter { text: None, ..filter.clone() };
    let names = store.most_frequent(Property::Name, &Filter { name: None, ..choices.clone() })?;
    let products = store.most_frequent(Property::Product, &Filter { product: None, ..choices })?;
    Ok(json!({
        "from": iso(span.from), "step": span.step / 1000, "buckets": span.buckets(&counts),
        "total": totals.events, "invalid": totals.invalid,
        "first": totals.first.map(iso), "last": totals.last.map(iso),
        "names": names, "products": products,
    }))
}

/// Buckets of one width up to now, in milliseconds.
struct Span {
    from: i64,
    step: i64,
    length: usize,
}

impl Span {
    fn new(minutes: i64, now: i64) -> Self {
        let seconds = minutes * 60;
        let fits = |step: &i64| seconds / step <= MAX_BUCKETS;
        let step = STEPS.into_iter().find(fits).unwrap_or(86400) * 1000;
        let buckets = (seconds * 1000 / step).max(1);
        let from = (now / step - buckets + 1) * step;
        Self { from, step, length: usize::try_from(buckets).unwrap_or(1) }
    }

    /// All buckets, also those without events. Events from a clock that was set back since are in the last one.
    fn buckets(&self, counts: &[Count]) -> Value {
        let mut buckets = vec![[0, 0]; self.length];
        for count in counts {
            let index = usize::try_from((count.start - self.from) / self.step).unwrap_or_default();
            let index = index.min(self.length - 1);
            if let Some([valid, invalid]) = buckets.get_mut(index) {
                *(if count.is_valid { valid } else { invalid }) += count.events;
            }
        }
        buckets.into_iter().map(|[valid, invalid]| json!({"valid": valid, "invalid": invalid})).collect()
    }
}

#[cfg(test)]
mod tests {
    use super::Span;
    use crate::collector::store::Count;

    const NOW: i64 = 1_800_000_123_456;

    #[test]
    fn the_buckets_of_every_span_end_now_and_are_few() {
        for minutes in [1, 2, 15, 60, 1440, 10080, 100_000, 365 * 24 * 60] {
            let span = Span::new(minutes, NOW);
            let end = span.from + span.step * i64::try_from(span.length).unwrap();
            assert!(end > NOW && end - span.step <= NOW, "{minutes}");
            assert!(span.length <= 366 && span.from % span.step == 0, "{minutes}");
            assert!(NOW - span.from <= minutes * 60_000, "{minutes}");
        }
    }

    #[test]
    fn every_count_is_in_a_bucket() {
        let span = Span::new(1, NOW);
        let count = |start, is_valid, events| Count { start, is_valid, events };
        let late = span.from + 1_000_000;
        let buckets =
            span.buckets(&[count(span.from, true, 2), count(span.from, false, 3), count(late, true, 5)]);
        assert_eq!(buckets[0], serde_json::json!({"valid": 2, "invalid": 3}));
        assert_eq!(buckets[span.length - 1]["valid"], 5);
    }
}
