// SPDX-FileCopyrightText: Copyright (c) 2026 NVIDIA CORPORATION & AFFILIATES. All rights reserved.
// SPDX-License-Identifier: Apache-2.0

//! The home directory, by the reference's rule.

use std::ffi::{OsStr, OsString};
use std::path::{Path, PathBuf};

use super::absolute;
use crate::environment::Environment;

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
    /// The home directory as the reference finds it (`env_cases.jsonl`, section `paths`): `HOME` without trailing slashes, the
    /// root directory if that leaves nothing, and the user database if `HOME` is not set.
    pub(super) fn read(environment: &(impl Environment + ?Sized)) -> Self {
        let Some(home) = environment.get("HOME") else { return Self::InUserDatabase };
        let home = without_trailing_slashes(&home);
        let home = if home.is_empty() { OsStr::new("/") } else { home };
        Self::At(absolute(without_current_dir(Path::new(home))))
    }

    /// The directory; nothing if the user database knows none, or if it is not needed and so not asked. A `HOME` that was
    /// set since is not followed.
    pub(super) fn dir(&self, is_needed: bool) -> Option<PathBuf> {
        match self {
            Self::At(dir) => Some(dir.clone()),
            // `std` asks the user database only where `HOME` is not set.
            Self::InUserDatabase if is_needed && std::env::var_os("HOME").is_none() => {
                std::env::home_dir().filter(|home| !home.as_os_str().is_empty())
            }
            Self::InUserDatabase => None,
        }
    }
}

#[cfg(unix)]
fn without_trailing_slashes(path: &OsStr) -> &OsStr {
    use std::os::unix::ffi::OsStrExt;
    let bytes = path.as_bytes();
    let end = bytes.iter().rposition(|byte| *byte != b'/').map_or(0, |last| last + 1);
    OsStr::from_bytes(bytes.get(..end).unwrap_or(bytes))
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

    #[test]
    fn an_absent_home_is_not_looked_up_before_it_is_needed() {
        assert_eq!(Home::read(&[]), Home::InUserDatabase);
    }
}
