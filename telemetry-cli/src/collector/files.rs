// SPDX-FileCopyrightText: Copyright (c) 2026 NVIDIA CORPORATION & AFFILIATES. All rights reserved.
// SPDX-License-Identifier: Apache-2.0

//! The schema files of the option `--schema`. Each is read once, since it can be a pipe.

use std::path::PathBuf;

use telemetry_schema::__cli1::Schema;

use crate::command::{read_text, schema};
use crate::message::CommandError;

/// The texts of the files.
pub(super) fn read_texts(files: &[PathBuf]) -> Result<Vec<(PathBuf, String)>, CommandError> {
    let read = |file: &PathBuf| Ok((file.clone(), read_text(file, "check the path given to `--schema`")?));
    files.iter().map(read).collect()
}

/// The schemas in the texts.
pub(super) fn parse(files: &[(PathBuf, String)]) -> Result<Vec<Schema>, CommandError> {
    files.iter().map(|(file, text)| schema(text, file)).collect()
}
