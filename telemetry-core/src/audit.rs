// SPDX-FileCopyrightText: Copyright (c) 2026 NVIDIA CORPORATION & AFFILIATES. All rights reserved.
// SPDX-License-Identifier: Apache-2.0

//! The audit log: a copy of every event on the user's own disk, written before the event is sent.
//!
//! Each line is the JSON of one event's parameters, exactly as they are sent. The file is private to the user. Each line is appended
//! with one write, and a file that reaches its limit is renamed to `<name>.1`. A file that cannot be renamed, such as a mounted one,
//! grows to twice its limit.

use std::fs::File;
use std::io::{self, Read, Seek, SeekFrom, Write};
use std::path::{Path, PathBuf};
use std::sync::atomic::{AtomicBool, Ordering};
use std::time::Duration;

use crate::private_files::{
    FileError, PATIENCE, PrivateDir, lock_within, not_a_file, private_file, refuse_special_file, unlock,
    with_suffix,
};
use crate::standard_streams::OpenAboveStandardStreams;

/// How often a line is written again because rotation has removed the file it went to.
const WRITE_ATTEMPTS: u32 = 3;

/// How often, and how long apart, the end of an unfinished line is checked before the line counts as torn.
const TAIL_CHECKS: u32 = 3;
const TAIL_PAUSE: Duration = Duration::from_millis(1);

/// The audit log of one product.
#[derive(Debug)]
pub(crate) struct AuditLog {
    dir: PrivateDir,
    path: PathBuf,
    max_bytes: u64,
    /// Whether the last wait for the lock timed out. Then later lines only try it once, until it is free.
    is_lock_stuck: AtomicBool,
}

impl AuditLog {
    /// The log at `path`, for a user with this home directory.
    pub(crate) fn new(path: PathBuf, home: Option<&Path>, max_bytes: u64) -> Self {
        Self { dir: PrivateDir::of(&path, home), path, max_bytes, is_lock_stuck: AtomicBool::new(false) }
    }

    /// Appends one line. Nothing that is already on disk is ever changed.
    pub(crate) fn append(&self, parameters: &str) -> Result<(), FileError> {
        for _ in 0..WRITE_ATTEMPTS {
            let mut file = self.open()?;
            append_line(&mut file, parameters).map_err(FileError::at(&self.path))?;
            if !is_removed(&file).map_err(FileError::at(&self.path))? {
                return Ok(());
            }
            // Other processes have rotated twice since the file was opened, so the line is lost with it.
        }
        let reason = io::Error::other("the file is rotated faster than a line can be written");
        Err(FileError::at(&self.path)(reason))
    }

    /// Checks, without writing, whether a line could be written now.
    pub(crate) fn check(&self) -> Result<(), FileError> {
        self.dir.check()?;
        refuse_special_file(&self.path).map_err(FileError::at(&self.path))
    }

    fn open(&self) -> Result<File, FileError> {
        self.dir.prepare()?;
        refuse_special_file(&self.path).map_err(FileError::at(&self.path))?;
        self.make_room()?;
        self.open_log().map_err(FileError::at(&self.path))
    }

    fn open_log(&self) -> io::Result<File> {
        let file =
            private_file().create(true).read(true).append(true).open_above_standard_streams(&self.path)?;
        if file.metadata()?.is_file() { Ok(file) } else { Err(not_a_file()) }
    }

    /// Renames a full file. If that fails, the file may grow to twice its limit, since an oversized log is better than a missing line.
    fn make_room(&self) -> Result<(), FileError> {
        if self.size() <= self.max_bytes {
            return Ok(());
        }
        self.rotate().or_else(|error| {
            if self.size() <= self.max_bytes.saturating_mul(2) { Ok(()) } else { Err(error) }
        })
    }

    /// Renames the file under a lock, so that a process does not rename the new file of another one. A process that has the old file
    /// open completes its line in the renamed one.
    fn rotate(&self) -> Result<(), FileError> {
        let lock = with_suffix(&self.path, ".lock");
        let open = private_file()
            .create(true)
            .write(true)
            .open_above_standard_streams(&lock)
            .map_err(FileError::at(&lock))?;
        let timeout = if self.is_lock_stuck.load(Ordering::Relaxed) { Duration::ZERO } else { PATIENCE };
        let locked = lock_within(timeout, &open);
        self.is_lock_stuck.store(locked.is_err(), Ordering::Relaxed);
        locked.map_err(FileError::at(&lock))?;
        let rotated = self.rotate_under_lock();
        unlock(&open);
        rotated
    }

