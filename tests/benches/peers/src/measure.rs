// SPDX-FileCopyrightText: Copyright (c) 2026 NVIDIA CORPORATION & AFFILIATES. All rights reserved.
// SPDX-License-Identifier: Apache-2.0

//! Times and allocations of a call that is made again and again.

use std::time::{Duration, Instant};

use crate::allocations;

/// Fewer than any of the peers' queues holds.
const BURST: u32 = 200;
const BURSTS: u32 = 40;
/// Long enough for every worker to catch up and fall asleep.
const REST: Duration = Duration::from_millis(60);

/// Median and 99th percentile in microseconds, then allocations and their bytes for each call.
pub(crate) type Cost = [f64; 4];

/// The cost of a call in bursts. The first burst does not count.
pub(crate) fn cost(call: &dyn Fn()) -> Cost {
    burst(call);
    let mut times: Vec<f64> = (0..BURSTS).flat_map(|_| burst(call)).collect();
    let [number, bytes] = allocations_of_a_burst(call);
    [quantile(&mut times, 0.5), quantile(&mut times, 0.99), number, bytes]
}

fn burst(call: &dyn Fn()) -> Vec<f64> {
    std::thread::sleep(REST);
    (0..BURST).map(|_| timed(call)).collect()
}

fn timed(call: &dyn Fn()) -> f64 {
    let start = Instant::now();
    call();
    start.elapsed().as_secs_f64() * 1e6
}

fn allocations_of_a_burst(call: &dyn Fn()) -> [f64; 2] {
    std::thread::sleep(REST);
    let (number, bytes) = allocations::count(|| (0..BURST).for_each(|_| call()));
    [number, bytes].map(|sum| sum as f64 / f64::from(BURST))
}

/// The median of each number.
pub(crate) fn median<const N: usize>(costs: impl Iterator<Item = [f64; N]> + Clone) -> [f64; N] {
    std::array::from_fn(|index| quantile(&mut costs.clone().map(|cost| cost[index]).collect::<Vec<_>>(), 0.5))
}

fn quantile(numbers: &mut [f64], share: f64) -> f64 {
    numbers.sort_by(f64::total_cmp);
    numbers[((numbers.len() - 1) as f64 * share).round() as usize]
}
