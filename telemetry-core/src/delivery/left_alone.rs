// SPDX-FileCopyrightText: Copyright (c) 2026 NVIDIA CORPORATION & AFFILIATES. All rights reserved.
// SPDX-License-Identifier: Apache-2.0

//! Detects that only telemetry threads keep the process alive.
//!
//! If the main thread ends by `pthread_exit`, the process lives until its last thread ends, and a worker that waits for its next
//! heartbeat would keep it alive forever. A thread is not notified when another one ends, so the worker sleeps in naps, each twice as
//! long as the one before, and checks after each. That makes about ten checks between two heartbeats, and such a process ends after
//! at most the time that it was idle before.
//!
//! Only Linux makes this check cheap, in `/proc`. On other platforms such a process ends only if it has no heartbeats.

use std::time::Duration;

/// The first nap of an idle worker: long enough that a process that reports often never checks.
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

    /// More bytes than the relevant lines need.
    const LONGEST_STATUS: u64 = 4096;

    /// Whether the main thread has ended and all others are ours. `false` if that is unknown.
    pub(in crate::delivery) fn only_telemetry_is_left() -> bool {
        let has_ended = |task: &Path| status(task).is_ok_and(|status| Task::parse(&status).has_ended());
        has_ended(Path::new("/proc/self")) && all_tasks_are_over().unwrap_or(false)
    }

    fn all_tasks_are_over() -> io::Result<bool> {
        // Read the whole directory first, since it keeps a descriptor open.
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

    /// The relevant parts of a thread's status (proc_pid_status(5)).
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

        /// A thread of the host may have the same name, if only because the program has it. But such a thread handles signals.
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
