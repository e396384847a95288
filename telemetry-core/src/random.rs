// SPDX-FileCopyrightText: Copyright (c) 2026 NVIDIA CORPORATION & AFFILIATES. All rights reserved.
// SPDX-License-Identifier: Apache-2.0

//! Randomness that can fail: without it there is no session, and so no event.

use std::sync::atomic::{AtomicBool, Ordering};

use crate::standard_streams::above_standard_streams;

/// Whether the source of randomness was used. Where the system has no call for it, the first use opens a file that stays open.
static WAS_USED: AtomicBool = AtomicBool::new(false);

/// Random bytes from the operating system.
pub(crate) fn bytes<const N: usize>() -> Option<[u8; N]> {
    let mut bytes = [0; N];
    let mut fill = || getrandom::fill(&mut bytes);
    let filled = if WAS_USED.load(Ordering::Relaxed) { fill() } else { above_standard_streams(fill) };
    match filled {
        Ok(()) => {
            WAS_USED.store(true, Ordering::Relaxed);
            Some(bytes)
        }
        Err(error) => {
            log::debug!("no random bytes: {error}");
            None
        }
    }
}

/// A number from 0 up to but not including 1; one half if there is no randomness.
pub(crate) fn fraction() -> f64 {
    let random = bytes().map_or(1 << 31, u32::from_le_bytes);
    f64::from(random) / (f64::from(u32::MAX) + 1.0)
}

#[cfg(test)]
mod tests {
    #[test]
    fn fractions_stay_below_one_and_differ() {
        let fractions: Vec<f64> = std::iter::repeat_with(super::fraction).take(100).collect();
        assert!(fractions.iter().all(|fraction| (0.0..1.0).contains(fraction)));
        assert!(fractions.windows(2).any(|pair| pair[0] != pair[1]));
    }
}
