// SPDX-FileCopyrightText: Copyright (c) 2026 NVIDIA CORPORATION & AFFILIATES. All rights reserved.
// SPDX-License-Identifier: Apache-2.0

//! How bytes reach the collector. The default is HTTP; a host may bring its own way.

#[cfg(feature = "client")]
mod default;
mod error;
mod exchange;
#[cfg(feature = "http")]
mod http;
mod no_proxy;

#[cfg(feature = "client")]
pub(crate) use default::{VARIABLES, default_factory, default_proxy, default_transport, prepare_default};
#[cfg(feature = "http")]
pub(crate) use http::RequestConfigs;

pub use error::{ProxyError, TransportError};
pub use exchange::{Request, Response};
pub use no_proxy::NoProxy;

use crate::variables::EnvironmentSource;

/// A way to post envelopes. Each worker thread gets a new one, which is created on the reporting thread and then used only
/// on the worker thread.
///
/// ```
/// use std::io::{BufRead, BufReader, Write};
/// use std::net::TcpStream;
///
/// use telemetry_core::Transport;
/// use telemetry_core::transport::{Request, Response, TransportError};
///
/// /// Posts to a gateway on this machine, whatever the endpoint is.
/// struct Gateway;
///
/// impl Transport for Gateway {
///     fn post(&mut self, request: &Request<'_>) -> Result<Response, TransportError> {
///         let mut gateway = TcpStream::connect("127.0.0.1:4318")?;
///         gateway.set_read_timeout(Some(request.deadline))?;
///         write!(gateway, "POST / HTTP/1.0\r\nContent-Length: {}\r\n\r\n", request.body.len())?;
///         gateway.write_all(request.body)?;
///         let mut status_line = String::new();
///         BufReader::new(gateway).read_line(&mut status_line)?;
///         let status = status_line.split(' ').nth(1).ok_or_else(|| TransportError::new("the answer has no status"))?;
///         Ok(Response::new(status.parse().map_err(TransportError::new)?))
///     }
/// }
///
/// // A test of the transport makes requests itself.
/// let refused = Gateway.post(&Request::new("http://127.0.0.1:4318/", b"{}"));
/// # let _ = refused;
/// ```
pub trait Transport {
    /// Posts one envelope and returns the answer, whatever it is. Redirects are not to be followed.
    ///
    /// # Errors
    ///
    /// If there is no answer within the deadline.
    fn post(&mut self, request: &Request<'_>) -> Result<Response, TransportError>;
}

/// Makes the transport of one worker thread, from the environment of the report that starts it.
pub(crate) type TransportFactory =
    std::sync::Arc<dyn Fn(EnvironmentSource<'_>) -> Box<dyn Transport + Send> + Send + Sync>;
