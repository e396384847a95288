// SPDX-FileCopyrightText: Copyright (c) 2026 NVIDIA CORPORATION & AFFILIATES. All rights reserved.
// SPDX-License-Identifier: Apache-2.0

//! What the derives refuse, theme by theme, with the messages that the pinned compiler prints.
//!
//! After a deliberate change of a message, `TRYBUILD=overwrite cargo test -p telemetry-tests --test contract ui` records the new
//! ones: read the difference before committing it.

use std::fs;
use std::path::Path;

/// The package that the cases are compiled in. Schema files must lie inside of it.
const PACKAGE: &str = concat!(env!("CARGO_TARGET_TMPDIR"), "/../tests/trybuild/telemetry-tests");

fn copy_directory(from: &Path, to: &Path) {
    fs::create_dir_all(to).unwrap();
    for entry in fs::read_dir(from).unwrap().map(Result::unwrap) {
        let target = to.join(entry.file_name());
        if entry.file_type().unwrap().is_dir() {
            copy_directory(&entry.path(), &target);
        } else {
            fs::copy(entry.path(), target).unwrap();
        }
    }
}

#[test]
fn wrong_items_are_refused_with_the_recorded_messages() {
    copy_directory(Path::new("schemas"), &Path::new(PACKAGE).join("schemas"));
    trybuild::TestCases::new().compile_fail("ui/*/*.rs");
}
