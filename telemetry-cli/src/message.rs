// SPDX-FileCopyrightText: Copyright (c) 2026 NVIDIA CORPORATION & AFFILIATES. All rights reserved.
// SPDX-License-Identifier: Apache-2.0

//! Errors and other messages for the user at the terminal.

use std::error::Error;
use std::fmt;
use std::io::{self, Write};
use std::path::Path;
use std::process::ExitCode;

use telemetry_core::__command1::{escape_untrusted, with_causes};

/// The maximum length of a line of a message, in characters. Longer lines are cut.
const LONGEST_LINE: usize = 8192;

/// The reason why a command failed. Its `Display` output is the problem and how to correct it.
#[derive(Debug)]
#[non_exhaustive]
pub enum CommandError {
    /// The operation failed: exit code 1.
    Failed(String),
    /// The user's input cannot be used: exit code 2.
    BadInput(String),
    /// Standard output is closed: exit code 1.
    Output(io::Error),
}

impl CommandError {
    /// The exit code.
    #[must_use]
    pub fn exit_code(&self) -> u8 {
        match self {
            Self::Failed(_) | Self::Output(_) => 1,
            Self::BadInput(_) => 2,
        }
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
        if !matches!(self, Self::Output(output) if output.kind() == io::ErrorKind::BrokenPipe) {
            eprint_message(&format!("error: {}", with_causes(self)));
        }
        ExitCode::from(self.exit_code())
    }
}

impl fmt::Display for CommandError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Failed(text) | Self::BadInput(text) => f.write_str(text),
            Self::Output(_) => f.write_str("cannot print"),
        }
    }
}

impl Error for CommandError {
    fn source(&self) -> Option<&(dyn Error + 'static)> {
        match self {
            Self::Output(error) => Some(error),
            Self::Failed(_) | Self::BadInput(_) => None,
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
    let _ = writeln!(io::stderr(), "{}", lines.join("\n"));
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
