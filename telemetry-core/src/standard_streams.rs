// SPDX-FileCopyrightText: Copyright (c) 2026 NVIDIA CORPORATION & AFFILIATES. All rights reserved.
// SPDX-License-Identifier: Apache-2.0

//! Files and sockets that never become the standard streams of a host that has closed its own.
//!
//! The system gives every file the lowest free descriptor, so in a process without standard output our connection would be
//! standard output, and the collector would receive what the process prints. There is no way to ask the system for a higher
//! number at once. Moving a descriptor afterwards is too late, because another thread may have printed in between. So we take
//! the free ones of the three first, open what we need, and give them back.
//!
//! What we take them with is as good as closed: reading and writing fail with `EBADF`, as they do without us. The host can
//! notice one thing: a file that it opens at this very moment does not get one of the three numbers, just as if another thread
//! of its own had opened a file. This lasts for microseconds, except for name lookups and the first encrypted connection of a
//! client, in which libraries open files where we cannot see it. A child that is forked just then inherits what we have taken.
//!
//! The alternatives are worse. Taking the numbers for good would break a daemon that opens its streams later. A table of
//! descriptors for our thread alone would break the host's logger and transport, which run on it.

use std::fs::{File, OpenOptions};
use std::io;
use std::path::Path;

/// Runs `open` in such a way that nothing it opens becomes a standard stream, whatever opens it.
#[cfg(unix)]
pub(crate) fn above_standard_streams<T>(open: impl FnOnce() -> T) -> T {
    let held = unix::Held::new();
    let opened = open();
    drop(held);
    opened
}

#[cfg(not(unix))]
pub(crate) fn above_standard_streams<T>(open: impl FnOnce() -> T) -> T {
    open()
}

#[cfg(unix)]
pub(crate) use unix::ensure_above_standard_streams;

/// Opening files that do not become standard streams.
pub(crate) trait OpenAboveStandardStreams {
    /// Like [`OpenOptions::open`].
    fn open_above_standard_streams(&self, path: &Path) -> io::Result<File>;
}

impl OpenAboveStandardStreams for OpenOptions {
    fn open_above_standard_streams(&self, path: &Path) -> io::Result<File> {
        let file = above_standard_streams(|| self.open(path));
        #[cfg(unix)]
        let file = file.and_then(ensure_above_standard_streams);
        file
    }
}

#[cfg(unix)]
mod unix {
    use std::fs::{File, Metadata, OpenOptions};
    use std::io;
    use std::os::fd::{AsFd, AsRawFd, IntoRawFd, OwnedFd};
    use std::os::unix::fs::{MetadataExt, OpenOptionsExt};
    use std::sync::{Mutex, MutexGuard};

    use crate::process_identity::ProcessIdentity;
    use crate::sync::taken;
    use crate::sys::{FIRST_OTHER_DESCRIPTOR, moved_above_standard_streams};

    /// Opens a name without the right to read or write.
    #[cfg(any(target_os = "linux", target_os = "android"))]
    const NAME_ONLY: i32 = libc::O_PATH;

    /// Neither `read` nor `write` works on a directory.
    #[cfg(not(any(target_os = "linux", target_os = "android")))]
    const NAME_ONLY: i32 = libc::O_DIRECTORY;

    /// How often a thread tries the lock, which the others hold while they look at three numbers. A child that was forked at
    /// that very moment tries in vain, and then takes the numbers for itself.
    const ATTEMPTS: usize = 100;

    /// What all threads of a process hold together. If each held its own, the second would find no free number, and lose its
    /// protection when the first gives the numbers back.
    static SHARED: Mutex<Shared> = Mutex::new(Shared { process: None, holders: 0, placeholders: Vec::new() });

    struct Shared {
        process: Option<ProcessIdentity>,
        holders: usize,
        placeholders: Vec<Placeholder>,
    }

    impl Shared {
        fn enter(&mut self) {
            let process = ProcessIdentity::current();
            if self.process.replace(process) != Some(process) {
                // A forked child has inherited what threads of its parent held.
                self.holders = 0;
                self.placeholders.clear();
            }
            self.holders += 1;
            self.placeholders.extend(free_ones());
        }

        fn leave(&mut self) {
            self.holders = self.holders.saturating_sub(1);
            if self.holders == 0 {
                self.placeholders.clear();
            }
        }
    }

    fn shared() -> Option<MutexGuard<'static, Shared>> {
        (0..ATTEMPTS).find_map(|attempt| {
            if attempt > 0 {
                std::thread::yield_now();
            }
            taken(SHARED.try_lock())
        })
    }

    /// Standard descriptors that were free and are not until this is dropped.
    pub(super) enum Held {
        Together,
        Alone(#[allow(dead_code, reason = "they are kept to be dropped")] Vec<Placeholder>),
    }

    impl Held {
        pub(super) fn new() -> Self {
            match shared() {
                Some(mut shared) => {
                    shared.enter();
                    Self::Together
                }
                None => Self::Alone(free_ones().collect()),
            }
        }
    }

    impl Drop for Held {
        fn drop(&mut self) {
            if let (Self::Together, Some(mut shared)) = (self, shared()) {
                shared.leave();
            }
        }
    }

    /// The lowest come first, so the first one that is not a standard descriptor is the end.
    fn free_ones() -> impl Iterator<Item = Placeholder> {
        std::iter::from_fn(Placeholder::open)
    }

    /// The root directory, open for nothing, as a standard stream.
    pub(super) struct Placeholder(Option<File>);

    impl Placeholder {
        fn open() -> Option<Self> {
            let file = OpenOptions::new().read(true).custom_flags(NAME_ONLY).open("/").ok()?;
            if is_standard_stream(&file) { Some(Self(Some(file))) } else { None }
        }
    }

    /// Gives the number back, unless the host has put a file of its own there in the meantime (`dup2`).
    impl Drop for Placeholder {
        fn drop(&mut self) {
            if let Some(file) = self.0.take().filter(|file| !is_root(file)) {
                let _ = file.into_raw_fd();
            }
        }
    }

    fn is_root(file: &File) -> bool {
        let place = |metadata: Metadata| (metadata.dev(), metadata.ino());
        file.metadata()
            .is_ok_and(|found| std::fs::metadata("/").is_ok_and(|root| place(found) == place(root)))
    }

    fn is_standard_stream(opened: &impl AsFd) -> bool {
        opened.as_fd().as_raw_fd() < FIRST_OTHER_DESCRIPTOR
    }

    /// Moves what was opened [above them](super::above_standard_streams) and is a standard stream all the same: another thread of the toolkit has given
    /// the number back just then.
    pub(crate) fn ensure_above_standard_streams<T: AsFd + From<OwnedFd>>(opened: T) -> io::Result<T> {
        if is_standard_stream(&opened) {
            moved_above_standard_streams(&opened).map(T::from)
        } else {
            Ok(opened)
        }
    }
}