    fn rotate_under_lock(&self) -> Result<(), FileError> {
        if self.size() <= self.max_bytes {
            return Ok(()); // Another process has just rotated.
        }
        let older = with_suffix(&self.path, ".1");
        std::fs::rename(&self.path, &older).map_err(FileError::at(&older))
    }

    fn size(&self) -> u64 {
        self.path.symlink_metadata().map_or(0, |metadata| metadata.len())
    }
}

fn append_line(file: &mut File, parameters: &str) -> io::Result<()> {
    let mut line = Vec::with_capacity(parameters.len() + 2);
    if has_torn_tail(file)? {
        line.push(b'\n');
    }
    line.extend_from_slice(parameters.as_bytes());
    line.push(b'\n');
    write_once(file, &line)
}

/// Whether the open file has been removed from its directory.
#[cfg(unix)]
fn is_removed(file: &File) -> io::Result<bool> {
    use std::os::unix::fs::MetadataExt;
    Ok(file.metadata()?.nlink() == 0)
}

#[cfg(not(unix))]
fn is_removed(_: &File) -> io::Result<bool> {
    // A file that is open cannot be removed.
    Ok(false)
}

/// Writes a line with a single call, so that lines of several processes never mix. A short write leaves a torn line, and the next line
/// starts with a newline.
fn write_once(file: &mut File, line: &[u8]) -> io::Result<()> {
    let written = file.write(line)?;
    if written == line.len() {
        return Ok(());
    }
    Err(io::Error::new(io::ErrorKind::WriteZero, "only a part of the line was written"))
}

/// Whether the last line is unfinished because a process was killed or the disk was full. While another process appends a line that
/// crosses a page, the line can appear unfinished for a moment, so such a tail is checked again.
fn has_torn_tail(file: &mut File) -> io::Result<bool> {
    for _ in 0..TAIL_CHECKS {
        if ends_with_line(file)? {
            return Ok(false);
        }
        std::thread::sleep(TAIL_PAUSE);
    }
    Ok(true)
}

fn ends_with_line(file: &mut File) -> io::Result<bool> {
    if file.metadata()?.len() == 0 {
        return Ok(true);
    }
    let mut last = [0];
    file.seek(SeekFrom::End(-1))?;
    file.read_exact(&mut last)?;
    Ok(last == *b"\n")
}

#[cfg(test)]
mod tests {
    use super::*;

    fn log_in(dir: &Path, max_bytes: u64) -> AuditLog {
        AuditLog::new(dir.join("new/deep/audit.json"), None, max_bytes)
    }

    fn read(log: &AuditLog, suffix: &str) -> String {
        std::fs::read_to_string(with_suffix(&log.path, suffix)).unwrap()
    }

    #[test]
    fn lines_are_appended_to_a_private_file_in_a_private_directory() {
        let dir = tempfile::tempdir().unwrap();
        let log = log_in(dir.path(), 100);
        log.append("{\"a\":1}").unwrap();
        log.append("{\"a\":2}").unwrap();
        assert_eq!(read(&log, ""), "{\"a\":1}\n{\"a\":2}\n");
        #[cfg(unix)]
        {
            use std::os::unix::fs::PermissionsExt;
            let mode = |path: &Path| path.metadata().unwrap().permissions().mode() & 0o777;
            assert_eq!(mode(&log.path), 0o600);
            assert_eq!(mode(log.path.parent().unwrap()), 0o700);
        }
    }

    #[test]
    fn a_full_file_is_renamed_before_the_next_line_and_replaces_the_older_one() {
        let dir = tempfile::tempdir().unwrap();
        let log = log_in(dir.path(), 10);
        for line in ["first-first-", "second-second", "third"] {
            log.append(line).unwrap();
        }
        assert_eq!(read(&log, ""), "third\n");
        assert_eq!(read(&log, ".1"), "second-second\n");
    }

    #[test]
    fn a_torn_line_is_closed_and_nothing_is_lost() {
        let dir = tempfile::tempdir().unwrap();
        let log = log_in(dir.path(), 100);
        log.append("{\"a\":1}").unwrap();
        std::fs::OpenOptions::new().append(true).open(&log.path).unwrap().write_all(b"{\"to").unwrap();
        log.append("{\"a\":2}").unwrap();
        assert_eq!(read(&log, ""), "{\"a\":1}\n{\"to\n{\"a\":2}\n");
    }

