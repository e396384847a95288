// SPDX-FileCopyrightText: Copyright (c) 2026 NVIDIA CORPORATION & AFFILIATES. All rights reserved.
// SPDX-License-Identifier: Apache-2.0

//! Where a command prints to: whether it is a terminal, how wide it is, and whether it takes colors.

use std::fmt;
use std::io::{self, IsTerminal, Write};

use anstream::{AutoStream, ColorChoice};
use anstyle::Style;
use telemetry_core::__command1::escape_untrusted;
use telemetry_schema::__cli1::escape_json;

use crate::spaced::spaced;
use crate::wrap::wrap;

/// The width of a terminal that does not report one, in columns.
const USUAL_WIDTH: usize = 80;

/// The minimum width that lines are wrapped to, in columns: below it, words would be single letters in a column.
const NARROWEST: usize = 20;

/// Where a command prints to.
///
/// On a terminal, tables and sentences end their lines between two words, and headings have a style. Everywhere else, such as in a
/// pipe or a file, lines are as long as their text and without styles.
///
/// ```
/// use telemetry_cli::Output;
///
/// let mut text = Vec::new();
/// Output::plain(&mut text).say("Telemetry is on.")?;
/// assert_eq!(text, b"Telemetry is on.\n");
/// # Ok::<(), std::io::Error>(())
/// ```
pub struct Output<'a> {
    out: Box<dyn Write + 'a>,
    width: Option<usize>,
    is_colored: bool,
    /// Whether the reader of the output has closed it.
    is_closed: fn() -> bool,
}

impl Output<'static> {
    /// Standard output, which stays locked until the value is dropped.
    ///
    /// On a terminal, the width is that of the variable `COLUMNS` or else of the terminal. Colors follow the variables `NO_COLOR`,
    /// `CLICOLOR`, `CLICOLOR_FORCE` and `TERM`, unless the program has decided with `anstream::ColorChoice::write_global`.
    ///
    /// ```
    /// use telemetry_cli::Output;
    ///
    /// Output::stdout().say("Nothing was sent.")?;
    /// # Ok::<(), std::io::Error>(())
    /// ```
    #[must_use]
    pub fn stdout() -> Self {
        let stdout = io::stdout();
        let (width, colors) = (width(&stdout), AutoStream::choice(&stdout));
        // Without colors, the bytes of documents pass unchanged: the other stream removes escape sequences from them.
        let out: Box<dyn Write> = match colors {
            ColorChoice::Never => Box::new(stdout.lock()),
            colors => Box::new(AutoStream::new(stdout.lock(), colors)),
        };
        Self { out, width, is_colored: colors != ColorChoice::Never, is_closed: stdout_is_closed }
    }

    /// Standard error, for messages.
    pub(crate) fn stderr() -> Self {
        let stderr = io::stderr();
        let (width, colors) = (width(&stderr), AutoStream::choice(&stderr));
        let out = Box::new(AutoStream::new(stderr.lock(), colors));
        Self { out, width, is_colored: colors != ColorChoice::Never, is_closed: || false }
    }
}

impl<'a> Output<'a> {
    /// Another destination, which gets plain text.
    #[must_use]
    pub fn plain(out: impl Write + 'a) -> Self {
        Self { out: Box::new(out), width: None, is_colored: false, is_closed: || false }
    }

    /// A terminal of this width.
    #[cfg(test)]
    pub(crate) fn terminal(out: impl Write + 'a, width: usize, is_colored: bool) -> Self {
        Self { out: Box::new(out), width: Some(width), is_colored, is_closed: || false }
    }

    /// Prints sentences, each line of `text` on lines of its own. On a terminal, lines end between two words, and code between
    /// backticks stays on one line if it fits.
    ///
    /// # Errors
    ///
    /// If writing fails.
    pub fn say(&mut self, text: impl fmt::Display) -> io::Result<()> {
        for line in text.to_string().lines() {
            self.line(line, "")?;
        }
        Ok(())
    }

    /// Prints one JSON document on one line. On a terminal, what would disturb it is written as JSON escapes it, and elsewhere the
    /// document is unchanged.
    ///
    /// ```
    /// use telemetry_cli::Output;
    ///
    /// let mut text = Vec::new();
    /// Output::plain(&mut text).json(r#"{"enabled":true}"#)?;
    /// assert_eq!(text, b"{\"enabled\":true}\n");
    /// # Ok::<(), std::io::Error>(())
    /// ```
    ///
    /// # Errors
    ///
    /// If writing fails.
    pub fn json(&mut self, json: impl fmt::Display) -> io::Result<()> {
        match self.width {
            Some(_) => writeln!(self.out, "{}", escape_json(&json.to_string())),
            None => writeln!(self.out, "{json}"),
        }
    }

