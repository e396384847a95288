// SPDX-FileCopyrightText: Copyright (c) 2026 NVIDIA CORPORATION & AFFILIATES. All rights reserved.
// SPDX-License-Identifier: Apache-2.0

//! Where the files are with which an administrator opts out.

use std::path::Path;
#[cfg(feature = "client")]
use std::path::PathBuf;

use crate::consent::MachineMarkers;
#[cfg(feature = "client")]
use crate::environment::Environment;
use crate::profile::{ALL_PRODUCTS, Profile};

/// The name of a machine's marker, whatever a product calls the one of a user.
const MARKER: &str = "do_not_track";

/// The variable with the directory that all programs of a machine share.
#[cfg(all(windows, feature = "client"))]
const MACHINE_VARIABLE: &str = "ProgramData";

/// The variables that say where the machine's markers are. The list is empty on Unix, so a user cannot move them there.
#[cfg(all(windows, feature = "client"))]
pub(crate) const MACHINE_VARIABLES: &[&str] = &[MACHINE_VARIABLE];
#[cfg(all(not(windows), feature = "client"))]
pub(crate) const MACHINE_VARIABLES: &[&str] = &[];

impl MachineMarkers {
    /// The markers of `profile` below `dir`, which is `/etc` for a system.
    #[must_use]
    pub(crate) fn below(dir: &Path, profile: &Profile) -> Self {
        let marker = |directory| dir.join(directory).join(MARKER);
        Self { all_products: marker(ALL_PRODUCTS), product: marker(profile.directory) }
    }
}

#[cfg(feature = "client")]
impl MachineMarkers {
    /// The markers of this system; nothing where a system has no such files.
    pub(super) fn of_system(profile: &Profile, environment: &(impl Environment + ?Sized)) -> Option<Self> {
        system_dir(environment).map(|dir| Self::below(&dir, profile))
    }

    pub(super) fn absolute(self) -> Self {
        let [all_products, product] = [self.all_products, self.product].map(super::absolute);
        Self { all_products, product }
    }
}

#[cfg(all(unix, feature = "client"))]
fn system_dir(_: &(impl Environment + ?Sized)) -> Option<PathBuf> {
    Some(PathBuf::from("/etc"))
}

#[cfg(all(windows, feature = "client"))]
fn system_dir(environment: &(impl Environment + ?Sized)) -> Option<PathBuf> {
    let named = environment.get(MACHINE_VARIABLE).filter(|dir| !dir.is_empty());
    Some(named.map_or_else(|| PathBuf::from(r"C:\ProgramData"), PathBuf::from))
}

/// WASI has no machine and no administrator.
#[cfg(all(not(any(unix, windows)), feature = "client"))]
fn system_dir(_: &(impl Environment + ?Sized)) -> Option<PathBuf> {
    None
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn one_marker_is_for_all_products_and_one_for_the_product_by_its_directory() {
        let profile = Profile::new("helix", "1").directory("nmp");
        let markers = MachineMarkers::below(Path::new("/etc"), &profile);
        assert_eq!(markers.all_products, Path::new("/etc/nemo-telemetry/do_not_track"));
        assert_eq!(markers.product, Path::new("/etc/nmp/do_not_track"));
    }

    #[cfg(feature = "client")]
    #[test]
    fn no_variable_moves_the_markers_of_a_system_that_is_not_listed() {
        let asked = crate::environment::Asked::default();
        let profile = Profile::new("shop", "1");
        let markers = MachineMarkers::of_system(&profile, &asked);
        let asked = asked.0.into_inner();
        assert!(asked.iter().all(|name| MACHINE_VARIABLES.contains(&name.as_str())), "{asked:?}");
        if cfg!(unix) {
            assert_eq!(markers, Some(MachineMarkers::below(Path::new("/etc"), &profile)));
            assert!(asked.is_empty());
        }
    }
}
