// SPDX-FileCopyrightText: Copyright (c) 2026 NVIDIA CORPORATION & AFFILIATES. All rights reserved.
// SPDX-License-Identifier: Apache-2.0

//! What a transport is given, and what it gives back.

use std::fmt;
use std::time::Duration;

use crate::endpoint::Protocol;
use crate::profile::Profile;

/// One envelope to be posted.
///
/// ```
/// use telemetry_core::transport::Request;
///
/// let request = Request::new("http://127.0.0.1:4318/", b"{}");
/// assert_eq!(request.url, "http://127.0.0.1:4318/");
/// ```
#[derive(Clone, Copy)]
#[non_exhaustive]
pub struct Request<'a> {
    /// Where to: `https`, or `http` on this machine.
    pub url: &'a str,
    /// Headers, name and value, to be sent with those of the transport.
    pub headers: &'a [(&'a str, &'a str)],
    /// What `body` is: `application/json` for an envelope, `application/x-protobuf` for OTLP.
    pub content_type: &'a str,
    /// The events, in an envelope or as OpenTelemetry has them.
    pub body: &'a [u8],
    /// The longest time for everything, from name lookup to the last byte of the answer.
    pub deadline: Duration,
}

impl<'a> Request<'a> {
    /// A request without headers of the product, and with the deadline that profiles have by default: 5 s.
    ///
    /// Delivery makes the requests of a client; this is for the tests of a [`Transport`](crate::Transport).
    ///
    /// ```
    /// use std::time::Duration;
    /// use telemetry_core::transport::Request;
    ///
    /// let request = Request::new("http://127.0.0.1:4318/", b"{}")
    ///     .headers(&[("X-Product", "shop")])
    ///     .deadline(Duration::from_millis(500));
    /// assert_eq!(request.body, b"{}");
    /// assert_eq!(request.deadline, Duration::from_millis(500));
    /// ```
    #[must_use]
    pub const fn new(url: &'a str, body: &'a [u8]) -> Self {
        let content_type = Protocol::Envelope.content_type();
        Self { url, headers: &[], content_type, body, deadline: Profile::DEFAULT_DEADLINE }
    }

    /// Sets what the body is. Default: `application/json`.
    ///
    /// ```
    /// # use telemetry_core::transport::Request;
    /// let request = Request::new("http://127.0.0.1:4318/v1/logs", b"").content_type("application/x-protobuf");
    /// assert_eq!(request.content_type, "application/x-protobuf");
    /// ```
    #[must_use]
    pub const fn content_type(mut self, content_type: &'a str) -> Self {
        self.content_type = content_type;
        self
    }

    /// Sets the product's own headers.
    ///
    /// ```
    /// # use telemetry_core::transport::Request;
    /// let request = Request::new("http://127.0.0.1:4318/", b"{}").headers(&[("X-Product", "shop")]);
    /// assert_eq!(request.headers, [("X-Product", "shop")]);
    /// ```
    #[must_use]
    pub const fn headers(mut self, headers: &'a [(&'a str, &'a str)]) -> Self {
        self.headers = headers;
        self
    }

    /// Sets the longest time for everything.
    #[must_use]
    pub const fn deadline(mut self, deadline: Duration) -> Self {
        self.deadline = deadline;
        self
    }
}

/// Shows the names of headers, but no values: they may be tokens.
impl fmt::Debug for Request<'_> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let headers: Vec<&str> = self.headers.iter().map(|(name, _)| *name).collect();
        f.debug_struct("Request")
            .field("url", &self.url)
            .field("headers", &headers)
            .field("content_type", &self.content_type)
            .field("body", &self.body)
            .field("deadline", &self.deadline)
            .finish()
    }
}

/// The answer to a request.
///
/// ```
/// use telemetry_core::transport::Response;
///
/// assert_eq!(Response::new(204).retry_after, None);
/// ```
#[derive(Debug, Clone, PartialEq, Eq)]
#[non_exhaustive]
pub struct Response {
    /// The HTTP status.
    pub status: u16,
    /// How long the collector asks to be left alone (`Retry-After`), if it does. The product's
    /// [`RetryPolicy`](crate::profile::RetryPolicy::longest_retry_after) limits it.
    pub retry_after: Option<Duration>,
    /// The beginning of the body, or nothing. An OpenTelemetry collector says there how many records it has rejected; of other
    /// collectors it is not read.
    pub body: Vec<u8>,
}

impl Response {
    /// An answer with this HTTP status, which does not ask for a pause.
    ///
    /// ```
    /// assert_eq!(telemetry_core::transport::Response::new(204).retry_after, None);
    /// ```
    #[must_use]
    pub const fn new(status: u16) -> Self {
        Self { status, retry_after: None, body: Vec::new() }
    }

    /// Sets how long the collector asks to be left alone, if it does.
    ///
    /// ```
    /// use std::time::Duration;
    /// use telemetry_core::transport::Response;
    ///
    /// let busy = Response::new(429).retry_after(Duration::from_secs(30));
    /// assert_eq!((busy.status, busy.retry_after), (429, Some(Duration::from_secs(30))));
    ///
    /// // As it comes out of a header that may be missing:
    /// let header: Option<&str> = None;
    /// let seconds = header.and_then(|text| text.parse().ok()).map(Duration::from_secs);
    /// assert_eq!(Response::new(204).retry_after(seconds), Response::new(204));
    /// ```
    #[must_use]
    pub fn retry_after(mut self, pause: impl Into<Option<Duration>>) -> Self {
        self.retry_after = pause.into();
        self
    }

    /// Sets the body, of which 16 KiB are enough.
    ///
    /// ```
    /// use telemetry_core::transport::Response;
    ///
    /// assert_eq!(Response::new(200).body(*b"{}").body, b"{}");
    /// ```
    #[must_use]
    pub fn body(mut self, body: impl Into<Vec<u8>>) -> Self {
        self.body = body.into();
        self
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_request_shows_the_names_of_its_headers_alone() {
        let request = Request::new("http://127.0.0.1:9/", b"").headers(&[("api-key", "hunter2")]);
        let shown = format!("{request:?}");
        assert!(shown.contains("api-key") && !shown.contains("hunter2"), "{shown}");
    }
}
