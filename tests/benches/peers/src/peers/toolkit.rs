// SPDX-FileCopyrightText: Copyright (c) 2026 NVIDIA CORPORATION & AFFILIATES. All rights reserved.
// SPDX-License-Identifier: Apache-2.0

//! This toolkit, with its audit log and its worker. The transport is the host's own, so that nothing is sent.

use telemetry_core::transport::{Request, Response, TransportError};
use telemetry_core::{Client, ConsentPolicy, Product, Profile, Transport};

use crate::event::work_done;

work_done!(WorkDone, Strict);
work_done!(BareWorkDone, Bare);

const ENDPOINT_VARIABLE: &str = "WORKER_TELEMETRY_ENDPOINT";

/// An endpoint as in production, for which more variables are read than for one on loopback.
const PROFILE: Profile =
    Profile::new("worker", "1").endpoint("https://telemetry.invalid/").endpoint_env(ENDPOINT_VARIABLE);

/// A product that no variable opts out of.
pub(crate) struct Bare;

impl Product for Bare {
    const PROFILE: Profile = PROFILE.consent(ConsentPolicy::variables(&[]));
}

/// A product that every known signal opts out of.
pub(crate) struct Strict;

impl Product for Strict {
    const PROFILE: Profile = PROFILE.consent(ConsentPolicy::strict());
}

struct Discard;

impl Transport for Discard {
    fn post(&mut self, _: &Request<'_>) -> Result<Response, TransportError> {
        Ok(Response::new(204))
    }
}

fn client<P: Product>() -> Client<P> {
    let client = Client::builder().transport(|| Discard).start();
    assert!(client.consent_decision().is_enabled(), "the environment of a measurement opts out");
    client
}

pub(crate) fn bare() -> Box<dyn Fn()> {
    let client = client();
    Box::new(move || client.emit(BareWorkDone::sample()))
}

pub(crate) fn strict() -> Box<dyn Fn()> {
    let client = client();
    Box::new(move || client.emit(WorkDone::sample()))
}

pub(crate) fn event_alone() -> Box<dyn Fn()> {
    Box::new(|| {
        std::hint::black_box(WorkDone::sample());
    })
}

/// The variables that a report of [`Strict`] reads: its opt-outs, where to send, and those that say that this is a test run.
pub(crate) fn reads_alone() -> Box<dyn Fn()> {
    let signals = client::<Strict>().status().signals;
    let mut names: Vec<String> = signals.iter().map(|reading| reading.signal.to_string()).collect();
    names.retain(|name| name.chars().all(|letter| letter.is_ascii_uppercase() || letter == '_'));
    names.extend([ENDPOINT_VARIABLE, "CARGO_MANIFEST_DIR", "NEXTEST"].map(String::from));
    Box::new(move || {
        for name in &names {
            std::hint::black_box(std::env::var_os(name));
        }
    })
}
