// SPDX-FileCopyrightText: Copyright (c) 2026 NVIDIA CORPORATION & AFFILIATES. All rights reserved.
// SPDX-License-Identifier: Apache-2.0

//! Files and directories that belong to the user alone, shared by processes that take turns.

mod dir;
mod error;

use std::ffi::OsString;
use std::fs::{File, OpenOptions, TryLockError};
use std::io;
use std::path::{Path, PathBuf};
use std::time::Duration;

pub(crate) use dir::PrivateDir;
pub(crate) use error::FileError;

use crate::sync::retry_within;

/// How long a lock is waited for that another process holds.
pub(crate) const PATIENCE: Duration = Duration::from_millis(100);

/// Refuses links, pipes, devices and directories before they are opened: opening a pipe can block forever.
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

/// Options for a file that only its owner can read if it is created; opening follows no link and does not block.
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

/// Takes a lock that another process may hold for a moment; an error if it is held beyond `timeout`. Where the file system knows no
/// locks there is nothing to wait for: then processes do not take turns.
pub(crate) fn lock_within(timeout: Duration, lock: &File) -> io::Result<()> {
    let is_free = || match lock.try_lock() {
        Err(TryLockError::WouldBlock) => None,
        Ok(()) | Err(TryLockError::Error(_)) => Some(()),
    };
    let held = || io::Error::new(io::ErrorKind::WouldBlock, "another process keeps the lock");
    retry_within(timeout, is_free).ok_or_else(held)
}

/// Gives the lock back, before the file is closed: a process forked in the meantime has inherited it, and would keep it.
pub(crate) fn unlock(lock: &File) {
    // Where locks are not supported there is no lock to release.
    let _ = lock.unlock();
}
