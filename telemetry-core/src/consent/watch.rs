// SPDX-FileCopyrightText: Copyright (c) 2026 NVIDIA CORPORATION & AFFILIATES. All rights reserved.
// SPDX-License-Identifier: Apache-2.0

//! What can come to object between a report and its request. The worker asks it, so it reads no environment.

use std::path::PathBuf;
use std::sync::Arc;
use std::sync::atomic::Ordering;

use super::{ConsentFile, FileAnswer, MarkerState, marker_state, read};
use crate::sync::AtomicBool;

/// What has come to object since the report was made.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Objection {
    /// The program's own switch.
    Switch,
    /// The marker or the consent file.
    File,
}

/// The signals that the worker looks at before each request.
#[derive(Debug)]
pub(crate) struct ConsentWatch {
    /// The program's own switch.
    pub(crate) switch: Arc<AtomicBool>,
    pub(crate) marker: Option<PathBuf>,
    pub(crate) file: Option<(ConsentFile, PathBuf)>,
    /// Whether the latest report was allowed because the consent file agreed: then it has to agree still.
    pub(crate) needs_file: Arc<AtomicBool>,
}

impl ConsentWatch {
    /// What has come to object since the report was made. This looks at files.
    pub(crate) fn objection(&self) -> Option<Objection> {
        if self.is_switched_off() {
            return Some(Objection::Switch);
        }
        let marker = self.marker.as_deref().map_or(MarkerState::Absent, marker_state);
        (marker != MarkerState::Absent || self.file_objects()).then_some(Objection::File)
    }

    pub(crate) fn is_switched_off(&self) -> bool {
        !self.switch.load(Ordering::Relaxed)
    }

    fn file_objects(&self) -> bool {
        match self.file.as_ref().map(|(file, path)| read(file, path)) {
            None | Some(FileAnswer::Agrees) => false,
            Some(FileAnswer::Silent) => self.needs_file.load(Ordering::Relaxed),
            Some(FileAnswer::Refuses(_)) => true,
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[cfg(feature = "consent-yaml")]
    #[test]
    fn each_signal_can_come_to_object() {
        let dir = tempfile::tempdir().unwrap();
        let [marker, path] = ["marker", "file"].map(|name| dir.path().join(name));
        let watch = ConsentWatch {
            switch: Arc::new(AtomicBool::new(true)),
            marker: Some(marker.clone()),
            file: Some((ConsentFile::yaml("file", "agree", &["true"]), path.clone())),
            needs_file: Arc::new(AtomicBool::new(true)),
        };
        assert_eq!(watch.objection(), Some(Objection::File), "the file that was needed is gone");
        watch.needs_file.store(false, Ordering::Relaxed);
        assert_eq!(watch.objection(), None);
        std::fs::write(&path, "agree: false").unwrap();
        assert_eq!(watch.objection(), Some(Objection::File));
        std::fs::write(&path, "agree: true").unwrap();
        watch.needs_file.store(true, Ordering::Relaxed);
        assert_eq!(watch.objection(), None);
        std::fs::write(marker, "").unwrap();
        assert_eq!(watch.objection(), Some(Objection::File));
    }

    #[test]
    fn the_switch_objects_too() {
        let switch = Arc::new(AtomicBool::new(true));
        let watch = ConsentWatch {
            switch: Arc::clone(&switch),
            marker: None,
            file: None,
            needs_file: Arc::default(),
        };
        assert_eq!(watch.objection(), None);
        switch.store(false, Ordering::Relaxed);
        assert_eq!(watch.objection(), Some(Objection::Switch));
    }
}
