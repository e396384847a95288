// SPDX-FileCopyrightText: Copyright (c) 2026 NVIDIA CORPORATION & AFFILIATES. All rights reserved.
// SPDX-License-Identifier: Apache-2.0

//! Resolves an import: in the working directory, the import roots, or a library that ships with the product.
//!
//! Source: `docs/LOADING.md` 2.3.

use std::path::{Path, PathBuf};

use super::files::Files;
use super::library::Bundled;

/// What an import path stands for.
#[derive(Debug)]
pub(crate) enum Target {
    /// A directory to walk.
    Directory { given: PathBuf, path: PathBuf },
    /// One Colang file.
    Colang(PathBuf),
    /// A file of another kind, which is accepted and has no effect.
    Nothing,
    /// Part of a library that ships with the product.
    Bundled(Bundled),
}

/// Where imports are looked up.
pub(crate) struct Resolver {
    pub(crate) from_working_directory: bool,
    pub(crate) roots: Vec<PathBuf>,
}

impl Resolver {
    /// Finds what `import` stands for; `None` if it leads nowhere.
    pub(crate) fn resolve(&self, import: &str, files: &Files) -> Option<Target> {
        let import_path = Path::new(import);
        if self.from_working_directory && !import.is_empty() {
            let path = files.locate(import_path);
            if path.exists() {
                return Some(target(import_path, path));
            }
        }
        let in_roots = self.roots.iter().find_map(|root| in_root(root, import, files));
        in_roots.or_else(|| Bundled::find(import).map(Target::Bundled))
    }
}

fn in_root(root: &Path, import: &str, files: &Files) -> Option<Target> {
    let candidates = [root.join(import), root.join(format!("{import}.co"))];
    let allowed = if import.ends_with(".co") { 1 } else { 2 };
    let mut candidates = candidates.into_iter().take(allowed).map(|given| (files.locate(&given), given));
    let (path, given) = candidates.find(|(path, _)| path.exists())?;
    Some(target(&given, path))
}

fn target(given: &Path, path: PathBuf) -> Target {
    if path.is_dir() {
        Target::Directory { given: given.to_path_buf(), path }
    } else if given.as_os_str().as_encoded_bytes().ends_with(b".co") {
        Target::Colang(path)
    } else {
        Target::Nothing
    }
}
