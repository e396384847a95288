// SPDX-FileCopyrightText: Copyright (c) 2026 NVIDIA CORPORATION & AFFILIATES. All rights reserved.
// SPDX-License-Identifier: Apache-2.0

//! Random texts of the pieces that both languages are made of.

use std::fs;

use guardrails_config::__fuzz1::check_yaml;
use guardrails_config::RailsConfig;
use tempfile::TempDir;

use crate::pieces::{COLANG, CONFIGURATION, YAML};

/// A small source of chance with a seed, so that a failure can be repeated.
struct Chance(u64);

impl Chance {
    fn below(&mut self, bound: usize) -> usize {
        self.0 ^= self.0 << 13;
        self.0 ^= self.0 >> 7;
        self.0 ^= self.0 << 17;
        usize::try_from(self.0 % bound as u64).unwrap()
    }

    /// A text of fewer than `bound` pieces.
    fn text(&mut self, bound: usize, pieces: &[&str]) -> String {
        (0..self.below(bound)).map(|_| *pieces.get(self.below(pieces.len())).unwrap()).collect()
    }
}

#[test]
fn no_yaml_makes_its_reader_panic() {
    let (mut chance, pieces) = (Chance(0x5eed), [YAML, CONFIGURATION].concat());
    for _ in 0..20_000 {
        let text = chance.text(24, &pieces);
        if let Err(error) = check_yaml(&text) {
            assert!(!error.remedy().is_empty(), "{text:?}: {error}");
        }
    }
}

#[test]
fn no_directory_makes_the_loader_panic() {
    let (mut chance, pieces) = (Chance(0x5eed), [YAML, CONFIGURATION].concat());
    let directory = TempDir::new().unwrap();
    for _ in 0..400 {
        let (yaml, colang) = (chance.text(30, &pieces), chance.text(30, COLANG));
        fs::write(directory.path().join("config.yml"), format!("models: []\n{yaml}")).unwrap();
        fs::write(directory.path().join("main.co"), colang).unwrap();
        if let Err(error) = RailsConfig::from_path(directory.path()) {
            assert!(!error.to_string().is_empty());
        }
    }
}
