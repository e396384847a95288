// SPDX-FileCopyrightText: Copyright (c) 2026 NVIDIA CORPORATION & AFFILIATES. All rights reserved.
// SPDX-License-Identifier: Apache-2.0

//! Programs that cannot be run.

use std::fs::metadata;
use std::io::{self, ErrorKind};
use std::path::{Path, is_separator};

use crate::message::{CommandError, argument};

/// The error for a program that cannot be started.
pub(super) fn cannot_run(program: &str, error: &io::Error) -> CommandError {
    let help = help(program, error);
    CommandError::BadInput(format!("cannot run {}: {error}\nhelp: {help}", argument(program)))
}

fn help(program: &str, error: &io::Error) -> String {
    let file = metadata(Path::new(program));
    match file {
        Ok(file) if program.contains(is_separator) => {
            return of_file(program, file.is_dir(), error.kind());
        }
        Ok(file) if file.is_file() => {
            return format!("write its path: {}", argument(&format!("./{program}")));
        }
        _ => {}
    }
    if program.contains(char::is_whitespace) {
        return "write the program and each of its arguments as a text of its own".to_owned();
    }
    match program {
        _ if program.starts_with('~') || program.contains('$') => {
            "write the path in full: `~` and `$` are not expanded"
        }
        _ if program.contains(is_separator) => {
            "check the path: a relative one starts in the current directory"
        }
        _ => "check the name, or write the path of the program: it is in no directory of `PATH`",
    }
    .to_owned()
}

/// The help for a file that exists.
fn of_file(program: &str, is_directory: bool, error: ErrorKind) -> String {
    match error {
        _ if is_directory => "write the path of a program in the directory".to_owned(),
        ErrorKind::PermissionDenied => format!("make the file executable: `chmod +x {}`", argument(program)),
        ErrorKind::NotFound => "check the interpreter that the file needs: its first line for a script".to_owned(),
        _ => "check that the file is a program for this machine; a script begins with a line such as `#!/bin/sh`".to_owned(),
    }
}
