// SPDX-FileCopyrightText: Copyright (c) 2026 NVIDIA CORPORATION & AFFILIATES. All rights reserved.
// SPDX-License-Identifier: Apache-2.0

//! The product whose events are sent, and where they go.

use std::sync::atomic::{AtomicU32, Ordering};
use std::sync::{Arc, Mutex};
use std::time::Duration;

use shuttle::thread;
use telemetry_model::profile::HeartbeatPolicy;
use telemetry_model::transport::{Request, Response, TransportError};
use telemetry_model::{Client, ConsentPolicy, Product, Profile, TelemetryEnum, TelemetryEvent, Transport};

pub(crate) struct Shop;

impl Product for Shop {
    const PROFILE: Profile = Profile::new("shop", "1")
        .consent(ConsentPolicy::variables(&[]))
        .without_audit()
        .endpoint("http://127.0.0.1:9/")
        .heartbeat(HeartbeatPolicy::every(Duration::from_secs(100_000)));
}

/// How a payment ended.
#[derive(Debug, Clone, Copy, PartialEq, TelemetryEnum)]
#[telemetry(rename_all = "snake_case", crate = "telemetry_model")]
pub(crate) enum Outcome {
    Success,
    Failure,
    Interrupted,
}

/// A payment was tried.
#[derive(Debug, Clone, TelemetryEvent)]
#[telemetry(product = Shop, event_name = "payment", schema_version = "1.0", crate = "telemetry_model")]
pub(crate) struct Payment {
    /// How it ended.
    #[telemetry(outcome, sentinel = Outcome::Interrupted)]
    pub(crate) outcome: Outcome,
    /// Which one it was.
    #[telemetry(sentinel = 0)]
    pub(crate) number: u32,
}

pub(crate) fn payment(number: u32) -> Payment {
    Payment { number, ..Default::default() }
}

/// The transport: notes the events, and whether two threads send at the same time.
#[derive(Clone, Default)]
pub(crate) struct Till {
    pub(crate) senders: Arc<AtomicU32>,
    /// How often two threads sent at the same time.
    pub(crate) met: Arc<AtomicU32>,
    pub(crate) made: Arc<AtomicU32>,
    pub(crate) envelopes: Arc<Mutex<Vec<String>>>,
}

impl Transport for Till {
    fn post(&mut self, request: &Request<'_>) -> Result<Response, TransportError> {
        let others = self.senders.fetch_add(1, Ordering::SeqCst);
        thread::yield_now();
        self.senders.fetch_sub(1, Ordering::SeqCst);
        let mut envelopes = self.envelopes.lock().unwrap();
        envelopes.push(String::from_utf8_lossy(request.body).into_owned());
        // A panic would be caught, as a panic of any transport is.
        self.met.fetch_add(others, Ordering::SeqCst);
        Ok(Response::new(200))
    }
}

impl Till {
    pub(crate) fn client(&self) -> Client<Shop> {
        let till = self.clone();
        let make = move || {
            till.made.fetch_add(1, Ordering::SeqCst);
            till.clone()
        };
        Client::builder().config_dir("/nonexistent").transport(make).start()
    }

    /// Every number that was sent, in order, by one sender at a time.
    pub(crate) fn numbers(&self) -> Vec<u64> {
        assert_eq!(self.met.load(Ordering::SeqCst), 0, "two workers at once");
        let envelopes = self.envelopes.lock().unwrap();
        let number = |envelope: &String| {
            let envelope: serde_json::Value = serde_json::from_str(envelope).unwrap();
            envelope["events"][0]["parameters"]["number"].as_u64().unwrap()
        };
        envelopes.iter().map(number).collect()
    }

    pub(crate) fn sorted_numbers(&self) -> Vec<u64> {
        let mut numbers = self.numbers();
        numbers.sort_unstable();
        numbers
    }
}
