// SPDX-FileCopyrightText: Copyright (c) 2026 NVIDIA CORPORATION & AFFILIATES. All rights reserved.
// SPDX-License-Identifier: Apache-2.0

//! A command together with the processes that it starts.

use std::io;
use std::process::{Child, Command};

/// The processes of a command. On Unix they are a process group; elsewhere only the command itself is known.
#[derive(Debug)]
pub(super) struct Group {
    #[cfg(unix)]
    leader: Option<rustix::process::Pid>,
}

#[cfg(unix)]
impl Group {
    /// Starts the command in a group of its own.
    pub(super) fn start(command: &mut Command) -> io::Result<(Child, Self)> {
        use std::os::unix::process::CommandExt;
        let child = command.process_group(0).spawn()?;
        let leader = Some(rustix::process::Pid::from_child(&child));
        Ok((child, Self { leader }))
    }

    /// Whether the command has ended. Its id stays taken, so that [`kill`](Self::kill) cannot reach processes of others.
    pub(super) fn has_ended(&self, _: &mut Child) -> io::Result<bool> {
        use rustix::process::{WaitId, WaitIdOptions, waitid};
        let options = WaitIdOptions::EXITED | WaitIdOptions::NOHANG | WaitIdOptions::NOWAIT;
        let Some(leader) = self.leader else { return Ok(true) };
        Ok(waitid(WaitId::Pid(leader), options)?.is_some())
    }

    /// Asks all processes to end.
    pub(super) fn terminate(&self, _: &mut Child) {
        self.signal(rustix::process::Signal::TERM);
    }

    /// Kills all processes. The command has to be waited for after that.
    pub(super) fn kill(&mut self, _: &mut Child) {
        self.signal(rustix::process::Signal::KILL);
        self.leader = None;
    }

    fn signal(&self, signal: rustix::process::Signal) {
        // There is nothing to do if all have ended.
        let _ = self.leader.map(|leader| rustix::process::kill_process_group(leader, signal));
    }
}

#[cfg(not(unix))]
impl Group {
    pub(super) fn start(command: &mut Command) -> io::Result<(Child, Self)> {
        Ok((command.spawn()?, Self {}))
    }

    pub(super) fn has_ended(&self, child: &mut Child) -> io::Result<bool> {
        Ok(child.try_wait()?.is_some())
    }

    pub(super) fn terminate(&self, _: &mut Child) {}

    pub(super) fn kill(&mut self, child: &mut Child) {
        let _ = child.kill();
    }
}
