// SPDX-FileCopyrightText: Copyright (c) 2026 NVIDIA CORPORATION & AFFILIATES. All rights reserved.
// SPDX-License-Identifier: Apache-2.0

//! `--respond`: answers some requests as a server with a problem does, to test clients.

use std::sync::Arc;
use std::sync::atomic::{AtomicU64, Ordering};

use axum::http::StatusCode;

/// An answer that a server with a problem gives.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Fault {
    /// This status. The events are not stored.
    Status(StatusCode),
    /// No answer, until the client gives up. The events are not stored.
    Hang,
    /// The right answer, one byte at a time. The events are stored.
    Drip,
}

/// The faults and their probabilities, which are 1 together at most.
#[derive(Debug, Clone, Default)]
pub(super) struct Faults(Vec<(Fault, f64)>);

/// Chooses the fault of each request, in the same order for the same seed.
#[derive(Debug, Clone)]
pub(super) struct Chance {
    faults: Faults,
    state: Arc<AtomicU64>,
}

impl Faults {
    /// Reads `503:0.2,429:0.1,hang:0.05,drip:0.05`.
    pub(super) fn parse(text: &str) -> Result<Self, String> {
        let faults = text.split(',').map(entry).collect::<Result<Vec<_>, _>>()?;
        let sum: f64 = faults.iter().map(|(_, probability)| probability).sum();
        // Sums of decimal fractions can be slightly above 1.
        if sum > 1.0 + 1e-9 {
            Err(format!("the probabilities add up to {sum}, which is more than 1"))
        } else {
            Ok(Self(faults))
        }
    }
}

fn entry(text: &str) -> Result<(Fault, f64), String> {
    let (fault, probability) = text
        .split_once(':')
        .ok_or_else(|| format!("`{text}` is not a fault and its probability, such as `503:0.2`"))?;
    let is_probability = |number: &f64| (0.0..=1.0).contains(number);
    let probability = probability.parse().ok().filter(is_probability);
    let probability =
        probability.ok_or_else(|| format!("the probability of `{fault}` is not a number from 0 to 1"))?;
    Ok((self::fault(fault)?, probability))
}

fn fault(text: &str) -> Result<Fault, String> {
    match text {
        "hang" => return Ok(Fault::Hang),
        "drip" => return Ok(Fault::Drip),
        _ => {}
    }
    let status = text.parse().ok().filter(|status| (300..=599).contains(status));
    let status = status.and_then(|status| StatusCode::from_u16(status).ok());
    status
        .map(Fault::Status)
        .ok_or_else(|| format!("`{text}` is not a status from 300 to 599, `hang` or `drip`"))
}

impl Chance {
    pub(super) fn new(faults: Faults, seed: u64) -> Self {
        Self { faults, state: Arc::new(AtomicU64::new(seed)) }
    }

    /// The fault of the next request, if it has one.
    pub(super) fn next(&self) -> Option<Fault> {
        if self.faults.0.is_empty() {
            return None;
        }
        let mut rest = self.fraction();
        let chosen = self.faults.0.iter().find(|(_, probability)| {
            rest -= probability;
            rest < 0.0
        });
        chosen.map(|(fault, _)| *fault)
    }

    /// A number from 0 to below 1, by SplitMix64.
    #[expect(clippy::cast_precision_loss, reason = "53 bits are exact")]
    fn fraction(&self) -> f64 {
        const STEP: u64 = 0x9E37_79B9_7F4A_7C15;
        let mut bits = self.state.fetch_add(STEP, Ordering::Relaxed).wrapping_add(STEP);
        bits = (bits ^ (bits >> 30)).wrapping_mul(0xBF58_476D_1CE4_E5B9);
        bits = (bits ^ (bits >> 27)).wrapping_mul(0x94D0_49BB_1331_11EB);
        ((bits ^ (bits >> 31)) >> 11) as f64 / (1_u64 << 53) as f64
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn faults_are_chosen_by_their_probabilities_and_in_the_same_order_for_the_same_seed() {
        let faults = Faults::parse("503:0.2,429:0.1,hang:0.05,drip:0.05").unwrap();
        let run = |seed| {
            let chance = Chance::new(faults.clone(), seed);
            (0..10_000).map(|_| chance.next()).collect::<Vec<_>>()
        };
        let first = run(7);
        assert_eq!(first, run(7));
        assert_ne!(first, run(8));
        let share = |fault| first.iter().filter(|found| **found == fault).count();
        let status = |status| Some(Fault::Status(StatusCode::from_u16(status).unwrap()));
        for (fault, expected) in [
            (status(503), 2000),
            (status(429), 1000),
            (Some(Fault::Hang), 500),
            (Some(Fault::Drip), 500),
            (None, 6000),
        ] {
            assert!(share(fault).abs_diff(expected) < 200, "{fault:?}: {}", share(fault));
        }
        let always = Chance::new(Faults::parse("503:1").unwrap(), 1);
        assert!((0..1000).all(|_| always.next() == status(503)));
    }

    #[test]
    fn the_wrong_part_is_named() {
        for (text, problem) in [
            ("", "`` is not a fault and its probability"),
            ("503", "`503` is not a fault and its probability"),
            ("503:0.2,", "`` is not a fault and its probability"),
            ("503:2", "the probability of `503` is not a number from 0 to 1"),
            ("503:-0.1", "the probability of `503` is not"),
            ("503:NaN", "the probability of `503` is not"),
            ("200:0.1", "`200` is not a status from 300 to 599, `hang` or `drip`"),
            ("600:0.1", "`600` is not a status"),
            ("crash:0.1", "`crash` is not a status"),
            ("503:0.6,429:0.6", "the probabilities add up to 1.2, which is more than 1"),
        ] {
            let error = Faults::parse(text).unwrap_err();
            assert!(error.starts_with(problem), "{text}: {error}");
        }
        assert!(Faults::parse("503:0.1,429:0.2,500:0.7").is_ok());
    }
}
