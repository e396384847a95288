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

    use crate::standard_streams::{OpenAboveStandardStreams, above_standard_streams};
    use crate::threads;

    pub(super) const FIRST_NAP: Duration = Duration::from_millis(500);

    /// More than the lines that count here.
    const LONGEST_STATUS: u64 = 4096;

    /// Whether the main thread has ended and all others are ours. If it cannot be told, it is not so.
    pub(in crate::delivery) fn only_telemetry_is_left() -> bool {
        let has_ended = |task: &Path| status(task).is_ok_and(|status| Task::parse(&status).has_ended());
        has_ended(Path::new("/proc/self")) && all_tasks_are_over().unwrap_or(false)
    }

    fn all_tasks_are_over() -> io::Result<bool> {
        // Read to the end first: the directory takes up a descriptor.
        let tasks =
            above_standard_streams(|| std::fs::read_dir("/proc/self/task")?.collect::<io::Result<Vec<_>>>())?;
        for task in tasks {
            let status = status(&task.path())?;
            let task = Task::parse(&status);
            if !task.has_ended() && !task.is_ours() {
                return Ok(false);
            }
        }
        Ok(true)
    }

    fn status(task: &Path) -> io::Result<String> {
        let mut bytes = Vec::new();
        let file = OpenOptions::new().read(true).open_above_standard_streams(&task.join("status"))?;
        file.take(LONGEST_STATUS).read_to_end(&mut bytes)?;
        Ok(String::from_utf8_lossy(&bytes).into_owned())
    }

    /// What counts here of a thread's status (proc_pid_status(5)).
    #[derive(Debug, Default, PartialEq, Eq)]
    struct Task<'a> {
        name: &'a str,
        state: &'a str,
        blocked_signals: u64,
    }

    impl<'a> Task<'a> {
        fn parse(status: &'a str) -> Self {
            let mut task = Self::default();
            for (key, value) in status.lines().filter_map(|line| line.split_once(":\t")) {
                match key {
                    "Name" => task.name = value,
                    "State" => task.state = value,
                    "SigBlk" => task.blocked_signals = u64::from_str_radix(value, 16).unwrap_or(0),
                    _ => {}
                }
            }
            task
        }

        fn has_ended(&self) -> bool {
            self.state.starts_with(['Z', 'X'])
        }

        /// A thread of the host may have such a name too, if only because the program does. It handles signals, though.
        fn is_ours(&self) -> bool {
            let bit = |signal: libc::c_int| 1_u64 << (signal - 1);
            let handled_by_hosts = bit(libc::SIGTERM) | bit(libc::SIGINT) | bit(libc::SIGUSR1);
            self.name.starts_with(threads::PREFIX)
                && self.blocked_signals & handled_by_hosts == handled_by_hosts
        }
    }

    #[cfg(test)]
    mod tests {
        use super::*;

        fn status(name: &str, state: &str, blocked: &str) -> String {
            format!(
                "Name:\t{name}\nUmask:\t0022\nState:\t{state}\nTgid:\t7\nSigBlk:\t{blocked}\nSigIgn:\t0\n"
            )
        }

        #[test]
        fn a_thread_is_ours_by_its_name_and_the_signals_that_it_blocks() {
            for (name, blocked, is_ours) in [
                ("telemetry-shop", "fffffffe3ffbfa27", true),
                ("telemetry-agent", "0000000000000000", false),
                ("shop", "fffffffe3ffbfa27", false),
                ("telemetry-shop", "", false),
            ] {
                let status = status(name, "S (sleeping)", blocked);
                let task = Task::parse(&status);
                assert_eq!((task.is_ours(), task.has_ended()), (is_ours, false), "{status}");
            }
        }

        #[test]
        fn a_thread_that_has_ended_is_a_zombie() {
            for (state, has_ended) in
                [("Z (zombie)", true), ("X (dead)", true), ("R (running)", false), ("", false)]
            {
                assert_eq!(Task::parse(&status("shop", state, "0")).has_ended(), has_ended, "{state}");
            }
            assert!(!Task::parse("").has_ended());
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
