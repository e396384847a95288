// SPDX-FileCopyrightText: Copyright (c) 2026 NVIDIA CORPORATION & AFFILIATES. All rights reserved.
// SPDX-License-Identifier: Apache-2.0

//! The files of one client, from what its host and the environment said when it started.

use std::path::{Path, PathBuf};

use super::home::Home;
use super::{MachineMarkers, Paths};
use crate::environment::Environment;
use crate::profile::{Profile, SessionPolicy};
use crate::sync::OnceBox;

/// The files of one client. Every path that its host or the environment names is made absolute when the client starts, so
/// neither a `chdir` nor a later change of a variable moves a file. A home directory that only the user database knows is
/// looked up when a file is needed: never in a process that has opted out otherwise.
#[derive(Debug)]
pub(crate) struct Located {
    profile: Profile,
    /// What the host, or for the consent file a variable, has put elsewhere.
    chosen: Paths,
    home: Home,
    paths: OnceBox<Paths>,
    /// The current directory when the client started, if there was any.
    pub(crate) start_dir: Option<PathBuf>,
}

impl Located {
    /// The files of `profile`, apart from those that the host has `chosen`. It reads variables and the current directory,
    /// and no file.
    pub(crate) fn read(profile: &Profile, chosen: Paths, environment: &(impl Environment + ?Sized)) -> Self {
        let Paths { config_dir, audit_file, marker, consent_file, machine_markers, .. } = chosen;
        let of_system = || MachineMarkers::of_system(profile, environment);
        let chosen = Paths {
            home: None,
            config_dir: config_dir.map(absolute),
            audit_file: audit_file.map(absolute),
            marker: marker.map(absolute),
            consent_file: consent_file.or_else(|| consent_file_elsewhere(profile, environment)).map(absolute),
            machine_markers: machine_markers.or_else(of_system).map(MachineMarkers::absolute),
        };
        let located = Self {
            profile: *profile,
            chosen,
            home: Home::read(environment),
            paths: OnceBox::new(),
            start_dir: std::env::current_dir().ok(),
        };
        if located.home != Home::InUserDatabase {
            located.paths();
        }
        located
    }

    /// The markers of the machine, which are known without a home directory.
    pub(crate) fn machine_markers(&self) -> Option<&MachineMarkers> {
        self.chosen.machine_markers.as_ref()
    }

    /// The paths. Without a home directory there are only those that were chosen.
    pub(crate) fn paths(&self) -> &Paths {
        self.paths.get_or_init(|| Box::new(self.find()))
    }

    fn find(&self) -> Paths {
        let chosen = self.chosen.clone();
        let home = self.home.dir(self.needs_home());
        let in_home = || Some(home.as_ref()?.join(".config").join(self.profile.directory));
        let config_dir = chosen.config_dir.or_else(in_home);
        let usual = config_dir.map(|dir| Paths::below(dir, &self.profile)).unwrap_or_default();
        Paths {
            home,
            audit_file: chosen.audit_file.or(usual.audit_file),
            marker: chosen.marker.or(usual.marker),
            consent_file: chosen.consent_file.or(usual.consent_file),
            config_dir: usual.config_dir,
            machine_markers: chosen.machine_markers,
        }
    }

    /// Whether one of the product's files is in the home directory.
    fn needs_home(&self) -> bool {
        let Self { profile, chosen, .. } = self;
        let is_stored = matches!(profile.session, SessionPolicy::Stored(_));
        chosen.config_dir.is_none()
            && (is_stored
                || (profile.audit.is_some() && chosen.audit_file.is_none())
                || (profile.consent.marker.is_some() && chosen.marker.is_none())
                || (profile.consent.file.is_some() && chosen.consent_file.is_none()))
    }
}

/// The consent file, if a variable says where it is.
pub(crate) fn consent_file_elsewhere(
    profile: &Profile,
    environment: &(impl Environment + ?Sized),
) -> Option<PathBuf> {
    let variable = profile.consent.file?.variable?;
    environment.get(variable).filter(|path| !path.is_empty()).map(PathBuf::from)
}

/// The path from the root, counted from the current directory of this moment. Without a current directory it stays relative, and
/// is not used: a relative marker or consent file opts out, and a relative audit log takes no line.
pub(crate) fn absolute(path: PathBuf) -> PathBuf {
    let of_here = if path.as_os_str().is_empty() { Path::new(".") } else { &path };
    std::path::absolute(of_here).unwrap_or(path)
}

#[cfg(all(test, feature = "consent-yaml"))]
mod tests {
    use super::*;
    use crate::consent::{ConsentFile, ConsentPolicy};
    use crate::paths::HOME_VARIABLES;

    const HELIX: Profile =
        Profile::new("helix", "1").directory("nmp").consent(ConsentPolicy::variables(&[]).file(
            ConsentFile::yaml("config.yaml", "telemetry_enabled", &["true"]).located_by("CONFIG_FILE"),
        ));

    fn paths<const N: usize>(chosen: Paths, environment: &[(&str, &str); N]) -> Paths {
        Located::read(&HELIX, chosen, environment).paths().clone()
    }

    #[test]
    fn a_product_can_have_its_files_in_another_directory_and_its_consent_file_anywhere() {
        let here = std::env::current_dir().unwrap();
        let (home, elsewhere) = (here.join("u"), here.join("x/y.yaml"));
        let nmp = home.join(".config/nmp");
        for (variable, file) in [
            (("", ""), nmp.join("config.yaml")),
            (("CONFIG_FILE", ""), nmp.join("config.yaml")),
            (("CONFIG_FILE", elsewhere.to_str().unwrap()), elsewhere.clone()),
            (("CONFIG_FILE", "x/y.yaml"), elsewhere.clone()),
        ] {
            let paths = paths(Paths::default(), &[(HOME_VARIABLES[0], home.to_str().unwrap()), variable]);
            assert_eq!(paths.consent_file, Some(file));
            assert_eq!(paths.marker, Some(nmp.join("do_not_track")));
        }
    }

    #[test]
    fn what_the_host_chooses_is_absolute_too() {
        let here = std::env::current_dir().unwrap();
        let chosen = Paths { config_dir: Some("".into()), marker: Some("quiet".into()), ..Paths::default() };
        let paths = paths(chosen, &[]);
        assert_eq!(paths.config_dir.as_deref(), Some(&*here));
        assert_eq!(paths.marker, Some(here.join("quiet")));
        assert_eq!(paths.audit_file, Some(here.join("usage_stats.json")));
    }

    #[test]
    fn a_home_that_only_the_user_database_knows_is_looked_up_and_never_guessed() {
        let found = paths(Paths::default(), &[]);
        let in_home = |home: &PathBuf| home.join(".config/nmp");
        assert_eq!(found.config_dir, found.home.as_ref().map(in_home));
    }
}
