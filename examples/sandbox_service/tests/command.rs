// SPDX-FileCopyrightText: Copyright (c) 2026 NVIDIA CORPORATION & AFFILIATES. All rights reserved.
// SPDX-License-Identifier: Apache-2.0

//! The schema file that the service shares is current, as its own command says.

#![cfg(feature = "command")]
#![allow(clippy::unwrap_used, reason = "test code fails by panicking")]

use std::process::Command;

#[test]
fn the_schema_file_allows_exactly_what_the_service_sends() {
    let output = Command::new(env!("CARGO_BIN_EXE_sandbox_telemetry"))
        .args(["schema", "--check", "../schemas/openshell.json"])
        .current_dir(env!("CARGO_MANIFEST_DIR"))
        .output()
        .unwrap();
    let said = String::from_utf8_lossy(&output.stdout);
    assert_eq!(
        said,
        "../schemas/openshell.json is current.\n",
        "{}",
        String::from_utf8_lossy(&output.stderr)
    );
    assert!(output.status.success());
}
