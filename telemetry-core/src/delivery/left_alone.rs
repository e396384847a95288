// SPDX-FileCopyrightText: Copyright (c) 2026 NVIDIA CORPORATION & AFFILIATES. All rights reserved.
// SPDX-License-Identifier: Apache-2.0

//! Whether the host is gone and only our threads keep the process.
//!
//! A main thread that ends by `pthread_exit` leaves a process that ends with its last thread. A worker that waits for its next
//! heartbeat would keep it for ever. Nothing wakes a thread when another one ends, so the worker takes naps, each twice as
//! long as the one before, and looks after each of them. It looks about ten times between two heartbeats, and such a process
//! ends at the latest when it has been left alone for as long as it had been idle before.
//!
//! Only Linux tells this cheaply, in `/proc`. Elsewhere such a process ends only if it has no heartbeats.

use std::time::Duration;

/// The first nap of a worker that has nothing to do: long enough that a process that reports often never looks.
pub(super) const FIRST_NAP: Duration =
    if cfg!(feature = "model") { Duration::MAX } else { system::FIRST_NAP };

pub(super) use system::only_telemetry_is_left;

#[cfg(any(target_os = "linux", target_os = "android"))]
mod system {
    use std::fs::OpenOptions;
    use std::io::{self, Read};
    use std::path::Path;
    use std::time::Duration;

    use crate::standard_streams::{OpenApart, apart};
    use crate::threads;

    pub(super) const FIRST_NAP: Duration = Duration::from_millis(500);

    /// More than the fields that count here.
    const LONGEST_STAT: u64 = 512;

    /// Whether the main thread has ended and all others are ours, by their names. If it cannot be told, it is not so.
    pub(in crate::delivery) fn only_telemetry_is_left() -> bool {
        let has_ended =
            |task: &Path| stat(task).is_ok_and(|stat| Task::parse(&stat).is_some_and(Task::has_ended));
        has_ended(Path::new("/proc/self")) && all_tasks_are_over().unwrap_or(false)
    }

    fn all_tasks_are_over() -> io::Result<bool> {
        // Read to the end first: the directory takes up a descriptor.
        let tasks = apart(|| std::fs::read_dir("/proc/self/task")?.collect::<io::Result<Vec<_>>>())?;
        for task in tasks {
            let stat = stat(&task.path())?;
            if !Task::parse(&stat).is_some_and(|task| task.has_ended() || task.is_ours()) {
                return Ok(false);
            }
        }
        Ok(true)
    }

    fn stat(task: &Path) -> io::Result<String> {
        let mut bytes = Vec::new();
        let file = OpenOptions::new().read(true).open_apart(&task.join("stat"))?;
        file.take(LONGEST_STAT).read_to_end(&mut bytes)?;
        Ok(String::from_utf8_lossy(&bytes).into_owned())
    }

    /// What counts here of a line such as `17 (telemetry-shop) S 1 …` (proc_pid_stat(5)).
    #[derive(Debug, Clone, Copy, PartialEq, Eq)]
    struct Task<'a> {
        name: &'a str,
        state: char,
    }

    impl<'a> Task<'a> {
        /// A name may have brackets itself; no field behind it has any.
        fn parse(stat: &'a str) -> Option<Self> {
            let (start, rest) = stat.rsplit_once(") ")?;
            let (_, name) = start.split_once(" (")?;
            Some(Self { name, state: rest.chars().next()? })
        }

        fn has_ended(self) -> bool {
            matches!(self.state, 'Z' | 'X')
        }

        fn is_ours(self) -> bool {
            self.name.starts_with(threads::PREFIX)
        }
    }

    #[cfg(test)]
    mod tests {
        use super::*;

        #[test]
        fn a_line_has_a_name_and_a_state_whatever_is_in_the_name() {
            for (line, name, state) in [
                ("17 (telemetry-shop) S 1 17 0", "telemetry-shop", 'S'),
                ("17 (a) Z) (b) Z 1 17 0", "a) Z) (b", 'Z'),
                ("17 () R 1", "", 'R'),
            ] {
                assert_eq!(Task::parse(line), Some(Task { name, state }));
            }
            for line in ["", "17", "17 (a", "17 (a) ", "17 a) S"] {
                assert_eq!(Task::parse(line), None, "{line}");
            }
        }

        #[test]
        fn a_process_with_a_main_thread_is_not_left_alone() {
            assert!(!only_telemetry_is_left());
        }
    }
}

#[cfg(not(any(target_os = "linux", target_os = "android")))]
mod system {
    use std::time::Duration;

    pub(super) const FIRST_NAP: Duration = Duration::MAX;

    pub(in crate::delivery) fn only_telemetry_is_left() -> bool {
        false
    }
}
