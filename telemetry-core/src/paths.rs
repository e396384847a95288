// SPDX-FileCopyrightText: Copyright (c) 2026 NVIDIA CORPORATION & AFFILIATES. All rights reserved.
// SPDX-License-Identifier: Apache-2.0

//! Where a product keeps its files: `~/.config/<product>`.

#[cfg(feature = "client")]
mod home;

use std::path::PathBuf;

use crate::profile::Profile;

/// The files of one product, decided once per process.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Paths {
    /// The configuration directory.
    pub config_dir: Option<PathBuf>,
    /// The audit log, unless the product has none.
    pub audit_file: Option<PathBuf>,
    /// The file whose presence opts out.
    pub marker: Option<PathBuf>,
    /// The file that agrees or opts out, if the product has one.
    pub consent_file: Option<PathBuf>,
}

impl Paths {
    /// The files of `profile` below `config_dir`.
    #[must_use]
    pub fn below(config_dir: PathBuf, profile: &Profile) -> Self {
        Self {
            audit_file: profile.audit.map(|audit| config_dir.join(audit.file_name)),
            marker: profile.consent.marker.map(|marker| config_dir.join(marker)),
            consent_file: profile.consent.file.map(|file| config_dir.join(file.name)),
            config_dir: Some(config_dir),
        }
    }
}
