// SPDX-FileCopyrightText: Copyright (c) 2026 NVIDIA CORPORATION & AFFILIATES. All rights reserved.
// SPDX-License-Identifier: Apache-2.0

//! Rails as a service: `api_server DIRECTORY [PORT]` serves the configurations in a directory until its input ends.

use std::error::Error;
use std::io::{self, Write};

use telemetry_examples::rails::Api;
use telemetry_examples::service::Service;
use telemetry_examples::this_machine;
use telemetry_guardrails::{Host, Version, client, set_deployment_type, set_host};

fn main() -> Result<(), Box<dyn Error + Send + Sync>> {
    let mut arguments = std::env::args().skip(1);
    let directory = arguments.next().ok_or("name a directory of configurations, such as `examples`")?;
    let port = arguments.next().map_or(Ok(0), |port| port.parse())?;
    // What the process is and how it is deployed, before an engine is constructed.
    set_host(Host::new(Version::from_static("0.24.1")));
    set_deployment_type("api");
    this_machine::report_here_only(client());

    let (service, api) = (Service::bind(port)?, Api::new(directory.as_ref()));
    writeln!(io::stdout(), "{}", service.url())?;
    service.run(|call| api.handle(call));
    Ok(())
}
