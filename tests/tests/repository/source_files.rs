// SPDX-FileCopyrightText: Copyright (c) 2026 NVIDIA CORPORATION & AFFILIATES. All rights reserved.
// SPDX-License-Identifier: Apache-2.0

//! Every source file and every package has the license; and patterns that no source file has.

use std::ffi::OsStr;
use std::fs;
use std::path::{Path, PathBuf};

use crate::files::{ROOT, files};

const HEADER: [&str; 2] = [
    "SPDX-FileCopyrightText: Copyright (c) 2026 NVIDIA CORPORATION & AFFILIATES. All rights reserved.",
    "SPDX-License-Identifier: Apache-2.0",
];

const EXTENSIONS: [&str; 9] = ["rs", "toml", "yml", "yaml", "co", "py", "sh", "js", "css"];
const NAMES: [&str; 4] = ["run", "long", ".gitignore", ".railsignore"];

fn is_source(file: &Path) -> bool {
    let is_one_of = |all: &[&str], text: Option<&OsStr>| all.iter().any(|one| text == Some(OsStr::new(one)));
    is_one_of(&EXTENSIONS, file.extension()) || is_one_of(&NAMES, file.file_name())
}

/// Whether the file starts with both lines, as comments; a script's first line says what runs it.
fn has_header(file: &Path) -> bool {
    let text = fs::read_to_string(file).unwrap();
    let mut lines = text.lines().skip_while(|line| line.starts_with("#!"));
    HEADER.iter().all(|expected| {
        let line = lines.next().unwrap_or_default().trim_end_matches(" */");
        ["// ", "# ", "/* "].iter().any(|mark| line.strip_prefix(mark) == Some(expected))
    })
}

#[test]
fn every_source_file_starts_with_the_header() {
    let files = files(Path::new(ROOT), is_source);
    let missing: Vec<_> = files.iter().filter(|file| !has_header(file)).collect();
    assert!(missing.is_empty(), "without the two-line header: {missing:#?}");
    for one in [".ci/run", "Cargo.toml", "examples/support_bot/config.yml", "tests/differential/record.py"] {
        assert!(files.contains(&Path::new(ROOT).join(one)), "{one} is looked at");
    }
}

/// Only lines of `telemetry_tests::skipped` reach the end of the gate.
#[test]
fn tests_say_that_they_skip_in_one_way() {
    let directories =
        ["tests", "telemetry-cli", "telemetry-core", "telemetry-derive", "telemetry-guardrails", "examples"];
    let files = directories.map(|directory| files(&Path::new(ROOT).join(directory), is_source)).concat();
    let other_ways = ["print!", "println!"].map(|macro_name| format!("{macro_name}(\"skipped"));
    let has_another = |file: &&PathBuf| {
        let text = fs::read_to_string(file).unwrap();
        other_ways.iter().any(|way| text.contains(way))
    };
    let wrong: Vec<_> = files.iter().filter(has_another).collect();
    assert!(wrong.is_empty(), "call `telemetry_tests::skipped::skipped` instead: {wrong:#?}");
}

/// Otherwise a file of the toolkit could become a standard stream of a host that has closed its own.
#[test]
fn the_core_opens_every_file_above_the_standard_streams() {
    let core = Path::new(ROOT).join("telemetry-core/src");
    let mut files = files(&core, is_source);
    files.retain(|file| !file.ends_with("standard_streams.rs"));
    let opens = |line: &&str| {
        let ways = [
            "File::open(",
            "File::create",
            "fs::read",
            "fs::write(",
            "fs::copy(",
            ".open(path",
            ".open(&",
            "sys::home_in",
            ".to_socket_addrs(",
        ];
        ways.iter().any(|way| line.contains(way))
            && !line.contains("above_standard_streams(")
            && !line.contains("fs::read_link")
    };
    for file in &files {
        let text = fs::read_to_string(file).unwrap();
        let code = text.split("#[cfg(test)]").next().unwrap_or_default();
        let code = code.split("#[cfg(all(test,").next().unwrap_or_default();
        let mut code = code.lines().filter(|line| !line.trim_start().starts_with("//"));
        assert_eq!(code.find(opens), None, "use `standard_streams` in {}", file.display());
    }
    assert!(files.contains(&core.join("audit.rs")));
}
