// SPDX-FileCopyrightText: Copyright (c) 2026 NVIDIA CORPORATION & AFFILIATES. All rights reserved.
// SPDX-License-Identifier: Apache-2.0

//! The transport of a client that was not given another one.

use std::path::PathBuf;
use std::time::Duration;

#[cfg(not(feature = "http"))]
use super::{Request, Response, TransportError};
use super::{Transport, TransportFactory};
use crate::endpoint::Endpoint;
use crate::environment::Environment;
use crate::transport::NoProxy;
use crate::variables::EnvironmentSource;

/// The variables that the default transport reads.
#[cfg(feature = "http")]
pub(crate) const VARIABLES: &[&str] = super::http::VARIABLES;
#[cfg(not(feature = "http"))]
pub(crate) const VARIABLES: &[&str] = &[];

/// Makes the transports of a client that was not given another one, all in one process. `deadline` is that of its requests;
/// relative paths in the environment count from `start_dir`.
pub(crate) fn default_factory(deadline: Duration, start_dir: Option<PathBuf>) -> TransportFactory {
    #[cfg(feature = "http")]
    return super::http::factory(deadline, start_dir);
    #[cfg(not(feature = "http"))]
    return {
        let _ = (deadline, start_dir);
        std::sync::Arc::new(|_| Box::new(NoTransport))
    };
}

/// One such transport, with the environment as it is now, for a command that sends from its own process.
pub(crate) fn default_transport(deadline: Duration) -> Box<dyn Transport + Send> {
    prepare_default(EnvironmentSource::Process, deadline);
    default_factory(deadline, std::env::current_dir().ok())(EnvironmentSource::Process)
}

/// Prepares this process for the transports of [`default_factory`], if that was not done. It takes some microseconds and does
/// not wait.
pub(crate) fn prepare_default(environment: EnvironmentSource<'_>, deadline: Duration) {
    #[cfg(feature = "http")]
    super::http::prepare(environment, deadline);
    #[cfg(not(feature = "http"))]
    let _ = (environment, deadline);
}

/// The proxy that the default transport uses for requests to `endpoint`, as the environment has it now, or why it uses none.
pub(crate) fn default_proxy(endpoint: &Endpoint, environment: &impl Environment) -> Result<String, NoProxy> {
    #[cfg(feature = "http")]
    return super::http::proxy_for(endpoint, environment);
    #[cfg(not(feature = "http"))]
    return {
        let _ = (endpoint, environment);
        Err(NoProxy::Build)
    };
}

/// The transport of a build without the feature `http`: it sends nothing.
#[cfg(not(feature = "http"))]
#[derive(Debug)]
struct NoTransport;

#[cfg(not(feature = "http"))]
impl Transport for NoTransport {
    fn post(&mut self, _: &Request<'_>) -> Result<Response, TransportError> {
        Err(TransportError::new("built without the feature `http`: give the client a transport of your own"))
    }
}
