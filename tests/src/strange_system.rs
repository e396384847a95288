// SPDX-FileCopyrightText: Copyright (c) 2026 NVIDIA CORPORATION & AFFILIATES. All rights reserved.
// SPDX-License-Identifier: Apache-2.0

//! Systems on which a child sees the clock go back, gets no thread, or is watched as it reads its environment: a small
//! library that the child loads before the C library.

use std::path::PathBuf;
use std::process::Command;

use crate::home::Home;
use crate::skipped::skipped;

/// The value for `LD_PRELOAD`, built into `home`; nothing, with a note, where there is no C compiler. The source in
/// `fixtures/strange_system` says which variables make the system strange.
pub fn strange_system(home: &Home) -> Option<PathBuf> {
    let source = concat!(env!("CARGO_MANIFEST_DIR"), "/fixtures/strange_system/strange_system.c");
    let library = home.path().join("strange_system.so");
    let mut compiler = Command::new("cc");
    match compiler.args(["-shared", "-fPIC", "-Wall", "-Werror", "-o"]).arg(&library).arg(source).status() {
        Ok(status) => {
            assert!(status.success(), "the C compiler refuses {source}");
            Some(library)
        }
        Err(error) => {
            skipped(&format!("there is no C compiler `cc`: {error}"));
            None
        }
    }
}
