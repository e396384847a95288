// SPDX-FileCopyrightText: Copyright (c) 2026 NVIDIA CORPORATION & AFFILIATES. All rights reserved.
// SPDX-License-Identifier: Apache-2.0

//! The steps in a section of a page: files to write, and commands with their output.

/// A step of a reader of the section.
#[derive(Debug, PartialEq, Eq)]
pub(crate) enum Step {
    /// Writes a file: its name is in backticks at the end of the paragraph before.
    Write { path: String, text: String },
    /// Runs a command and sees this.
    Run(Command),
    /// Runs a command in a second terminal, where it stays.
    RunBeside(Command),
}

/// A command line and the lines that it prints.
#[derive(Debug, PartialEq, Eq)]
pub(crate) struct Command {
    pub(crate) line: String,
    pub(crate) prints: Vec<String>,
}

/// All steps of the section with this title.
pub(crate) fn steps(page: &str, title: &str) -> Vec<Step> {
    let section = page.split_once(&format!("\n## {title}\n")).expect("the section is there").1;
    let section = section.split_once("\n## ").map_or(section, |(section, _)| section);
    let mut pieces = section.split("```");
    let mut before = pieces.next().unwrap_or_default();
    let mut steps = Vec::new();
    while let (Some(block), Some(after)) = (pieces.next(), pieces.next()) {
        let (language, text) = block.split_once('\n').expect("a block has lines");
        match language {
            "console" if before.contains("second terminal") => {
                steps.extend(commands(text).map(Step::RunBeside));
            }
            "console" => steps.extend(commands(text).map(Step::Run)),
            _ => steps.push(Step::Write { path: file_name(before), text: text.to_owned() }),
        }
        before = after;
    }
    steps
}

fn commands(text: &str) -> impl Iterator<Item = Command> {
    text.split("$ ").skip(1).map(|command| {
        let mut lines = command.lines().map(str::to_owned);
        Command { line: lines.next().expect("a command has a line"), prints: lines.collect() }
    })
}

fn file_name(paragraph: &str) -> String {
    let name = paragraph.trim_end().strip_suffix('`').and_then(|text| text.rsplit('`').next());
    name.expect("the paragraph before a file ends with its name").to_owned()
}

#[test]
fn a_section_is_read_as_its_reader_does() {
    let page = "# a\n\n## Other\n\n## Title\n\nText:\n\n```console\n$ one\n$ two\nseen\n```\n\nA file: `a/b.rs`\n\n\
                  ```rs\nfn a() {}\n```\n\nIn a second terminal:\n\n```console\n$ three\n```\n\n## Next\n\n```console\n$ no\n```\n";
    let command = |line: &str, prints: &[&str]| Command {
        line: line.into(),
        prints: prints.iter().map(ToString::to_string).collect(),
    };
    let expected = [
        Step::Run(command("one", &[])),
        Step::Run(command("two", &["seen"])),
        Step::Write { path: "a/b.rs".into(), text: "fn a() {}\n".into() },
        Step::RunBeside(command("three", &[])),
    ];
    assert_eq!(steps(page, "Title"), expected);
}
