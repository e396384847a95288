// SPDX-FileCopyrightText: Copyright (c) 2026 NVIDIA CORPORATION & AFFILIATES. All rights reserved.
// SPDX-License-Identifier: Apache-2.0

//! Builds the request for a batch and reads its response, by the protocol of the endpoint of these events.

use std::borrow::Cow;
use std::time::Duration;

use super::handle::DeliveryContext;
use super::queue::Batch;
use super::retry::Completion;
use crate::causes::with_causes;
use crate::endpoint::{Endpoint, Protocol};
use crate::envelope::{Sender, envelope};
use crate::profile::Profile;
use crate::stats::RequestReport;
use crate::time::IsoTimestamp;
use crate::transport::{Response, TransportError};

/// The body of a request with this batch, made on the worker.
pub(super) fn request_body(context: &DeliveryContext, batch: &Batch) -> Result<Vec<u8>, TransportError> {
    let now = context.clock.unix_seconds();
    let no_session = || TransportError::new("the system has no randomness for a session");
    let sender = context.sender_at(now).ok_or_else(no_session)?;
    match batch.endpoint.protocol() {
        Protocol::Envelope => in_envelope(context, &sender, batch, now),
        #[cfg(feature = "otlp")]
        Protocol::Otlp => {
            Ok(crate::otlp::export_request(&context.profile, &sender, &context.host, &batch.records))
        }
    }
}

fn in_envelope(
    context: &DeliveryContext,
    sender: &Sender,
    batch: &Batch,
    now: f64,
) -> Result<Vec<u8>, TransportError> {
    let sent_at = IsoTimestamp::new(now).map_err(TransportError::new)?;
    let json = envelope(&context.profile, sender, &batch.records, sent_at).map_err(TransportError::new)?;
    Ok(json.into_bytes())
}

/// The headers of requests to an endpoint. Those of the product are for its own collector: they may hold a key of it.
pub(super) fn headers<'a>(profile: &Profile, endpoint: &'a Endpoint) -> Cow<'a, [(&'a str, &'a str)]> {
    match endpoint.protocol() {
        Protocol::Envelope => Cow::Borrowed(profile.headers),
        #[cfg(feature = "otlp")]
        Protocol::Otlp => Cow::Owned(endpoint.otlp_headers()),
    }
}

/// How the request with this batch has ended.
pub(super) fn completion(
    batch: &Batch,
    response: Result<Response, TransportError>,
    elapsed: Duration,
) -> Completion {
    let rejected = response.as_ref().map_or(0, |response| rejected_events(&batch.endpoint, response));
    let retry_after = response.as_ref().ok().and_then(|response| response.retry_after);
    let result = response.map(|response| response.status).map_err(|error| with_causes(&error));
    Completion { report: RequestReport { result, elapsed }, retry_after, rejected }
}

/// How many events a collector has rejected although it has accepted their request.
fn rejected_events(endpoint: &Endpoint, response: &Response) -> u64 {
    #[cfg(feature = "otlp")]
    if endpoint.protocol() == Protocol::Otlp && (200..300).contains(&response.status) {
        return crate::otlp::rejected_records(&response.body);
    }
    let _ = (endpoint, response);
    0
}
