// SPDX-FileCopyrightText: Copyright (c) 2026 NVIDIA CORPORATION & AFFILIATES. All rights reserved.
// SPDX-License-Identifier: Apache-2.0

//! Consent: may this process report? The answer names the signal that decided it.
//!
//! Any one signal silences, whatever else says yes. They are asked in the order of their cost: the program's own switch, the
//! environment, the two [markers of the machine](crate::consent::MachineMarkers), the user's marker file, and the consent file of the
//! products that have one. On top of that a product can be off until somebody agrees: see [`ConsentPolicy::opt_in`].
//!
//! A report leaves the look for the user's marker out if its process has looked within the last 25 ms and has a worker, which
//! looks again before it writes the event down or sends it. The markers of the machine are looked for at the first report of
//! a process and by the worker. Once the worker has found one, each report looks again, until it is gone.

#[cfg(feature = "client")]
mod decision;
mod file;
mod machine_markers;
#[cfg(feature = "client")]
mod marker;
mod policy;
mod rule;
#[cfg(feature = "client")]
mod watch;

use std::fmt;

#[cfg(feature = "client")]
pub(crate) use decision::{ConsentInputs, Files};
pub use file::ConsentFile;
#[cfg(feature = "client")]
pub(crate) use file::{FileAnswer, read};
pub use machine_markers::MachineMarkers;
#[cfg(feature = "client")]
pub(crate) use marker::{MarkerState, marker_state};
#[cfg(feature = "client")]
pub(crate) use policy::Agreement;
pub use policy::ConsentPolicy;
pub use rule::Rule;
#[cfg(feature = "client")]
pub(crate) use watch::{ConsentWatch, LateOptOut};

/// Something that can opt out.
#[derive(Debug, Clone, PartialEq, Eq)]
#[non_exhaustive]
pub enum Signal {
    /// The program itself, through [`Client::set_enabled`](crate::Client::set_enabled).
    Switch,
    /// An environment variable.
    Variable(&'static str),
    /// A [marker of the machine](crate::consent::MachineMarkers), with which an administrator opts out for every user.
    MachineMarker,
    /// The marker file. Anything at its path opts out, and so does any error but that there is nothing.
    Marker,
    /// There is no home directory, so no marker and no consent file can opt out: the product stays silent.
    NoHome,
    /// The consent file. It opts out if it says so, and also if it cannot be read or understood.
    ConsentFile,
    /// There is no agreement, in a product that is off until there is.
    NoAgreement,
    /// The program was built without telemetry: its product is not [compiled](crate::Product::COMPILED), or the feature
    /// `client` is off.
    NotCompiled,
}

impl fmt::Display for Signal {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Switch => f.write_str("program's own switch"),
            Self::Variable(name) => f.write_str(name),
            Self::MachineMarker => f.write_str("administrator's marker file"),
            Self::Marker => f.write_str("marker file"),
            Self::NoHome => f.write_str("no home directory"),
            Self::ConsentFile => f.write_str("consent file"),
            Self::NoAgreement => f.write_str("missing consent"),
            Self::NotCompiled => f.write_str("build without telemetry"),
        }
    }
}

/// Whether the process may report.
#[derive(Debug, Clone, PartialEq, Eq)]
#[non_exhaustive]
pub enum ConsentDecision {
    /// Nothing opts out.
    Enabled,
    /// This signal opts out. Others may do so too.
    OptedOut(Signal),
}

impl ConsentDecision {
    /// What a program says that was built without telemetry.
    pub(crate) const NOT_COMPILED: Self = Self::OptedOut(Signal::NotCompiled);

    /// Whether the process may report.
    #[must_use]
    pub fn is_enabled(&self) -> bool {
        *self == Self::Enabled
    }

    /// The signal that opts out, if one does.
    ///
    /// ```
    /// use telemetry_core::consent::{Signal, ConsentDecision};
    ///
    /// assert_eq!(ConsentDecision::Enabled.signal(), None);
    /// assert_eq!(ConsentDecision::OptedOut(Signal::Marker).signal(), Some(&Signal::Marker));
    /// ```
    #[must_use]
    pub const fn signal(&self) -> Option<&Signal> {
        match self {
            Self::Enabled => None,
            Self::OptedOut(signal) => Some(signal),
        }
    }
}

/// One signal as it stands now.
#[derive(Debug, Clone, PartialEq, Eq)]
#[non_exhaustive]
pub struct SignalReading {
    /// The signal.
    pub signal: Signal,
    /// When the signal opts out, in words.
    pub rule: String,
    /// What was found: the value of a variable, what is at the marker's path, or what the consent file says.
    pub value: Option<String>,
    /// Whether this signal opts out.
    pub opts_out: bool,
}
