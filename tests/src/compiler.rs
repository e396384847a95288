// SPDX-FileCopyrightText: Copyright (c) 2026 NVIDIA CORPORATION & AFFILIATES. All rights reserved.
// SPDX-License-Identifier: Apache-2.0

//! Scratch crates that are given to the compiler, and what it says.

use std::path::Path;
use std::process::Output;

use serde_json::Value;

use crate::cargo::scratch_cargo;

/// One error.
#[derive(Debug, Clone)]
pub struct Refusal {
    /// What it says.
    pub message: String,
    /// The files in which it lies.
    pub files: Vec<String>,
    /// What it marks there, up to the end of the line.
    pub tokens: Vec<String>,
}

/// Checks all crates of the workspace in `root`, whose names must be those of one test: see [`scratch_cargo`].
///
/// # Panics
///
/// If there is no cargo.
#[must_use]
pub fn check(root: &Path) -> Output {
    let mut cargo = scratch_cargo(root);
    cargo.args(["check", "--workspace", "--keep-going", "--message-format", "json"]);
    cargo.output().expect("cargo runs the tests, so it is there")
}

/// The errors of a [`check`], but for the summary at its end.
#[must_use]
pub fn refusals(output: &Output) -> Vec<Refusal> {
    let text = String::from_utf8_lossy(&output.stdout);
    let lines = text.lines().filter_map(|line| serde_json::from_str::<Value>(line).ok());
    let errors = lines.filter(|line| line["message"]["level"] == "error");
    let refusals = errors.map(|line| refusal(&line["message"]));
    refusals.filter(|refusal| !refusal.message.starts_with("aborting due to")).collect()
}

fn refusal(error: &Value) -> Refusal {
    let text = |value: &Value| value.as_str().unwrap_or_default().to_owned();
    let primary =
        || error["spans"].as_array().into_iter().flatten().filter(|span| span["is_primary"] == true);
    Refusal {
        message: text(&error["message"]),
        files: primary().map(|span| text(&span["file_name"])).collect(),
        tokens: primary().map(|span| marked(&span["text"][0])).collect(),
    }
}

/// The part of a line that is marked. Columns are counted in characters, from 1.
fn marked(line: &Value) -> String {
    let column = |name: &str| usize::try_from(line[name].as_u64().unwrap_or(1)).unwrap_or(1) - 1;
    let (start, end) = (column("highlight_start"), column("highlight_end"));
    line["text"].as_str().unwrap_or_default().chars().take(end).skip(start).collect()
}
