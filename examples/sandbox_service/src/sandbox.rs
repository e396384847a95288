// SPDX-FileCopyrightText: Copyright (c) 2026 NVIDIA CORPORATION & AFFILIATES. All rights reserved.
// SPDX-License-Identifier: Apache-2.0

//! One sandbox: a directory of its own, and a process in it.

use std::fs::{self, File};
use std::io;
use std::path::Path;
use std::process::{Child, Command, Stdio};

use tempfile::TempDir;

use crate::policy::Policy;

/// Where the process prints to.
const OUTPUT: &str = "output.log";

/// The configuration of a sandbox.
#[derive(Debug, Clone)]
pub(crate) struct Plan {
    pub(crate) command: Vec<String>,
    /// Variables of the process: it inherits none but `PATH`.
    pub(crate) variables: Vec<(String, String)>,
    /// A directory whose files the sandbox starts with.
    pub(crate) template: Option<String>,
}

/// A sandbox. Dropping it ends its process and removes its directory.
#[derive(Debug)]
pub(crate) struct Sandbox {
    plan: Plan,
    directory: TempDir,
    process: Option<Child>,
    pub(crate) policy: Policy,
}

impl Sandbox {
    pub(crate) fn create(plan: Plan, policy: Policy) -> io::Result<Self> {
        let directory = TempDir::with_prefix("sandbox-")?;
        if let Some(template) = &plan.template {
            copy_files(template.as_ref(), directory.path())?;
        }
        let mut sandbox = Self { plan, directory, process: None, policy };
        sandbox.start()?;
        Ok(sandbox)
    }

    /// Starts the process, which must not be running.
    pub(crate) fn start(&mut self) -> io::Result<()> {
        if self.is_running()? {
            return Err(io::Error::other("the sandbox is running"));
        }
        let (program, arguments) =
            self.plan.command.split_first().ok_or_else(|| io::Error::other("there is no command"))?;
        let output = File::create(self.directory.path().join(OUTPUT))?;
        let mut command = Command::new(program);
        command.args(arguments).current_dir(self.directory.path()).env_clear();
        command.envs(std::env::var_os("PATH").map(|path| ("PATH", path)));
        command.envs(self.plan.variables.iter().cloned());
        command.stdin(Stdio::null()).stderr(output.try_clone()?).stdout(output);
        self.process = Some(command.spawn()?);
        Ok(())
    }

    /// Ends the process, which must be running.
    pub(crate) fn stop(&mut self) -> io::Result<()> {
        if !self.is_running()? {
            return Err(io::Error::other("the sandbox is not running"));
        }
        self.end_process()
    }

    pub(crate) fn is_running(&mut self) -> io::Result<bool> {
        let Some(process) = &mut self.process else { return Ok(false) };
        Ok(process.try_wait()?.is_none())
    }

    /// What the process has printed since it was started.
    pub(crate) fn output(&self) -> io::Result<String> {
        fs::read_to_string(self.directory.path().join(OUTPUT))
    }

    fn end_process(&mut self) -> io::Result<()> {
        let Some(mut process) = self.process.take() else { return Ok(()) };
        process.kill()?;
        process.wait().map(drop)
    }
}

impl Drop for Sandbox {
    fn drop(&mut self) {
        // The directory is removed in any case.
        let _: io::Result<()> = self.end_process();
    }
}

fn copy_files(from: &Path, to: &Path) -> io::Result<()> {
    for entry in fs::read_dir(from)? {
        let entry = entry?;
        if entry.file_type()?.is_file() {
            fs::copy(entry.path(), to.join(entry.file_name()))?;
        }
    }
    Ok(())
}
