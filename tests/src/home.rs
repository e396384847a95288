// SPDX-FileCopyrightText: Copyright (c) 2026 NVIDIA CORPORATION & AFFILIATES. All rights reserved.
// SPDX-License-Identifier: Apache-2.0

//! A home directory for a child process, removed when dropped.

use std::fs;
use std::path::{Path, PathBuf};

use tempfile::TempDir;

#[cfg(unix)]
use crate::marked_home::{give_to_other_user, is_privileged};

/// A scratch directory that a child takes for its home.
#[derive(Debug)]
pub struct Home {
    root: TempDir,
}

impl Default for Home {
    fn default() -> Self {
        Self { root: tempfile::tempdir().expect("there is room for a scratch directory") }
    }
}

impl Home {
    /// An empty home.
    #[must_use]
    pub fn new() -> Self {
        Self::default()
    }

    /// An empty home that every user of this machine may change.
    #[cfg(unix)]
    #[must_use]
    pub fn for_everyone() -> Self {
        use std::os::unix::fs::PermissionsExt;
        let home = Self::new();
        fs::set_permissions(home.path(), fs::Permissions::from_mode(0o777)).expect("the directory is ours");
        home
    }

    /// An empty home of the user without privileges that tests with privileges become; without them, of who runs the test.
    #[cfg(unix)]
    #[must_use]
    pub fn of_nobody() -> Self {
        let home = Self::new();
        if is_privileged() {
            give_to_other_user(home.path());
        }
        home
    }

    /// The home with an existing, empty configuration directory.
    #[must_use]
    pub fn with_config_dir(self) -> Self {
        fs::create_dir_all(self.config_dir()).expect("the home is ours");
        self
    }

    /// The home itself.
    #[must_use]
    pub fn path(&self) -> &Path {
        self.root.path()
    }

    /// The product's configuration directory.
    #[must_use]
    pub fn config_dir(&self) -> PathBuf {
        self.path().join(".config/nemoguardrails")
    }

    /// The product's audit log.
    #[must_use]
    pub fn audit_file(&self) -> PathBuf {
        self.config_dir().join("usage_stats.json")
    }

    /// The marker whose presence opts out.
    #[must_use]
    pub fn marker(&self) -> PathBuf {
        self.config_dir().join("do_not_track")
    }

    /// Creates the marker, as a user does.
    pub fn opt_out(&self) {
        fs::create_dir_all(self.config_dir()).expect("the home is ours");
        fs::write(self.marker(), "").expect("the home is ours");
    }

    /// The lines of the audit log; none if there is no file.
    #[must_use]
    pub fn audit_lines(&self) -> Vec<String> {
        let text = fs::read_to_string(self.audit_file()).unwrap_or_default();
        text.lines().map(str::to_owned).collect()
    }

    /// Whether nothing at all was written.
    #[must_use]
    pub fn is_untouched(&self) -> bool {
        fs::read_dir(self.path()).expect("the home is ours").next().is_none()
    }
}
