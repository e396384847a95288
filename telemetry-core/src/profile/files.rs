// SPDX-FileCopyrightText: Copyright (c) 2026 NVIDIA CORPORATION & AFFILIATES. All rights reserved.
// SPDX-License-Identifier: Apache-2.0

//! The directory and the names of a product's files, as data.

use super::{AuditPolicy, Profile, SessionPolicy};
use telemetry_schema::text::{is_file_name, is_plain_name, is_same};

/// The directory for all products of this toolkit, which an administrator may have below `/etc`.
pub(crate) const ALL_PRODUCTS: &str = "nemo-telemetry";

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

    /// Sets the audit log, or leaves it out. Default: [`AuditPolicy::DEFAULT`].
    ///
    /// # Panics
    ///
    /// If it has the name of another of the product's files; in a constant that is a compile error.
    ///
    /// ```compile_fail
    /// # use telemetry_core::profile::AuditPolicy;
    /// # use telemetry_core::Profile;
    /// const AUDIT: AuditPolicy = AuditPolicy { file_name: "do_not_track", max_bytes: 1000 }; // it would opt out
    /// const PROFILE: Profile = Profile::new("shop", "1").audit(Some(AUDIT));
    /// ```
    #[must_use]
    pub const fn audit(mut self, policy: Option<AuditPolicy>) -> Self {
        if let Some(policy) = policy {
            assert!(
                is_file_name(policy.file_name),
                "an audit log is a plain name in the configuration directory"
            );
        }
        self.audit = policy;
        self.with_files_that_differ()
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
