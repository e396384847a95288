// SPDX-FileCopyrightText: Copyright (c) 2026 NVIDIA CORPORATION & AFFILIATES. All rights reserved.
// SPDX-License-Identifier: Apache-2.0

//! A recorded configuration as a directory on disk.

use std::fs;
use std::path::{Path, PathBuf};

use serde_json::Value;
use telemetry_guardrails::config::LoadOptions;
use tempfile::TempDir;

/// A scratch root with the files of a row; removed when dropped.
pub(crate) struct Scratch {
    root: TempDir,
}

impl Scratch {
    /// Unpacks `dirs`, `files` and `symlinks` of a row.
    pub(crate) fn unpack(row: &Value) -> Self {
        let scratch = Self { root: TempDir::new().unwrap() };
        for directory in row["dirs"].as_array().unwrap() {
            fs::create_dir_all(scratch.path(directory.as_str().unwrap())).unwrap();
        }
        for (path, content) in row["files"].as_object().unwrap() {
            scratch.write(path, &bytes(content));
        }
        for (path, target) in row["symlinks"].as_object().unwrap() {
            let link = scratch.path(path);
            fs::create_dir_all(link.parent().unwrap()).unwrap();
            #[cfg(unix)]
            std::os::unix::fs::symlink(target.as_str().unwrap(), link).unwrap();
        }
        scratch
    }

    /// A root with one file.
    pub(crate) fn with_file(path: &str, content: &str) -> Self {
        let scratch = Self { root: TempDir::new().unwrap() };
        scratch.write(path, content.as_bytes());
        scratch
    }

    fn path(&self, relative: &str) -> PathBuf {
        self.root.path().join(relative)
    }

    fn write(&self, relative: &str, content: &[u8]) {
        let path = self.path(relative);
        fs::create_dir_all(path.parent().unwrap()).unwrap();
        fs::write(path, content).unwrap();
    }

    /// Options that make `cwd` below the root the working directory, with an environment of these variables only.
    pub(crate) fn options(&self, cwd: &str, set: Vec<String>) -> LoadOptions {
        let lookup = move |name: &str| set.iter().any(|known| known == name).then(|| "set".into());
        LoadOptions::default().working_directory(self.root.path().join(Path::new(cwd))).environment(lookup)
    }
}

fn bytes(content: &Value) -> Vec<u8> {
    match content["text"].as_str() {
        Some(text) => text.as_bytes().to_vec(),
        None => base64(["b64", "base64"].iter().find_map(|key| content[*key].as_str()).unwrap()),
    }
}

fn base64(text: &str) -> Vec<u8> {
    const DIGITS: &[u8] = b"ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/";
    let mut bytes = Vec::new();
    let (mut bits, mut count) = (0_u32, 0);
    for digit in text.bytes().filter_map(|byte| DIGITS.iter().position(|digit| *digit == byte)) {
        bits = bits << 6 | u32::try_from(digit).unwrap();
        count += 6;
        if count >= 8 {
            count -= 8;
            bytes.push((bits >> count & 0xff) as u8);
        }
    }
    bytes
}
