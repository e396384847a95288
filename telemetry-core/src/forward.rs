// SPDX-FileCopyrightText: Copyright (c) 2026 NVIDIA CORPORATION & AFFILIATES. All rights reserved.
// SPDX-License-Identifier: Apache-2.0

//! Sends events that another process has received to an OpenTelemetry collector, with the code of the exporter. `telemetry-cli` uses it.
//! It is not part of the API: names and meanings change with any release.

use std::fmt;
use std::time::Duration;

use crate::causes::with_causes;
use crate::delivery::{Disposition, disposition};
use crate::endpoint::{Endpoint, EndpointError, Protocol, otlp_headers_text};
use crate::environment::ProcessEnvironment;
pub use crate::otlp::Received;
use crate::otlp::{forward_request, rejected_records};
use crate::profile::{Profile, RetryPolicy};
use crate::random::fraction;
use crate::transport::{Request, Response, Transport, TransportError, default_transport};

/// Without an end, because the events are kept until they are delivered.
const RETRY: RetryPolicy =
    RetryPolicy::attempts(u32::MAX).backoff(Duration::from_millis(500), Duration::from_secs(60));

/// The longest pause that a collector can ask for.
const LONGEST_ASKED: Duration = Duration::from_secs(300);

/// The most characters of a collector's text in a reason.
const LONGEST_TEXT: usize = 200;

/// An OpenTelemetry collector, and a connection to it.
pub struct Forwarder {
    endpoint: Endpoint,
    transport: Box<dyn Transport + Send>,
}

/// Shows neither headers nor a password.
impl fmt::Debug for Forwarder {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Forwarder").field("endpoint", &self.endpoint).finish_non_exhaustive()
    }
}

/// How a request has ended.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Forwarded {
    /// The collector has accepted the events, except for this number of them.
    Accepted(u64),
    /// It rejects these events, or their number: a part of them may be accepted.
    Rejected(String),
    /// Another attempt after this pause may succeed.
    Later(String, Duration),
}

impl Forwarder {
    /// The collector with this base URL, as an operator names it in a product's variable. Headers, proxies and certificates are read
    /// from the environment now.
    ///
    /// # Errors
    ///
    /// If the URL is invalid or may not be used, for the reasons that [`Endpoint`] has.
    pub fn new(base_url: &str) -> Result<Self, EndpointError> {
        let endpoint = Endpoint::parse_otlp(base_url, otlp_headers_text(&ProcessEnvironment).as_ref())?;
        endpoint.is_allowed_in(&ProcessEnvironment)?;
        Ok(Self { endpoint, transport: default_transport(Profile::DEFAULT_DEADLINE) })
    }

    /// The URL of requests.
    #[must_use]
    pub fn url(&self) -> &str {
        self.endpoint.url()
    }

    /// The pause before an attempt, the first of which has the number 1.
    #[must_use]
    pub fn pause(attempt: u32) -> Duration {
        pause(None, attempt)
    }

    /// Sends events in one request, and waits for its end. `attempt` is the number of requests with these events, this one included.
    pub fn send(&mut self, events: &[Received<'_>], attempt: u32) -> Forwarded {
        let body = forward_request(events);
        let headers = self.endpoint.otlp_headers();
        let request = Request::new(self.endpoint.url(), &body)
            .content_type(Protocol::Otlp.content_type())
            .headers(&headers);
        forwarded(&self.transport.post(&request), attempt)
    }
}

fn forwarded(response: &Result<Response, TransportError>, attempt: u32) -> Forwarded {
    let result = response.as_ref().map(|response| response.status).map_err(|error| with_causes(error));
    let reason = response.as_ref().map_or_else(|error| with_causes(error), answer);
    match (disposition(&result, Protocol::Otlp), response) {
        (Disposition::Accepted, Ok(response)) => Forwarded::Accepted(rejected_records(&response.body)),
        (Disposition::Rejected | Disposition::TooLarge, _) => Forwarded::Rejected(reason),
        (_, response) => Forwarded::Later(reason, pause(response.as_ref().ok(), attempt)),
    }
}

/// The status, and the beginning of a text that explains it.
fn answer(response: &Response) -> String {
    let text = String::from_utf8_lossy(&response.body);
    let line = text.trim_start().lines().next().unwrap_or_default();
    // OTLP explains a status in protobuf, between bytes that are not text.
    if line.is_empty() || line.contains(|char: char| char.is_control() || char == char::REPLACEMENT_CHARACTER)
    {
        return format!("it answers with status {}", response.status);
    }
    let line: String = line.chars().take(LONGEST_TEXT).collect();
    format!("it answers with status {}: {}", response.status, line.trim_end())
}

fn pause(response: Option<&Response>, attempt: u32) -> Duration {
    let asked = response.and_then(|response| response.retry_after).unwrap_or_default();
    // At least half of the wait: with none at all, a collector that fails would be flooded.
    RETRY.wait_after(attempt, 0.5 + fraction() / 2.0).max(asked.min(LONGEST_ASKED))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn each_answer_means_that_events_are_delivered_rejected_or_sent_again() {
        let answer = |status| forwarded(&Ok(Response::new(status)), 1);
        assert_eq!(answer(200), Forwarded::Accepted(0));
        for status in [400, 413, 422] {
            assert!(matches!(answer(status), Forwarded::Rejected(_)), "{status}");
        }
        for status in [301, 401, 403, 404, 408, 429, 500, 502, 503, 504] {
            let Forwarded::Later(reason, pause) = answer(status) else { panic!("{status}") };
            assert_eq!(reason, format!("it answers with status {status}"));
            assert!((250..=500).contains(&pause.as_millis()), "{pause:?}");
        }
        let failed = forwarded(&Err(TransportError::new("refused")), 3);
        assert!(
            matches!(&failed, Forwarded::Later(reason, pause) if reason == "refused" && pause.as_millis() >= 1000)
        );
    }

    #[test]
    fn a_reason_has_the_first_line_of_a_text_and_no_other_bytes() {
        let reason = |body: &[u8]| match forwarded(&Ok(Response::new(400).body(body)), 1) {
            Forwarded::Rejected(reason) => reason,
            other => panic!("{other:?}"),
        };
        let plain = "it answers with status 400";
        let text = b"Client sent an HTTP request to an HTTPS server.\n";
        assert_eq!(reason(text), format!("{plain}: Client sent an HTTP request to an HTTPS server."));
        assert_eq!(reason(&b"x".repeat(9000)), format!("{plain}: {}", "x".repeat(LONGEST_TEXT)));
        for other in [&b""[..], b" \r\n ", b"\x08\x03\x12\x03bad", b"\xff\xfe", b"\x1b[2J"] {
            assert_eq!(reason(other), plain, "{other:?}");
        }
    }

    #[test]
    fn pauses_grow_to_a_minute_and_are_as_long_as_the_collector_asks_up_to_five() {
        assert!((30..=60).contains(&pause(None, 30).as_secs()));
        let asking = |seconds| Response::new(503).retry_after(Some(Duration::from_secs(seconds)));
        assert_eq!(pause(Some(&asking(90)), 1), Duration::from_secs(90));
        assert_eq!(pause(Some(&asking(9000)), 1), LONGEST_ASKED);
    }
}
