// SPDX-FileCopyrightText: Copyright (c) 2026 NVIDIA CORPORATION & AFFILIATES. All rights reserved.
// SPDX-License-Identifier: Apache-2.0

//! A collector to watch the other examples with: `collector [PORT]` prints each event that arrives, until its input ends.

use std::error::Error;
use std::io::{self, Write};

use serde_json::Value;
use telemetry_examples::service::{Call, Reply, Service};

/// Where the examples report to unless told otherwise.
const PORT: u16 = 4319;

fn main() -> Result<(), Box<dyn Error + Send + Sync>> {
    let port = std::env::args().nth(1).map_or(Ok(PORT), |port| port.parse())?;
    let service = Service::bind(port)?;
    writeln!(io::stdout(), "{}", service.url())?;
    service
        .run(|call| print(call).map_or_else(|error| Reply::refused(500, error), |()| Reply::ok(Value::Null)));
    Ok(())
}

/// Prints the events in an envelope, one on each line.
fn print(call: &Call) -> io::Result<()> {
    let events = call.body.get("events").and_then(Value::as_array);
    events.into_iter().flatten().try_for_each(|event| writeln!(io::stdout(), "{event}"))
}
