// SPDX-FileCopyrightText: Copyright (c) 2026 NVIDIA CORPORATION & AFFILIATES. All rights reserved.
// SPDX-License-Identifier: Apache-2.0

//! A collector and a home directory for one run of a product.

mod audit;
mod environment;
mod process;
mod snapshot;
mod tail;

use std::ffi::OsStr;
use std::fs;
use std::io;
use std::path::Path;
use std::process::Command;
use std::sync::Arc;
use std::sync::atomic::{AtomicBool, Ordering};
use std::thread::sleep;
use std::time::{Duration, Instant};

use tempfile::TempDir;

use self::process::Process;
use self::snapshot::Snapshot;
use crate::check::{Ending, Observed};
use crate::collector::{Answer, Collector};
use crate::event::Event;
use crate::manifest::Scenario;
use crate::report::{Case, Report};
use crate::tested_product::TestedProduct;

/// The time between two looks at the flag of an interrupt.
const INTERRUPT_PAUSE: Duration = Duration::from_millis(50);

/// A collector on loopback and an empty home directory, for one run of a product.
///
/// A [`command`](Self::command) sends its events to this collector and keeps its files in this home directory, which is removed when the
/// test bed is dropped. So are its temporary files, in the directory `tmp` of the home directory. All endpoint variables of the product and of the NeMo family name the collector, and all proxy variables name a
/// closed port, so that a product with a fixed endpoint reaches nothing through them. Opt-out variables are removed, so that a
/// test has the same result in CI.
///
/// ```
/// use telemetry_expect::{Scenario, TestBed, TestedProduct};
///
/// let shop = TestedProduct::new("shop").endpoint_variables(["SHOP_TELEMETRY_ENDPOINT"]);
/// let bed = TestBed::start(&shop)?;
///
/// // A test of a product runs its program here, such as env!("CARGO_BIN_EXE_shop"). Cargo reports nothing.
/// assert!(bed.command(env!("CARGO")).arg("--version").output()?.status.success());
///
/// let scenario: Scenario = "[[event]]\nname = \"order\"\n".parse()?;
/// # let scenario: Scenario = "timeout = \"1ms\"\nsettle = \"1ms\"\n[[event]]\nname = \"order\"\n".parse()?;
/// let report = bed.check(&scenario);
/// assert!(!report.is_met());
/// assert_eq!(report.differences().next().unwrap().subject, "event `order`: count");
/// # Ok::<(), Box<dyn std::error::Error>>(())
/// ```
#[derive(Debug)]
pub struct TestBed {
    product: TestedProduct,
    collector: Collector,
    home: TempDir,
    /// Variables of the scenario.
    variables: Vec<(String, String)>,
    before: Snapshot,
    start: Instant,
    is_interrupted: Arc<AtomicBool>,
}

/// Why the wait for a command is over.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Reason {
    Ended,
    Met,
    TimedOut,
}

impl TestBed {
    /// Starts a test bed for one run of `product`.
    ///
    /// # Errors
    ///
    /// If the collector cannot be started or the home directory cannot be created.
    pub fn start(product: &TestedProduct) -> io::Result<Self> {
        Self::of_scenario(product, &Scenario::default())
    }

    /// Starts a test bed with the variables, files and answers of a scenario.
    ///
    /// # Errors
    ///
    /// If the collector cannot be started, or the home directory or one of its files cannot be created.
    pub fn of_scenario(product: &TestedProduct, scenario: &Scenario) -> io::Result<Self> {
        let home = TempDir::with_prefix("telemetry-expect-")?;
        let settings = &scenario.settings;
        for (path, text) in &settings.files {
            write(&home.path().join(path), text).map_err(|error| named(path, &error))?;
        }
        let temporary = Path::new(environment::TEMPORARY);
        fs::create_dir_all(home.path().join(temporary)).map_err(|error| named(temporary, &error))?;
        Ok(Self {
            before: Snapshot::of(home.path()),
            product: product.clone(),
            collector: Collector::answering(settings.respond.iter().copied().map(Answer::Status))?,
            home,
            variables: settings.env.clone(),
            start: Instant::now(),
            is_interrupted: Arc::default(),
        })
    }

