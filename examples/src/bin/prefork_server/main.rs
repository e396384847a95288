// SPDX-FileCopyrightText: Copyright (c) 2026 NVIDIA CORPORATION & AFFILIATES. All rights reserved.
// SPDX-License-Identifier: Apache-2.0

//! Rails as a service of several processes: `prefork_server DIRECTORY WORKERS [PORT]` forks its workers before it serves.
//!
//! The parent claims the deployment type and constructs no engine, so it reports nothing. Each worker keeps that claim,
//! constructs its own engines, and so reports on its own, with a session and a thread of its own. Nothing has to be done for
//! that after the fork.

#[cfg(unix)]
mod workers;
#[cfg(not(unix))]
#[path = "no_workers.rs"]
mod workers;

use std::error::Error;
use std::io::{self, Write};
use std::net::{Ipv4Addr, TcpListener};

use telemetry_examples::rails::Api;
use telemetry_examples::service::Service;
use telemetry_examples::this_machine;
use telemetry_guardrails::{Host, Version, client, set_deployment_type, set_host};

fn main() -> Result<(), Box<dyn Error + Send + Sync>> {
    let mut arguments = std::env::args().skip(1);
    let directory = arguments.next().ok_or("name a directory of configurations, such as `examples`")?;
    let workers: usize = arguments.next().ok_or("say how many workers there are to be")?.parse()?;
    let port = arguments.next().map_or(Ok(0), |port| port.parse())?;
    set_host(Host::new(Version::from_static("0.24.1")));
    set_deployment_type("api");
    this_machine::report_here_only(client());

    let listener = TcpListener::bind((Ipv4Addr::LOCALHOST, port))?;
    writeln!(io::stdout(), "http://{}", listener.local_addr()?)?;
    io::stdout().flush()?;
    workers::run(workers, || {
        let api = Api::new(directory.as_ref());
        Service::on(listener.try_clone()?)?.run(|call| api.handle(call));
        Ok(())
    })
}
