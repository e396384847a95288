// SPDX-FileCopyrightText: Copyright (c) 2026 NVIDIA CORPORATION & AFFILIATES. All rights reserved.
// SPDX-License-Identifier: Apache-2.0

//! Answers to requests that are not accepted: a status, and a JSON body with the reason.

use axum::body::Body;
use axum::http::{HeaderValue, StatusCode, header};
use axum::response::{IntoResponse, Response};
use serde_json::{Value, json};
use telemetry_core::__command1::counted;

use super::store::{StoreError, Violation};

/// The most violations that an answer lists.
const MAX_LISTED: usize = 100;

/// The pause that a client is asked for, in seconds, if a later attempt may succeed.
const RETRY_AFTER: &str = "1";

/// Why a request is not accepted.
#[derive(Debug)]
pub(super) struct Refusal {
    pub(super) status: StatusCode,
    pub(super) reason: String,
    /// With pointers into the request.
    violations: Vec<Violation>,
}

impl Refusal {
    pub(super) fn new(status: StatusCode, reason: impl Into<String>) -> Self {
        Self { status, reason: reason.into(), violations: Vec::new() }
    }

    pub(super) fn not_json(error: &serde_json::Error) -> Self {
        Self::new(StatusCode::BAD_REQUEST, format!("the body is not JSON: {error}"))
    }

    pub(super) fn too_large(reason: impl Into<String>) -> Self {
        Self::new(StatusCode::PAYLOAD_TOO_LARGE, reason)
    }

    /// A request that is JSON, and not an envelope because of one place.
    pub(super) fn invalid(pointer: &str, message: &str) -> Self {
        let (pointer, message) = (pointer.to_owned(), message.to_owned());
        Self::violations(vec![Violation { pointer, message, is_outside: true }])
    }

    /// A request whose events have these violations.
    pub(super) fn violations(violations: Vec<Violation>) -> Self {
        let reason = match violations.as_slice() {
            [only] if only.pointer.is_empty() => format!("the body {}", only.message),
            [only] => format!("`{}` {}", only.pointer, only.message),
            several => counted(several.len(), "violation"),
        };
        Self { status: StatusCode::UNPROCESSABLE_ENTITY, reason, violations }
    }

    fn body(&self) -> Value {
        if self.violations.is_empty() {
            return json!({"error": self.reason});
        }
        let listed = self.violations.iter().take(MAX_LISTED).map(Violation::json);
        json!({"error": self.reason, "violations": Value::from_iter(listed)})
    }
}

impl From<StoreError> for Refusal {
    fn from(error: StoreError) -> Self {
        match error {
            StoreError::Overloaded => Self::new(StatusCode::TOO_MANY_REQUESTS, error.to_string()),
            error => Self::new(StatusCode::SERVICE_UNAVAILABLE, format!("cannot write the store: {error}")),
        }
    }
}

impl IntoResponse for Refusal {
    fn into_response(self) -> Response {
        let mut response = Response::new(Body::from(format!("{}\n", self.body())));
        *response.status_mut() = self.status;
        let headers = response.headers_mut();
        headers.insert(header::CONTENT_TYPE, HeaderValue::from_static("application/json"));
        if matches!(self.status.as_u16(), 429 | 503) {
            headers.insert(header::RETRY_AFTER, HeaderValue::from_static(RETRY_AFTER));
        }
        response
    }
}