    /// Sets a flag that ends [`run`](Self::run) and [`check`](Self::check) early once it is `true`, such as one that the handler of
    /// a signal sets.
    #[must_use]
    pub fn interrupted_by(mut self, flag: Arc<AtomicBool>) -> Self {
        self.is_interrupted = flag;
        self
    }

    /// The collector.
    #[must_use]
    pub const fn collector(&self) -> &Collector {
        &self.collector
    }

    /// The variable with which the product can be pointed at the collector, if it has one.
    #[must_use]
    pub fn endpoint_variable(&self) -> Option<&str> {
        self.product.endpoint_variables.first().map(String::as_str)
    }

    /// The home directory of the product.
    #[must_use]
    pub fn home(&self) -> &Path {
        self.home.path()
    }

    /// The variables that a [`command`](Self::command) gets, in addition to those of this process, and in place of them.
    #[must_use]
    pub fn variables(&self) -> Vec<(String, String)> {
        let mut variables = environment::set(&self.product, &self.collector.url(), self.home.path());
        variables.retain(|(name, _)| !self.variables.iter().any(|(other, _)| other == name));
        variables.extend_from_slice(&self.variables);
        variables
    }

    /// A command for the product. Its variables are those of this process without opt-outs, proxies and other endpoints, and the
    /// [`variables`](Self::variables) of the test bed.
    #[must_use]
    pub fn command(&self, program: impl AsRef<OsStr>) -> Command {
        let mut command = Command::new(program);
        for name in environment::removed(&self.product) {
            command.env_remove(name);
        }
        command.envs(self.variables());
        command
    }

    /// Runs a command, waits until it ends or the time limit of the scenario is over, and compares its events with the scenario.
    ///
    /// On Unix, the command runs in a process group of its own. After the settle time of the scenario, all processes of this group are
    /// killed, so that the command leaves none behind.
    ///
    /// # Errors
    ///
    /// If the command cannot be started, or with [`io::ErrorKind::Interrupted`] after an [interrupt](Self::interrupted_by).
    pub fn run(&self, scenario: &Scenario, command: &[String]) -> io::Result<Report> {
        let (program, arguments) = command
            .split_first()
            .ok_or_else(|| io::Error::new(io::ErrorKind::InvalidInput, "the command is empty"))?;
        let mut process = Process::start(self.command(program).args(arguments), &scenario.settings)?;
        let reason = self.watch(scenario, &mut process)?;
        if reason == Reason::Met {
            self.poll(scenario.settings.settle, |_| false);
        }
        let has_ended = reason == Reason::Ended || self.stop(&mut process);
        self.settle(scenario);
        self.check_interrupt()?;
        let status = process.end()?;
        let ending = match reason {
            Reason::TimedOut => Ending::TimedOut(scenario.settings.timeout),
            Reason::Met if !has_ended => Ending::Stopped,
            _ => Ending::Exited(status),
        };
        Ok(self.report(scenario, Some(ending), process.output()))
    }

    /// Waits for the first event, at most for the time limit of the scenario, if the scenario expects neither events nor that none is
    /// sent. It precedes [`check`](Self::check) where a program is started by hand, or where a manifest is written from what it sends.
    pub fn wait_for_first_event(&self, scenario: &Scenario) {
        if scenario.silent.is_none() && scenario.has_all(&[]) {
            self.wait(scenario, |events| !events.is_empty());
        }
    }

    /// Waits for the events that the scenario expects, and compares all events with it. It waits no longer than the time limit
    /// of the scenario. After that it waits until no event has arrived for the settle time of the scenario, so that it finds an event
    /// too many.
    #[must_use]
    pub fn check(&self, scenario: &Scenario) -> Report {
        if scenario.silent.is_none() {
            self.wait(scenario, |events| scenario.has_all(events));
        }
        self.settle(scenario);
        self.report(scenario, None, String::new())
    }

