// SPDX-FileCopyrightText: Copyright (c) 2026 NVIDIA CORPORATION & AFFILIATES. All rights reserved.
// SPDX-License-Identifier: Apache-2.0

//! Systems on which a child sees the clock go back, gets no thread, or is watched as it reads its environment: a small
//! library that the child loads before the C library.

use std::path::{Path, PathBuf};
use std::process::Command;

use crate::home::Home;
use crate::skipped::skipped;

/// The value for `LD_PRELOAD`, built into `home`; nothing, with a note, where there is no C compiler. The source in
/// `fixtures/strange_system` says which variables make the system strange.
pub fn strange_system(home: &Home) -> Option<PathBuf> {
    preloaded(home, "strange_system")
}

/// The same for a system that knows every name: all are this machine. Each lookup is printed as JSON.
pub fn known_names(home: &Home) -> Option<PathBuf> {
    preloaded(home, "known_names")
}

fn preloaded(home: &Home, name: &str) -> Option<PathBuf> {
    let source = format!(concat!(env!("CARGO_MANIFEST_DIR"), "/fixtures/strange_system/{}.c"), name);
    let library = home.path().join(format!("{name}.so"));
    compile_c(&["-shared", "-fPIC", "-D_GNU_SOURCE"], &source, &library)
}

/// The program or library, compiled from C; nothing, with a note, where there is no C compiler.
///
/// # Panics
///
/// If the compiler refuses the source.
pub fn compile_c(options: &[&str], source: &str, output: &Path) -> Option<PathBuf> {
    let mut compiler = Command::new("cc");
    compiler.args(["-Wall", "-Wextra", "-Werror", "-O1"]).args(options).arg(source).arg("-o").arg(output);
    match compiler.args(["-ldl", "-lpthread"]).status() {
        Ok(status) => {
            assert!(status.success(), "the C compiler refuses {source}");
            Some(output.to_owned())
        }
        Err(error) => {
            skipped(&format!("there is no C compiler `cc`: {error}"));
            None
        }
    }
}
