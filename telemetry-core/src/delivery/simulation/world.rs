// SPDX-FileCopyrightText: Copyright (c) 2026 NVIDIA CORPORATION & AFFILIATES. All rights reserved.
// SPDX-License-Identifier: Apache-2.0

//! The world around the machine: plays the shell of several processes, one action at a time, with everything that can happen
//! in between.

mod drain;

use std::sync::Arc;
use std::time::Duration;

use super::model::{Broken, Model, ensure, id_of, name_of};
use super::step::{End, Outcome, Step};
use super::tally::Tally;
use crate::delivery::machine::{Action, Machine};
use crate::delivery::queue::Batch;
use crate::delivery::retry::Completion;
use crate::endpoint::Endpoint;
use crate::profile::Profile;
use crate::record::Record;
use crate::stats::{DropReason, RequestReport};
use crate::time::IsoTimestamp;

/// Forked processes that are simulated at the same time.
const MOST_PROCESSES: usize = 4;

pub(super) struct World {
    profile: Profile,
    now: Duration,
    /// How far the clock that the machine is told is behind.
    behind: Duration,
    processes: Vec<Process>,
    turn: usize,
    last_id: u64,
    opts_out: bool,
    threads_fail: bool,
    endpoints: [Arc<Endpoint>; 2],
    steps: u64,
    /// What became of the events of processes that have ended.
    tally: Tally,
}

/// Two endpoints that end with their numbers. The second is an OpenTelemetry collector in a build that can send to one.
fn endpoints() -> [Endpoint; 2] {
    let first = Endpoint::parse("http://127.0.0.1:9/0").unwrap();
    #[cfg(feature = "otlp")]
    return [first, Endpoint::parse_otlp("http://127.0.0.1:9/v1/logs?1", None).unwrap()];
    #[cfg(not(feature = "otlp"))]
    [first, Endpoint::parse("http://127.0.0.1:9/1").unwrap()]
}

/// What the thread of a process is doing.
enum Work {
    Audit(Batch),
    Send(Batch),
    Beat,
}

struct Process {
    machine: Machine,
    model: Model,
    has_worker: bool,
    work: Option<Work>,
    /// The latest moment that the machine has heard of.
    heard: Duration,
    heartbeat: Option<Duration>,
    splits: u32,
    audit_failures: u64,
}

impl Process {
    fn new(profile: &Profile) -> Self {
        Self {
            machine: Machine::new(profile),
            model: Model::new(*profile),
            has_worker: false,
            work: None,
            heard: Duration::ZERO,
            heartbeat: None,
            splits: 0,
            audit_failures: 0,
        }
    }
}

impl World {
    pub(super) fn new(profile: Profile) -> Self {
        Self {
            profile,
            now: Duration::ZERO,
            behind: Duration::ZERO,
            processes: vec![Process::new(&profile)],
            turn: 0,
            last_id: 0,
            opts_out: false,
            threads_fail: false,
            endpoints: endpoints().map(Arc::new),
            steps: 0,
            tally: Tally::default(),
        }
    }

    fn process(&mut self) -> &mut Process {
        let turn = self.turn % self.processes.len();
        &mut self.processes[turn]
    }

    /// The moment that the machine is told now; the machine goes by the latest it has heard of.
    fn tell_time(&mut self) -> (Duration, Duration) {
        let told = self.now.saturating_sub(self.behind);
        let process = self.process();
        process.heard = process.heard.max(told);
        (told, process.heard)
    }

    pub(super) fn play(&mut self, step: Step) -> Broken {
        self.steps += 1;
        match step {
            Step::Report { schema, endpoint, size } => self.report(schema, endpoint, size)?,
            Step::ReportToNowhere => self.report_to_nowhere(),
            Step::Work(outcome) => self.work(outcome)?,
            Step::Pass(time) => self.now += time,
            Step::GoBack(time) => self.behind = time,
            Step::SwitchOff => self.switch_off(),
            Step::PlaceMarker => self.opts_out = true,
            Step::Allow => self.opts_out = false,
            Step::Flush => self.flush(),
            Step::Stop => self.stop(),
            Step::Abandon => self.abandon(),
            Step::Fork => self.fork(),
            Step::Kill => self.kill(),
            Step::Turn => self.turn = (self.turn + 1) % self.processes.len(),
            Step::StartHeartbeat { interval } => self.start_heartbeat(interval),
            Step::ThreadsFail(fail) => self.threads_fail = fail,
        }
        self.check()
    }

