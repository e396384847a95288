// SPDX-FileCopyrightText: Copyright (c) 2026 NVIDIA CORPORATION & AFFILIATES. All rights reserved.
// SPDX-License-Identifier: Apache-2.0

//! A service that runs in a process of its own, and a client for it.

use serde_json::Value;
use telemetry_tests::child::{Outcome, Probe, Running};

/// A service, which is killed if the test gives up on it.
pub(crate) struct Service {
    process: Running,
    /// What talks to it.
    pub(crate) client: Client,
}

impl Service {
    /// Starts the program and waits until it says where it listens.
    pub(crate) fn start(program: Probe, arguments: &[&str]) -> Self {
        let process = program.start(arguments);
        let url = process.line();
        assert!(url.starts_with("http://127.0.0.1:"), "{url}");
        let config = ureq::Agent::config_builder().proxy(None).http_status_as_error(false);
        Self { process, client: Client { url, agent: config.build().into() } }
    }

    /// Ends its input, and waits until it has ended well.
    pub(crate) fn end(mut self) -> Outcome {
        self.process.end_input();
        self.process.finish().checked()
    }
}

/// A client of a service.
pub(crate) struct Client {
    url: String,
    agent: ureq::Agent,
}

impl Client {
    /// Makes a request. The status of the answer and its body.
    pub(crate) fn call(&self, method: &str, path: &str, body: &Value) -> (u16, Value) {
        let url = format!("{}{path}", self.url);
        let request = ureq::http::Request::builder().method(method).uri(url).body(body.to_string()).unwrap();
        let mut answer = self.agent.run(request).unwrap();
        let text = answer.body_mut().read_to_string().unwrap();
        (answer.status().as_u16(), serde_json::from_str(&text).unwrap())
    }

    /// Makes a request that succeeds.
    pub(crate) fn ok(&self, method: &str, path: &str, body: &Value) -> Value {
        let (status, answer) = self.call(method, path, body);
        assert_eq!(status, 200, "{method} {path}: {answer}");
        answer
    }
}
