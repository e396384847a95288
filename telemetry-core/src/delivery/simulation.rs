// SPDX-FileCopyrightText: Copyright (c) 2026 NVIDIA CORPORATION & AFFILIATES. All rights reserved.
// SPDX-License-Identifier: Apache-2.0

//! Delivery in a scripted world: virtual time, a collector that does what it likes, disks that fill up, processes that fork
//! and die. After every step every invariant is checked; a script that breaks one is shrunk and its seed is kept.

mod model;
mod step;
mod tally;
mod world;

use std::cell::RefCell;

use proptest::collection::vec;
use proptest::prelude::any;
use proptest::strategy::Strategy;
use proptest::test_runner::{Config, FileFailurePersistence, TestCaseError, TestRunner};

use self::step::Script;
use self::tally::Tally;
use self::world::World;
use crate::stats::DropReason;

/// On average a script has half as many steps, and a hundred more until everything has drained.
const SCRIPTS: u32 = 1500;
const MOST_STEPS: usize = 2400;

/// Runs the script to its end and then drains it. Returns what became of all events.
fn play(script: &Script) -> Result<Tally, String> {
    let mut world = World::new(script.policies());
    for (number, step) in script.steps().enumerate() {
        world.play(step).map_err(|broken| format!("step {number}, {step:?}: {broken}"))?;
    }
    world.drain()
}

#[test]
fn no_script_breaks_an_invariant() {
    let config = Config {
        cases: Config::default().cases.max(SCRIPTS), // `PROPTEST_CASES` may ask for more
        max_shrink_iters: 20_000,
        source_file: Some(file!()),
        failure_persistence: Some(Box::new(FileFailurePersistence::SourceParallel("proptest-regressions"))),
        ..Config::default()
    };
    let all = RefCell::new(Tally::default());
    let scripts = vec(any::<u32>(), 1..=MOST_STEPS).prop_map(Script::new);
    let played = TestRunner::new(config).run(&scripts, |script| {
        all.borrow_mut().add(&play(&script).map_err(TestCaseError::fail)?);
        Ok(())
    });
    played.unwrap_or_else(|broken| panic!("{broken}"));
    assert_scripts_get_everywhere(&all.into_inner());
}

/// An invariant that holds where nothing happens says nothing.
fn assert_scripts_get_everywhere(all: &Tally) {
    eprintln!("{all:?}");
    assert!(all.steps > 1_000_000, "only {} steps", all.steps);
    assert!(all.delivered > 10_000 && all.breaker_openings > 1000 && all.retries > 1000);
    // What never becomes a record does not reach the machine as one.
    let is_made =
        |reason: &DropReason| !matches!(reason, DropReason::Unserializable | DropReason::OutOfRange);
    for reason in DropReason::ALL.iter().copied().filter(is_made) {
        assert!(all.dropped.get(&reason).is_some_and(|count| *count > 10), "no event is dropped: {reason}");
    }
}
