// SPDX-FileCopyrightText: Copyright (c) 2026 NVIDIA CORPORATION & AFFILIATES. All rights reserved.
// SPDX-License-Identifier: Apache-2.0

//! What encrypted connections need, kept for all workers of a client in a process: certificates take milliseconds to read, and
//! with the sessions that the TLS library remembers a handshake is shorter.
//!
//! It is used again as long as it is what a new worker would make: the environment names the same places, and the files there
//! have not changed.

use std::sync::atomic::{AtomicBool, Ordering};
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};

use ureq::config::{Config, ConfigBuilder};
use ureq::tls::TlsConfig;
use ureq::typestate::AgentScope;
use ureq::unversioned::transport::{ConnectionDetails, Connector, RustlsConnector, Transport};
use ureq::{Error, Proxy};

use super::TransportError;
use super::request_configs::RequestConfigs;
use super::roots::RootSource;
use crate::standard_streams::above_standard_streams;

/// The latest encryptions of a client, through a proxy and without.
#[derive(Debug, Default)]
pub(super) struct Encryptions(Mutex<Vec<Encryption>>);

impl Encryptions {
    /// What is kept if it still holds, else a new one. Where none can be made any more, certificates that have changed since
    /// are not read again. The lock is held for an instant only.
    pub(super) fn current(
        &self,
        source: &RootSource,
        proxy: Option<Proxy>,
        request_configs: &RequestConfigs,
    ) -> Result<Encryption, TransportError> {
        let origin = Origin { source: source.clone(), stamp: source.stamp(), proxy };
        let kept = self.lock().iter().find(|kept| kept.origin.has_same_settings(&origin)).cloned();
        if let Some(kept) = kept.as_ref().filter(|kept| kept.origin == origin) {
            return Ok(kept.clone());
        }
        match request_configs.take() {
            Some(builder) => Ok(self.keep(Encryption::new(origin, builder))),
            None => kept
                .ok_or_else(|| TransportError::new("take a new snapshot of the environment for each report")),
        }
    }

    fn keep(&self, made: Encryption) -> Encryption {
        let mut kept = self.lock();
        kept.retain(|kept| kept.origin.proxy.is_some() != made.origin.proxy.is_some());
        kept.push(made.clone());
        made
    }

    fn lock(&self) -> MutexGuard<'_, Vec<Encryption>> {
        self.0.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

/// What an encryption was made of.
#[derive(Debug, Clone, PartialEq, Eq)]
struct Origin {
    source: RootSource,
    /// Of the files that the source names.
    stamp: u64,
    proxy: Option<Proxy>,
}

impl Origin {
    fn has_same_settings(&self, other: &Self) -> bool {
        (&self.source, &self.proxy) == (&other.source, &other.proxy)
    }
}

/// Certificates, and the TLS library's own form of them.
#[derive(Debug, Clone)]
pub(super) struct Encryption {
    origin: Origin,
    pub(super) config: Config,
    pub(super) connector: Encrypt,
}

impl Encryption {
    fn new(origin: Origin, builder: ConfigBuilder<AgentScope>) -> Self {
        let certificates = TlsConfig::builder().root_certs(origin.source.load()).build();
        let config = builder.proxy(origin.proxy.clone()).tls_config(certificates).build();
        Self { origin, config, connector: Encrypt::default() }
    }
}

/// Encrypts connections, with one state for all agents that it is given to.
#[derive(Debug, Clone, Default)]
pub(super) struct Encrypt(Arc<State>);

#[derive(Debug, Default)]
struct State {
    connector: RustlsConnector,
    has_connected: AtomicBool,
}

impl<In: Transport> Connector<In> for Encrypt {
    type Out = <RustlsConnector as Connector<In>>::Out;

    fn connect(
        &self,
        details: &ConnectionDetails<'_>,
        chained: Option<In>,
    ) -> Result<Option<Self::Out>, Error> {
        let connect = || self.0.connector.connect(details, chained);
        if self.0.has_connected.load(Ordering::Relaxed) {
            return connect();
        }
        // Where the system has no call for randomness, the library opens a file for it, and keeps that.
        let connected = above_standard_streams(connect);
        self.0.has_connected.store(connected.is_ok(), Ordering::Relaxed);
        connected
    }
}
