// SPDX-FileCopyrightText: Copyright (c) 2026 NVIDIA CORPORATION & AFFILIATES. All rights reserved.
// SPDX-License-Identifier: Apache-2.0

//! The directory and the names of a product's files, as data.

use super::{Profile, SessionPolicy};
use telemetry_schema::text::{is_file_name, is_plain_name, is_same};

/// The directory for all products of this toolkit, which an administrator may have below `/etc`.
pub(crate) const ALL_PRODUCTS: &str = "nemo-telemetry";

/// The file in the configuration directory that holds a copy of everything sent.
///
/// Its companion `<name>.lock`, which is empty, keeps processes from renaming it at the same time, and stays.
///
/// ```
/// use telemetry_core::Profile;
/// use telemetry_core::profile::AuditPolicy;
///
/// // 1 MiB of `launcher_usage_stats.json`, and as much again of `launcher_usage_stats.json.1`.
/// const PROFILE: Profile = Profile::new("launcher", "184482118588404")
///     .audit(AuditPolicy::in_file("launcher_usage_stats.json").max_bytes(1024 * 1024));
/// ```
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct AuditPolicy {
    pub(crate) file_name: &'static str,
    pub(crate) max_bytes: u64,
}

impl AuditPolicy {
    /// `usage_stats.json`, rotated when it is larger than 10 MiB (reference: `_AUDIT_FILE_MAX_BYTES`).
    pub const DEFAULT: Self = Self { file_name: "usage_stats.json", max_bytes: 10 * 1024 * 1024 };

    /// The file of this name, rotated when it is larger than 10 MiB.
    ///
    /// # Panics
    ///
    /// If it is not a plain file name; in a constant that is a compile error.
    #[must_use]
    pub const fn in_file(name: &'static str) -> Self {
        assert!(is_file_name(name), "an audit log is a plain name in the configuration directory");
        Self { file_name: name, ..Self::DEFAULT }
    }

    /// Sets the size in bytes that the file may have: once it is larger, it is renamed to `<name>.1` before the next line.
    /// Zero renames it before every line.
    #[must_use]
    pub const fn max_bytes(mut self, max_bytes: u64) -> Self {
        self.max_bytes = max_bytes;
        self
    }
}

impl Profile {
    /// Sets the directory below `~/.config` that the product's files are in. Default: its name.
    ///
    /// # Panics
    ///
    /// If it is not a plain directory name; in a constant that is a compile error.
    #[must_use]
    pub const fn directory(mut self, name: &'static str) -> Self {
        assert!(is_plain_name(name), "a directory's name is made of `a-z 0-9 _ -`");
        check_directory(name);
        self.directory = name;
        self
    }

    /// Sets the audit log. Default: [`AuditPolicy::DEFAULT`].
    ///
    /// # Panics
    ///
    /// If it has the name of another of the product's files; in a constant that is a compile error.
    ///
    /// ```compile_fail
    /// # use telemetry_core::profile::AuditPolicy;
    /// # use telemetry_core::Profile;
    /// const AUDIT: AuditPolicy = AuditPolicy::in_file("do_not_track"); // it would opt out
    /// const PROFILE: Profile = Profile::new("shop", "1").audit(AUDIT);
    /// ```
    #[must_use]
    pub const fn audit(mut self, policy: AuditPolicy) -> Self {
        self.audit = Some(policy);
        self.with_files_that_differ()
    }

    /// Leaves the audit log out, unless a host has a [file](crate::client::ClientBuilder::audit_file) for it.
    #[must_use]
    pub const fn without_audit(mut self) -> Self {
        self.audit = None;
        self
    }

    /// Makes sure that no file of the product is taken for another one.
    pub(super) const fn with_files_that_differ(self) -> Self {
        let mut names: &[Option<&str>] = &[
            match self.audit {
                Some(audit) => Some(audit.file_name),
                None => None,
            },
            self.consent.marker,
            match self.consent.file {
                Some(file) => Some(file.name),
                None => None,
            },
            match self.session {
                SessionPolicy::Stored(file) => Some(file.file_name),
                _ => None,
            },
        ];
        while let [first, others @ ..] = names {
            assert!(
                !has(others, first),
                "two files of the product have one name: marker, audit log, consent or session"
            );
            names = others;
        }
        self
    }
}

/// Makes sure that an administrator who opts out of one product does not opt out of all.
pub(super) const fn check_directory(name: &str) {
    assert!(
        !is_same(name, ALL_PRODUCTS),
        "`nemo-telemetry` is the directory of all products: choose the name of this one"
    );
}

const fn has(names: &[Option<&str>], name: &Option<&str>) -> bool {
    let mut rest = names;
    while let [first, tail @ ..] = rest {
        if let (Some(first), Some(name)) = (first, name)
            && is_same(first, name)
        {
            return true;
        }
        rest = tail;
    }
    false
}
