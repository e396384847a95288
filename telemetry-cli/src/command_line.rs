// SPDX-FileCopyrightText: Copyright (c) 2026 NVIDIA CORPORATION & AFFILIATES. All rights reserved.
// SPDX-License-Identifier: Apache-2.0

//! The command line of a program: the options of every subcommand, the width of help, and completions.

use std::borrow::Cow;
use std::ffi::{OsStr, OsString};
use std::io;
use std::path::Path;

use anstream::ColorChoice;
use clap::{Arg, ArgMatches, Command};
use telemetry_schema::__cli1::escape_untrusted;

use crate::output::width;

mod answer;
#[cfg(feature = "completions")]
mod completions;

/// The maximum width of help, in columns, and its width where it is not printed to a terminal.
const WIDEST_HELP: usize = 100;

/// The values of `--color`.
const COLORS: [(&str, ColorChoice); 3] =
    [("auto", ColorChoice::Auto), ("always", ColorChoice::Always), ("never", ColorChoice::Never)];

/// Parses the arguments of a process, of which the first is the name of the program. Answers what needs no subcommand: help, the
/// version, completions and errors in the arguments.
///
/// # Errors
///
/// The exit code, if the answer has been printed.
pub fn parse<T: Into<OsString>>(
    command: Command,
    arguments: impl IntoIterator<Item = T>,
) -> Result<ArgMatches, u8> {
    let arguments: Vec<OsString> = arguments.into_iter().map(Into::into).collect();
    // Before parsing, because help and errors have colors too. It stays in force in the process.
    color(&arguments).write_global();
    let program = program(&arguments).unwrap_or(command.get_name()).to_owned();
    let command = completed(command, &program);
    let matches = command.clone().try_get_matches_from(&arguments);
    let matches = matches.map_err(|usage| answer::print(&escaped(usage, &command, &arguments)))?;
    #[cfg(feature = "completions")]
    completions::answer(&matches, command, &program)?;
    Ok(matches)
}

/// The command with everything that programs have in common.
fn completed(command: Command, program: &str) -> Command {
    let width = width(&io::stdout()).unwrap_or(WIDEST_HELP).min(WIDEST_HELP);
    let command = command.term_width(width).arg(color_option());
    #[cfg(feature = "completions")]
    let command = command.subcommand(completions::subcommand());
    with_examples(command, program)
}

/// Behind the options of each subcommand.
const LAST: usize = 998;

fn color_option() -> Arg {
    Arg::new("color")
        .long("color")
        .value_name("WHEN")
        .value_parser(COLORS.map(|(name, _)| name))
        .default_value("auto")
        .global(true)
        .display_order(LAST)
        .help("Use colors; `auto` uses them on a terminal, unless the variable `NO_COLOR` is set")
}

/// The value of `--color`, as far as the arguments can be understood without parsing them.
fn color(arguments: &[OsString]) -> ColorChoice {
    let texts: Vec<Cow<'_, str>> = arguments.iter().map(|argument| argument.to_string_lossy()).collect();
    let texts = texts.split(|text| text == "--").next().unwrap_or_default();
    let values = texts.iter().enumerate().filter_map(|(index, text)| match text.as_ref() {
        "--color" => texts.get(index + 1).map(AsRef::as_ref),
        text => text.strip_prefix("--color="),
    });
    let choice = |value: &str| COLORS.iter().find(|(name, _)| *name == value).map(|(_, choice)| *choice);
    values.filter_map(choice).next_back().unwrap_or_default()
}

/// The name under which the program was started.
fn program(arguments: &[OsString]) -> Option<&str> {
    Path::new(arguments.first()?).file_name().and_then(OsStr::to_str)
}

/// Replaces `PROGRAM` in the examples of all subcommands by the words before the name of the subcommand.
fn with_examples(command: Command, words: &str) -> Command {
    let heading = command.get_styles().get_header();
    let heading = format!("{heading}Examples:{heading:#}");
    let names: Vec<String> = command.get_subcommands().map(|command| command.get_name().to_owned()).collect();
    names.iter().fold(command, |command, name| {
        command.mut_subcommand(name, |command| {
            let examples = command.get_after_help().map(ToString::to_string);
            let command = with_examples(command, &format!("{words} {name}"));
            let Some(examples) = examples else { return command };
            command.after_help(examples.replace("PROGRAM", words).replacen("Examples:", &heading, 1))
        })
    })
}

/// The error as it is for arguments without characters that disturb a terminal, which names of files can hold.
fn escaped(usage: clap::Error, command: &Command, arguments: &[OsString]) -> clap::Error {
    let shown = arguments.iter().map(|argument| escape_untrusted(&argument.to_string_lossy(), usize::MAX));
    command.clone().try_get_matches_from(shown).err().unwrap_or(usage)
}

#[cfg(test)]
mod tests {
    use clap::Subcommand;

    use super::*;

    #[test]
    fn the_last_color_before_the_positional_arguments_counts() {
        for (arguments, choice) in [
            (&["x", "status"][..], ColorChoice::Auto),
            (&["x", "status", "--color", "never"], ColorChoice::Never),
            (&["x", "--color=always", "status"], ColorChoice::Always),
            (&["x", "--color=always", "--color=never"], ColorChoice::Never),
            (&["x", "--color=pink"], ColorChoice::Auto),
            (&["x", "--color"], ColorChoice::Auto),
            (&["x", "--", "--color=never"], ColorChoice::Auto),
        ] {
            assert_eq!(
                color(&arguments.iter().map(OsString::from).collect::<Vec<_>>()),
                choice,
                "{arguments:?}"
            );
        }
    }

    /// The commands in the examples of a subcommand, after the name of the program.
    fn examples(command: &Command) -> Vec<Vec<String>> {
        let help = command.get_after_help().map(ToString::to_string).unwrap_or_default();
        let commands = help.lines().filter_map(|line| line.strip_prefix("    x "));
        // What follows is for the shell.
        let own = commands.map(|line| line.split(['|', '>', '\\']).next().unwrap_or_default());
        own.map(|line| line.split_whitespace().map(str::to_owned).collect()).collect()
    }

    #[test]
    fn each_subcommand_has_examples_that_its_parser_accepts() {
        let command = crate::ProductCommand::augment_subcommands(Command::new("x"));
        let command = completed(command, "x");
        for subcommand in command.get_subcommands() {
            let examples = examples(subcommand);
            assert!(!examples.is_empty(), "{}", subcommand.get_name());
            for example in examples {
                let arguments = std::iter::once("x".to_owned()).chain(example.clone());
                let parsed = command.clone().try_get_matches_from(arguments);
                assert!(parsed.is_ok(), "{example:?}: {}", parsed.unwrap_err());
            }
        }
    }

    #[test]
    fn examples_of_subcommands_of_a_subcommand_name_both() {
        let inner = crate::ProductCommand::augment_subcommands(Command::new("telemetry"));
        let own = Command::new("create").after_help("Examples:\n    sandbox create");
        let command = completed(Command::new("sandbox").subcommand(inner).subcommand(own), "sandbox");
        let help = |command: Option<&Command>| command.unwrap().get_after_help().unwrap().to_string();
        let inner = command.find_subcommand("telemetry").unwrap();
        assert!(inner.get_after_help().is_none());
        assert!(help(inner.find_subcommand("disable")).contains("\n    sandbox telemetry disable\n"));
        assert!(help(command.find_subcommand("create")).ends_with(":\n    sandbox create"));
    }
}
