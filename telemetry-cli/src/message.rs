// SPDX-FileCopyrightText: Copyright (c) 2026 NVIDIA CORPORATION & AFFILIATES. All rights reserved.
// SPDX-License-Identifier: Apache-2.0

//! Errors and other messages for the user at the terminal.

use std::error::Error;
use std::fmt;
use std::io;
use std::path::Path;
use std::process::ExitCode;

use telemetry_core::__command1::{escape_untrusted, with_causes};

use crate::output::Output;
use crate::style::{ERROR, HELP, WARNING};

/// The maximum length of a line of a message, in characters. Longer lines are cut.
const LONGEST_LINE: usize = 8192;

/// The indent of the second and the following lines of one line of a message that does not fit the terminal.
const INDENT: usize = 2;

/// The exit code of a program that a shell starts and whose output is closed: 128 and the number of the signal `SIGPIPE`.
const BROKEN_PIPE: u8 = 141;

/// What shells add to the number of a signal for the exit code of a program that it has ended.
const BY_SIGNAL: u8 = 128;

/// The reason why a command failed. Its `Display` output is the problem and how to correct it.
#[derive(Debug)]
#[non_exhaustive]
pub enum CommandError {
    /// The operation failed: exit code 1.
    Failed(String),
    /// The user's input cannot be used: exit code 2.
    BadInput(String),
    /// The output cannot be written: exit code 1. If its reader has closed it, as `head` does, exit code 141, as shells report it for
    /// other programs, and no message.
    Output(io::Error),
    /// A signal has interrupted the command, such as `SIGINT` for Ctrl-C: exit code 128 and the number of the signal, as shells report
    /// it for other programs.
    Interrupted(u8),
    /// The output already shows that the answer is negative, such as the differences of a comparison: exit code 1 and no message.
    Shown,
}

impl CommandError {
    /// The exit code.
    #[must_use]
    pub fn exit_code(&self) -> u8 {
        match self {
            Self::Output(_) if self.is_broken_pipe() => BROKEN_PIPE,
            Self::Failed(_) | Self::Output(_) | Self::Shown => 1,
            Self::BadInput(_) => 2,
            Self::Interrupted(signal) => BY_SIGNAL.saturating_add(*signal),
        }
    }

    fn is_broken_pipe(&self) -> bool {
        matches!(self, Self::Output(error) if error.kind() == io::ErrorKind::BrokenPipe)
    }

    /// Prints the error to standard error and returns the exit code, for the end of a `main` function. Control characters in quoted
    /// text are escaped. Prints nothing if standard output was closed by its reader, for instance `head`.
    ///
    /// ```
    /// use std::process::ExitCode;
    /// use telemetry_cli::CommandError;
    ///
    /// assert_eq!(CommandError::BadInput("there is no file `a`".into()).report(), ExitCode::from(2));
    /// ```
    pub fn report(&self) -> ExitCode {
        ExitCode::from(self.reported())
    }

    /// Prints the error and returns the exit code, as a number.
    pub(crate) fn reported(&self) -> u8 {
        if !self.is_broken_pipe() && !matches!(self, Self::Shown) {
            eprint_message(&format!("error: {}", with_causes(self)));
        }
        self.exit_code()
    }
}

impl fmt::Display for CommandError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Failed(text) | Self::BadInput(text) => f.write_str(text),
            Self::Output(_) => f.write_str("cannot print"),
            Self::Interrupted(_) => f.write_str("interrupted"),
            Self::Shown => f.write_str("the output shows the reason"),
        }
    }
}

impl Error for CommandError {
    fn source(&self) -> Option<&(dyn Error + 'static)> {
        match self {
            Self::Output(error) => Some(error),
            Self::Failed(_) | Self::BadInput(_) | Self::Interrupted(_) | Self::Shown => None,
        }
    }
}

impl From<io::Error> for CommandError {
    fn from(error: io::Error) -> Self {
        Self::Output(error)
    }
}

/// Prints a message of several lines to standard error, with control characters escaped.
pub fn eprint_message(message: &str) {
    let lines: Vec<String> = message.lines().map(|line| escape_untrusted(line, LONGEST_LINE)).collect();
    // If standard error fails, the failure cannot be reported.
    let _ = print_message(&lines, &mut Output::stderr());
}

fn print_message(lines: &[String], out: &mut Output<'_>) -> io::Result<()> {
    for line in lines {
        let indent = line.len() - line.trim_start().len() + INDENT;
        let line = styled(line, out);
        out.line(&line, &" ".repeat(indent))?;
    }
    Ok(())
}

/// The line, with a style for the word that begins it.
fn styled(line: &str, out: &Output<'_>) -> String {
    let kinds = [("error:", ERROR), ("warning:", WARNING), ("note:", HELP), ("help:", HELP)];
    let kind = kinds.into_iter().find_map(|(word, style)| Some((word, style, line.strip_prefix(word)?)));
    kind.map_or_else(|| line.to_owned(), |(word, style, rest)| out.styled(word, style) + rest)
}

/// The text as an argument of a command in a shell, for help that can be pasted.
pub(crate) fn argument(text: &str) -> String {
    let is_plain = |char: char| char.is_ascii_alphanumeric() || "_./-+:,@%".contains(char);
    if !text.is_empty() && text.chars().all(is_plain) {
        return text.to_owned();
    }
    format!("'{}'", text.replace('\'', r"'\''"))
}

/// The path with control characters escaped, which names of files can hold.
#[must_use]
pub fn escape_path(path: &Path) -> String {
    escape_untrusted(&path.to_string_lossy(), usize::MAX)
}

#[cfg(test)]
mod tests {
    use super::argument;

    #[test]
    fn an_argument_is_quoted_where_a_shell_would_take_it_for_something_else() {
        for (text, quoted) in [
            ("order.numArticles", "order.numArticles"),
            ("a b", "'a b'"),
            ("$(x)", "'$(x)'"),
            ("it's", r"'it'\''s'"),
            ("", "''"),
        ] {
            assert_eq!(argument(text), quoted);
        }
    }
}
