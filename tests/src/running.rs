// SPDX-FileCopyrightText: Copyright (c) 2026 NVIDIA CORPORATION & AFFILIATES. All rights reserved.
// SPDX-License-Identifier: Apache-2.0

//! A service that runs in a process of its own, and a client for it.

use crate::child::{Outcome, Probe, Running};
use crate::home::Home;
use serde_json::Value;

/// A service, which is killed if the test gives up on it.
pub struct Service {
    process: Running,
    /// The pipe to its standard input.
    pub client: Client,
}

impl Service {
    /// Starts the program and waits until it says where it listens.
    pub fn start(program: Probe, arguments: &[&str]) -> Self {
        let process = program.start(arguments);
        let url = process.line();
        assert!(url.starts_with("http://127.0.0.1:"), "{url}");
        Self { process, client: Client::of(url) }
    }

    /// Ends its input, and waits until it has ended well.
    pub fn end(mut self) -> Outcome {
        self.process.end_input();
        self.process.finish().checked()
    }
}

/// A client of a service.
pub struct Client {
    url: String,
    agent: ureq::Agent,
}

impl Client {
    /// A client of the service at `url`.
    pub fn of(url: String) -> Self {
        let config = ureq::Agent::config_builder().proxy(None).http_status_as_error(false);
        Self { url, agent: config.build().into() }
    }

    /// Another client, with connections of its own.
    pub fn another(&self) -> Self {
        Self::of(self.url.clone())
    }

    /// A client of everything below `path`.
    pub fn at(&self, path: &str) -> Self {
        Self::of(format!("{}{path}", self.url))
    }

    /// Makes a request. The status of the answer and its body.
    pub fn call(&self, method: &str, path: &str, body: &Value) -> (u16, Value) {
        let url = format!("{}{path}", self.url);
        let request = ureq::http::Request::builder().method(method).uri(url).body(body.to_string()).unwrap();
        let mut answer = self.agent.run(request).unwrap();
        let text = answer.body_mut().read_to_string().unwrap();
        (answer.status().as_u16(), serde_json::from_str(&text).unwrap())
    }

    /// Makes a request that succeeds.
    pub fn ok(&self, method: &str, path: &str, body: &Value) -> Value {
        let (status, answer) = self.call(method, path, body);
        assert_eq!(status, 200, "{method} {path}: {answer}");
        answer
    }
}

/// A host that does not exist, which the standard promises: RFC 6761, section 6.4.
const ELSEWHERE: &str = "https://events.invalid/v1.1/events/json";

/// The program with an endpoint that is not on this machine. Were it to report there, it would not get out of here.
#[must_use]
pub fn told_to_report_elsewhere(program: &str, home: &Home) -> Probe {
    // Not told that this is a test, so that the example itself has to see to it.
    let program =
        Probe::new(program, home).without("NEXTEST").sending_to(ELSEWHERE).sending_products_to(ELSEWHERE);
    program.env("PATH", std::env::var_os("PATH").unwrap()).env("HTTPS_PROXY", "http://127.0.0.1:1")
}

/// Has the service do what it would report.
///
/// # Panics
///
/// If anything is written or the answer is another.
pub fn assert_reports_nowhere(program: &str, arguments: &[&str], path: &str, body: &Value, status: u16) {
    let home = Home::new();
    let service = Service::start(told_to_report_elsewhere(program, &home), arguments);
    assert_eq!(service.client.call("POST", path, body).0, status, "{program}");
    let _ = service.end();
    assert!(home.is_untouched(), "{program}");
}
