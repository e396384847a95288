// SPDX-FileCopyrightText: Copyright (c) 2026 NVIDIA CORPORATION & AFFILIATES. All rights reserved.
// SPDX-License-Identifier: Apache-2.0

//! The audit log after a run.

use std::fs;
use std::io;
use std::path::Path;

use telemetry_schema::json::parse;

use crate::check::AuditLog;
use crate::tested_product::TestedProduct;

/// The lines of the audit log, with those of the file that was renamed when it was full.
pub(super) fn read(home: &Path, product: &TestedProduct) -> AuditLog {
    let Some(files) = product.audit_files() else { return AuditLog::None };
    let mut log = AuditLog::Missing;
    for file in files {
        match fs::read_to_string(home.join(file)) {
            Ok(text) => log = log.with(text.lines().map(|line| parse(line).map_err(|_| line.to_owned()))),
            Err(error) if error.kind() == io::ErrorKind::NotFound => {}
            Err(error) => return AuditLog::Unreadable(error.to_string()),
        }
    }
    log
}
