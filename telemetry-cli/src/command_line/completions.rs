// SPDX-FileCopyrightText: Copyright (c) 2026 NVIDIA CORPORATION & AFFILIATES. All rights reserved.
// SPDX-License-Identifier: Apache-2.0

//! `completions`: the script with which a shell completes the command.

use std::io::Write;

use clap::{Arg, ArgMatches, Command, ValueHint, value_parser};
use clap_complete::Shell;

use crate::message::CommandError;
use crate::output::Output;

const NAME: &str = "completions";

const EXAMPLES: &str = "Examples:
  For bash with the package `bash-completion`, in every new shell:
    PROGRAM completions bash \\
      > ~/.local/share/bash-completion/completions/PROGRAM
  For bash without that package, in `~/.bashrc`:
    eval \"$(PROGRAM completions bash)\"
  For zsh, in a directory of `fpath`:
    PROGRAM completions zsh > ~/.zfunc/_PROGRAM
  For fish:
    PROGRAM completions fish \\
      > ~/.config/fish/completions/PROGRAM.fish";

pub(super) fn subcommand() -> Command {
    let shell = Arg::new("shell").value_name("SHELL").value_parser(value_parser!(Shell)).required(true);
    Command::new(NAME)
        .about("Print a script that completes this command in a shell")
        .arg(shell.help("The shell that runs the script"))
        .after_help(EXAMPLES)
}

/// Prints the script, if the subcommand was chosen. The error is the exit code.
pub(super) fn answer(matches: &ArgMatches, command: Command, program: &str) -> Result<(), u8> {
    let Some(shell) = matches.subcommand_matches(NAME).and_then(|matches| matches.get_one::<Shell>("shell"))
    else {
        return Ok(());
    };
    let mut out = Output::stdout();
    let printed = out.write_all(script(*shell, command, program).as_bytes()).and_then(|()| out.flush());
    Err(printed.map_or_else(|error| CommandError::from(error).reported(), |()| 0))
}

/// The script for a program of this name.
fn script(shell: Shell, command: Command, program: &str) -> String {
    let mut command = with_directories(command);
    // In bash, a program with a hyphen in its name would have no completions after a subcommand:
    // <https://github.com/clap-rs/clap/issues/6421>. The name matters in the line that registers the function, and nowhere else.
    let name = if shell == Shell::Bash { program.replace('-', "_") } else { program.to_owned() };
    // In memory first, because the generator panics if its output is closed.
    let mut script = Vec::new();
    clap_complete::generate(shell, &mut command, &name, &mut script);
    let registered = |name: &str| format!(" -o default {name}\n");
    String::from_utf8_lossy(&script).replace(&registered(&name), &registered(program))
}

/// Completes paths through directories, which in bash only the hint `FilePath` does. An argument that is parsed as a path has the
/// hint `AnyPath`, unless it sets another one.
fn with_directories(command: Command) -> Command {
    let names: Vec<String> = command.get_subcommands().map(|command| command.get_name().to_owned()).collect();
    let command = command.mut_args(|argument| match argument.get_value_hint() {
        ValueHint::AnyPath => argument.value_hint(ValueHint::FilePath),
        _ => argument,
    });
    names.iter().fold(command, |command, name| command.mut_subcommand(name, with_directories))
}
