// SPDX-FileCopyrightText: Copyright (c) 2026 NVIDIA CORPORATION & AFFILIATES. All rights reserved.
// SPDX-License-Identifier: Apache-2.0

//! Testing the events of one's own product: a client whose events stay in the test.

use std::marker::PhantomData;
use std::path::Path;
use std::sync::{Arc, Mutex, PoisonError};
use std::time::Duration;

use serde_json::Value;

use crate::client::Client;
use crate::consent::{Files, Question, Verdict};
use crate::paths::{Located, Paths, consent_file_elsewhere};
use crate::product::Product;
use crate::transport::{Request, Transport, TransportError};

/// How long [`Captured`] waits for the worker. A test that runs into it has lost an event.
const PATIENCE: Duration = Duration::from_secs(10);

/// A client that sends nothing, and everything it would have sent.
///
/// Opt-outs, CI among them, are ignored, since nothing leaves the process: no socket is opened and no file is written.
///
/// ```
/// # use telemetry_core::{Product, Profile, TelemetryEvent};
/// # struct Shop;
/// # impl Product for Shop {
/// #     const PROFILE: Profile = Profile::new("shop", "1").source("nemoSource", "shop");
/// # }
/// # /// A basket was paid for.
/// # #[derive(TelemetryEvent)]
/// # #[telemetry(product = Shop, event_name = "checkout", schema_version = "1.0")]
/// # struct Checkout {
/// #     /// Articles in the basket.
/// #     num_articles: u32,
/// # }
/// let (telemetry, sent) = telemetry_core::testing::capture::<Shop>();
/// telemetry.emit(Checkout { num_articles: 3 });
///
/// let events = sent.events();
/// assert_eq!(events.len(), 1);
/// assert_eq!(events[0].name, "checkout");
/// assert_eq!(events[0].parameters["nemoSource"], "shop");
/// assert_eq!(events[0].parameters["numArticles"], 3);
/// ```
#[must_use]
pub fn capture<P: Product>() -> (Client<P>, Captured<P>) {
    let envelopes = Arc::default();
    let memory = Memory { envelopes: Arc::clone(&envelopes) };
    let client = Client::builder()
        .without_consent()
        .without_files()
        .endpoint("http://127.0.0.1:9/captured")
        .transport(move || memory.clone())
        .start();
    (client.clone(), Captured { client, envelopes, product: PhantomData })
}

/// Whether a process of the product `P` may report in this environment, and if not, which signal opts out. The process
/// itself has not turned its telemetry off.
///
/// The directory stands for `~/.config/<product>`, with the marker and the consent file; without one there is no home.
/// Neither the environment nor the home directory of the calling process are looked at.
///
/// ```
/// use telemetry_core::consent::{Rule, Signal, Verdict};
/// use telemetry_core::{ConsentPolicy, Product, Profile, testing};
///
/// struct Shop;
/// impl Product for Shop {
///     const PROFILE: Profile = Profile::new("shop", "1")
///         .consent(ConsentPolicy::variables(&[("SHOP_TELEMETRY_ENABLED", Rule::Enable)]));
/// }
///
/// let home = std::path::Path::new("/nonexistent");
/// for (value, verdict) in [
///     ("yes", Verdict::Enabled),
///     ("off", Verdict::OptedOut(Signal::Variable("SHOP_TELEMETRY_ENABLED"))),
/// ] {
///     assert_eq!(testing::verdict::<Shop>(&[("SHOP_TELEMETRY_ENABLED", value)], Some(home)), verdict);
/// }
/// assert_eq!(testing::verdict::<Shop>(&[], None), Verdict::OptedOut(Signal::NoHome));
/// ```
#[must_use]
pub fn verdict<P: Product>(environment: &[(&str, &str)], config_dir: Option<&Path>) -> Verdict {
    let profile = &P::PROFILE;
    let paths = match config_dir {
        Some(dir) => {
            let chosen = Paths { config_dir: Some(dir.to_owned()), ..Paths::default() };
            Located::read(profile, chosen, environment).paths().clone()
        }
        None => Paths { consent_file: consent_file_elsewhere(profile, environment), ..Paths::default() },
    };
    let question = Question { policy: &profile.consent, environment, switch: true, machine: None };
    question.verdict(|| Files::of(&paths))
}

/// What a capturing client would have sent.
#[derive(Debug)]
pub struct Captured<P: Product> {
    client: Client<P>,
    envelopes: Arc<Mutex<Vec<String>>>,
    product: PhantomData<fn() -> P>,
}

/// One event as it would have been sent.
#[derive(Debug, Clone, PartialEq)]
pub struct CapturedEvent {
    /// The event's name.
    pub name: String,
    /// The event's time, as ISO 8601 text.
    pub ts: String,
    /// The event's parameters, the product's source among them.
    pub parameters: Value,
}

impl<P: Product> Captured<P> {
    /// Every event reported so far, in order.
    #[must_use]
    pub fn events(&self) -> Vec<CapturedEvent> {
        let events =
            |envelope: Value| envelope.get("events").and_then(Value::as_array).cloned().unwrap_or_default();
        self.envelopes().into_iter().flat_map(events).map(|event| CapturedEvent::new(&event)).collect()
    }

    /// Every envelope that would have been posted so far, in order.
    #[must_use]
    pub fn envelopes(&self) -> Vec<Value> {
        self.client.flush(PATIENCE);
        let envelopes = self.envelopes.lock().unwrap_or_else(PoisonError::into_inner);
        envelopes.iter().filter_map(|envelope| serde_json::from_str(envelope).ok()).collect()
    }
}

impl CapturedEvent {
    fn new(event: &Value) -> Self {
        let text = |key: &str| event.get(key).and_then(Value::as_str).unwrap_or_default().to_owned();
        let parameters = event.get("parameters").cloned().unwrap_or_default();
        Self { name: text("name"), ts: text("ts"), parameters }
    }
}

/// Keeps envelopes in memory.
#[derive(Clone)]
struct Memory {
    envelopes: Arc<Mutex<Vec<String>>>,
}

impl Transport for Memory {
    fn post(&mut self, request: &Request<'_>) -> Result<u16, TransportError> {
        let envelope = String::from_utf8_lossy(request.body).into_owned();
        self.envelopes.lock().unwrap_or_else(PoisonError::into_inner).push(envelope);
        Ok(200)
    }
}
