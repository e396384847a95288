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
}

impl Paths {
    /// The files of `profile` below `config_dir`.
    #[must_use]
    pub fn below(config_dir: PathBuf, profile: &Profile) -> Self {
        Self {
            audit_file: profile.audit.map(|audit| config_dir.join(audit.file_name)),
            marker: profile.consent.marker.map(|marker| config_dir.join(marker)),
            config_dir: Some(config_dir),
        }
    }
}
