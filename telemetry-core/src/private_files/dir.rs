// SPDX-FileCopyrightText: Copyright (c) 2026 NVIDIA CORPORATION & AFFILIATES. All rights reserved.
// SPDX-License-Identifier: Apache-2.0

//! Where files of the user may be: in a directory that is the user's own, and in no home but the user's.
//!
//! A program that runs as root with the `HOME` of another user, as under `sudo -E`, would leave directories there that their
//! owner cannot use. A directory that others have prepared, or that everybody may write to, such as `/tmp`, lets them replace
//! a file or wait for one.

use std::fs::{DirBuilder, Metadata};
use std::io;
use std::path::{Path, PathBuf};

use super::FileError;
use crate::paths::HOME_VARIABLE;

/// The directory of a file.
#[derive(Debug, Clone)]
pub(crate) struct PrivateDir {
    path: PathBuf,
    /// The user's home, if the directory is in there.
    home: Option<PathBuf>,
}

impl PrivateDir {
    /// The directory of `file`, for a user with this home.
    pub(crate) fn of(file: &Path, home: Option<&Path>) -> Self {
        let path = file.parent().unwrap_or(file).to_owned();
        // The root directory is the home of processes that have none.
        let is_around = |home: &&Path| home.parent().is_some() && path.starts_with(home);
        Self { home: home.filter(is_around).map(Path::to_owned), path }
    }

    /// Makes sure that the directory exists and can be trusted. What is created only the user can enter.
    pub(crate) fn prepare(&self) -> Result<(), FileError> {
        if self.check()? {
            return Ok(());
        }
        create(&self.path).map_err(FileError::at(&self.path))?;
        // Others may have been faster.
        self.check().map(drop)
    }

    /// Whether the directory exists; an error if it may not be used, or not be created. It changes nothing.
    pub(crate) fn check(&self) -> Result<bool, FileError> {
        if self.path.is_relative() {
            return Err(FileError::at(&self.path)(relative()));
        }
        if let Some(home) = &self.home {
            check_home(home).map_err(FileError::at(home))?;
            self.check_way_from(home)?;
        }
        match self.path.symlink_metadata() {
            Ok(found) => check_dir(&found).map_err(FileError::at(&self.path)).map(|()| true),
            Err(error) if error.kind() == io::ErrorKind::NotFound => self.check_ground().map(|()| false),
            Err(error) => Err(FileError::at(&self.path)(error)),
        }
    }

    /// Whether others decide about a directory between the home and this one.
    fn check_way_from(&self, home: &Path) -> Result<(), FileError> {
        let between = self.path.ancestors().skip(1).take_while(|dir| *dir != home);
        for dir in between {
            let Ok(found) = dir.metadata() else { continue };
            let is_link_of_another = dir.symlink_metadata().is_ok_and(|link| is_anothers(&link));
            let checked = if is_link_of_another { Err(foreign()) } else { check_above(&found) };
            checked.map_err(FileError::at(dir))?;
        }
        Ok(())
    }

    /// Whether the directory may be created where it would be.
    fn check_ground(&self) -> Result<(), FileError> {
        let existing = |dir| Path::metadata(dir).ok().map(|found| (dir, found));
        let Some((dir, found)) = self.path.ancestors().skip(1).find_map(existing) else { return Ok(()) };
        check_above(&found).map_err(FileError::at(dir))
    }
}

/// Whether a directory can be trusted with one of the user's below it.
fn check_above(found: &Metadata) -> io::Result<()> {
    if is_anothers(found) { Err(foreign()) } else { check_openness(found) }
}

/// Whether a directory or link belongs to a user other than the effective one and root, whom nothing stops.
fn is_anothers(found: &Metadata) -> bool {
    is_foreign(found) && !is_roots(found)
}

fn check_home(home: &Path) -> io::Result<()> {
    let misfit = |kind, what| {
        io::Error::new(kind, format!("the home directory {what}: set `{}` to yours", HOME_VARIABLE))
    };
    match home.metadata() {
        Err(error) if error.kind() == io::ErrorKind::NotFound => Err(misfit(error.kind(), "does not exist")),
        Err(error) => Err(error),
        Ok(found) if is_foreign(&found) => {
            Err(misfit(io::ErrorKind::PermissionDenied, "belongs to another user"))
        }
        Ok(found) => check_openness(&found),
    }
}