    /// Prints a line with an event: `heading`, in which nothing disturbs a terminal, and JSON. On a terminal, the JSON has spaces,
    /// between which the line ends.
    pub(crate) fn event(&mut self, heading: &str, json: &str) -> io::Result<()> {
        let json = if self.width.is_some() { spaced(json) } else { json.to_owned() };
        self.line(&format!("{heading}  {}", escape_untrusted(&json, usize::MAX)), "    ")
    }

    /// Prints one line. What does not fit continues on further lines, after `indent`.
    pub(crate) fn line(&mut self, line: &str, indent: &str) -> io::Result<()> {
        let Some(width) = self.width else { return writeln!(self.out, "{line}") };
        wrap(line, width, indent).iter().try_for_each(|line| writeln!(self.out, "{line}"))
    }

    /// Fails if the reader of the output has closed it, which a program that has nothing to print does not notice otherwise.
    pub(crate) fn check_open(&self) -> io::Result<()> {
        if (self.is_closed)() { Err(io::ErrorKind::BrokenPipe.into()) } else { Ok(()) }
    }

    /// The columns of the terminal, if this is one.
    pub(crate) fn width(&self) -> Option<usize> {
        self.width
    }

    /// The text in this style, if styles are shown.
    pub(crate) fn styled(&self, text: &str, style: Style) -> String {
        if self.is_colored { format!("{style}{text}{style:#}") } else { text.to_owned() }
    }
}

impl Write for Output<'_> {
    fn write(&mut self, bytes: &[u8]) -> io::Result<usize> {
        self.out.write(bytes)
    }

    fn flush(&mut self) -> io::Result<()> {
        self.out.flush()
    }
}

impl fmt::Debug for Output<'_> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Output")
            .field("width", &self.width)
            .field("is_colored", &self.is_colored)
            .finish_non_exhaustive()
    }
}

#[cfg(unix)]
fn stdout_is_closed() -> bool {
    use rustix::event::{PollFd, PollFlags, Timespec, poll};
    let stdout = io::stdout();
    let mut stdout = [PollFd::new(&stdout, PollFlags::empty())];
    let at_once = Timespec::default();
    poll(&mut stdout, Some(&at_once)).is_ok_and(|ready| ready > 0)
}

#[cfg(not(unix))]
fn stdout_is_closed() -> bool {
    false
}

/// Whether standard output is a file, which is not shown on the terminal.
#[cfg(feature = "collector")]
pub(crate) fn stdout_is_file() -> bool {
    #[cfg(unix)]
    let stdout = std::os::fd::AsFd::as_fd(&io::stdout()).try_clone_to_owned();
    #[cfg(windows)]
    let stdout = std::os::windows::io::AsHandle::as_handle(&io::stdout()).try_clone_to_owned();
    stdout.and_then(|stdout| std::fs::File::from(stdout).metadata()).is_ok_and(|stdout| stdout.is_file())
}

/// The columns of the stream, if it is a terminal.
pub(crate) fn width(stream: &impl IsTerminal) -> Option<usize> {
    if !stream.is_terminal() {
        return None;
    }
    let chosen = std::env::var("COLUMNS").ok().and_then(|text| text.trim().parse().ok());
    let own = || terminal_size::terminal_size().map(|(width, _)| usize::from(width.0));
    let width = chosen.filter(|width| *width > 0).or_else(own).filter(|width| *width > 0);
    Some(width.unwrap_or(USUAL_WIDTH).max(NARROWEST))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn json_disturbs_no_terminal_and_is_unchanged_elsewhere() {
        let json = "{\"a\":\r\"\u{9b}2J \u{202e} é\"}";
        let printed = |width: Option<usize>| {
            let mut text = Vec::new();
            let out: Box<dyn Write + '_> = Box::new(&mut text);
            Output { width, ..Output::plain(out) }.json(json).unwrap();
            String::from_utf8(text).unwrap()
        };
        assert_eq!(printed(None), format!("{json}\n"));
        assert_eq!(printed(Some(20)), "{\"a\": \"\\u009b2J \\u202e é\"}\n");
    }
}
