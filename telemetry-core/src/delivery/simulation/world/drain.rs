// SPDX-FileCopyrightText: Copyright (c) 2026 NVIDIA CORPORATION & AFFILIATES. All rights reserved.
// SPDX-License-Identifier: Apache-2.0

//! The end of a script: everything that waits is delivered or dropped, and every thread ends.

use std::time::Duration;

use super::World;
use crate::delivery::simulation::model::Broken;
use crate::delivery::simulation::step::{End, Outcome, Step};
use crate::delivery::simulation::tally::Tally;

/// More moves than any end of a script can take.
const PATIENCE: u32 = 5_000;

impl World {
    /// With a collector that answers and time that passes, everything drains, and every thread ends.
    /// Returns what became of all events.
    pub(in crate::delivery::simulation) fn drain(&mut self) -> Result<Tally, String> {
        (self.opts_out, self.threads_fail, self.behind) = (false, false, Duration::ZERO);
        for turn in 0..self.processes.len() {
            self.turn = turn;
            self.stop();
            self.drain_process()?;
        }
        for process in &self.processes {
            self.tally.process_ends(&process.model, process.machine.stats());
        }
        self.tally.steps = self.steps;
        Ok(self.tally.clone())
    }

    fn drain_process(&mut self) -> Broken {
        let good = Outcome {
            disk_fails: false,
            end: End::Status(200),
            took: Duration::ZERO,
            retry_after: None,
            rejected: 0,
            jitter: 0.0,
        };
        for _ in 0..PATIENCE {
            self.play(Step::Work(good))?;
            let process = self.process();
            if !process.has_worker && process.machine.is_idle() {
                return Ok(());
            }
            self.now += Duration::from_millis(100);
        }
        Err(format!("nothing drains: {:?}", self.process().machine))
    }
}
