// SPDX-FileCopyrightText: Copyright (c) 2026 NVIDIA CORPORATION & AFFILIATES. All rights reserved.
// SPDX-License-Identifier: Apache-2.0

//! Homes with something, or nothing, where the opt-out marker belongs.

use std::fs::{self, Permissions};
use std::os::unix::fs::{MetadataExt, PermissionsExt, chown, symlink};
use std::path::Path;
use std::process::Command;

use crate::home::Home;

/// A user id without privileges and without a home, for tests that start with privileges.
pub const OTHER_USER: &str = "54321";

/// Whether permissions do not bind this process, so that a child has to give its privileges up to be refused anything.
#[must_use]
pub fn is_privileged() -> bool {
    fs::metadata("/proc/self").is_ok_and(|process| process.uid() == 0)
}

/// Gives a file or directory to [`OTHER_USER`].
///
/// # Panics
///
/// If this process is not [privileged](is_privileged).
pub fn give_to_other_user(path: &Path) {
    let other_user = OTHER_USER.parse().expect("a number");
    chown(path, Some(other_user), Some(other_user)).expect("we are privileged");
}

/// Gives up all privileges of this process.
///
/// # Panics
///
/// If this process is not [privileged](is_privileged).
#[allow(unsafe_code, reason = "there is no safe way to change the user")]
pub fn become_user(uid: libc::uid_t) {
    // SAFETY: these calls only take numbers.
    let failed = unsafe { libc::setgroups(0, std::ptr::null()) | libc::setgid(uid) | libc::setuid(uid) };
    assert_eq!(failed, 0, "{}", std::io::Error::last_os_error());
}

/// The home directory in the password database of the user who runs the tests, if the database is a file.
#[must_use]
pub fn home_in_password_database() -> Option<String> {
    let uid = fs::metadata("/proc/self").ok()?.uid().to_string();
    let database = fs::read_to_string("/etc/passwd").ok()?;
    let mut users = database.lines().map(|line| line.split(':').collect::<Vec<_>>());
    users.find(|fields| fields.get(2) == Some(&uid.as_str()))?.get(5).map(|&home| home.to_owned())
}

/// A prepared home of the recorded cases (`env_cases.jsonl`, section `do_not_track_file`).
#[derive(Debug)]
pub struct MarkedHome {
    /// The home.
    pub home: Home,
    /// Whether the case makes sense only if the child runs as another user.
    pub needs_other_user: bool,
}

impl MarkedHome {
    /// Prepares the home of `case`; none if the case is about something else than a prepared home.
    #[must_use]
    pub fn prepare(case: &str) -> Option<Self> {
        let (kind, needs_other_user) = match case.strip_prefix("as_other_user_") {
            Some(kind) => (kind, is_privileged()),
            None => (case, false),
        };
        let home = Home::for_everyone().with_config_dir();
        put(&home, kind).then_some(Self { home, needs_other_user })
    }
}

/// Lets the scratch directory be removed again.
impl Drop for MarkedHome {
    fn drop(&mut self) {
        if self.home.config_dir().is_dir() {
            set_mode(&self.home.config_dir(), 0o755);
        }
    }
}

/// Puts what `kind` says at the marker's place. Returns whether it is a kind.
fn put(home: &Home, kind: &str) -> bool {
    let (marker, aside) = (home.marker(), home.path().join("aside"));
    match kind {
        "absent" => (),
        "empty_file" => create(&marker),
        "file_with_text" => fs::write(&marker, "telemetry is fine").expect("the home is ours"),
        "directory" => fs::create_dir(&marker).expect("the home is ours"),
        "with_extension" => create(&marker.with_extension("txt")),
        "symlink_to_file" => {
            create(&aside);
            link(&aside, &marker);
        }
        "symlink_to_dir" => link(home.path(), &marker),
        "dangling_symlink" => link(&aside, &marker),
        "fifo" => make_fifo(&marker),
        "config_dir_is_a_file" => {
            fs::remove_dir(home.config_dir()).expect("the home is ours");
            create(&home.config_dir());
        }
        "config_dir_symlinked" => {
            create(&marker);
            fs::rename(home.config_dir(), &aside).expect("the home is ours");
            link(&aside, &home.config_dir());
        }
        "home_missing" => fs::remove_dir_all(home.path()).expect("the home is ours"),
        "file_mode_000" => {
            create(&marker);
            set_mode(&marker, 0o000);
        }
        "dir_mode_000" => {
            create(&marker);
            set_mode(&home.config_dir(), 0o000);
        }
        "dir_mode_r_only" => {
            create(&marker);
            set_mode(&home.config_dir(), 0o444);
        }
        _ => return false,
    }
    true
}

fn create(file: &Path) {
    fs::write(file, "").expect("the home is ours");
}

fn link(target: &Path, link: &Path) {
    symlink(target, link).expect("the home is ours");
}

fn set_mode(path: &Path, mode: u32) {
    fs::set_permissions(path, Permissions::from_mode(mode)).expect("the home is ours");
}

/// Creates a named pipe without a reader.
///
/// # Panics
///
/// If the program `mkfifo` does not.
pub fn make_fifo(path: &Path) {
    let status = Command::new("mkfifo").arg(path).status().expect("`mkfifo` is part of every Unix");
    assert!(status.success(), "{status}");
}
