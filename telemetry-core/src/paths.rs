// SPDX-FileCopyrightText: Copyright (c) 2026 NVIDIA CORPORATION & AFFILIATES. All rights reserved.
// SPDX-License-Identifier: Apache-2.0

//! Where a product keeps its files: `~/.config/<product>`.

#[cfg(feature = "client")]
mod home;
#[cfg(feature = "client")]
mod located;
#[cfg(any(feature = "client", feature = "testing"))]
mod machine;

use std::path::PathBuf;

#[cfg(feature = "client")]
pub(crate) use home::{HOME_VARIABLE, HOME_VARIABLES};
#[cfg(feature = "client")]
pub(crate) use located::Located;
#[cfg(feature = "client")]
use located::absolute;
#[cfg(all(feature = "client", feature = "testing"))]
pub(crate) use located::consent_file_elsewhere;

#[cfg(feature = "client")]
pub(crate) use machine::MACHINE_VARIABLES;

#[cfg(feature = "client")]
use crate::consent::Files;
use crate::consent::MachineMarkers;
#[cfg(feature = "client")]
use crate::profile::Profile;

/// The files of one product, decided when its client starts: a process that changes its directory moves none of them.
///
/// ```
/// use telemetry_core::paths::Paths;
///
/// // A directory that is not known has no files.
/// assert_eq!(Paths::default().audit_file, None);
/// ```
#[derive(Debug, Clone, PartialEq, Eq, Default)]
#[non_exhaustive]
pub struct Paths {
    /// The home directory, if it is known. Nothing is created there unless it exists and is the user's own.
    pub home: Option<PathBuf>,
    /// The configuration directory.
    pub config_dir: Option<PathBuf>,
    /// The audit log, unless the product has none.
    pub audit_file: Option<PathBuf>,
    /// The file whose presence opts out.
    pub marker: Option<PathBuf>,
    /// The file that agrees or opts out, if the product has one.
    pub consent_file: Option<PathBuf>,
    /// The files with which an administrator opts out for every user.
    pub machine_markers: Option<MachineMarkers>,
}

#[cfg(feature = "client")]
impl Paths {
    /// The files of `profile` below `config_dir`.
    fn below(config_dir: PathBuf, profile: &Profile) -> Self {
        Self {
            audit_file: profile.audit.map(|audit| config_dir.join(audit.file_name)),
            marker: profile.consent.marker.map(|marker| config_dir.join(marker)),
            consent_file: profile.consent.file.map(|file| config_dir.join(file.name)),
            config_dir: Some(config_dir),
            home: None,
            machine_markers: None,
        }
    }

    /// Those that decide about consent.
    pub(crate) fn of_consent(&self) -> Files<'_> {
        Files {
            marker: self.marker.as_deref(),
            consent: self.consent_file.as_deref(),
            marker_known_absent: false,
        }
    }
}
