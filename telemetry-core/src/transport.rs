// SPDX-FileCopyrightText: Copyright (c) 2026 NVIDIA CORPORATION & AFFILIATES. All rights reserved.
// SPDX-License-Identifier: Apache-2.0

//! How bytes reach the collector. The default is HTTP; a host may bring its own way.

#[cfg(feature = "client")]
mod choice;
#[cfg(feature = "http")]
mod http;
mod no_proxy;

use std::fmt;
use std::time::Duration;

#[cfg(feature = "client")]
pub(crate) use choice::{VARIABLES, default_factory, default_proxy, prepare_default};
#[cfg(feature = "http")]
pub(crate) use http::Defaults;

pub use no_proxy::NoProxy;

use crate::variables::Source;

/// One envelope to be posted.
#[derive(Debug, Clone, Copy)]
pub struct Request<'a> {
    /// Where to: `https`, or `http` on this machine.
    pub url: &'a str,
    /// The product's own headers, name and value, to be sent with those of the transport.
    pub headers: &'a [(&'static str, &'static str)],
    /// The envelope: JSON, to be sent as `application/json`.
    pub body: &'a [u8],
    /// The longest time for everything, from name lookup to the last byte of the answer.
    pub deadline: Duration,
}

/// A way to post envelopes. It is made anew for each worker thread, on the thread that reports, and then used on the
/// worker thread only.
///
/// ```
/// use telemetry_core::transport::{Request, TransportError};
/// use telemetry_core::Transport;
///
/// struct Discard;
///
/// impl Transport for Discard {
///     fn post(&mut self, _: &Request<'_>) -> Result<u16, TransportError> {
///         Ok(204)
///     }
/// }
/// ```
pub trait Transport {
    /// Posts one envelope and returns the HTTP status of the answer, whatever it is. Redirects are not to be followed.
    ///
    /// # Errors
    ///
    /// If there is no answer within the deadline.
    fn post(&mut self, request: &Request<'_>) -> Result<u16, TransportError>;

    /// How long the last answer asks to wait before the next request (`Retry-After`), if it does. Default: it does not.
    fn retry_after(&self) -> Option<Duration> {
        None
    }
}

/// Makes the transport of one worker thread, from the environment of the report that starts it.
pub(crate) type TransportFactory =
    std::sync::Arc<dyn Fn(Source<'_>) -> Box<dyn Transport + Send> + Send + Sync>;

/// Why no request is made: a proxy is configured that cannot be used. Requests never go past it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct ProxyError {
    variable: &'static str,
    reason: &'static str,
}

impl ProxyError {
    #[cfg(feature = "http")]
    pub(crate) fn new(variable: &'static str, reason: &'static str) -> Self {
        Self { variable, reason }
    }

    /// The environment variable with the proxy.
    #[must_use]
    pub fn variable(&self) -> &'static str {
        self.variable
    }
}

impl fmt::Display for ProxyError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        // The value is not shown: it may hold a password.
        write!(f, "the proxy in `{}` {}; unset it for no proxy", self.variable, self.reason)
    }
}

impl std::error::Error for ProxyError {}

/// Why there is no answer.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct TransportError(String);

impl TransportError {
    /// An error with its reason in words.
    pub fn new(reason: impl fmt::Display) -> Self {
        Self(reason.to_string())
    }
}

impl fmt::Display for TransportError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.0)
    }
}

impl std::error::Error for TransportError {}
