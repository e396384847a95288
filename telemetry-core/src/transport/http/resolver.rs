// SPDX-FileCopyrightText: Copyright (c) 2026 NVIDIA CORPORATION & AFFILIATES. All rights reserved.
// SPDX-License-Identifier: Apache-2.0

//! Name lookup: at most one at a time, with a deadline, and no thread for addresses that need no lookup.

use std::io;
use std::net::{IpAddr, Ipv4Addr, Ipv6Addr, SocketAddr, ToSocketAddrs};
use std::sync::atomic::{AtomicBool, Ordering};
use std::sync::mpsc::{self, RecvTimeoutError};
use std::sync::{Arc, Mutex, PoisonError};
use std::time::{Duration, Instant};

use ureq::Error;
use ureq::config::Config;
use ureq::http::Uri;
use ureq::unversioned::resolver::{ResolvedSocketAddrs, Resolver};
use ureq::unversioned::transport::NextTimeout;

use crate::threads;

/// How long an answer is used again. ureq asks before every request, even when the connection is still open.
const KEEP: Duration = Duration::from_secs(60);

/// How many addresses of an answer are tried; ureq has room for 16.
const MAX_ADDRESSES: usize = 8;

/// Whether a lookup is going on: one for all transports of a client in a process, since workers come and go.
#[derive(Debug, Default)]
pub(super) struct Lookups {
    outstanding: AtomicBool,
}

/// Looks names up, one at a time. The lookup itself cannot be interrupted: when the deadline passes, its thread is left
/// behind, and until it ends every further lookup fails at once instead of starting another thread.
#[derive(Debug)]
pub(super) struct OneLookup {
    lookups: Arc<Lookups>,
    last: Mutex<Option<Answer>>,
}

#[derive(Debug)]
struct Answer {
    host: String,
    port: u16,
    addresses: Vec<SocketAddr>,
    since: Instant,
}

impl Resolver for OneLookup {
    fn resolve(&self, uri: &Uri, _: &Config, timeout: NextTimeout) -> Result<ResolvedSocketAddrs, Error> {
        let host = uri.host().ok_or(Error::HostNotFound)?;
        let default_port = if uri.scheme_str() == Some("https") { 443 } else { 80 };
        let addresses = self.addresses(host, uri.port_u16().unwrap_or(default_port), &timeout)?;
        let mut resolved = self.empty();
        addresses.into_iter().take(MAX_ADDRESSES).for_each(|address| resolved.push(address));
        if resolved.is_empty() { Err(Error::HostNotFound) } else { Ok(resolved) }
    }
}

impl OneLookup {
    pub(super) fn new(lookups: &Arc<Lookups>) -> Self {
        Self { lookups: Arc::clone(lookups), last: Mutex::default() }
    }

    fn addresses(&self, host: &str, port: u16, timeout: &NextTimeout) -> Result<Vec<SocketAddr>, Error> {
        if let Some(addresses) = without_lookup(host, port).or_else(|| self.remembered(host, port)) {
            return Ok(addresses);
        }
        let addresses = self.look_up(host, port, timeout)?;
        let answer =
            Answer { host: host.to_owned(), port, addresses: addresses.clone(), since: Instant::now() };
        *self.last.lock().unwrap_or_else(PoisonError::into_inner) = Some(answer);
        Ok(addresses)
    }

    fn remembered(&self, host: &str, port: u16) -> Option<Vec<SocketAddr>> {
        let last = self.last.lock().unwrap_or_else(PoisonError::into_inner);
        let answer = last.as_ref().filter(|answer| answer.host == host && answer.port == port)?;
        (answer.since.elapsed() < KEEP).then(|| answer.addresses.clone())
    }

    fn look_up(&self, host: &str, port: u16, timeout: &NextTimeout) -> Result<Vec<SocketAddr>, Error> {
        if self.lookups.outstanding.swap(true, Ordering::Acquire) {
            return Err(Error::Io(io::Error::new(
                io::ErrorKind::WouldBlock,
                "an earlier name lookup still hangs",
            )));
        }
        let (sender, receiver) = mpsc::sync_channel(1);
        let name = host.to_owned();
        let lookups = Arc::clone(&self.lookups);
        let lookup = move || {
            let found = (name.as_str(), port).to_socket_addrs().map(Iterator::collect);
            lookups.outstanding.store(false, Ordering::Release);
            // Nobody listens any more if the deadline has passed.
            let _ = sender.send(found);
        };
        if let Err(error) = threads::start("telemetry-lookup".into(), lookup) {
            self.lookups.outstanding.store(false, Ordering::Release);
            return Err(Error::Io(error));
        }
        match receiver.recv_timeout(*timeout.after) {
            Ok(found) => found.map_err(Error::Io),
            Err(RecvTimeoutError::Timeout) => Err(Error::Timeout(timeout.reason)),
            Err(RecvTimeoutError::Disconnected) => Err(Error::HostNotFound),
        }
    }
}

/// The addresses of hosts that need no lookup: numeric ones, and `localhost`, which is this machine whatever a name server
/// says.
fn without_lookup(host: &str, port: u16) -> Option<Vec<SocketAddr>> {
    if host.eq_ignore_ascii_case("localhost") {
        let both: [IpAddr; 2] = [Ipv4Addr::LOCALHOST.into(), Ipv6Addr::LOCALHOST.into()];
        return Some(both.map(|address| SocketAddr::new(address, port)).into());
    }
    let numeric = host.strip_prefix('[').and_then(|rest| rest.strip_suffix(']')).unwrap_or(host);
    numeric.parse().ok().map(|address: IpAddr| vec![SocketAddr::new(address, port)])
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn numbers_and_localhost_need_no_lookup() {
        let text =
            |host| without_lookup(host, 9).map(|all| all.iter().map(ToString::to_string).collect::<Vec<_>>());
        assert_eq!(text("127.0.0.1").unwrap(), ["127.0.0.1:9"]);
        assert_eq!(text("[::1]").unwrap(), ["[::1]:9"]);
        assert_eq!(text("LOCALHOST").unwrap(), ["127.0.0.1:9", "[::1]:9"]);
        assert_eq!(text("localhost.example"), None);
    }

    #[test]
    fn while_a_lookup_hangs_the_next_one_fails_at_once() {
        let lookup = OneLookup::new(&Arc::default());
        lookup.lookups.outstanding.store(true, Ordering::Relaxed);
        // Another worker of the same client has to wait too.
        let lookup = OneLookup::new(&lookup.lookups);
        let error = lookup.look_up("name.invalid", 80, &NextTimeout::default()).unwrap_err();
        assert!(error.to_string().contains("still hangs"), "{error}");
    }

    #[test]
    fn an_answer_is_remembered_for_its_host_and_port_only() {
        let lookup = OneLookup::new(&Arc::default());
        let address = SocketAddr::new(Ipv4Addr::LOCALHOST.into(), 7);
        let answer = Answer { host: "a".into(), port: 7, addresses: vec![address], since: Instant::now() };
        *lookup.last.lock().unwrap() = Some(answer);
        assert_eq!(lookup.remembered("a", 7), Some(vec![address]));
        assert_eq!(lookup.remembered("a", 8), None);
        assert_eq!(lookup.remembered("b", 7), None);
    }
}
