// SPDX-FileCopyrightText: Copyright (c) 2026 NVIDIA CORPORATION & AFFILIATES. All rights reserved.
// SPDX-License-Identifier: Apache-2.0

//! A chat on the terminal: `chat CONFIG` answers each line until its input ends.

use std::error::Error;
use std::io::{self, BufRead, Write};

use telemetry_examples::rails::{Checked, LlmRails};
use telemetry_examples::this_machine;
use telemetry_guardrails::{Host, Version, client, set_deployment_type, set_host};

fn main() -> Result<(), Box<dyn Error>> {
    let directory = std::env::args().nth(1).ok_or("name a configuration, such as `examples/support_bot`")?;
    // What the process is and how it is deployed, before an engine is constructed.
    set_host(Host::new(Version::from_static("0.24.1")));
    set_deployment_type("cli");
    this_machine::report_here_only(client());

    let engine = LlmRails::load(directory)?;
    for line in io::stdin().lock().lines() {
        match engine.answer(&line?) {
            Checked::Passed(answer) => writeln!(io::stdout(), "{answer}")?,
            Checked::Refused(rail) => writeln!(io::stdout(), "I cannot answer that (`{rail}`).")?,
        }
    }
    Ok(())
}
