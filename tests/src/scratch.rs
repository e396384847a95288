// SPDX-FileCopyrightText: Copyright (c) 2026 NVIDIA CORPORATION & AFFILIATES. All rights reserved.
// SPDX-License-Identifier: Apache-2.0

//! A recorded configuration as a directory on disk.

use std::fs;
use std::path::{Path, PathBuf};

use serde_json::Value;
use telemetry_guardrails::config::LoadOptions;
use tempfile::TempDir;

/// A scratch root with the files of a row; removed when dropped.
#[derive(Debug)]
pub struct Scratch {
    root: TempDir,
}

impl Scratch {
    /// Unpacks `dirs`, `files` and `symlinks` of a row.
    #[must_use]
    pub fn unpack(row: &Value) -> Self {
        let scratch = Self { root: TempDir::new().expect("there is room for a scratch directory") };
        for directory in row["dirs"].as_array().expect("the row says it") {
            fs::create_dir_all(scratch.path(directory.as_str().expect("the row says it")))
                .expect("the scratch root is ours");
        }
        for (path, content) in row["files"].as_object().expect("the row says it") {
            scratch.write(path, &bytes(content));
        }
        for (path, target) in row["symlinks"].as_object().expect("the row says it") {
            let link = scratch.path(path);
            fs::create_dir_all(link.parent().expect("the path is below the root"))
                .expect("the scratch root is ours");
            make_link(target.as_str().expect("the row says it"), &link);
        }
        scratch
    }

    /// A root with one file.
    #[must_use]
    pub fn with_file(path: &str, content: &str) -> Self {
        let scratch = Self { root: TempDir::new().expect("there is room for a scratch directory") };
        scratch.write(path, content.as_bytes());
        scratch
    }

    fn path(&self, relative: &str) -> PathBuf {
        self.root.path().join(relative)
    }

    /// Writes one more file below the root.
    ///
    /// # Panics
    ///
    /// If there is no room for it.
    pub fn write(&self, relative: &str, content: &[u8]) {
        let path = self.path(relative);
        fs::create_dir_all(path.parent().expect("the path is below the root"))
            .expect("the scratch root is ours");
        fs::write(path, content).expect("the scratch root is ours");
    }

    /// Options that make `cwd` below the root the working directory, with an environment of these variables only.
    #[must_use]
    pub fn options(&self, cwd: &str, set: Vec<String>) -> LoadOptions {
        let lookup = move |name: &str| set.iter().any(|known| known == name).then(|| "set".into());
        LoadOptions::default().working_directory(self.root.path().join(Path::new(cwd))).environment(lookup)
    }
}

#[cfg(unix)]
fn make_link(target: &str, link: &Path) {
    std::os::unix::fs::symlink(target, link).expect("the scratch root is ours");
}

/// Only some users may make links there.
#[cfg(not(unix))]
fn make_link(_: &str, _: &Path) {}

fn bytes(content: &Value) -> Vec<u8> {
    match content["text"].as_str() {
        Some(text) => text.as_bytes().to_vec(),
        None => base64(
            ["b64", "base64"]
                .iter()
                .find_map(|key| content[*key].as_str())
                .expect("a file is text or base64"),
        ),
    }
}

fn base64(text: &str) -> Vec<u8> {
    const DIGITS: &[u8] = b"ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/";
    let mut bytes = Vec::new();
    let (mut bits, mut count) = (0_u32, 0);
    for digit in text.bytes().filter_map(|byte| DIGITS.iter().position(|digit| *digit == byte)) {
        bits = bits << 6 | u32::try_from(digit).expect("there are 64 digits");
        count += 6;
        if count >= 8 {
            count -= 8;
            bytes.push((bits >> count & 0xff) as u8);
        }
    }
    bytes
}
