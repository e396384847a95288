// SPDX-FileCopyrightText: Copyright (c) 2026 NVIDIA CORPORATION & AFFILIATES. All rights reserved.
// SPDX-License-Identifier: Apache-2.0

//! How bytes reach the collector. The default is HTTP; a host may bring its own way.

#[cfg(feature = "http")]
mod http;

use std::fmt;
use std::time::Duration;

/// One envelope to be posted.
#[derive(Debug, Clone, Copy)]
pub struct Request<'a> {
    /// Where to: `https`, or `http` on this machine.
    pub url: &'a str,
    /// The envelope: JSON, to be sent as `application/json`.
    pub body: &'a [u8],
    /// The longest time for everything, from name lookup to the last byte of the answer.
    pub deadline: Duration,
}

/// A way to post envelopes. It is made anew for each worker thread, on the thread that reports, and then used on the
/// worker thread only.
///
/// ```
/// use telemetry_core::{Request, Transport, TransportError};
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

/// Makes the transport of one worker thread.
pub(crate) type TransportFactory = std::sync::Arc<dyn Fn() -> Box<dyn Transport + Send> + Send + Sync>;

/// The transport of a client that was not given another one.
pub(crate) fn default_transport() -> Box<dyn Transport + Send> {
    #[cfg(feature = "http")]
    return Box::new(http::HttpTransport::new());
    #[cfg(not(feature = "http"))]
    return Box::new(NoTransport);
}

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

/// The transport of a build without the feature `http`: it sends nothing.
#[cfg(not(feature = "http"))]
#[derive(Debug)]
struct NoTransport;

#[cfg(not(feature = "http"))]
impl Transport for NoTransport {
    fn post(&mut self, _: &Request<'_>) -> Result<u16, TransportError> {
        Err(TransportError::new("built without the feature `http`: give the client a transport of your own"))
    }
}
