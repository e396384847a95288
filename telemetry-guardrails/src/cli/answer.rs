// SPDX-FileCopyrightText: Copyright (c) 2026 NVIDIA CORPORATION & AFFILIATES. All rights reserved.
// SPDX-License-Identifier: Apache-2.0

//! The body of the collector's answer to `report`. Delivery looks at the status only.

use std::sync::{Arc, Mutex, PoisonError};

use serde_json::Value;
use telemetry_core::__command1::{counted, default_transport, escape_untrusted};
use telemetry_core::transport::{Request, Response, Transport, TransportError};
use telemetry_core::{Client, Product};

use crate::product::Guardrails;

/// The maximum length of a reason, in characters.
const LONGEST: usize = 400;

/// The most violations that are listed.
const MOST: usize = 20;

/// The body of the last answer: the beginning of it, which the transport keeps.
#[derive(Debug, Clone, Default)]
pub(super) struct Answer(Arc<Mutex<Vec<u8>>>);

/// The default transport, which keeps the body of each answer in place of that of the one before.
struct Listening {
    transport: Box<dyn Transport + Send>,
    answer: Answer,
}

impl Transport for Listening {
    fn post(&mut self, request: &Request<'_>) -> Result<Response, TransportError> {
        let response = self.transport.post(request);
        self.answer.set(response.as_ref().map_or(&[], |response| &response.body));
        response
    }
}

impl Answer {
    /// A client whose answers are kept here.
    pub(super) fn client(&self) -> Client<Guardrails> {
        let answer = self.clone();
        let transport = move || default_transport(&Guardrails::PROFILE);
        Client::builder()
            .transport(move || Listening { transport: transport(), answer: answer.clone() })
            .start()
    }

    fn set(&self, body: &[u8]) {
        *self.0.lock().unwrap_or_else(PoisonError::into_inner) = body.to_vec();
    }

    fn text(&self) -> String {
        let body = self.0.lock().unwrap_or_else(PoisonError::into_inner);
        String::from_utf8_lossy(&body).trim().to_owned()
    }

    /// The body as JSON, or as a text if it is something else; `null` if it is empty.
    pub(super) fn to_json(&self) -> Value {
        let text = self.text();
        match serde_json::from_str(&text) {
            Ok(json) => json,
            Err(_) if text.is_empty() => Value::Null,
            Err(_) => text.into(),
        }
    }

    /// The reason and the places of an answer that refuses the event, in lines.
    pub(super) fn lines(&self) -> Vec<String> {
        let (json, text) = (self.to_json(), self.text());
        if text.is_empty() {
            return Vec::new();
        }
        let reason = json.get("error").and_then(Value::as_str).unwrap_or(&text);
        let mut lines = vec![format!("The collector answered: {}", escape_untrusted(reason, LONGEST))];
        let violations = json.get("violations").and_then(Value::as_array).map_or(&[][..], Vec::as_slice);
        // The reason of a single violation is the violation.
        let listed = violations.iter().filter_map(violation).filter(|violation| violation != reason);
        lines.extend(
            listed.take(MOST).map(|violation| format!("  {}", escape_untrusted(&violation, LONGEST))),
        );
        let more = violations.len().saturating_sub(MOST);
        lines.extend((more > 0).then(|| format!("  and {}", counted(more, "more violation"))));
        lines
    }
}

fn violation(violation: &Value) -> Option<String> {
    let member = |name| violation.get(name).and_then(Value::as_str);
    Some(format!("`{}` {}", member("pointer")?, member("message")?))
}
