// SPDX-FileCopyrightText: Copyright (c) 2026 NVIDIA CORPORATION & AFFILIATES. All rights reserved.
// SPDX-License-Identifier: Apache-2.0

//! Random pairs of a schema and an event are judged by the comparison and by an independent validator, which is given values at
//! the ends of what the event can have.
//!
//! `COMPARISON_PAIRS=1000000` judges as many pairs, and `COMPARISON_SEED=17` only those of one seed, as a failure prints it.

mod judge;

use std::collections::BTreeMap;
use std::panic::resume_unwind;

use judge::{Judged, Pairs, Verdict};
use telemetry_tests::pairs::choices::{Choices, shrink};

/// How many pairs the gate judges.
const PAIRS: u64 = 100_000;

/// How often each verdict was reached.
type Counts = BTreeMap<String, u64>;

fn number(variable: &str) -> Option<u64> {
    let text = std::env::var(variable).ok()?;
    Some(text.parse().unwrap_or_else(|_| panic!("`{variable}` is a number, not `{text}`")))
}

/// The pairs of one schema with the verdicts on them; nothing for a schema that the reader refuses.
fn judge(choices: &mut Choices) -> Option<(Pairs, Vec<Judged>)> {
    let pairs = Pairs::generate(choices)?;
    let judged = pairs.judge();
    Some((pairs, judged))
}

/// The smallest pair that fails, out of those of the seed `seed` and smaller ones.
fn explain(seed: u64, choices: Vec<u32>) -> String {
    let failure = |choices: &[u32]| {
        let (pairs, judged) = judge(&mut Choices::given(choices))?;
        judged.into_iter().find(|judged| judged.verdict.is_failure()).map(|failure| (pairs.text(), failure))
    };
    let smallest = shrink(choices, |choices| failure(choices).is_some());
    let (schema, Judged { verdict, reason, event, .. }) = failure(&smallest).expect("it failed before");
    format!("COMPARISON_SEED={seed}\n{verdict:?}: {reason}\nschema: {schema}\nevent: {event:?}")
}

/// Judges the pairs of one seed after another until there are `pairs` of them.
fn judge_all(seeds: impl Iterator<Item = u64>, pairs: u64) -> Counts {
    let (mut counts, mut count) = (Counts::new(), 0);
    for seed in seeds {
        let mut choices = Choices::random(seed);
        let Some((_, judged)) = judge(&mut choices) else { continue };
        let has_failed = judged.iter().any(|judged| judged.verdict.is_failure());
        assert!(!has_failed, "{}", explain(seed, choices.taken()));
        count += judged.len() as u64;
        for Judged { verdict, is_near, .. } in judged {
            let origin = if is_near { "made for the schema" } else { "random" };
            *counts.entry(format!("{verdict:?}, {origin}")).or_default() += 1;
        }
        if count >= pairs {
            break;
        }
    }
    counts
}

/// Two threads, which share no seed.
fn judge_in_parallel(pairs: u64) -> Counts {
    let mut counts = Counts::new();
    std::thread::scope(|scope| {
        let half = |first| scope.spawn(move || judge_all((first..).step_by(2), pairs.div_ceil(2)));
        for (name, count) in [half(0), half(1)]
            .into_iter()
            .flat_map(|half| half.join().unwrap_or_else(|panic| resume_unwind(panic)))
        {
            *counts.entry(name).or_default() += count;
        }
    });
    counts
}

#[test]
fn an_event_is_accepted_exactly_if_each_of_its_values_is_valid() {
    if let Some(seed) = number("COMPARISON_SEED") {
        println!("{:#?}", judge_all(std::iter::once(seed), 1));
        return;
    }
    let counts = judge_in_parallel(number("COMPARISON_PAIRS").unwrap_or(PAIRS));
    println!("{counts:#?}");
    let all: u64 = counts.values().sum();
    for verdict in [Verdict::Accepted, Verdict::Refused] {
        let near = counts.get(&format!("{verdict:?}, made for the schema")).copied().unwrap_or(0);
        assert!(near > all / 8, "{near} of {all} pairs prove little: {verdict:?}");
    }
}
