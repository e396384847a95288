// SPDX-FileCopyrightText: Copyright (c) 2026 NVIDIA CORPORATION & AFFILIATES. All rights reserved.
// SPDX-License-Identifier: Apache-2.0

//! Keeps the page and its API apart from other sites that the user's browser has open. [`host`](super::host) checks names and origins;
//! a request without an origin, such as that of an image or a script, is checked here.

use axum::extract::Request;
use axum::http::{HeaderMap, HeaderName, HeaderValue, StatusCode, header};
use axum::middleware::Next;
use axum::response::{IntoResponse, Response};

use super::refusal::Refusal;

/// Headers of all answers: other sites cannot embed them, and the browser neither guesses types nor keeps copies.
const HEADERS: [(HeaderName, HeaderValue); 6] = [
    (header::CACHE_CONTROL, HeaderValue::from_static("no-store")),
    (header::X_CONTENT_TYPE_OPTIONS, HeaderValue::from_static("nosniff")),
    (header::X_FRAME_OPTIONS, HeaderValue::from_static("DENY")),
    (header::REFERRER_POLICY, HeaderValue::from_static("no-referrer")),
    (HeaderName::from_static("cross-origin-opener-policy"), HeaderValue::from_static("same-origin")),
    (HeaderName::from_static("cross-origin-resource-policy"), HeaderValue::from_static("same-origin")),
];

/// Refuses requests that another site causes, and adds the headers to the answer.
pub(super) async fn own_site(request: Request, next: Next) -> Response {
    let mut response = if is_of_other_site(request.uri().path(), request.headers()) {
        Refusal::new(StatusCode::FORBIDDEN, "pages of other sites have no access").into_response()
    } else {
        next.run(request).await
    };
    response.headers_mut().extend(HEADERS);
    response
}

/// Browsers tell which site causes a request; other programs send no such header. A link leads to the page from anywhere.
fn is_of_other_site(path: &str, headers: &HeaderMap) -> bool {
    let is = |name: &str, values: &[&str]| {
        headers.get(name).is_some_and(|found| values.iter().any(|value| found == value))
    };
    is("sec-fetch-site", &["cross-site", "same-site"])
        && !(path == "/" && is("sec-fetch-mode", &["navigate"]))
}
