// SPDX-FileCopyrightText: Copyright (c) 2026 NVIDIA CORPORATION & AFFILIATES. All rights reserved.
// SPDX-License-Identifier: Apache-2.0

//! Recorded answers: those in `tests/reference`, and a few that are not part of this repository.

use std::path::Path;

use serde_json::Value;

use crate::skipped::skipped;

/// The rows of a file in `tests/reference`.
#[must_use]
pub fn rows(name: &str) -> Vec<Value> {
    lines(&text(name))
}

/// A file in `tests/reference` that is one JSON value.
#[must_use]
pub fn json(name: &str) -> Value {
    serde_json::from_str(&text(name)).expect("the file is JSON")
}

/// The text of a file in `tests/reference`.
#[must_use]
pub fn text(name: &str) -> String {
    read(&Path::new(concat!(env!("CARGO_MANIFEST_DIR"), "/reference")).join(name))
}

/// Names the directory with the recorded answers that are not part of this repository.
const OUTSIDE: &str = "TELEMETRY_REFERENCE";

/// The text of a file in the directory that the variable `TELEMETRY_REFERENCE` names; without it, the test says that it skips this.
#[must_use]
pub fn text_outside(name: &str) -> Option<String> {
    let Some(directory) = std::env::var_os(OUTSIDE) else {
        skipped(&format!("`{OUTSIDE}` names no directory with `{name}`"));
        return None;
    };
    Some(read(&Path::new(&directory).join(name)))
}

/// The configurations of others, which are not ours to publish; where they are missing, the test says that it skips them.
#[must_use]
pub fn configs_outside() -> Option<Vec<Value>> {
    let mut rows = lines(&text_outside("configs.jsonl")?);
    rows.retain(|row| row["kind"] == "config_yml" || row["kind"] == "co_only");
    Some(rows)
}

fn read(file: &Path) -> String {
    std::fs::read_to_string(file).unwrap_or_else(|error| panic!("{}: {error}", file.display()))
}

/// A text with one JSON value on each line.
#[must_use]
pub fn lines(text: &str) -> Vec<Value> {
    text.lines().map(|line| serde_json::from_str(line).expect("each line is a JSON value")).collect()
}

/// The name under which a row appears in messages.
#[must_use]
pub fn id(row: &Value) -> &str {
    row["id"].as_str().expect("each row has an id")
}
