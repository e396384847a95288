// SPDX-FileCopyrightText: Copyright (c) 2026 NVIDIA CORPORATION & AFFILIATES. All rights reserved.
// SPDX-License-Identifier: Apache-2.0

//! `completions`: the scripts that shells complete the command with.

#![cfg(unix)]

use std::process::Command;

use telemetry_tests::child::Probe;
use telemetry_tests::home::Home;
use telemetry_tests::skipped::skipped;

use crate::nemo_telemetry::{assert_refused, command, example, text};

const SHELLS: [&str; 5] = ["bash", "zsh", "fish", "powershell", "elvish"];

fn script(shell: &str) -> String {
    text(&command(&Home::new()).run(&["completions", shell]).checked().lines)
}

#[test]
fn each_shell_gets_a_script_that_knows_each_subcommand() {
    for shell in SHELLS {
        let script = script(shell);
        for word in ["guardrails_command", "new-event", "disable", "tail", "deployment-type", "color"] {
            assert!(script.contains(word), "{shell}: {word}");
        }
    }
    assert_refused(&command(&Home::new()).run(&["completions", "tcsh"]), 2, &["tcsh", "bash"]);
}

/// A name with hyphens, under which users start the command.
const HYPHENATED: &str = "nemo-telemetry-x";

/// The script of the command if it is started under this name.
fn script_of(program: &str, shell: &str) -> String {
    let home = Home::new();
    let file = home.path().join(program);
    std::os::unix::fs::symlink(env!("CARGO_BIN_EXE_guardrails_command"), &file).unwrap();
    text(&Probe::new(file.to_str().unwrap(), &home).run(&["completions", shell]).checked().lines)
}

/// The words that bash offers for the last of these words, with the function that the script registers for the program. Before them
/// are the options that it sets for the words, which bash itself only takes while a user completes.
fn offered(script: &str, program: &str, words: &[&str]) -> Vec<String> {
    let ask = format!(
        "{script}\ncompopt() {{ echo \"compopt $*\"; }}\n\
         read -ra registered <<< \"$(complete -p {program})\"\n\
         for ((i = 0; i < ${{#registered[@]}}; i++)); do\n\
             [ \"${{registered[i]}}\" != -F ] || function=${{registered[i + 1]}}\n\
         done\n\
         COMP_WORDS=({program} {}); COMP_CWORD={}; $function {program} '{}' '{}'\n\
         printf '%s\\n' \"${{COMPREPLY[@]}}\"",
        words.iter().map(|word| format!("'{word}'")).collect::<Vec<_>>().join(" "),
        words.len(),
        words.last().unwrap(),
        words.iter().rev().nth(1).unwrap_or(&program),
    );
    let output = Command::new("bash").args(["--norc", "-c", &ask]).output().expect("bash runs");
    assert_eq!(String::from_utf8_lossy(&output.stderr), "", "{words:?}");
    String::from_utf8_lossy(&output.stdout).lines().map(str::to_owned).collect()
}

#[test]
fn bash_completes_subcommands_options_and_values_whatever_the_name_of_the_program_is() {
    if Command::new("bash").arg("--version").output().is_err() {
        return skipped("there is no bash");
    }
    for program in ["guardrails_command", HYPHENATED] {
        let script = script_of(program, "bash");
        let offered = |words: &[&str]| offered(&script, program, words);
        assert_eq!(offered(&["ins"]), ["inspect"], "{program}");
        assert_eq!(offered(&["audit", "--ta"]), ["--tail"], "{program}");
        assert_eq!(offered(&["inspect", "x", "--engine", "IO"]), ["IORails"], "{program}");
        assert_eq!(offered(&["status", "--color", "n"]), ["never"], "{program}");
        assert_eq!(offered(&["new-event", "--al"]), ["--all"], "{program}");
        assert_eq!(offered(&["of"]), ["off"], "{program}");
    }
}

/// With `filenames`, bash puts a slash behind a directory, so that the next key completes what is in it.
#[test]
fn bash_completes_paths_through_directories() {
    if Command::new("bash").arg("--version").output().is_err() {
        return skipped("there is no bash");
    }
    let script = script("bash");
    for words in [
        &["collect", "--schema"][..],
        &["collect", "--store"],
        &["expect", "--manifest"],
        &["expect", "--schema"],
        &["expect", "--junit"],
        &["inspect", "x", "--diff"],
        &["new-event", "--from"],
        &["schema", "--write"],
        &["schema", "--check"],
        &["schema", "--diff"],
    ] {
        let offered = offered(&script, "guardrails_command", &[words, &["fixtur"]].concat());
        assert_eq!(offered, ["compopt -o filenames", "fixtures"], "{words:?}");
    }
}

#[test]
fn the_releases_that_bash_offers_have_tables() {
    if Command::new("bash").arg("--version").output().is_err() {
        return skipped("there is no bash");
    }
    let releases = offered(&script("bash"), "guardrails_command", &["inspect", "x", "--compat", ""]);
    assert_eq!(releases, ["0.22", "0.23", "0.24"]);
    for release in releases {
        let inspected =
            command(&Home::new()).run(&["inspect", &example("support_bot"), "--compat", &release]);
        assert_eq!(inspected.code, Some(0), "{release}: {inspected:?}");
    }
    let refused = command(&Home::new()).run(&["inspect", "x", "--compat", "0.21"]);
    assert_refused(&refused, 2, &["'0.21' for '--compat <RELEASE>'", "0.22, 0.23, 0.24"]);
}

/// The line for users without the package `bash-completion`.
#[test]
fn bash_completes_after_the_line_of_the_help() {
    if Command::new("bash").arg("--version").output().is_err() {
        return skipped("there is no bash");
    }
    let home = Home::new();
    let help = command(&home).run(&["completions", "--help"]).checked().lines;
    let line = help.iter().find(|line| line.trim_start().starts_with("eval ")).expect("the line is there");
    let program = env!("CARGO_BIN_EXE_guardrails_command");
    let line = line.replace("$(guardrails_command ", &format!("$('{program}' "));
    let offered = offered(&line, "guardrails_command", &["ins"]);
    assert_eq!(offered, ["inspect"]);
}

/// What each shell that is installed thinks of its script.
#[test]
fn shells_can_read_their_scripts() {
    let home = Home::new();
    for shell in ["bash", "zsh", "fish"] {
        let file = home.path().join(shell);
        std::fs::write(&file, script(shell)).unwrap();
        match Command::new(shell).arg("-n").arg(&file).output() {
            Ok(output) => {
                assert_eq!((output.status.code(), text_of(&output.stderr)), (Some(0), ""), "{shell}");
            }
            Err(_) => skipped(&format!("there is no {shell}")),
        }
    }
}

fn text_of(bytes: &[u8]) -> &str {
    std::str::from_utf8(bytes).unwrap()
}

#[test]
fn the_command_of_every_product_has_completions() {
    let home = Home::new();
    let product = Probe::new(env!("CARGO_BIN_EXE_product_command"), &home);
    assert!(text(&product.run(&["completions", "bash"]).checked().lines).contains("_product_command"));
}
