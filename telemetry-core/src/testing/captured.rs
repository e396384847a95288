// SPDX-FileCopyrightText: Copyright (c) 2026 NVIDIA CORPORATION & AFFILIATES. All rights reserved.
// SPDX-License-Identifier: Apache-2.0

//! The requests of a client for tests, which stay in memory.

use std::marker::PhantomData;
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};
use std::time::Duration;

use telemetry_schema::json::{Json, parse};

use crate::client::Client;
use crate::endpoint::Protocol;
use crate::product::Product;
use crate::transport::{Request, Response, Transport, TransportError};

/// How long [`Captured`] waits for the worker. A test that runs into it has lost an event.
const PATIENCE: Duration = Duration::from_secs(60);

/// What a capturing client would have sent.
///
/// ```
/// # struct Shop;
/// # impl telemetry_core::Product for Shop {
/// #     const PROFILE: telemetry_core::Profile = telemetry_core::Profile::new("shop", "1");
/// # }
/// let (telemetry, sent) = telemetry_core::testing::capture::<Shop>();
/// assert_eq!(telemetry.stats().produced, 0);
/// assert!(sent.events().is_empty());
/// ```
#[derive(Debug)]
pub struct Captured<P: Product> {
    client: Client<P>,
    memory: Memory,
    product: PhantomData<fn() -> P>,
}

/// One request as it would have been made.
///
/// ```
/// # struct Shop;
/// # impl telemetry_core::Product for Shop {
/// #     const PROFILE: telemetry_core::Profile = telemetry_core::Profile::new("shop", "1").headers(&[("X-Shop", "web")]);
/// # }
/// # /// A basket was paid for.
/// # #[derive(telemetry_core::TelemetryEvent)]
/// # #[telemetry(product = Shop, event_name = "checkout", schema_version = "1.0")]
/// # struct Checkout {
/// #     /// Articles in the basket.
/// #     num_articles: u32,
/// # }
/// let (telemetry, sent) = telemetry_core::testing::capture::<Shop>();
/// telemetry.emit(Checkout { num_articles: 3 });
///
/// let requests = sent.requests();
/// assert_eq!(requests[0].envelope["clientId"], "1");
/// assert_eq!(requests[0].header("x-shop"), Some("web"));
/// ```
#[derive(Debug, Clone, PartialEq)]
#[non_exhaustive]
pub struct CapturedRequest {
    /// The URL that the request is for.
    pub url: String,
    /// The product's own headers, name and value. The transport adds others.
    pub headers: Vec<(String, String)>,
    /// What the body is: `application/json` for an envelope.
    pub content_type: String,
    /// The body as it would have been sent.
    pub body: Vec<u8>,
    /// The envelope; null for a request to an OpenTelemetry collector, which has none.
    pub envelope: Json,
}

/// One event as it would have been sent.
///
/// ```
/// # struct Shop;
/// # impl telemetry_core::Product for Shop {
/// #     const PROFILE: telemetry_core::Profile = telemetry_core::Profile::new("shop", "1").source("nemoSource", "shop");
/// # }
/// # /// A basket was paid for.
/// # #[derive(telemetry_core::TelemetryEvent)]
/// # #[telemetry(product = Shop, event_name = "checkout", schema_version = "1.0")]
/// # struct Checkout {
/// #     /// Articles in the basket.
/// #     num_articles: u32,
/// # }
/// let (telemetry, sent) = telemetry_core::testing::capture::<Shop>();
/// telemetry.emit(Checkout { num_articles: 3 });
///
/// let events = sent.events();
/// assert_eq!(events[0].name, "checkout");
/// assert!(events[0].ts.ends_with('Z'));
/// assert_eq!(events[0].parameters.to_string(), r#"{"nemoSource": "shop", "numArticles": 3}"#);
/// ```
#[derive(Debug, Clone, PartialEq)]
#[non_exhaustive]
pub struct CapturedEvent {
    /// The event's name.
    pub name: String,
    /// The event's time, as ISO 8601 text.
    pub ts: String,
    /// The event's parameters, the product's source among them. They can be compared with plain values by name; as a text
    /// they are JSON, for a test that would rather read them into a type of its own.
    pub parameters: Json,
}

impl<P: Product> Captured<P> {
    pub(super) fn new(client: Client<P>, memory: Memory) -> Self {
        Self { client, memory, product: PhantomData }
    }

    /// Every event reported so far, in order.
    #[must_use]
    pub fn events(&self) -> Vec<CapturedEvent> {
        let envelopes = self.envelopes();
        let events = envelopes.iter().filter_map(|envelope| envelope["events"].as_array()).flatten();
        events.map(CapturedEvent::new).collect()
    }

    /// Every envelope that would have been posted so far, in order.
    ///
    /// ```
    /// # struct Shop;
    /// # impl telemetry_core::Product for Shop {
    /// #     const PROFILE: telemetry_core::Profile = telemetry_core::Profile::new("shop", "1").source("nemoSource", "shop");
    /// # }
    /// # /// A basket was paid for.
    /// # #[derive(telemetry_core::TelemetryEvent)]
    /// # #[telemetry(product = Shop, event_name = "checkout", schema_version = "1.0")]
    /// # struct Checkout {
    /// #     /// Articles in the basket.
    /// #     num_articles: u32,
    /// # }
    /// let (telemetry, sent) = telemetry_core::testing::capture::<Shop>();
    /// telemetry.emit(Checkout { num_articles: 3 });
    /// assert_eq!(sent.envelopes()[0]["eventSchemaVer"], "1.0");
    /// ```
    #[must_use]
    pub fn envelopes(&self) -> Vec<Json> {
        self.requests().into_iter().map(|request| request.envelope).collect()
    }

    /// Every request that would have been made so far, in order.
    #[must_use]
    pub fn requests(&self) -> Vec<CapturedRequest> {
        self.client.flush(PATIENCE);
        self.memory.lock().clone()
    }
}

impl CapturedRequest {
    /// The value of one of the product's own headers. Letter case makes no difference in a header's name.
    #[must_use]
    pub fn header(&self, name: &str) -> Option<&str> {
        let mut headers = self.headers.iter();
        headers.find(|(known, _)| known.eq_ignore_ascii_case(name)).map(|(_, value)| value.as_str())
    }
}

impl CapturedEvent {
    fn new(event: &Json) -> Self {
        let text = |key: &str| event[key].as_str().unwrap_or_default().to_owned();
        Self { name: text("name"), ts: text("ts"), parameters: event["parameters"].clone() }
    }
}

/// Keeps requests in memory.
#[derive(Debug, Clone, Default)]
pub(super) struct Memory(Arc<Mutex<Vec<CapturedRequest>>>);

impl Memory {
    fn lock(&self) -> MutexGuard<'_, Vec<CapturedRequest>> {
        self.0.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

impl Transport for Memory {
    fn post(&mut self, request: &Request<'_>) -> Result<Response, TransportError> {
        let is_envelope = request.content_type == Protocol::Envelope.content_type();
        let text = if is_envelope { String::from_utf8_lossy(request.body) } else { "null".into() };
        let envelope = parse(&text).map_err(|problem| TransportError::new(problem.about("envelope")))?;
        let owned = |(name, value): &(&str, &str)| ((*name).to_owned(), (*value).to_owned());
        let request = CapturedRequest {
            url: request.url.to_owned(),
            headers: request.headers.iter().map(owned).collect(),
            content_type: request.content_type.to_owned(),
            body: request.body.to_owned(),
            envelope,
        };
        self.lock().push(request);
        Ok(Response::new(200))
    }
}