    #[test]
    fn while_another_process_rotates_lines_still_arrive_up_to_twice_the_limit() {
        let dir = tempfile::tempdir().unwrap();
        let log = log_in(dir.path(), 5);
        log.append("first").unwrap();
        let held = private_file().create(true).write(true).open(with_suffix(&log.path, ".lock")).unwrap();
        held.lock().unwrap();
        log.append("second").unwrap();
        assert!(log.append("third").unwrap_err().to_string().contains("keeps the lock"));
        assert_eq!(read(&log, ""), "first\nsecond\n");
        drop(held);
        log.append("fourth").unwrap();
        assert_eq!((read(&log, ".1"), read(&log, "")), ("first\nsecond\n".into(), "fourth\n".into()));
    }

    #[test]
    fn a_full_file_that_cannot_be_renamed_grows_to_twice_its_limit() {
        let dir = tempfile::tempdir().unwrap();
        let log = log_in(dir.path(), 10);
        std::fs::create_dir_all(with_suffix(&log.path, ".1").join("in the way")).unwrap();
        let written = (0..9).take_while(|_| log.append("12345").is_ok()).count();
        assert_eq!(
            (written, read(&log, "").len()),
            (4, 24),
            "the last line that begins below the limit is whole"
        );
        let error = log.append("12345").unwrap_err().to_string();
        assert!(error.contains("audit.json.1"), "{error}");
    }

    #[test]
    fn a_process_forked_during_a_rotation_does_not_keep_the_lock() {
        let dir = tempfile::tempdir().unwrap();
        let path = dir.path().join("lock");
        let open = || private_file().create(true).write(true).open(&path).unwrap();
        let lock = open();
        // Like a forked child, which has another descriptor of the same open file.
        let _inherited = lock.try_clone().unwrap();
        lock_within(PATIENCE, &lock).unwrap();
        unlock(&lock);
        assert!(open().try_lock().is_ok());
    }

    #[test]
    fn eight_threads_at_the_limit_tear_no_line() {
        let dir = tempfile::tempdir().unwrap();
        let log = log_in(dir.path(), 4000);
        let line = |thread: usize, n: usize| format!("{{\"thread\":{thread},\"n\":{n}}}");
        std::thread::scope(|scope| {
            for thread in 0..8 {
                let log = &log;
                scope.spawn(move || (0..100).for_each(|n| log.append(&line(thread, n)).unwrap()));
            }
        });
        let lines = read(&log, ".1") + &read(&log, "");
        let lines: Vec<serde_json::Value> =
            lines.lines().map(|line| serde_json::from_str(line).unwrap()).collect();
        assert!(lines.len() > 100);
        for thread in 0..8 {
            let numbers: Vec<_> =
                lines.iter().filter(|line| line["thread"] == thread).map(|line| &line["n"]).collect();
            let kept = 100 - numbers.len()..100;
            assert!(numbers.iter().copied().eq(kept), "rotation drops the oldest lines only: {numbers:?}");
        }
    }

    #[cfg(unix)]
    #[test]
    fn a_line_in_a_removed_file_is_detected() {
        let dir = tempfile::tempdir().unwrap();
        let log = log_in(dir.path(), 100);
        let mut file = log.open().unwrap();
        append_line(&mut file, "lost").unwrap();
        assert!(!is_removed(&file).unwrap());
        std::fs::remove_file(&log.path).unwrap();
        assert!(is_removed(&file).unwrap());
    }

    #[cfg(unix)]
    #[test]
    fn a_directory_that_is_a_link_is_refused() {
        let dir = tempfile::tempdir().unwrap();
        std::fs::create_dir(dir.path().join("elsewhere")).unwrap();
        std::os::unix::fs::symlink("elsewhere", dir.path().join("link")).unwrap();
        let error = AuditLog::new(dir.path().join("link/audit.json"), None, 9).append("x").unwrap_err();
        assert!(error.to_string().contains("is a link"), "{error}");
        assert_eq!(std::fs::read_dir(dir.path().join("elsewhere")).unwrap().count(), 0);
    }

    #[cfg(unix)]
    #[test]
    fn a_file_that_is_not_regular_is_refused_and_left_unchanged() {
        let dir = tempfile::tempdir().unwrap();
        let target = dir.path().join("target");
        std::fs::write(&target, "mine").unwrap();
        let link = dir.path().join("link");
        std::os::unix::fs::symlink(&target, &link).unwrap();
        for path in [link, dir.path().to_owned(), "/dev/null".into(), "/dev/full".into()] {
            assert!(AuditLog::new(path, None, 10).append("x").is_err());
        }
        assert_eq!(std::fs::read_to_string(target).unwrap(), "mine");
    }
}
