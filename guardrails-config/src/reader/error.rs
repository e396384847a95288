// SPDX-FileCopyrightText: Copyright (c) 2026 NVIDIA CORPORATION & AFFILIATES. All rights reserved.
// SPDX-License-Identifier: Apache-2.0

//! Errors in a configuration: the place, the broken rule, and the remedy.

use std::fmt;
use std::path::{Path, PathBuf};

use super::budget::Limits;
use super::yaml::Place;
use crate::text::escape_untrusted;

/// The longest text between two backticks, in characters: it is a name out of the configuration, or our own code.
const LONGEST_QUOTE: usize = 80;

/// The remedy for a configuration that exceeds a limit.
const REMEDY: &str = "check that this is the right path, make the configuration smaller";

/// The longest text outside of backticks, and of a whole message, in characters.
const LONGEST_PART: usize = 300;
const LONGEST_MESSAGE: usize = 1000;

/// The family a [`ConfigError`] belongs to, for callers that want to react differently to some of them.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
#[non_exhaustive]
pub enum ErrorKind {
    /// The path itself cannot be used: a comma, white space at an end, neither a directory nor a YAML file.
    Path,
    /// A file or directory is missing or cannot be read.
    Io,
    /// A file is not UTF-8.
    Encoding,
    /// A document is not YAML 1.1 as a safe loader accepts it.
    Yaml,
    /// One of the [`Limits`](super::Limits) is exceeded.
    Limit,
    /// A value has the wrong type, lies out of range or is missing.
    Value,
    /// Two parts of the configuration contradict each other, or one needs another that is not there.
    Rule,
    /// An import leads nowhere.
    Import,
    /// A Colang file cannot be used with the Colang version of the configuration.
    Colang,
    /// An environment variable the configuration names is not set.
    Environment,
}

/// A configuration that cannot be loaded.
///
/// Displays as one line with the problem, and one with the remedy:
///
/// ```text
/// bot/config.yml:4:13: `models[0].engine` is null, but text is required
/// help: write text, in quotes where it could be read as a number, a boolean or nothing
/// ```
pub struct ConfigError(Box<Report>);

struct Report {
    kind: ErrorKind,
    path: Option<PathBuf>,
    line: Option<u32>,
    column: Option<u32>,
    key: Option<String>,
    limit: Option<&'static str>,
    problem: String,
    remedy: String,
    io_error: Option<std::io::Error>,
}

impl ConfigError {
    /// An error about the whole of `path`.
    pub(crate) fn in_file(kind: ErrorKind, path: &Path, problem: impl Into<String>) -> Self {
        Self::new(kind, Some(path.to_path_buf()), problem.into())
    }

    /// An error about one place in a file.
    pub(crate) fn at(kind: ErrorKind, place: &Place, problem: impl Into<String>) -> Self {
        let mut error = Self::in_file(kind, place.source(), problem);
        error.0.line = place.line();
        error.0.column = place.column();
        error
    }

    /// An error that the operating system reported while reading `path`.
    pub(crate) fn io(path: &Path, doing: &str, io_error: std::io::Error) -> Self {
        let mut error = Self::in_file(ErrorKind::Io, path, format!("cannot {doing}: {}", reason(&io_error)));
        error.0.io_error = Some(io_error);
        error.help("check that it exists and that this process may read it")
    }

    fn new(kind: ErrorKind, path: Option<PathBuf>, problem: String) -> Self {
        let report = Report {
            kind,
            path,
            line: None,
            column: None,
            key: None,
            limit: None,
            problem: bounded(&problem),
            remedy: String::new(),
            io_error: None,
        };
        Self(Box::new(report))
    }

    /// The same error, naming the line it was found on.
    pub(crate) fn on_line(mut self, line: u32) -> Self {
        self.0.line = Some(line);
        self
    }

    /// The same error, naming the key path it is about.
    pub(crate) fn about(mut self, key: impl fmt::Display) -> Self {
        self.0.key = Some(escape_untrusted(&key.to_string(), LONGEST_PART));
        self
    }

    /// The same error, saying what to do.
    pub(crate) fn help(mut self, remedy: impl Into<String>) -> Self {
        self.0.remedy = bounded(&remedy.into());
        self
    }

    /// The same error, about the limit of this name, of which `limits` has the value.
    pub(crate) fn beyond(mut self, limit: &'static str, limits: &Limits) -> Self {
        self.0.limit = Some(limit);
        let more = limits.get(limit).unwrap_or_default().saturating_mul(2).max(1);
        self.help(format!("{REMEDY}, or raise the limit with `Limits::default().{limit}({more})`"))
    }

    /// The family of the error.
    #[must_use]
    pub fn kind(&self) -> ErrorKind {
        self.0.kind
    }

