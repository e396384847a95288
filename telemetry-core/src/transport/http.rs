// SPDX-FileCopyrightText: Copyright (c) 2026 NVIDIA CORPORATION & AFFILIATES. All rights reserved.
// SPDX-License-Identifier: Apache-2.0

//! The default transport: HTTP over rustls with the platform's certificates, one connection that is kept alive.

mod resolver;

use std::io::Read;

use ureq::tls::{RootCerts, TlsConfig};
use ureq::unversioned::transport::DefaultConnector;
use ureq::{Agent, Body};

use self::resolver::OneLookup;
use super::{Request, Transport, TransportError};
use crate::endpoint::Endpoint;

/// The most of an answer that is read. Reading it lets the connection be used again; what it says does not matter.
const MAX_ANSWER_BYTES: u64 = 64 * 1024;
const BUFFER_BYTES: usize = 16 * 1024;

/// Posts over one connection that is kept alive. Redirects are not followed.
#[derive(Debug)]
pub(crate) struct HttpTransport {
    agent: Agent,
}

impl HttpTransport {
    /// Reads the proxy from the environment; certificates are loaded with the first encrypted connection.
    pub(crate) fn new() -> Self {
        let config = Agent::config_builder()
            .http_status_as_error(false)
            .max_redirects(0)
            .max_idle_connections(1)
            .input_buffer_size(BUFFER_BYTES)
            .output_buffer_size(BUFFER_BYTES)
            .user_agent(concat!("nemo-telemetry/", env!("CARGO_PKG_VERSION")))
            .tls_config(TlsConfig::builder().root_certs(RootCerts::PlatformVerifier).build())
            .build();
        Self { agent: Agent::with_parts(config, DefaultConnector::default(), OneLookup::default()) }
    }
}

impl Transport for HttpTransport {
    fn post(&mut self, request: &Request<'_>) -> Result<u16, TransportError> {
        let post = self.agent.post(request.url).content_type("application/json");
        let config = post.config().timeout_global(Some(request.deadline));
        let is_loopback = Endpoint::parse(request.url).is_ok_and(|endpoint| endpoint.is_loopback());
        // What is meant for this machine never goes to a proxy on another one.
        let post = if is_loopback { config.proxy(None).build() } else { config.build() };
        let answer = post.send(request.body).map_err(TransportError::new)?;
        let status = answer.status().as_u16();
        discard(answer.into_body());
        Ok(status)
    }
}

/// Reads the answer to its end, if that is near. The status counts, whatever happens here.
fn discard(mut body: Body) {
    if let Err(error) = std::io::copy(&mut body.as_reader().take(MAX_ANSWER_BYTES), &mut std::io::sink()) {
        log::debug!("the answer broke off: {error}");
    }
}
