// SPDX-FileCopyrightText: Copyright (c) 2026 NVIDIA CORPORATION & AFFILIATES. All rights reserved.
// SPDX-License-Identifier: Apache-2.0

//! Checks for opt-outs that appear between a report and its request. The worker runs these checks, so they never read the environment.

use std::path::PathBuf;
use std::sync::Arc;
use std::sync::atomic::Ordering;

use super::{ConsentFile, FileAnswer, MachineMarkers, MarkerState, marker_state, read};
use crate::sync::AtomicBool;

/// An opt-out that has appeared since the report.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum LateOptOut {
    /// The program's own switch.
    Switch,
    /// A marker or the consent file.
    File,
}

/// The opt-out sources that the worker checks before each request.
#[derive(Debug)]
pub(crate) struct ConsentWatch {
    /// The program's own switch.
    pub(crate) switch: Arc<AtomicBool>,
    pub(crate) machine: Option<MachineMarkers>,
    /// Whether the latest check has found a marker of the machine.
    pub(crate) machine_opts_out: AtomicBool,
    pub(crate) marker: Option<PathBuf>,
    pub(crate) file: Option<(ConsentFile, PathBuf)>,
    /// Whether the latest report was allowed only because the consent file opted in. Then the file still has to.
    pub(crate) needs_file: Arc<AtomicBool>,
}

impl ConsentWatch {
    /// The opt-out that has appeared since the report, if there is one. Checks files.
    pub(crate) fn check(&self) -> Option<LateOptOut> {
        if self.is_switched_off() {
            return Some(LateOptOut::Switch);
        }
        let marker = self.marker.as_deref().map_or(MarkerState::Absent, marker_state);
        let opts_out = self.check_machine() || marker != MarkerState::Absent || self.file_opts_out();
        opts_out.then_some(LateOptOut::File)
    }

    /// Whether a marker of the machine opts out now.
    fn check_machine(&self) -> bool {
        let opts_out = self.machine.as_ref().is_some_and(MachineMarkers::opt_out);
        self.machine_opts_out.store(opts_out, Ordering::Relaxed);
        opts_out
    }

    pub(crate) fn is_switched_off(&self) -> bool {
        !self.switch.load(Ordering::Relaxed)
    }

    fn file_opts_out(&self) -> bool {
        match self.file.as_ref().map(|(file, path)| read(file, path)) {
            None | Some(FileAnswer::OptsIn) => false,
            Some(FileAnswer::Unanswered) => self.needs_file.load(Ordering::Relaxed),
            Some(FileAnswer::OptsOut(_)) => true,
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::profile::Profile;

    #[cfg(feature = "consent-yaml")]
    #[test]
    fn each_source_can_opt_out_late() {
        let dir = tempfile::tempdir().unwrap();
        let [marker, path] = ["marker", "file"].map(|name| dir.path().join(name));
        let watch = ConsentWatch {
            switch: Arc::new(AtomicBool::new(true)),
            machine: None,
            machine_opts_out: AtomicBool::default(),
            marker: Some(marker.clone()),
            file: Some((ConsentFile::yaml("file", "agree", &["true"]), path.clone())),
            needs_file: Arc::new(AtomicBool::new(true)),
        };
        assert_eq!(watch.check(), Some(LateOptOut::File), "the required file is missing");
        watch.needs_file.store(false, Ordering::Relaxed);
        assert_eq!(watch.check(), None);
        std::fs::write(&path, "agree: false").unwrap();
        assert_eq!(watch.check(), Some(LateOptOut::File));
        std::fs::write(&path, "agree: true").unwrap();
        watch.needs_file.store(true, Ordering::Relaxed);
        assert_eq!(watch.check(), None);
        std::fs::write(marker, "").unwrap();
        assert_eq!(watch.check(), Some(LateOptOut::File));
    }

    #[test]
    fn a_marker_of_the_machine_opts_out_late_until_it_is_removed() {
        let dir = tempfile::tempdir().unwrap();
        let watch = ConsentWatch {
            switch: Arc::new(AtomicBool::new(true)),
            machine: Some(MachineMarkers::below(&dir.path().join("etc"), &Profile::new("shop", "1"))),
            machine_opts_out: AtomicBool::default(),
            marker: None,
            file: None,
            needs_file: Arc::default(),
        };
        assert_eq!((watch.check(), watch.machine_opts_out.load(Ordering::Relaxed)), (None, false));
        let product = dir.path().join("etc/shop/do_not_track");
        std::fs::create_dir_all(&product).unwrap();
        let found = (watch.check(), watch.machine_opts_out.load(Ordering::Relaxed));
        assert_eq!(found, (Some(LateOptOut::File), true));
        std::fs::remove_dir(product).unwrap();
        assert_eq!((watch.check(), watch.machine_opts_out.load(Ordering::Relaxed)), (None, false));
    }

    #[test]
    fn the_switch_opts_out_late_too() {
        let switch = Arc::new(AtomicBool::new(true));
        let watch = ConsentWatch {
            switch: Arc::clone(&switch),
            machine: None,
            machine_opts_out: AtomicBool::default(),
            marker: None,
            file: None,
            needs_file: Arc::default(),
        };
        assert_eq!(watch.check(), None);
        switch.store(false, Ordering::Relaxed);
        assert_eq!(watch.check(), Some(LateOptOut::Switch));
    }
}
