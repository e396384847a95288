// SPDX-FileCopyrightText: Copyright (c) 2026 NVIDIA CORPORATION & AFFILIATES. All rights reserved.
// SPDX-License-Identifier: Apache-2.0

//! Files and directories that belong to the user alone, shared by processes that take turns.

use std::ffi::OsString;
use std::fs::{DirBuilder, File, OpenOptions};
use std::io;
use std::path::{Path, PathBuf};
use std::time::Duration;

/// How often, and how long apart, a lock is asked for that another process holds.
const LOCK_ATTEMPTS: u32 = 20;
const LOCK_PAUSE: Duration = Duration::from_millis(5);

/// Makes sure that the directory exists and is one: a link would put the file where somebody else has decided.
pub(crate) fn check_dir(dir: &Path) -> io::Result<()> {
    match dir.symlink_metadata() {
        Ok(metadata) if metadata.is_dir() => Ok(()),
        Ok(_) => Err(io::Error::new(
            io::ErrorKind::NotADirectory,
            "the directory is a link or a file: replace it by a directory",
        )),
        Err(error) if error.kind() == io::ErrorKind::NotFound => create_private_dir(dir),
        Err(error) => Err(error),
    }
}

/// Refuses links, pipes, devices and directories before they are opened: opening a pipe can wait for ever.
pub(crate) fn refuse_special_file(path: &Path) -> io::Result<()> {
    match path.symlink_metadata() {
        Ok(metadata) if metadata.is_file() => Ok(()),
        Ok(_) => Err(not_a_file()),
        Err(error) if error.kind() == io::ErrorKind::NotFound => Ok(()),
        Err(error) => Err(error),
    }
}

pub(crate) fn not_a_file() -> io::Error {
    io::Error::new(io::ErrorKind::InvalidInput, "not a regular file: remove or rename what is there")
}

/// The path with `suffix` at the end of its name.
pub(crate) fn with_suffix(path: &Path, suffix: &str) -> PathBuf {
    let mut name = OsString::from(path);
    name.push(suffix);
    name.into()
}

/// Options for a file that only its owner can read if it is created; they follow no link and wait for nobody.
pub(crate) fn private_file() -> OpenOptions {
    #[cfg_attr(not(unix), allow(unused_mut, reason = "only Unix has such options"))]
    let mut options = OpenOptions::new();
    #[cfg(unix)]
    {
        use std::os::unix::fs::OpenOptionsExt;
        options.mode(0o600).custom_flags(libc::O_NOFOLLOW | libc::O_NONBLOCK);
    }
    options
}

/// Creates a directory that only its owner can enter, and those above it, if they do not exist.
pub(crate) fn create_private_dir(dir: &Path) -> io::Result<()> {
    if dir.as_os_str().is_empty() {
        return Ok(());
    }
    let mut builder = DirBuilder::new();
    builder.recursive(true);
    #[cfg(unix)]
    {
        use std::os::unix::fs::DirBuilderExt;
        builder.mode(0o700);
    }
    builder.create(dir)
}

/// Takes the lock unless somebody else keeps it. Returns whether it is taken.
pub(crate) fn lock_patiently(lock: &File) -> bool {
    (0..LOCK_ATTEMPTS).any(|attempt| {
        if attempt > 0 {
            std::thread::sleep(LOCK_PAUSE);
        }
        lock.try_lock().is_ok()
    })
}
