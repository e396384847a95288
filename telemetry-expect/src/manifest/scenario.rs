// SPDX-FileCopyrightText: Copyright (c) 2026 NVIDIA CORPORATION & AFFILIATES. All rights reserved.
// SPDX-License-Identifier: Apache-2.0

//! A command with its surroundings, and the events that it has to report.

use std::path::PathBuf;
use std::str::FromStr;
use std::time::Duration;

use super::expectation::{Audit, EventExpectation, Sessions};
use super::placed::Placed;
use super::{Manifest, ManifestError};

/// One command with its variables and files, and the events that it has to report.
///
/// A text of a single scenario can be parsed into it:
///
/// ```
/// use telemetry_expect::Scenario;
///
/// let scenario: Scenario = "sessions = 1\n[[event]]\nname = \"order\"\n".parse()?;
/// assert_eq!(scenario.name(), "");
/// # Ok::<(), telemetry_expect::ManifestError>(())
/// ```
#[derive(Debug, Clone, PartialEq, Default)]
pub struct Scenario {
    pub(crate) name: String,
    pub(crate) settings: Settings,
    pub(crate) events: Vec<EventExpectation>,
    pub(crate) sessions: Option<Sessions>,
    /// The names of the events of each session, in order.
    pub(crate) order: Option<Vec<Placed<String>>>,
    /// Whether the times of the events of a session do not decrease.
    pub(crate) timestamps: bool,
    pub(crate) audit: Option<Placed<Audit>>,
    /// The time in which neither an event nor a file may appear.
    pub(crate) silent: Option<Placed<Duration>>,
    /// What a silent program may write below the home directory.
    pub(crate) may_write: Vec<PathBuf>,
}

/// How a scenario is run.
#[derive(Debug, Clone, PartialEq)]
pub(crate) struct Settings {
    pub(crate) command: Vec<String>,
    pub(crate) env: Vec<(String, String)>,
    /// Files below the home directory, with their contents.
    pub(crate) files: Vec<(PathBuf, String)>,
    /// The lines of standard input.
    pub(crate) input: Vec<String>,
    /// The statuses of the answers to the first requests.
    pub(crate) respond: Vec<u16>,
    pub(crate) exit_code: i32,
    pub(crate) stop_when_met: bool,
    pub(crate) timeout: Duration,
    pub(crate) settle: Duration,
}

impl Settings {
    pub(crate) const TIMEOUT: Duration = Duration::from_secs(30);
    pub(crate) const SETTLE: Duration = Duration::from_millis(300);
}

impl Default for Settings {
    fn default() -> Self {
        Self {
            command: Vec::new(),
            env: Vec::new(),
            files: Vec::new(),
            input: Vec::new(),
            respond: Vec::new(),
            exit_code: 0,
            stop_when_met: false,
            timeout: Self::TIMEOUT,
            settle: Self::SETTLE,
        }
    }
}

impl Scenario {
    /// The name; empty for the only scenario of a manifest.
    #[must_use]
    pub fn name(&self) -> &str {
        &self.name
    }

    /// The time in which neither an event nor a file may appear.
    pub(crate) fn silent(&self) -> Option<Duration> {
        self.silent.as_deref().copied()
    }

    /// The program and its arguments; empty if the manifest names no command.
    #[must_use]
    pub fn command(&self) -> &[String] {
        &self.settings.command
    }
}

impl FromStr for Scenario {
    type Err = ManifestError;

    /// Reads the only scenario of a manifest.
    fn from_str(text: &str) -> Result<Self, ManifestError> {
        let mut scenarios = Manifest::parse(text)?.scenarios.into_iter();
        match (scenarios.next(), scenarios.next()) {
            (Some(only), None) => Ok(only),
            _ => Err(ManifestError::of_file(
                "manifest",
                b"",
                "more than one scenario",
                "read it with `Manifest::parse`",
            )),
        }
    }
}