/// A link would put the file at a path that another user has chosen.
fn check_dir(found: &Metadata) -> io::Result<()> {
    if !found.is_dir() {
        let reason = "the directory is a link or a file: replace it by a directory";
        return Err(io::Error::new(io::ErrorKind::NotADirectory, reason));
    }
    if is_foreign(found) { Err(foreign()) } else { check_openness(found) }
}

/// A path that could not be made absolute would lead elsewhere after a `chdir`.
fn relative() -> io::Error {
    let reason = "the path is relative, and there was no current directory when the client started";
    io::Error::new(io::ErrorKind::InvalidFilename, reason)
}

fn foreign() -> io::Error {
    let reason = "the directory belongs to another user: make it your own, or use another one";
    io::Error::new(io::ErrorKind::PermissionDenied, reason)
}

#[cfg(unix)]
fn check_openness(found: &Metadata) -> io::Result<()> {
    use std::os::unix::fs::PermissionsExt;
    const WRITABLE_BY_ALL: u32 = 0o002;
    if found.permissions().mode() & WRITABLE_BY_ALL == 0 {
        return Ok(());
    }
    let reason = "everybody may write to the directory: `chmod o-w` it, or use another one";
    Err(io::Error::new(io::ErrorKind::PermissionDenied, reason))
}

/// Whether a directory belongs to another user than the effective one.
#[cfg(unix)]
fn is_foreign(found: &Metadata) -> bool {
    use std::os::unix::fs::MetadataExt;
    found.uid() != crate::sys::effective_user()
}

#[cfg(unix)]
fn is_roots(found: &Metadata) -> bool {
    use std::os::unix::fs::MetadataExt;
    found.uid() == 0
}

#[cfg(not(unix))]
fn check_openness(_: &Metadata) -> io::Result<()> {
    Ok(())
}

#[cfg(not(unix))]
fn is_foreign(_: &Metadata) -> bool {
    false
}

#[cfg(not(unix))]
fn is_roots(_: &Metadata) -> bool {
    false
}

/// Creates a directory that only its owner can enter, and those above it, if they do not exist.
fn create(dir: &Path) -> io::Result<()> {
    let mut builder = DirBuilder::new();
    builder.recursive(true);
    #[cfg(unix)]
    {
        use std::os::unix::fs::DirBuilderExt;
        builder.mode(0o700);
    }
    builder.create(dir)
}

#[cfg(all(test, unix))]
mod tests {
    use std::fs::{self, Permissions};
    use std::os::unix::fs::PermissionsExt;

    use super::*;

    #[test]
    fn a_directory_that_everybody_may_write_to_is_not_used_and_one_of_the_group_is() {
        let root = tempfile::tempdir().unwrap();
        for (mode, trusted) in [(0o700, true), (0o755, true), (0o775, true), (0o777, false), (0o1777, false)]
        {
            fs::set_permissions(root.path(), Permissions::from_mode(mode)).unwrap();
            for file in ["log", "new/log"] {
                let dir = PrivateDir::of(&root.path().join(file), None);
                assert_eq!(dir.prepare().is_ok(), trusted, "{mode:o} {file}");
            }
            assert_eq!(root.path().join("new").exists(), trusted, "{mode:o}");
            let _ = fs::remove_dir(root.path().join("new"));
        }
    }

    #[test]
    fn nothing_is_created_in_a_home_that_is_missing() {
        let root = tempfile::tempdir().unwrap();
        let home = root.path().join("home");
        let dir = PrivateDir::of(&home.join(".config/shop/log"), Some(&home));
        let error = dir.prepare().unwrap_err().to_string();
        assert!(error.contains("does not exist"), "{error}");
        assert!(!home.exists());
        fs::create_dir(&home).unwrap();
        dir.prepare().unwrap();
        assert!(home.join(".config/shop").is_dir());
    }

    #[test]
    fn a_home_that_is_missing_stops_no_file_that_the_host_has_put_elsewhere() {
        let root = tempfile::tempdir().unwrap();
        let dir = PrivateDir::of(&root.path().join("elsewhere/log"), Some(&root.path().join("home")));
        dir.prepare().unwrap();
    }

    #[test]
    fn a_relative_path_is_not_used() {
        for file in ["log", "below/log"] {
            assert!(PrivateDir::of(Path::new(file), None).prepare().is_err());
        }
    }

    #[test]
    fn to_check_changes_nothing() {
        let root = tempfile::tempdir().unwrap();
        let dir = PrivateDir::of(&root.path().join("new/log"), None);
        assert!(!dir.check().unwrap());
        assert!(!root.path().join("new").exists());
    }
}
