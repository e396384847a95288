// SPDX-FileCopyrightText: Copyright (c) 2026 NVIDIA CORPORATION & AFFILIATES. All rights reserved.
// SPDX-License-Identifier: Apache-2.0

//! What encrypted connections need, kept for all workers of a client in a process: certificates take milliseconds to read, and
//! with the sessions that the TLS library remembers a handshake is shorter.
//!
//! It is used again as long as it is what a new worker would make: the environment names the same places, and the files there
//! have not changed.

use std::sync::atomic::{AtomicBool, Ordering};
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};

use ureq::Error;
use ureq::tls::TlsConfig;
use ureq::unversioned::transport::{ConnectionDetails, Connector, RustlsConnector, Transport};

use super::roots::RootSource;
use crate::standard_streams::apart;

/// The latest encryption of a client.
#[derive(Debug, Default)]
pub(super) struct Encryptions(Mutex<Option<Encryption>>);

impl Encryptions {
    /// What is kept if it still holds, else a new one. The lock is held for an instant only.
    pub(super) fn current(&self, source: &RootSource) -> Encryption {
        let origin = (source.clone(), source.stamp());
        let kept = self.lock().as_ref().filter(|kept| kept.origin == origin).cloned();
        kept.unwrap_or_else(|| {
            let made = Encryption::new(origin);
            *self.lock() = Some(made.clone());
            made
        })
    }

    fn lock(&self) -> MutexGuard<'_, Option<Encryption>> {
        self.0.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

/// Certificates, and the TLS library's own form of them.
#[derive(Debug, Clone)]
pub(super) struct Encryption {
    origin: (RootSource, u64),
    pub(super) config: TlsConfig,
    pub(super) connector: Encrypt,
}

impl Encryption {
    fn new(origin: (RootSource, u64)) -> Self {
        let config = TlsConfig::builder().root_certs(origin.0.load()).build();
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
        // Where the system has no call for randomness, the library opens a file for it, and keeps that.
        if self.0.has_connected.swap(true, Ordering::Relaxed) { connect() } else { apart(connect) }
    }
}