    fn check(&mut self) -> Broken {
        let process = self.process();
        process.model.counts(process.machine.stats())?;
        process.model.check_attempts(process.splits)?;
        let failures = process.machine.stats().audit_failures;
        ensure!(failures == process.audit_failures, "{failures} audit failures counted");
        Ok(())
    }

    fn record(&mut self, schema: u8, size: usize) -> (u64, Record) {
        self.last_id += 1;
        let schema_version = ["1.0", "1.1"][usize::from(schema)];
        let parameters = format!("{:0>size$}", self.last_id).into();
        let timestamp = IsoTimestamp::new(0.0).unwrap();
        (self.last_id, Record { name: name_of(size), schema_version, timestamp, parameters })
    }

    fn report(&mut self, schema: u8, endpoint: u8, size: usize) -> Broken {
        if self.opts_out {
            // The caller has seen the opt-out: it makes no event, and stops deliveries.
            self.switch_off();
            return Ok(());
        }
        let (id, record) = self.record(schema, size);
        let target = Arc::clone(&self.endpoints[usize::from(endpoint)]);
        let (told, heard) = self.tell_time();
        let process = self.process();
        let before = process.machine.stats().clone();
        process.machine.push(record, target, told);
        let after = process.machine.stats();
        process.model.reported(id, (schema, endpoint, size), heard, &before, after)?;
        self.want_worker();
        Ok(())
    }

    fn report_to_nowhere(&mut self) {
        let process = self.process();
        process.machine.drop_unqueued(DropReason::BadEndpoint);
        process.model.reported_to_nowhere();
    }

    /// Starts a thread if there is something to do and none runs, unless there are no threads.
    fn want_worker(&mut self) {
        let threads_fail = self.threads_fail;
        let process = self.process();
        process.has_worker |= !threads_fail && !process.machine.needs_no_thread();
    }

    fn switch_off(&mut self) {
        let process = self.process();
        process.machine.opted_out();
        process.model.opt_out();
    }

    fn flush(&mut self) {
        let process = self.process();
        process.machine.flush();
        process.model.flush();
        self.want_worker();
    }

    fn stop(&mut self) {
        let process = self.process();
        process.machine.stop();
        process.model.stop();
        self.want_worker();
    }

    fn abandon(&mut self) {
        let process = self.process();
        if process.model.is_stopping() {
            process.machine.abandon();
            process.model.cancel();
        }
    }

    /// The child has nothing of its parent's: its first report starts afresh.
    fn fork(&mut self) {
        if self.processes.len() < MOST_PROCESSES {
            self.processes.push(Process::new(&self.profile));
        }
    }

    /// A process dies with all it has; another one may go on, or a new one starts.
    fn kill(&mut self) {
        let turn = self.turn % self.processes.len();
        let killed = self.processes.remove(turn);
        self.tally.process_ends(&killed.model, killed.machine.stats());
        if self.processes.is_empty() {
            self.processes.push(Process::new(&self.profile));
        }
    }

    fn start_heartbeat(&mut self, interval: Duration) {
        let process = self.process();
        if process.machine.has_heartbeat() || process.machine.stats().produced == 0 {
            return;
        }
        let (told, heard) = self.tell_time();
        let process = self.process();
        process.machine.start_heartbeat(interval.as_secs_f64(), told, 0.5);
        process.heartbeat = Some(interval);
        process.model.heartbeat(heard + interval);
        self.want_worker();
    }

    fn work(&mut self, outcome: Outcome) -> Broken {
        if !self.process().has_worker {
            return Ok(());
        }
        self.wake_for_nothing()?;
        match self.process().work.take() {
            Some(Work::Audit(batch)) => self.audit_ends(batch, outcome),
            Some(Work::Send(batch)) => self.request_ends(batch, outcome),
            Some(Work::Beat) => self.beat_ends(outcome),
            None => self.take_up_work(),
        }
    }

