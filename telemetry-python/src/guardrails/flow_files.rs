// SPDX-FileCopyrightText: Copyright (c) 2026 NVIDIA CORPORATION & AFFILIATES. All rights reserved.
// SPDX-License-Identifier: Apache-2.0

//! Which flows are the user's own. The package's library of Colang 2.x is told by its directory, and only a look at the file
//! system tells where a path leads.

use std::collections::HashMap;
use std::path::{Path, PathBuf};

use once_cell::race::OnceBox;

/// The longest path that systems take, in bytes. A longer text names no file of the library.
const LONGEST_PATH: usize = 4096;

/// The file of the package, and the directory of its library: found once, as the reference does when it is imported.
static LIBRARY: OnceBox<(String, PathBuf)> = OnceBox::new();

/// The number of flows that are not of the package's library (reference: `_is_v2_library_flow`).
pub(super) fn num_custom(files: &HashMap<Option<String>, u64>, package_file: Option<&str>) -> u64 {
    let is_named = files.keys().any(Option::is_some);
    let library = package_file.filter(|_| is_named).and_then(library);
    let is_custom = |file: Option<&str>| match (file, &library) {
        (Some(file), Some(library)) => !is_below(file, library),
        _ => true,
    };
    files.iter().filter(|(file, _)| is_custom(file.as_deref())).map(|(_, flows)| flows).sum()
}

fn library(package_file: &str) -> Option<PathBuf> {
    match LIBRARY.get() {
        Some((known, library)) if known == package_file => Some(library.clone()),
        _ => {
            let library = resolved(Path::new(package_file)).parent()?.join("colang/v2_x/library");
            LIBRARY.get_or_init(|| Box::new((package_file.to_owned(), library.clone())));
            Some(library)
        }
    }
}

fn is_below(file: &str, directory: &Path) -> bool {
    file.len() <= LONGEST_PATH && resolved(Path::new(file)).starts_with(directory)
}

/// The path with all symbolic links followed, as far as it exists; the rest stays as it is.
fn resolved(path: &Path) -> PathBuf {
    let absolute = std::path::absolute(path).unwrap_or_else(|_| path.to_owned());
    let existing = absolute.ancestors().find_map(|part| Some((part.canonicalize().ok()?, part)));
    let Some((real, part)) = existing else { return absolute };
    absolute.strip_prefix(part).map_or_else(|_| real.clone(), |rest| real.join(rest))
}
