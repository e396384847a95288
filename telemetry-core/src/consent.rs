// SPDX-FileCopyrightText: Copyright (c) 2026 NVIDIA CORPORATION & AFFILIATES. All rights reserved.
// SPDX-License-Identifier: Apache-2.0

//! Whether a process may report, and which opt-out source decided it.
//!
//! A single opt-out turns telemetry off, whatever else opts in. The opt-out sources are checked from cheapest to most expensive: the
//! program's own switch, the environment variables, the two [markers of the machine](crate::consent::MachineMarkers), the user's
//! marker file, and the consent file if the product has one. A product can also be off until its user opts in: see
//! [`ConsentPolicy::opt_in`].
//!
//! A report skips the check of the user's marker if its process has a worker and has checked within the last 25 ms; the worker
//! checks again before it writes the event to the audit log or sends it. The markers of the machine are checked by the first report
//! of a process and by the worker. Once the worker has found one, every report checks again until the marker is removed.
//!
//! ```
//! use telemetry_core::consent::{ConsentDecision, Rule, Signal};
//! use telemetry_core::{ConsentPolicy, Product, Profile, testing};
//!
//! struct Shop;
//! impl Product for Shop {
//!     const PROFILE: Profile = Profile::new("shop", "1")
//!         .consent(ConsentPolicy::variables(&[("SHOP_TELEMETRY", Rule::Enable), ("DO_NOT_TRACK", Rule::OptOut)]));
//! }
//!
//! // A test names the variables and a configuration directory, so that it depends on no setting of its machine.
//! let directory = std::env::temp_dir().join("shop-without-a-marker");
//! let decide = |variables| testing::consent_decision::<Shop>(variables, Some(directory.as_path()));
//! assert_eq!(decide(&[]), ConsentDecision::Enabled);
//! assert_eq!(
//!     decide(&[("SHOP_TELEMETRY", "1"), ("DO_NOT_TRACK", "1")]),
//!     ConsentDecision::OptedOut(Signal::Variable("DO_NOT_TRACK")),
//! );
//! ```

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
pub use policy::ConsentPolicy;
#[cfg(feature = "client")]
pub(crate) use policy::OptIn;
pub use rule::Rule;
#[cfg(feature = "client")]
pub(crate) use watch::{ConsentWatch, LateOptOut};

/// An opt-out source: something that can turn telemetry off.
///
/// Its [`Display`](fmt::Display) is a short name for people: that of the variable, or a description.
///
/// ```
/// use telemetry_core::consent::Signal;
///
/// assert_eq!(Signal::Variable("DO_NOT_TRACK").to_string(), "DO_NOT_TRACK");
/// assert_eq!(Signal::Marker.to_string(), "marker file");
/// ```
#[derive(Debug, Clone, PartialEq, Eq)]
#[non_exhaustive]
pub enum Signal {
    /// The program itself, through [`Client::set_enabled`](crate::Client::set_enabled).
    Switch,
    /// An environment variable.
    Variable(&'static str),
    /// A [marker of the machine](crate::consent::MachineMarkers), with which an administrator opts out for every user.
    MachineMarker,
    /// The user's marker file. Anything at its path opts out, and so does any error except "not found" and "not a directory".
    Marker,
    /// The home directory is unknown, so the marker and the consent file cannot be checked. Telemetry stays off.
    NoHome,
    /// The consent file. It opts out if its value does, and if it cannot be read or understood.
    ConsentFile,
    /// Nothing has opted in, and the product is off until something does.
    NoOptIn,
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
            Self::NoOptIn => f.write_str("missing opt-in"),
            Self::NotCompiled => f.write_str("build without telemetry"),
        }
    }
}

/// Whether the process may report.
///
/// ```
/// use telemetry_core::{Client, Product, Profile};
/// use telemetry_core::consent::{ConsentDecision, Signal};
///
/// struct Shop;
/// impl Product for Shop {
///     const PROFILE: Profile = Profile::new("shop", "1");
/// }
///
/// let telemetry = Client::<Shop>::builder().enabled(false).start();
/// assert_eq!(telemetry.consent_decision(), ConsentDecision::OptedOut(Signal::Switch));
/// ```
#[derive(Debug, Clone, PartialEq, Eq)]
#[non_exhaustive]
pub enum ConsentDecision {
    /// Nothing opts out.
    Enabled,
    /// This source opts out. It is the first one found; others may opt out too.
    OptedOut(Signal),
}

impl ConsentDecision {
    /// The decision of a program that was built without telemetry.
    pub(crate) const NOT_COMPILED: Self = Self::OptedOut(Signal::NotCompiled);

    /// Whether the process may report.
    ///
    /// ```
    /// use telemetry_core::consent::{ConsentDecision, Signal};
    ///
    /// assert!(ConsentDecision::Enabled.is_enabled());
    /// assert!(!ConsentDecision::OptedOut(Signal::NoHome).is_enabled());
    /// ```
    #[must_use]
    pub fn is_enabled(&self) -> bool {
        *self == Self::Enabled
    }

    /// The source that opts out, or `None` if the process may report.
    ///
    /// ```
    /// use telemetry_core::consent::{ConsentDecision, Signal};
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

/// One opt-out source and its current state: an element of [`Status::signals`](crate::client::Status::signals).
///
/// ```
/// use telemetry_core::consent::Signal;
/// use telemetry_core::{Client, Product, Profile};
///
/// struct Shop;
/// impl Product for Shop {
///     const PROFILE: Profile = Profile::new("shop", "1");
/// }
///
/// let status = Client::<Shop>::builder().enabled(false).start().status();
/// let switch = status.signals.iter().find(|reading| reading.signal == Signal::Switch);
/// assert!(switch.is_some_and(|reading| reading.opts_out));
/// ```
#[derive(Debug, Clone, PartialEq, Eq)]
#[non_exhaustive]
pub struct SignalReading {
    /// The opt-out source.
    pub signal: Signal,
    /// When this source opts out, in words.
    pub rule: String,
    /// The value found: of a variable or the consent file, or whether a marker is present. `None` if nothing was found.
    pub value: Option<String>,
    /// Whether this source opts out now.
    pub opts_out: bool,
}
