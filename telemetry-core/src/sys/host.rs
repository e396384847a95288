// SPDX-FileCopyrightText: Copyright (c) 2026 NVIDIA CORPORATION & AFFILIATES. All rights reserved.
// SPDX-License-Identifier: Apache-2.0

//! What the system and its C library call themselves.

#[cfg(target_env = "gnu")]
use std::ffi::CStr;
use std::mem::MaybeUninit;

/// The system's name, its release and the architecture, or nothing if the system does not say.
pub(crate) fn uname() -> Option<(String, String, String)> {
    let mut buffer = MaybeUninit::<libc::utsname>::uninit();
    // SAFETY: `uname` writes to the structure it is given a valid pointer to, and to nothing else.
    if unsafe { libc::uname(buffer.as_mut_ptr()) } != 0 {
        return None;
    }
    // SAFETY: `uname` returned 0, so it has filled the structure in.
    let names = unsafe { buffer.assume_init() };
    Some((text(&names.sysname), text(&names.release), text(&names.machine)))
}

/// The text in a fixed field of a C structure, up to its first NUL. A C character has a sign on some platforms only.
fn text(field: &[libc::c_char]) -> String {
    let bytes: Vec<u8> = field.iter().flat_map(|c| c.to_ne_bytes()).take_while(|byte| *byte != 0).collect();
    String::from_utf8_lossy(&bytes).into_owned()
}

/// The C library with its version, such as `glibc2.36`; empty if it is another one.
#[cfg(target_env = "gnu")]
pub(crate) fn libc_version() -> String {
    // SAFETY: the function takes nothing and returns a pointer to a constant text that ends with a NUL.
    let version = unsafe { CStr::from_ptr(libc::gnu_get_libc_version()) };
    format!("glibc{}", version.to_string_lossy())
}

/// The C library with its version, such as `glibc2.36`; empty if it is another one.
#[cfg(not(target_env = "gnu"))]
pub(crate) fn libc_version() -> String {
    String::new()
}