    fn watch(&self, scenario: &Scenario, process: &mut Process) -> io::Result<Reason> {
        let settings = &scenario.settings;
        loop {
            self.check_interrupt()?;
            if process.has_ended()? {
                return Ok(Reason::Ended);
            }
            if settings.stop_when_met && self.is_met_so_far(scenario) {
                return Ok(Reason::Met);
            }
            if self.start.elapsed() >= settings.timeout {
                return Ok(Reason::TimedOut);
            }
            sleep(Process::PAUSE);
        }
    }

    /// Ends standard input, then sends `SIGTERM` to a command that has not ended. Returns whether it has ended by itself.
    fn stop(&self, process: &mut Process) -> bool {
        process.end_input();
        if self.ends(process) {
            return true;
        }
        process.terminate();
        self.ends(process);
        false
    }

    fn ends(&self, process: &mut Process) -> bool {
        self.poll(Process::GRACE, |_| process.has_ended().unwrap_or(true))
    }

    fn check_interrupt(&self) -> io::Result<()> {
        if self.is_interrupted() { Err(io::ErrorKind::Interrupted.into()) } else { Ok(()) }
    }

    fn is_interrupted(&self) -> bool {
        self.is_interrupted.load(Ordering::Relaxed)
    }

    fn is_met_so_far(&self, scenario: &Scenario) -> bool {
        let is_over = scenario.silent().is_none_or(|silent| self.start.elapsed() >= silent);
        is_over && self.collector.wait_until(Duration::ZERO, |events| scenario.has_all(events))
    }

    /// Waits until there are enough events, at most until the time limit of the scenario.
    fn wait(&self, scenario: &Scenario, is_enough: impl Fn(&[Event]) -> bool) {
        self.poll(scenario.settings.timeout, |time| self.collector.wait_until(time, &is_enough));
    }

    /// Waits until no event has arrived for the settle time, and until the silent time is over.
    fn settle(&self, scenario: &Scenario) {
        let settle = scenario.settings.settle;
        self.poll(settle, |time| self.collector.wait_for_connections(time));
        let start = Instant::now();
        let mut count = self.collector.count();
        while start.elapsed() < settle.saturating_mul(10)
            && self.poll(settle, |time| self.collector.wait_until(time, |events| events.len() > count))
        {
            count = self.collector.count();
        }
        let silent = scenario.silent().unwrap_or(Duration::ZERO);
        self.poll(silent.saturating_sub(self.start.elapsed()), |_| false);
    }

    /// Calls `is_over`, which may wait for the time that it gets, until it returns `true`, an interrupt comes, or `time` is over. Returns
    /// what it has returned.
    fn poll(&self, time: Duration, mut is_over: impl FnMut(Duration) -> bool) -> bool {
        let start = Instant::now();
        loop {
            let left = time.saturating_sub(start.elapsed());
            let (pause, call) = (left.min(INTERRUPT_PAUSE), Instant::now());
            if is_over(pause) {
                return true;
            }
            if left.is_zero() || self.is_interrupted() {
                return false;
            }
            sleep(pause.saturating_sub(call.elapsed()));
        }
    }

    fn report(&self, scenario: &Scenario, ending: Option<Ending>, output: String) -> Report {
        let events = self.collector.events();
        let observed = Observed {
            violations: events.iter().map(|event| self.product.violations(event)).collect(),
            events,
            refused: self.collector.problems(),
            connections: self.collector.connections(),
            audit: audit::read(self.home.path(), &self.product),
            changes: Snapshot::of(self.home.path()).changes(&self.before),
            ending,
        };
        Report::from(Case::new(scenario, observed, output, self.start.elapsed()))
    }
}

fn named(path: &Path, error: &io::Error) -> io::Error {
    io::Error::new(error.kind(), format!("cannot write `{}`: {error}", path.display()))
}

fn write(path: &Path, text: &str) -> io::Result<()> {
    path.parent().map_or(Ok(()), fs::create_dir_all)?;
    fs::write(path, text)
}
