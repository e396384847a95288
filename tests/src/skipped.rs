// SPDX-FileCopyrightText: Copyright (c) 2026 NVIDIA CORPORATION & AFFILIATES. All rights reserved.
// SPDX-License-Identifier: Apache-2.0

//! What a test says when it cannot check something on this machine.

use std::fs::OpenOptions;
use std::io::Write;
use std::path::Path;

/// Names the file that collects the lines; `.ci/run` sets it and prints the file at its end.
const FILE: &str = "TELEMETRY_TESTS_SKIPPED";

/// Says in one line that the running test, or a part of it, does not run here, and why.
///
/// Cargo shows nothing that a passing test prints, so the line is also appended to the file that `TELEMETRY_TESTS_SKIPPED`
/// names.
///
/// # Panics
///
/// If that file cannot be written.
pub fn skipped(reason: &str) {
    let thread = std::thread::current();
    let line = format!("skipped: {}: {reason}\n", thread.name().unwrap_or("a test"));
    eprint!("{line}");
    if let Some(file) = std::env::var_os(FILE) {
        append(Path::new(&file), &line).unwrap_or_else(|error| panic!("{FILE}={}: {error}", file.display()));
    }
}

/// In one write, so that lines of tests that run at the same time stay whole.
fn append(file: &Path, line: &str) -> std::io::Result<()> {
    OpenOptions::new().create(true).append(true).open(file)?.write_all(line.as_bytes())
}

#[cfg(test)]
mod tests {
    use super::append;

    #[test]
    fn lines_are_collected_in_a_file_that_need_not_exist() {
        let directory = tempfile::tempdir().unwrap();
        let file = directory.path().join("skipped.txt");
        append(&file, "skipped: one: no `cc`\n").unwrap();
        append(&file, "skipped: two: no `nm`\n").unwrap();
        assert_eq!(std::fs::read_to_string(file).unwrap(), "skipped: one: no `cc`\nskipped: two: no `nm`\n");
    }
}
