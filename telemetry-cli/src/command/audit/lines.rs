// SPDX-FileCopyrightText: Copyright (c) 2026 NVIDIA CORPORATION & AFFILIATES. All rights reserved.
// SPDX-License-Identifier: Apache-2.0

//! Reads the audit log line by line: the older file, the current file, and lines that are added later.

use std::ffi::OsString;
use std::fs::File;
use std::io::{self, BufRead, BufReader, ErrorKind, Read, Seek, SeekFrom};
use std::path::{Path, PathBuf};

use serde_json::Value;

use crate::message::escape_path;

/// One line of the log.
#[derive(Debug)]
pub(super) struct Line {
    /// File and line number.
    pub(super) place: String,
    /// The text of the line, unchanged.
    pub(super) text: String,
    /// The event, unless the line is torn.
    pub(super) event: Option<Value>,
}

impl Line {
    fn new(file: &Path, number: usize, bytes: &[u8]) -> Self {
        let text = String::from_utf8_lossy(bytes).into_owned();
        let event = serde_json::from_str(&text).ok().filter(Value::is_object);
        Self { place: format!("{}:{number}", escape_path(file)), text, event }
    }
}

/// All lines of the older and the current file. Leaves `follower` at the end of the current file. A missing file has no lines.
pub(super) fn read_log(file: &Path, follower: &mut Follower) -> io::Result<Vec<Line>> {
    let mut name = OsString::from(file);
    name.push(".1");
    let older = Follower::default().new_lines(&PathBuf::from(name))?;
    Ok(older.into_iter().chain(follower.new_lines(file)?).collect())
}

/// A position in a log that grows and is rotated.
#[derive(Debug, Default)]
pub(super) struct Follower {
    open: Option<File>,
    offset: u64,
    number: usize,
}

impl Follower {
    /// The lines that were completed since the last call. After a rotation, the rest of the old file comes before the new file.
    pub(super) fn new_lines(&mut self, path: &Path) -> io::Result<Vec<Line>> {
        let mut lines = Vec::new();
        self.read_rest(path, &mut lines)?;
        if self.was_rotated(path)? {
            *self = Self { open: open(path)?, ..Self::default() };
            self.read_rest(path, &mut lines)?;
        }
        Ok(lines)
    }

    fn was_rotated(&self, path: &Path) -> io::Result<bool> {
        let Some(open) = &self.open else { return Ok(true) };
        match path.metadata() {
            Ok(now) => Ok(!is_same_file(&open.metadata()?, &now) || now.len() < self.offset),
            Err(error) if error.kind() == ErrorKind::NotFound => Ok(false),
            Err(error) => Err(error),
        }
    }

    fn read_rest(&mut self, path: &Path, lines: &mut Vec<Line>) -> io::Result<()> {
        let Some(file) = &mut self.open else { return Ok(()) };
        file.seek(SeekFrom::Start(self.offset))?;
        let mut reader = BufReader::new(file);
        let mut bytes = Vec::new();
        while reader.by_ref().read_until(b'\n', &mut bytes)? > 0 {
            // A line without a line end is torn or still being written. It counts once it is complete.
            let Some(line) = bytes.strip_suffix(b"\n") else { break };
            self.number += 1;
            self.offset += bytes.len() as u64;
            lines.push(Line::new(path, self.number, line));
            bytes.clear();
        }
        Ok(())
    }
}

/// Opens the log; `None` if the file does not exist. Only a regular file is read, because a pipe could block the command.
fn open(path: &Path) -> io::Result<Option<File>> {
    match path.metadata() {
        Ok(metadata) if metadata.is_file() => File::open(path).map(Some),
        Ok(_) => Err(io::Error::new(ErrorKind::InvalidInput, "not a regular file")),
        Err(error) if error.kind() == ErrorKind::NotFound => Ok(None),
        Err(error) => Err(error),
    }
}

#[cfg(unix)]
fn is_same_file(one: &std::fs::Metadata, other: &std::fs::Metadata) -> bool {
    use std::os::unix::fs::MetadataExt;
    (one.dev(), one.ino()) == (other.dev(), other.ino())
}

#[cfg(not(unix))]
fn is_same_file(_: &std::fs::Metadata, _: &std::fs::Metadata) -> bool {
    true
}

#[cfg(test)]
mod tests {
    use super::*;
    use std::io::Write;

    fn append(path: &Path, text: &str) {
        File::options().create(true).append(true).open(path).unwrap().write_all(text.as_bytes()).unwrap();
    }

    fn texts(lines: &[Line]) -> Vec<&str> {
        lines.iter().map(|line| line.text.as_str()).collect()
    }

    #[test]
    fn a_follower_sees_whole_lines_once_and_survives_a_rotation() {
        let dir = tempfile::tempdir().unwrap();
        let (log, older) = (dir.path().join("log"), dir.path().join("log.1"));
        let mut follower = Follower::default();
        assert_eq!(texts(&follower.new_lines(&log).unwrap()), [""; 0]);
        append(&log, "{\"a\":1}\n{\"a\":");
        assert_eq!(texts(&follower.new_lines(&log).unwrap()), ["{\"a\":1}"]);
        append(&log, "2}\n");
        std::fs::rename(&log, &older).unwrap();
        append(&log, "{\"a\":3}\n");
        assert_eq!(texts(&follower.new_lines(&log).unwrap()), ["{\"a\":2}", "{\"a\":3}"]);
        assert_eq!(
            texts(&read_log(&log, &mut Follower::default()).unwrap()),
            ["{\"a\":1}", "{\"a\":2}", "{\"a\":3}"]
        );
    }

    #[test]
    fn a_torn_line_is_no_event_and_names_its_place() {
        let dir = tempfile::tempdir().unwrap();
        let log = dir.path().join("log");
        append(&log, "{\"a\":1}\n{\"to\n[]\n");
        let lines = read_log(&log, &mut Follower::default()).unwrap();
        assert_eq!(lines.iter().filter(|line| line.event.is_some()).count(), 1);
        assert!(lines[1].place.ends_with("log:2"));
    }

    #[test]
    fn a_directory_is_not_read() {
        let dir = tempfile::tempdir().unwrap();
        assert!(read_log(dir.path(), &mut Follower::default()).is_err());
    }
}