    /// The file or directory the error is about.
    #[must_use]
    pub fn path(&self) -> Option<&Path> {
        self.0.path.as_deref()
    }

    /// The line, counted from 1, where there is one.
    #[must_use]
    pub fn line(&self) -> Option<u32> {
        self.0.line
    }

    /// The column in characters, counted from 1, where there is one.
    #[must_use]
    pub fn column(&self) -> Option<u32> {
        self.0.column
    }

    /// The key path inside the merged configuration, such as `models[0].engine`.
    #[must_use]
    pub fn key(&self) -> Option<&str> {
        self.0.key.as_deref()
    }

    /// The name of the limit that is exceeded, which is a field of [`Limits`], if the error is about one.
    #[must_use]
    pub fn limit(&self) -> Option<&'static str> {
        self.0.limit
    }

    /// The problem, without place and remedy.
    #[must_use]
    pub fn problem(&self) -> &str {
        &self.0.problem
    }

    /// The remedy.
    #[must_use]
    pub fn remedy(&self) -> &str {
        &self.0.remedy
    }

    /// The error of the operating system that the message describes, if there was one.
    #[must_use]
    pub fn io_error(&self) -> Option<&std::io::Error> {
        self.0.io_error.as_ref()
    }

    fn place(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let Some(path) = &self.0.path else { return Ok(()) };
        f.write_str(&escape_untrusted(&path.to_string_lossy(), usize::MAX))?;
        for number in [self.0.line, self.0.column].into_iter().flatten() {
            write!(f, ":{number}")?;
        }
        f.write_str(": ")
    }
}

/// The message in printable form: names from the configuration are escaped and cut. Done here for all messages.
fn bounded(message: &str) -> String {
    let parts = message.split('`').enumerate().map(|(index, part)| {
        let most = if index % 2 == 1 { LONGEST_QUOTE } else { LONGEST_PART };
        escape_untrusted(part, most)
    });
    // A name may hold backticks of its own, so the whole has a bound, too.
    let parts: Vec<String> = parts.take(LONGEST_MESSAGE).collect();
    escape_untrusted(&parts.join("`"), LONGEST_MESSAGE)
}

/// The error of the operating system, in lower case.
fn reason(error: &std::io::Error) -> String {
    match error.kind() {
        std::io::ErrorKind::NotFound => "it does not exist".to_owned(),
        std::io::ErrorKind::PermissionDenied => "permission denied".to_owned(),
        _ => error.to_string(),
    }
}

impl fmt::Display for ConfigError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        self.place(f)?;
        if let Some(key) = &self.0.key {
            write!(f, "`{key}` ")?;
        }
        f.write_str(&self.0.problem)?;
        if self.0.remedy.is_empty() {
            return Ok(());
        }
        write!(f, "\nhelp: {}", self.0.remedy)
    }
}

impl fmt::Debug for ConfigError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "ConfigError({:?}, {:?})", self.0.kind, self.to_string())
    }
}

/// Without a source: the message already contains what the operating system reported, before the line with the remedy.
impl std::error::Error for ConfigError {}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_a_message_quotes_cannot_disturb_a_terminal_or_flood_it() {
        let name = "\u{1b}[2J".to_owned() + &"x".repeat(10 << 20);
        let error =
            ConfigError::in_file(ErrorKind::Colang, Path::new("a\nb.co"), format!("defines `{name}` twice"))
                .about(&name)
                .help(format!("rename `{name}`"));
        let shown = error.to_string();
        assert!(shown.starts_with(r"a\nb.co: `\u{1b}[2Jxxx"), "{shown}");
        assert!(shown.contains("…` twice\nhelp: rename `"), "what is ours is not cut: {shown}");
        assert_eq!(shown.chars().filter(|c| c.is_control()).collect::<String>(), "\n");
        assert!(shown.chars().count() < 600, "{} characters", shown.chars().count());
    }

    #[test]
    fn a_reporter_that_prints_every_cause_prints_none_twice() {
        let reason = || std::io::Error::other("the disk is gone");
        let error = ConfigError::io(Path::new("config.yml"), "read the file", reason());
        assert_eq!(error.to_string().matches("the disk is gone").count(), 1);
        assert!(std::error::Error::source(&error).is_none());
        assert_eq!(error.io_error().map(std::io::Error::kind), Some(reason().kind()));
    }

    #[test]
    fn a_name_with_backticks_is_bounded_too() {
        let error = ConfigError::in_file(ErrorKind::Colang, Path::new("a.co"), "`x".repeat(1 << 20));
        assert!(error.to_string().chars().count() <= LONGEST_MESSAGE + 10);
    }
}
