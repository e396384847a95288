// SPDX-FileCopyrightText: Copyright (c) 2026 NVIDIA CORPORATION & AFFILIATES. All rights reserved.
// SPDX-License-Identifier: Apache-2.0

//! Random texts of the pieces that both languages are made of.

use std::fs;

use guardrails_config::RailsConfig;
use tempfile::TempDir;

/// A small source of chance with a seed, so that a failure can be repeated.
struct Chance(u64);

impl Chance {
    fn below(&mut self, bound: usize) -> usize {
        self.0 ^= self.0 << 13;
        self.0 ^= self.0 >> 7;
        self.0 ^= self.0 << 17;
        usize::try_from(self.0 % bound as u64).unwrap()
    }

    fn pick<'a>(&mut self, from: &[&'a str]) -> &'a str {
        from.get(self.below(from.len())).unwrap()
    }
}

#[test]
fn no_text_makes_it_panic() {
    const PIECES: &[&str] = &[
        "models:",
        " []",
        "\n",
        "  ",
        "- ",
        "type: main",
        "engine: e",
        "model: m",
        "rails:",
        "input:",
        "output:",
        "config:",
        "flows:",
        "[",
        "]",
        "{",
        "}",
        ",",
        ": ",
        ":",
        "#",
        " #",
        "'",
        "\"",
        "|",
        ">",
        "&a ",
        "*a",
        "<<: ",
        "!!int ",
        "!",
        "? ",
        "---\n",
        "...\n",
        "%YAML 1.1\n",
        "\t",
        "\r\n",
        "\u{85}",
        "\u{2028}",
        "\u{feff}",
        "é",
        "😀",
        "regex_detection:",
        "patterns: ['",
        "(?<=",
        "(?P<n>",
        "\\",
        "1:30",
        "0x",
        "1e5",
        "2024-01-01",
        "self check input $",
        "colang_version: '2.x'",
        "import_paths: [core]",
        "docs:",
        "=",
        "~",
        "x $model=",
        "(",
        ")",
    ];
    const COLANG: &[&str] = &[
        "define ",
        "def ",
        "flow ",
        "subflow ",
        "user ",
        "bot ",
        "extension ",
        "\n",
        "  ",
        "\"",
        "\"\"\"",
        "'''",
        "#",
        "\\",
        " or",
        ":",
        "import ",
        "core",
        ".",
        "a",
        "é",
        "\t",
        "@active",
        "$x",
        "(",
        "->",
        "\u{feff}",
        "...",
    ];
    let mut chance = Chance(0x5eed);
    let directory = TempDir::new().unwrap();
    for _ in 0..400 {
        let yaml: String = (0..chance.below(30)).map(|_| chance.pick(PIECES)).collect();
        let colang: String = (0..chance.below(30)).map(|_| chance.pick(COLANG)).collect();
        fs::write(directory.path().join("config.yml"), format!("models: []\n{yaml}")).unwrap();
        fs::write(directory.path().join("main.co"), colang).unwrap();
        if let Err(error) = RailsConfig::from_path(directory.path()) {
            assert!(!error.to_string().is_empty());
        }
    }
}
