// SPDX-FileCopyrightText: Copyright (c) 2026 NVIDIA CORPORATION & AFFILIATES. All rights reserved.
// SPDX-License-Identifier: Apache-2.0

//! The programs of the smoke scenarios that are neither a chat nor a server: `smoke MODE CONFIG…`. `expect/smoke.toml` contains the
//! events that each has to report.
//!
//! `library` and `checks` construct an engine, wait for the delivery, and end. `heartbeat` constructs one and runs until its input ends.
//! `server` and `workers` are clients of the servers beside them, which they start, and which run until the input ends.

use std::collections::BTreeSet;
use std::error::Error;
use std::io::{self, BufRead, BufReader};
use std::process::{Child, Command, Stdio};
use std::time::Duration;

use serde_json::{Value, json};
use telemetry_examples::rails::{IoRails, LlmRails};
use telemetry_examples::this_machine;
use telemetry_guardrails::{Host, Version, client, set_host};

type Outcome = Result<(), Box<dyn Error + Send + Sync>>;

/// The time limit for the delivery of an event, which takes longer than usual on a busy machine.
const PATIENCE: Duration = Duration::from_secs(10);

/// The maximum number of requests until each worker has answered one.
const MAX_REQUESTS: usize = 1000;

fn main() -> Outcome {
    set_host(Host::new(Version::from_static("0.24.1")));
    this_machine::report_here_only(client());
    let arguments: Vec<String> = std::env::args().skip(1).collect();
    let arguments: Vec<&str> = arguments.iter().map(String::as_str).collect();
    match arguments.as_slice() {
        ["library", config] => drop(LlmRails::load(config).map_err(|error| error.to_string())?),
        ["checks", config] => drop(IoRails::load(config).map_err(|error| error.to_string())?),
        ["heartbeat", config] => {
            let _engine = LlmRails::load(config).map_err(|error| error.to_string())?;
            wait_for_end_of_input()?;
        }
        ["server", configs @ ..] => ask_server(configs)?,
        ["workers", count, config] => ask_workers(count, config)?,
        _ => return Err("see the source for the modes".into()),
    }
    client().flush(PATIENCE);
    Ok(())
}

fn wait_for_end_of_input() -> io::Result<()> {
    io::copy(&mut io::stdin().lock(), &mut io::sink()).map(|_| ())
}

/// Asks a server for each configuration twice. It constructs one engine for each.
fn ask_server(configs: &[&str]) -> Outcome {
    let server = Server::start("api_server", &["."])?;
    for config in [configs, configs].concat() {
        server.ask(config)?;
    }
    wait_for_end_of_input()?;
    server.end()
}

/// Asks until each worker has answered, and so has constructed its own engine.
fn ask_workers(count: &str, config: &str) -> Outcome {
    let server = Server::start("prefork_server", &[".", count])?;
    let (count, mut answered): (usize, _) = (count.parse()?, BTreeSet::new());
    for _ in 0..MAX_REQUESTS {
        answered.insert(server.ask(config)?.get("process").and_then(Value::as_u64));
        if answered.len() == count {
            wait_for_end_of_input()?;
            return server.end();
        }
    }
    Err(format!("of {count} workers, only {} have answered", answered.len()).into())
}

/// A server of the examples.
struct Server {
    process: Child,
    url: String,
}

impl Server {
    fn start(name: &str, arguments: &[&str]) -> Result<Self, Box<dyn Error + Send + Sync>> {
        let program =
            std::env::current_exe()?.with_file_name(name).with_extension(std::env::consts::EXE_EXTENSION);
        let mut command = Command::new(program);
        command.args(arguments).stdin(Stdio::piped()).stdout(Stdio::piped());
        let mut process = command.spawn()?;
        let output = process.stdout.take().ok_or("the output is piped")?;
        let mut url = String::new();
        BufReader::new(output).read_line(&mut url)?;
        Ok(Self { process, url: url.trim().to_owned() })
    }

    /// Makes a request on a connection of its own, so that the next free worker answers it.
    fn ask(&self, config: &str) -> Result<Value, Box<dyn Error + Send + Sync>> {
        let agent: ureq::Agent = ureq::Agent::config_builder().proxy(None).build().into();
        let body = json!({"config_id": config, "message": "When will the chairs arrive?"}).to_string();
        let mut answer = agent.post(format!("{}/v1/chat/completions", self.url)).send(body)?;
        Ok(serde_json::from_str(&answer.body_mut().read_to_string()?)?)
    }

    fn end(mut self) -> Outcome {
        drop(self.process.stdin.take());
        match self.process.wait()?.success() {
            true => Ok(()),
            false => Err("the server has failed".into()),
        }
    }
}
