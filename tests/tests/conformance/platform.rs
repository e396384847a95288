// SPDX-FileCopyrightText: Copyright (c) 2026 NVIDIA CORPORATION & AFFILIATES. All rights reserved.
// SPDX-License-Identifier: Apache-2.0

//! Facts about this machine are spelled as Python spells them on it; skipped where there is no `python3`.

use std::process::Command;

use telemetry_core::host::HostFacts;
use telemetry_tests::skipped::skipped;

const PROGRAM: &str = "import platform as p; print(p.platform(), p.system(), p.machine(), sep='\\n')";

#[test]
fn the_machine_is_described_as_python_describes_it() {
    let Ok(output) = Command::new("python3").args(["-c", PROGRAM]).output() else {
        return skipped("there is no `python3` here");
    };
    assert!(output.status.success(), "{output:?}");
    let facts = HostFacts::detect();
    let ours = [facts.platform(), facts.os_name(), facts.cpu_architecture(), ""].join("\n");
    assert_eq!(ours, String::from_utf8_lossy(&output.stdout));
}
