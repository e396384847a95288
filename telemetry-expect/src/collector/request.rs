// SPDX-FileCopyrightText: Copyright (c) 2026 NVIDIA CORPORATION & AFFILIATES. All rights reserved.
// SPDX-License-Identifier: Apache-2.0

//! One request as the collector received it.

use telemetry_schema::__cli1::{Place, Problem};
use telemetry_schema::json::{Json, parse};

/// One request as the collector received it.
#[derive(Debug, Clone, PartialEq, Eq)]
#[non_exhaustive]
pub struct ReceivedRequest {
    /// The method, such as `POST`.
    pub method: String,
    /// The path with its query.
    pub path: String,
    /// The headers in the order of the request, with names in lower case.
    pub headers: Vec<(String, String)>,
    /// The body, decompressed.
    pub body: Vec<u8>,
    /// The status with which the collector answered; `None` if it gave no answer.
    pub status: Option<u16>,
}

impl ReceivedRequest {
    /// The value of a header. Letter case makes no difference in its name.
    #[must_use]
    pub fn header(&self, name: &str) -> Option<&str> {
        let mut headers = self.headers.iter();
        headers.find(|(known, _)| known.eq_ignore_ascii_case(name)).map(|(_, value)| value.as_str())
    }

    /// The envelope in the body.
    ///
    /// # Errors
    ///
    /// The reason why the body is not an envelope: a JSON object with an array `events` of objects.
    pub fn envelope(&self) -> Result<Json, String> {
        let text =
            std::str::from_utf8(&self.body).map_err(|error| format!("the body is not UTF-8: {error}"))?;
        let envelope = parse(text).map_err(|problem| not_json(&problem))?;
        let events =
            envelope.get("events").and_then(Json::as_array).ok_or("the body has no array `events`")?;
        match events.iter().all(|event| event.as_object().is_some()) {
            true => Ok(envelope),
            false => Err("an element of `events` is not an object".to_owned()),
        }
    }

    /// About the memory that it needs, in bytes.
    pub(super) fn size(&self) -> usize {
        let headers =
            self.headers.iter().map(|(name, value)| name.len() + value.len() + 2 * size_of::<String>());
        size_of::<Self>() + self.path.len() + self.body.len() + headers.sum::<usize>()
    }

    /// Whether the collector has accepted it.
    pub(super) fn is_accepted(&self) -> bool {
        self.status.is_some_and(|status| (200..300).contains(&status))
    }
}

fn not_json(Problem { place, problem, .. }: &Problem) -> String {
    let place = match place {
        Place::Position(line, column) => format!("line {line} column {column}"),
        Place::Pointer(pointer) => format!("`{pointer}`"),
    };
    format!("the body is not JSON: {problem} at {place}")
}
