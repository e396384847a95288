// SPDX-FileCopyrightText: Copyright (c) 2026 NVIDIA CORPORATION & AFFILIATES. All rights reserved.
// SPDX-License-Identifier: Apache-2.0

//! Where the reference data is, and how its files are read.

use std::path::{Path, PathBuf};

use serde_json::Value;

/// A file of the reference data, or `None`, with a note, where it does not exist.
pub(crate) fn file(name: &str) -> Option<PathBuf> {
    let path = Path::new(concat!(env!("CARGO_MANIFEST_DIR"), "/../../shared/reference")).join(name);
    if path.exists() {
        return Some(path);
    }
    eprintln!("skipped: {} does not exist", path.display());
    None
}

/// A JSON file.
pub(crate) fn json(name: &str) -> Option<Value> {
    let text = std::fs::read_to_string(file(name)?).unwrap();
    Some(serde_json::from_str(&text).unwrap())
}

/// A file with one JSON value on each line.
pub(crate) fn rows(name: &str) -> Option<Vec<Value>> {
    file(name).map(|path| lines(&path))
}

/// A file with one JSON value on each line, by its path.
pub(crate) fn lines(path: &Path) -> Vec<Value> {
    let text = std::fs::read_to_string(path).unwrap();
    text.lines().map(|line| serde_json::from_str(line).unwrap()).collect()
}
