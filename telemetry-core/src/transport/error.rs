// SPDX-FileCopyrightText: Copyright (c) 2026 NVIDIA CORPORATION & AFFILIATES. All rights reserved.
// SPDX-License-Identifier: Apache-2.0

//! Why a request has no answer, or is not made.

use std::error::Error;
use std::{fmt, io};

/// Why there is no answer: the error that the transport met, or a reason in words.
///
/// It shows itself as the error that it is made of, and has the [source](Error::source) of that.
///
/// ```
/// use telemetry_core::transport::TransportError;
///
/// let refused = std::io::Error::from(std::io::ErrorKind::ConnectionRefused);
/// assert_eq!(TransportError::new(refused).to_string(), "connection refused");
/// ```
#[derive(Debug)]
pub struct TransportError(Box<dyn Error + Send + Sync>);

impl TransportError {
    /// The error of a transport, from any other error or from a text.
    ///
    /// ```
    /// use telemetry_core::transport::TransportError;
    ///
    /// let bad_port = "x".parse::<u16>().map_err(TransportError::new).unwrap_err();
    /// assert_eq!(bad_port.to_string(), "invalid digit found in string");
    /// assert_eq!(TransportError::new("the gateway is not configured").to_string(), "the gateway is not configured");
    /// ```
    pub fn new(error: impl Into<Box<dyn Error + Send + Sync>>) -> Self {
        Self(error.into())
    }
}

impl fmt::Display for TransportError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        self.0.fmt(f)
    }
}

impl Error for TransportError {
    fn source(&self) -> Option<&(dyn Error + 'static)> {
        self.0.source()
    }
}

/// For `?` in a transport that uses sockets itself.
impl From<io::Error> for TransportError {
    fn from(error: io::Error) -> Self {
        Self::new(error)
    }
}

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

impl Error for ProxyError {}