    /// While the thread is at work, another thread asks the machine for the next action.
    fn wake_for_nothing(&mut self) -> Broken {
        if !matches!(self.process().work, Some(Work::Audit(_) | Work::Send(_))) {
            return Ok(());
        }
        let (told, heard) = self.tell_time();
        let process = self.process();
        match process.machine.poll(told) {
            Action::Wait(until) => process.model.waits_for_the_shell(until, heard),
            other => Err(format!("two things at once: {other:?}")),
        }
    }

    fn take_up_work(&mut self) -> Broken {
        let ((told, heard), opts_out) = (self.tell_time(), self.opts_out);
        let process = self.process();
        let action = process.machine.poll(told);
        match &action {
            Action::Wait(until) => return process.model.waits(*until, heard, process.machine.stats()),
            Action::Exit => return self.thread_ends(),
            Action::Audit(batch) => process.model.audits(batch, heard)?,
            Action::Beat => process.model.beats(heard)?,
            Action::Send(_) => {}
        }
        if opts_out {
            return self.withhold(action);
        }
        let process = self.process();
        process.work = Some(match action {
            Action::Audit(batch) => Work::Audit(batch),
            Action::Send(batch) => {
                process.model.sends(&batch, heard)?;
                Work::Send(batch)
            }
            _ => Work::Beat,
        });
        Ok(())
    }

    fn thread_ends(&mut self) -> Broken {
        let profile = self.profile;
        let process = self.process();
        ensure!(process.machine.needs_no_thread(), "the thread ends although there is something to do");
        process.has_worker = false;
        if process.model.is_stopping() {
            let ended = std::mem::replace(process, Process::new(&profile));
            self.tally.process_ends(&ended.model, ended.machine.stats());
        }
        Ok(())
    }

    /// The thread has found the marker before it began.
    fn withhold(&mut self, action: Action) -> Broken {
        self.switch_off();
        let process = self.process();
        if let Action::Audit(batch) | Action::Send(batch) = action {
            process.machine.withheld(&batch);
        }
        ensure!(process.machine.is_idle(), "something waits after an opt-out");
        process.has_worker = false;
        Ok(())
    }

    fn audit_ends(&mut self, batch: Batch, outcome: Outcome) -> Broken {
        let process = self.process();
        let failures = if outcome.disk_fails { batch.records.len() as u64 } else { 0 };
        process.audit_failures += failures;
        process.machine.audited(batch, failures);
        Ok(())
    }

    fn request_ends(&mut self, batch: Batch, outcome: Outcome) -> Broken {
        self.now += outcome.took;
        let (told, heard) = self.tell_time();
        let ids: Vec<u64> = batch.records.iter().map(|record| id_of(&record.parameters)).collect();
        let result = match outcome.end {
            End::Status(status) => Ok(status),
            End::NoAnswer | End::AnswerLost => Err("no answer".to_owned()),
        };
        let process = self.process();
        process.splits += u32::from(outcome.end == End::Status(413));
        process.model.answered(&ids, outcome, heard);
        let report = RequestReport { result, elapsed: outcome.took };
        let answer = Completion { report, retry_after: outcome.retry_after, rejected: outcome.rejected };
        process.machine.sent(batch, answer, told, outcome.jitter);
        Ok(())
    }

    fn beat_ends(&mut self, outcome: Outcome) -> Broken {
        let (id, record) = self.record(0, 20);
        let (told, heard) = self.tell_time();
        let process = self.process();
        let before = process.machine.stats().clone();
        let was_running = process.machine.has_heartbeat();
        // The newest report decides where heartbeats go; the model looks at what the machine does with it.
        process.machine.beat(Some(Ok(record)), told, outcome.jitter);
        let after = process.machine.stats();
        if !was_running {
            ensure!(after == &before, "a heartbeat is taken after heartbeats have ended");
            return Ok(());
        }
        process.model.heartbeat(heard + process.heartbeat.unwrap_or_default());
        let Some(url) = process.machine.newest_endpoint() else {
            process.model.reported_to_nowhere();
            return Ok(());
        };
        let endpoint = u8::from(url.ends_with('1'));
        process.model.reported(id, (0, endpoint, 20), heard, &before, after)
    }
}
