// SPDX-FileCopyrightText: Copyright (c) 2026 NVIDIA CORPORATION & AFFILIATES. All rights reserved.
// SPDX-License-Identifier: Apache-2.0

//! Limits that a process sets itself.

use std::io;

pub(crate) fn open_files(limit: libc::rlim_t) {
    set(libc::RLIMIT_NOFILE, limit);
}

/// A write beyond the limit raises `SIGXFSZ`, which ends the process unless the writing thread blocks it.
pub(crate) fn file_size(limit: libc::rlim_t) {
    set(libc::RLIMIT_FSIZE, limit);
}

#[allow(unsafe_code, reason = "there is no safe way to change a limit")]
fn set(resource: libc::__rlimit_resource_t, limit: libc::rlim_t) {
    let limits = libc::rlimit { rlim_cur: limit, rlim_max: limit };
    // SAFETY: `limits` is initialized and outlives the call.
    let set = unsafe { libc::setrlimit(resource, &raw const limits) };
    assert_eq!(set, 0, "{}", io::Error::last_os_error());
}
