// SPDX-FileCopyrightText: Copyright (c) 2026 NVIDIA CORPORATION & AFFILIATES. All rights reserved.
// SPDX-License-Identifier: Apache-2.0

//! The steps of a process, in order.

use std::io::Write;
use std::time::Duration;

use telemetry_core::stats::BreakerState;
use telemetry_tests::block_on::block_on;
use telemetry_tests::marked_home::become_user;
use telemetry_tests::server::PATIENCE;
use telemetry_tests::waiting::wait_until;

use super::storm::Storm;
use super::{disk, limits, logger, own_client, report};

/// What is left to do.
pub(crate) struct Script<'a> {
    steps: &'a [String],
    storm: Storm,
}

impl<'a> Script<'a> {
    pub(crate) fn new(steps: &'a [String]) -> Self {
        Self { steps, storm: Storm::default() }
    }

    /// Takes all steps up to the end, or up to the `join` that belongs to the `fork` this process comes from.
    pub(crate) fn play(mut self) {
        while let Some((step, rest)) = self.steps.split_first() {
            self.steps = rest;
            let (name, value) = step.split_once('=').unwrap_or((step, ""));
            match name {
                "join" => break,
                "fork" => self.fork(),
                "storm" => self.storm.start(value.parse().expect("a number of threads")),
                "calm" => self.storm.end(),
                _ => take(name, value),
            }
        }
    }

    fn fork(&mut self) {
        let end = end_of_fork(self.steps);
        let (inner, rest) = self.steps.split_at(end);
        limits::fork(|| Script::new(inner).play());
        self.steps = rest;
    }
}

/// How many steps belong to a fork whose first step is the first of these, its `join` included.
fn end_of_fork(steps: &[String]) -> usize {
    let mut depth = 1;
    let join = steps.iter().position(|step| {
        depth += i32::from(step == "fork") - i32::from(step == "join");
        depth == 0
    });
    join.expect("every `fork` has its `join`") + 1
}

fn take(name: &str, value: &str) {
    match name {
        "report" => report::report(value),
        "report-in-two-steps" => report::report_in_two_steps(),
        "report-config" => report::report_config(value),
        "load" => say(report::load(value)),
        "own-client" => own_client::report_through(value),
        "report-panicking" => report::report_panicking(),
        "report-unreadable" => report::report_unreadable(),
        "report-foreign" => report::report_foreign(),
        "host" => report::set_version(value),
        "host-as-told" => report::set_host_as_told(value),
        "exit-wait" => report::set_exit_wait(value.parse().expect("milliseconds")),
        "deployment" => telemetry_guardrails::set_deployment_type(value),
        "server" => limits::set_variable("NEMO_GUARDRAILS_USAGE_STATS_SERVER", value),
        "chdir" => std::env::set_current_dir(value).expect("the directory exists"),
        "set" => {
            let (variable, value) = value.split_once('=').expect("a variable and its value");
            limits::set_variable(variable, value);
        }
        "disable" => telemetry_guardrails::client().set_enabled(false),
        "enable" => telemetry_guardrails::client().set_enabled(true),
        "flush" => {
            let timeout = value.parse().map_or(PATIENCE, Duration::from_millis);
            say(telemetry_guardrails::client().flush(timeout));
        }
        "await-flush" => say(block_on(telemetry_guardrails::client().flush_async(PATIENCE))),
        "await-breaker" => {
            wait_until(|| telemetry_guardrails::client().stats().breaker == BreakerState::Open)
        }
        "status" => say(report::status()),
        "stats" => say(report::stats()),
        "log" => logger::install(),
        "threads" => say(limits::count_threads()),
        "sockets" => say(limits::count_sockets()),
        "await-no-worker" => say(limits::comes_to_one_thread()),
        "say" => say(value),
        "wait" => wait(),
        "leave" => std::process::exit(value.parse().expect("an exit code")),
        "panic" => panic!("as told"),
        "opt-out" => report::opt_out(),
        "become" => become_user(value.parse().expect("a user id")),
        "limit-processes" => limits::limit_processes(value.parse().ok()),
        "limit-file-size" => limits::limit_file_size(value.parse().expect("bytes")),
        "tmpfs" => mount_small(value),
        "fill" => say(disk::fill(value)),
        "size" => say(disk::size(value)),
        _ => panic!("there is no step `{name}`"),
    }
}

pub(crate) fn say(text: impl std::fmt::Display) {
    println!("{text}");
    std::io::stdout().flush().expect("the test reads");
}

/// Nothing that follows may reach a real disk.
fn mount_small(dir: &str) {
    let allowed = disk::mount_small(dir);
    say(allowed);
    if !allowed {
        std::process::exit(0);
    }
}

fn wait() {
    std::io::stdin().read_line(&mut String::new()).expect("the test writes");
}
