// SPDX-FileCopyrightText: Copyright (c) 2026 NVIDIA CORPORATION & AFFILIATES. All rights reserved.
// SPDX-License-Identifier: Apache-2.0

//! Marker files: a user's, and those of an administrator. Their existence opts out.

use std::io::ErrorKind;
use std::path::Path;

use super::{MachineMarkers, Signal, SignalReading};

/// The result of one `lstat` of a marker's path.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum MarkerState {
    Absent,
    Present,
    Unknown(ErrorKind),
}

impl MarkerState {
    /// The reading of the opt-out source that this marker is.
    pub(super) fn reading(self, signal: Signal, rule: String) -> SignalReading {
        let value = match self {
            Self::Present => Some("present".into()),
            Self::Unknown(kind) => Some(kind.to_string()),
            Self::Absent => None,
        };
        SignalReading { signal, rule, value, opts_out: self != Self::Absent }
    }
}

/// Checks a marker once, without following a link. Only "not found" and "not a directory" count as absent. A relative path is not
/// checked, since it would lead to another file after a `chdir`; it counts as unknown.
pub(crate) fn marker_state(path: &Path) -> MarkerState {
    if path.is_relative() {
        return MarkerState::Unknown(ErrorKind::InvalidFilename);
    }
    match path.symlink_metadata() {
        Ok(_) => MarkerState::Present,
        Err(error) => match error.kind() {
            ErrorKind::NotFound | ErrorKind::NotADirectory => MarkerState::Absent,
            kind => MarkerState::Unknown(kind),
        },
    }
}

impl MachineMarkers {
    /// Whether the administrator has opted out. Takes two `lstat` calls.
    pub(crate) fn opt_out(&self) -> bool {
        self.each().into_iter().any(|marker| marker_state(marker) != MarkerState::Absent)
    }

    pub(super) fn readings(&self) -> impl Iterator<Item = SignalReading> {
        self.each().into_iter().map(|marker| {
            let rule = format!("anything at {}", marker.display());
            marker_state(marker).reading(Signal::MachineMarker, rule)
        })
    }
}

#[cfg(test)]
mod tests {
    #[cfg(unix)]
    use super::*;
    #[cfg(unix)]
    use crate::profile::Profile;

    #[cfg(unix)]
    #[test]
    fn anything_at_the_marker_path_opts_out() {
        let dir = tempfile::tempdir().unwrap();
        let path = |name: &str| dir.path().join(name);
        std::fs::write(path("file"), "").unwrap();
        std::fs::create_dir(path("dir")).unwrap();
        std::os::unix::fs::symlink(path("nothing"), path("dangling")).unwrap();
        for name in ["file", "dir", "dangling"] {
            assert_eq!(marker_state(&path(name)), MarkerState::Present, "{name}");
        }
        assert_eq!(marker_state(&path("none")), MarkerState::Absent);
        assert_eq!(marker_state(&path("file/below")), MarkerState::Absent);
        assert!(matches!(marker_state(Path::new("relative")), MarkerState::Unknown(_)));
        let long = path(&"x".repeat(300));
        assert!(matches!(marker_state(&long), MarkerState::Unknown(_)));
    }

    #[cfg(unix)]
    #[test]
    fn an_administrator_opts_out_for_one_product_or_for_all() {
        let dir = tempfile::tempdir().unwrap();
        let [shop, other] =
            ["shop", "other"].map(|name| MachineMarkers::below(dir.path(), &Profile::new(name, "1")));
        assert!(!shop.opt_out() && !other.opt_out());
        // A file in place of the directory is not a marker.
        std::fs::write(dir.path().join("nemo-telemetry"), "").unwrap();
        assert!(!shop.opt_out());
        std::fs::create_dir_all(&shop.product).unwrap();
        assert!(shop.opt_out() && !other.opt_out());
        std::fs::remove_file(dir.path().join("nemo-telemetry")).unwrap();
        std::fs::create_dir(dir.path().join("nemo-telemetry")).unwrap();
        std::os::unix::fs::symlink("nowhere", &other.all_products).unwrap();
        assert!(other.opt_out());
        let found: Vec<_> = other.readings().map(|reading| (reading.value, reading.opts_out)).collect();
        assert_eq!(found, [(Some("present".into()), true), (None, false)]);
    }
}
