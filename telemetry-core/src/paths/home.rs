// SPDX-FileCopyrightText: Copyright (c) 2026 NVIDIA CORPORATION & AFFILIATES. All rights reserved.
// SPDX-License-Identifier: Apache-2.0

//! The home directory, by the reference's rule.

use std::ffi::{OsStr, OsString};
use std::path::{Path, PathBuf};

use super::Paths;
use crate::environment::Environment;
use crate::profile::Profile;

impl Paths {
    /// The files of `profile` below the home directory of `environment`; without a home there are none. A consent file can
    /// be elsewhere.
    pub(crate) fn of(profile: &Profile, environment: &impl Environment) -> Self {
        let below = |home: PathBuf| Self::below(home.join(".config").join(profile.directory), profile);
        let paths = home_dir(environment).map(below).unwrap_or_default();
        paths.with_consent_file(profile, environment)
    }

    /// The same files, with the consent file where `environment` says it is.
    ///
    /// A relative path counts from the current directory of this moment: it still leads to the user's answer when the
    /// process has gone elsewhere. Where there is no current directory it stays relative, and a look at it opts out.
    pub(crate) fn with_consent_file(
        mut self,
        profile: &Profile,
        environment: &(impl Environment + ?Sized),
    ) -> Self {
        let variable = profile.consent.file.and_then(|file| file.variable);
        let elsewhere =
            variable.and_then(|variable| environment.get(variable)).filter(|path| !path.is_empty());
        let file = elsewhere.map(PathBuf::from).or(self.consent_file);
        self.consent_file = file.map(|file| std::path::absolute(&file).unwrap_or(file));
        self
    }
}

/// The home directory as the reference finds it (`env_cases.jsonl`, section `paths`): what the variables say, without
/// trailing slashes, and the user database if they say nothing.
fn home_dir(environment: &impl Environment) -> Option<PathBuf> {
    let Some(home) = home_variable(environment) else {
        // `std` asks the database, since no variable is set. Under a fixed test environment it may read one.
        return std::env::home_dir().filter(|home| !home.as_os_str().is_empty());
    };
    Some(without_current_dir(Path::new(without_trailing_slashes(&home))))
}

#[cfg(not(windows))]
fn home_variable(environment: &impl Environment) -> Option<OsString> {
    environment.get("HOME")
}

/// As Python's `ntpath.expanduser` has it: `HOME`, which some shells set there too, does not count.
#[cfg(windows)]
fn home_variable(environment: &impl Environment) -> Option<OsString> {
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
    use crate::consent::{ConsentFile, ConsentPolicy};
    use crate::profile::Profile;

    #[cfg(not(windows))]
    #[test]
    fn home_is_taken_as_the_reference_takes_it() {
        let profile = Profile::new("shop", "1");
        for (home, marker) in [
            ("/home/u", "/home/u/.config/shop/do_not_track"),
            ("/home/u///", "/home/u/.config/shop/do_not_track"),
            ("", "/.config/shop/do_not_track"),
            ("/", "/.config/shop/do_not_track"),
            ("rel", "rel/.config/shop/do_not_track"),
            (".", ".config/shop/do_not_track"),
            ("~/x", "~/x/.config/shop/do_not_track"),
        ] {
            let paths = Paths::of(&profile, &[("HOME", home)]);
            assert_eq!(paths.marker.as_deref(), Some(Path::new(marker)), "{home:?}");
        }
    }

    /// `Path.home() / ".config" / "shop"` of CPython 3.13 on Windows.
    #[cfg(windows)]
    #[test]
    fn home_is_taken_from_the_variables_that_the_reference_reads() {
        let (home, drive, path) = (("HOME", "/c/elsewhere"), ("HOMEDRIVE", "D:"), ("HOMEPATH", r"\Users\v"));
        let profile = |path| ("USERPROFILE", path);
        let unset = ("", "");
        for (variables, directory) in [
            ([home, drive, path, profile(r"C:\Users\u")], r"C:\Users\u\.config\shop"),
            ([home, drive, path, profile(r"C:\Users\u\")], r"C:\Users\u\.config\shop"),
            ([home, drive, path, profile(r"\\server\share\u")], r"\\server\share\u\.config\shop"),
            ([home, drive, path, profile("")], r".config\shop"),
            ([home, drive, path, unset], r"D:\Users\v\.config\shop"),
            ([home, unset, path, unset], r"\Users\v\.config\shop"),
            ([home, drive, ("HOMEPATH", "v"), unset], r"D:v\.config\shop"),
        ] {
            let paths = Paths::of(&Profile::new("shop", "1"), &variables);
            assert_eq!(paths.config_dir.as_deref(), Some(Path::new(directory)), "{variables:?}");
        }
    }

    #[test]
    fn a_product_can_have_its_files_in_another_directory_and_its_consent_file_anywhere() {
        let consent = ConsentPolicy::variables(&[])
            .file(ConsentFile::yaml("config.yaml", "telemetry_enabled", &["true"]).located_by("CONFIG_FILE"));
        let profile = Profile::new("helix", "1").directory("nmp").consent(consent);
        let home_variable = if cfg!(windows) { "USERPROFILE" } else { "HOME" };
        let here = std::env::current_dir().unwrap();
        let (home, elsewhere) = (here.join("u"), here.join("x/y.yaml"));
        let nmp = home.join(".config/nmp");
        for (variable, file) in [
            (("", ""), nmp.join("config.yaml")),
            (("CONFIG_FILE", ""), nmp.join("config.yaml")),
            (("CONFIG_FILE", elsewhere.to_str().unwrap()), elsewhere.clone()),
            (("CONFIG_FILE", "x/y.yaml"), elsewhere.clone()),
        ] {
            let paths = Paths::of(&profile, &[(home_variable, home.to_str().unwrap()), variable]);
            assert_eq!(paths.consent_file, Some(file));
            assert_eq!(paths.marker, Some(nmp.join("do_not_track")));
        }
    }

    #[test]
    fn an_absent_home_is_looked_up_and_never_guessed() {
        let paths = Paths::of(&Profile::new("shop", "1"), &[]);
        assert_eq!(paths.config_dir.is_some(), std::env::home_dir().is_some());
    }
}
