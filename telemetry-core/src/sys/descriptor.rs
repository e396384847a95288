// SPDX-FileCopyrightText: Copyright (c) 2026 NVIDIA CORPORATION & AFFILIATES. All rights reserved.
// SPDX-License-Identifier: Apache-2.0

//! Numbers of descriptors.

use std::io;
use std::os::fd::{AsFd, AsRawFd, FromRawFd, OwnedFd};

/// The descriptors below are standard input, output and error.
pub(crate) const FIRST_OTHER_DESCRIPTOR: libc::c_int = 3;

/// Another descriptor of the same file, beyond the standard streams. Programs that are started do not inherit it.
pub(crate) fn moved_above_standard_streams(file: &impl AsFd) -> io::Result<OwnedFd> {
    let descriptor = file.as_fd().as_raw_fd();
    // SAFETY: the call takes numbers only. The descriptor is open as long as it is borrowed.
    let moved = checked(unsafe { libc::fcntl(descriptor, libc::F_DUPFD_CLOEXEC, FIRST_OTHER_DESCRIPTOR) })?;
    // SAFETY: the system has just opened this descriptor, so nothing else owns it.
    Ok(unsafe { OwnedFd::from_raw_fd(moved) })
}

/// The result of a call that returns -1 for a failure.
pub(super) fn checked(result: libc::c_int) -> io::Result<libc::c_int> {
    if result == -1 { Err(io::Error::last_os_error()) } else { Ok(result) }
}
