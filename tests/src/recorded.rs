// SPDX-FileCopyrightText: Copyright (c) 2026 NVIDIA CORPORATION & AFFILIATES. All rights reserved.
// SPDX-License-Identifier: Apache-2.0

//! Recorded answers: the rows committed beside these tests, and the reference data where it exists.

use std::path::{Path, PathBuf};

use serde_json::Value;

/// The rows of one kind from both places: a small set of our own making, which runs everywhere, and the reference data,
/// with a note where that does not exist.
#[must_use]
pub fn rows(name: &str) -> Vec<Value> {
    let mut rows = lines(&sample(name));
    match reference(name) {
        Some(file) => rows.extend(lines(&file)),
        None => eprintln!("skipped: the reference data has no `{name}` here"),
    }
    rows
}

/// How many rows [`rows`] gives, of which the committed ones are `committed` and those of the reference data `recorded`: so
/// that a test notices when it looks at fewer than it was written for.
#[must_use]
pub fn expected_count(name: &str, committed: usize, recorded: usize) -> usize {
    committed + if reference(name).is_some() { recorded } else { 0 }
}

/// The rows of one kind from the reference data, or nothing, with a note, where it does not exist.
#[must_use]
pub fn reference_rows(name: &str) -> Option<Vec<Value>> {
    let file = reference(name);
    if file.is_none() {
        eprintln!("skipped: the reference data has no `{name}` here");
    }
    Some(lines(&file?))
}

/// A file of the reference data that is one JSON value, or nothing, with a note, where it does not exist.
#[must_use]
pub fn reference_json(name: &str) -> Option<Value> {
    let Some(file) = reference(name) else {
        eprintln!("skipped: the reference data has no `{name}` here");
        return None;
    };
    let text = std::fs::read_to_string(file).expect("the reference data can be read");
    Some(serde_json::from_str(&text).expect("the file is JSON"))
}

fn sample(name: &str) -> PathBuf {
    Path::new(concat!(env!("CARGO_MANIFEST_DIR"), "/samples")).join(name)
}

fn reference(name: &str) -> Option<PathBuf> {
    let path = Path::new(concat!(env!("CARGO_MANIFEST_DIR"), "/../../shared/reference")).join(name);
    path.exists().then_some(path)
}

/// A file with one JSON value on each line.
#[must_use]
pub fn lines(file: &Path) -> Vec<Value> {
    let text = std::fs::read_to_string(file).unwrap_or_else(|error| panic!("{}: {error}", file.display()));
    text.lines().map(|line| serde_json::from_str(line).expect("each line is a JSON value")).collect()
}

/// The name under which a row appears in messages.
#[must_use]
pub fn id(row: &Value) -> &str {
    row["id"].as_str().expect("each row has an id")
}
