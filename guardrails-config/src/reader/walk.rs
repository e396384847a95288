// SPDX-FileCopyrightText: Copyright (c) 2026 NVIDIA CORPORATION & AFFILIATES. All rights reserved.
// SPDX-License-Identifier: Apache-2.0

//! The files of a directory tree, sorted, through symbolic links but never in a circle.

use std::ffi::OsString;
use std::fs;
use std::path::{Path, PathBuf};
use std::rc::Rc;

use super::budget::Budget;
use super::error::{ConfigError, ErrorKind};

/// A file found by a walk.
#[derive(Debug)]
pub(crate) struct Found {
    /// The path to open.
    pub(crate) path: PathBuf,
    /// The last component, unreadable characters replaced.
    pub(crate) name: String,
    /// Whether the path inside the tree begins with the letters `kb`, which makes it a matter of documents.
    pub(crate) in_kb: bool,
}

/// All files below `root`: those of a directory before those of its subdirectories, each sorted by name.
///
/// The reference takes the order of the file system instead (`docs/LOADING.md` 2.1). Directories that cannot be listed are
/// passed over there and here, except the root.
///
/// # Errors
/// A directory that contains itself through symbolic links, an unreadable root, or a limit.
pub(crate) fn walk(root: &Path, budget: &mut Budget) -> Result<Vec<Found>, ConfigError> {
    fs::read_dir(root).map_err(|error| ConfigError::io(root, "list the directory", error))?;
    let mut walk = Walk { budget, found: Vec::new(), pending: Vec::new() };
    walk.pending.push(Directory { path: root.to_path_buf(), above: None, in_kb: None });
    while let Some(directory) = walk.pending.pop() {
        walk.enter(&directory)?;
    }
    Ok(walk.found)
}

struct Directory {
    path: PathBuf,
    above: Option<Rc<Entered>>,
    in_kb: Option<bool>,
}

/// A directory on the way to another one; shared, because there can be many others.
struct Entered {
    real: PathBuf,
    above: Option<Rc<Entered>>,
    depth: usize,
}

impl Entered {
    /// This directory and all above it.
    fn upwards(&self) -> impl Iterator<Item = &Entered> {
        std::iter::successors(Some(self), |entered| entered.above.as_deref())
    }
}

struct Walk<'a> {
    budget: &'a mut Budget,
    found: Vec<Found>,
    /// Directories still to enter, the next one last.
    pending: Vec<Directory>,
}

impl Walk<'_> {
    fn enter(&mut self, directory: &Directory) -> Result<(), ConfigError> {
        let Ok(real) = fs::canonicalize(&directory.path) else { return Ok(()) };
        let mut above = directory.above.iter().flat_map(|above| above.upwards());
        if above.any(|entered| entered.real == real) {
            return Err(circle(&directory.path, &real));
        }
        let depth = directory.above.as_ref().map_or(0, |above| above.depth) + 1;
        self.budget.directory_depth(depth, &directory.path)?;
        let entered = Rc::new(Entered { real, above: directory.above.clone(), depth });
        let mut subdirectories = Vec::new();
        for name in self.names(&directory.path)? {
            let path = directory.path.join(&name);
            let in_kb = directory.in_kb.unwrap_or_else(|| name.as_encoded_bytes().starts_with(b"kb"));
            if path.is_dir() {
                subdirectories.push(Directory { path, above: Some(Rc::clone(&entered)), in_kb: Some(in_kb) });
            } else {
                self.found.push(Found { path, name: name.to_string_lossy().into_owned(), in_kb });
            }
        }
        self.pending.extend(subdirectories.into_iter().rev());
        Ok(())
    }

    fn names(&mut self, directory: &Path) -> Result<Vec<OsString>, ConfigError> {
        let mut names = Vec::new();
        for entry in fs::read_dir(directory).into_iter().flatten().flatten() {
            self.budget.entry(&entry.path())?;
            names.push(entry.file_name());
        }
        names.sort();
        Ok(names)
    }
}

fn circle(path: &Path, real: &Path) -> ConfigError {
    ConfigError::in_file(ErrorKind::Io, path, format!("leads back to {}, which contains it", real.display()))
        .help("remove the symbolic link that closes the circle")
}
