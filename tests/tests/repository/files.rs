// SPDX-FileCopyrightText: Copyright (c) 2026 NVIDIA CORPORATION & AFFILIATES. All rights reserved.
// SPDX-License-Identifier: Apache-2.0

//! Which files belong to the repository.

use std::fs;
use std::path::{Path, PathBuf};

pub(crate) const ROOT: &str = concat!(env!("CARGO_MANIFEST_DIR"), "/..");

/// Files of git and cargo, and files that tests leave behind.
const NOT_OURS: [&str; 5] = [".git", "target", "ui-scratch", "__pycache__", "LICENSE"];

/// All files below a directory that are wanted, without following links.
pub(crate) fn files(directory: &Path, is_wanted: fn(&Path) -> bool) -> Vec<PathBuf> {
    let mut found = Vec::new();
    collect(directory, is_wanted, &mut found);
    found
}

fn collect(directory: &Path, is_wanted: fn(&Path) -> bool, found: &mut Vec<PathBuf>) {
    for entry in fs::read_dir(directory).unwrap().map(Result::unwrap) {
        let (path, kind) = (entry.path(), entry.file_type().unwrap());
        if NOT_OURS.iter().any(|name| entry.file_name() == *name) {
            continue;
        }
        if kind.is_dir() {
            collect(&path, is_wanted, found);
        } else if kind.is_file() && is_wanted(&path) {
            found.push(path);
        }
    }
}

fn has_extension(file: &Path, extension: &str) -> bool {
    file.extension().is_some_and(|found| found == extension)
}

/// All Rust source below a directory, in one text.
pub(crate) fn rust(directory: &Path) -> String {
    let all = files(directory, |file| has_extension(file, "rs"));
    all.iter().map(|file| fs::read_to_string(file).unwrap()).collect()
}

/// All Markdown pages below a directory.
pub(crate) fn markdown(directory: &Path) -> Vec<PathBuf> {
    files(directory, |file| has_extension(file, "md"))
}
