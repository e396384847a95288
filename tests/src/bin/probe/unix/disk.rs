// SPDX-FileCopyrightText: Copyright (c) 2026 NVIDIA CORPORATION & AFFILIATES. All rights reserved.
// SPDX-License-Identifier: Apache-2.0

//! Steps about a disk that is full.

use std::ffi::CString;
use std::fs::{self, File};
use std::io::Write;
use std::path::Path;

/// The size of the small disk, in bytes.
const SIZE: u64 = 4096;

/// Puts a small disk at `dir`, which is created, for this process alone. Returns whether that is allowed.
#[allow(unsafe_code, reason = "mounting has no safe counterpart")]
pub(crate) fn mount_small(dir: &str) -> bool {
    fs::create_dir_all(dir).expect("the home is ours");
    let [dir, root, kind, options] =
        [dir, "/", "tmpfs", &format!("size={SIZE}")].map(|text| CString::new(text).expect("no NUL"));
    let (private, nothing) = (libc::MS_REC | libc::MS_PRIVATE, std::ptr::null());
    // SAFETY: all texts end with a NUL and outlive the calls; the other arguments may be null.
    unsafe {
        libc::unshare(libc::CLONE_NEWNS) == 0
            && libc::mount(nothing, root.as_ptr(), nothing, private, nothing.cast()) == 0
            && libc::mount(kind.as_ptr(), dir.as_ptr(), kind.as_ptr(), 0, options.as_ptr().cast()) == 0
    }
}

pub(crate) fn fill(file: &str) -> u64 {
    fs::create_dir_all(Path::new(file).parent().expect("a directory")).expect("the disk is empty");
    let mut open = File::create(file).expect("the disk is empty");
    while open.write_all(b"{\"kept\":true}\n").is_ok() {
        assert!(size(file) <= SIZE, "this is not the small disk");
    }
    size(file)
}

pub(crate) fn size(file: &str) -> u64 {
    fs::metadata(file).map_or(0, |metadata| metadata.len())
}
