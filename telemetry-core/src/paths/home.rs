// SPDX-FileCopyrightText: Copyright (c) 2026 NVIDIA CORPORATION & AFFILIATES. All rights reserved.
// SPDX-License-Identifier: Apache-2.0

//! The home directory, by the reference's rule.

use std::ffi::{OsStr, OsString};
use std::path::{Path, PathBuf};

use super::absolute;
use crate::environment::Environment;
#[cfg(unix)]
use crate::standard_streams::above_standard_streams;

/// Where the home directory is.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) enum Home {
    /// There, as the environment said when the client started.
    At(PathBuf),
    /// Where the user database says. To ask it can take seconds, open sockets and wait for other machines, so it is asked
    /// only when a file is needed.
    InUserDatabase,
}

impl Home {
    /// The home directory as the reference finds it (`env_cases.jsonl`, section `paths`): what the variables say, without
    /// trailing slashes, and the user database if they say nothing.
    pub(super) fn read(environment: &(impl Environment + ?Sized)) -> Self {
        let Some(home) = home_variable(environment) else { return Self::InUserDatabase };
        Self::At(absolute(without_current_dir(Path::new(without_trailing_slashes(&home)))))
    }

    /// The directory; nothing if the user database knows none, or if it is not needed and so not asked.
    pub(super) fn dir(&self, is_needed: bool) -> Option<PathBuf> {
        match self {
            Self::At(dir) => Some(dir.clone()),
            Self::InUserDatabase => is_needed.then(home_in_user_database).flatten(),
        }
    }
}

/// The one that a user would set.
pub(crate) const HOME_VARIABLE: &str = if cfg!(windows) { "USERPROFILE" } else { "HOME" };

/// The variables that say where the home directory is.
#[cfg(not(windows))]
pub(crate) const HOME_VARIABLES: &[&str] = &[HOME_VARIABLE];

/// The variables that say where the home directory is. `HOME`, which some shells set there too, does not count.
#[cfg(windows)]
pub(crate) const HOME_VARIABLES: &[&str] = &[HOME_VARIABLE, "HOMEDRIVE", "HOMEPATH"];

#[cfg(unix)]
fn home_in_user_database() -> Option<PathBuf> {
    above_standard_streams(crate::sys::home_in_user_database)
}

#[cfg(not(unix))]
fn home_in_user_database() -> Option<PathBuf> {
    std::env::home_dir().filter(|home| !home.as_os_str().is_empty())
}

#[cfg(not(windows))]
fn home_variable(environment: &(impl Environment + ?Sized)) -> Option<OsString> {
    environment.get("HOME")
}

/// As Python's `ntpath.expanduser` has it.
#[cfg(windows)]
fn home_variable(environment: &(impl Environment + ?Sized)) -> Option<OsString> {
    environment.get("USERPROFILE").or_else(|| {
        let path = environment.get("HOMEPATH")?;
        let drive = environment.get("HOMEDRIVE").unwrap_or_default();
        Some(PathBuf::from(drive).join(path).into_os_string())
    })
}

/// The root directory if nothing else is left.
#[cfg(unix)]
fn without_trailing_slashes(path: &OsStr) -> &OsStr {
    use std::os::unix::ffi::OsStrExt;
    let bytes = path.as_bytes();
    let end = bytes.iter().rposition(|byte| *byte != b'/').map_or(0, |last| last + 1);
    let rest = bytes.get(..end).filter(|rest| !rest.is_empty());
    OsStr::from_bytes(rest.unwrap_or(b"/"))
}

#[cfg(not(unix))]
fn without_trailing_slashes(path: &OsStr) -> &OsStr {
    path
}

/// The path without `.` components, as Python's `Path` spells it.
fn without_current_dir(path: &Path) -> PathBuf {
    let components = path.components().filter(|component| component.as_os_str() != ".");
    components.map(|component| OsString::from(component.as_os_str())).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[cfg(not(windows))]
    #[test]
    fn home_is_taken_as_the_reference_takes_it() {
        let here = std::env::current_dir().unwrap();
        for (home, dir) in [
            ("/home/u", "/home/u".into()),
            ("/home/u///", "/home/u".into()),
            ("/home/./u", "/home/u".into()),
            ("", "/".into()),
            ("/", "/".into()),
            ("rel", here.join("rel")),
            (".", here.clone()),
            ("~/x", here.join("~/x")),
        ] {
            assert_eq!(Home::read(&[("HOME", home)]), Home::At(dir), "{home:?}");
        }
    }

    /// `Path.home()` of CPython 3.13 on Windows.
    #[cfg(windows)]
    #[test]
    fn home_is_taken_from_the_variables_that_the_reference_reads() {
        let (home, drive, path) = (("HOME", "/c/elsewhere"), ("HOMEDRIVE", "D:"), ("HOMEPATH", r"\Users\v"));
        let profile = |path| ("USERPROFILE", path);
        let unset = ("", "");
        for (variables, dir) in [
            ([home, drive, path, profile(r"C:\Users\u")], r"C:\Users\u"),
            ([home, drive, path, profile(r"C:\Users\u\")], r"C:\Users\u"),
            ([home, drive, path, profile(r"\\server\share\u")], r"\\server\share\u"),
            ([home, drive, path, profile("")], ""),
            ([home, drive, path, unset], r"D:\Users\v"),
            ([home, unset, path, unset], r"\Users\v"),
            ([home, drive, ("HOMEPATH", "v"), unset], r"D:v"),
        ] {
            assert_eq!(Home::read(&variables), Home::At(absolute(dir.into())), "{variables:?}");
        }
    }

    #[test]
    fn an_absent_home_is_not_looked_up_before_it_is_needed() {
        assert_eq!(Home::read(&[]), Home::InUserDatabase);
    }
}
