// SPDX-FileCopyrightText: Copyright (c) 2026 NVIDIA CORPORATION & AFFILIATES. All rights reserved.
// SPDX-License-Identifier: Apache-2.0

//! Who the process runs for.

use std::ffi::{CStr, OsStr, c_char};
use std::mem::MaybeUninit;
use std::os::unix::ffi::OsStrExt;
use std::path::PathBuf;

/// Room for the texts of an entry of the user database: at first, and at most.
const USUAL_BYTES: usize = 1024;
const MOST_BYTES: usize = 1024 * 1024;

/// The user whose rights the process has.
pub(crate) fn effective_user() -> libc::uid_t {
    // SAFETY: the function takes nothing, touches no memory and cannot fail.
    unsafe { libc::geteuid() }
}

/// The home directory of the process's user by the user database, which may be on another machine. Unlike
/// [`std::env::home_dir`] it reads no variable.
pub(crate) fn home_in_user_database() -> Option<PathBuf> {
    let mut texts: Vec<c_char> = vec![0; USUAL_BYTES];
    loop {
        match home_with_room(&mut texts) {
            Err(libc::ERANGE) if texts.len() < MOST_BYTES => texts.resize(texts.len() * 2, 0),
            home => return home.ok().flatten(),
        }
    }
}

/// The home directory, or the error of the C library if there is no room for the texts or anything else goes wrong.
fn home_with_room(texts: &mut [c_char]) -> Result<Option<PathBuf>, libc::c_int> {
    let mut entry = MaybeUninit::<libc::passwd>::uninit();
    let mut found = std::ptr::null_mut();
    // SAFETY: `getuid` takes nothing and cannot fail. The other function fills in the entry, the texts up to their length and
    // `found`, all of which are valid places for it, and keeps no pointer.
    let error = unsafe {
        libc::getpwuid_r(libc::getuid(), entry.as_mut_ptr(), texts.as_mut_ptr(), texts.len(), &raw mut found)
    };
    if error != 0 {
        return Err(error);
    }
    // SAFETY: where there is an entry, `found` points to it, and it is filled in.
    let Some(entry): Option<&libc::passwd> = (unsafe { found.as_ref() }) else { return Ok(None) };
    if entry.pw_dir.is_null() {
        return Ok(None);
    }
    // SAFETY: the text ends with a NUL and lies in `texts`, which outlives this.
    let home = unsafe { CStr::from_ptr(entry.pw_dir) };
    Ok(Some(PathBuf::from(OsStr::from_bytes(home.to_bytes()))).filter(|home| !home.as_os_str().is_empty()))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_user_database_has_the_answer_that_the_standard_library_finds() {
        if std::env::var_os("HOME").is_none() {
            assert_eq!(home_in_user_database(), std::env::home_dir());
        }
    }

    #[test]
    fn too_little_room_is_an_error_and_no_answer() {
        let known = home_in_user_database();
        match home_with_room(&mut [0; 1]) {
            Err(error) => assert_eq!(error, libc::ERANGE),
            Ok(home) => assert_eq!((home, known), (None, None), "there is no entry to make room for"),
        }
    }
}
