// SPDX-FileCopyrightText: Copyright (c) 2026 NVIDIA CORPORATION & AFFILIATES. All rights reserved.
// SPDX-License-Identifier: Apache-2.0

//! Name lookup: at most one at a time, with a deadline, seldom, and no thread for addresses that need no lookup.

use std::io;
use std::net::{IpAddr, Ipv4Addr, Ipv6Addr, SocketAddr, ToSocketAddrs};
use std::sync::atomic::{AtomicBool, Ordering};
use std::sync::mpsc::{self, RecvTimeoutError};
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};

use ureq::Error;
use ureq::config::Config;
use ureq::http::Uri;
use ureq::unversioned::resolver::{ResolvedSocketAddrs, Resolver};
use ureq::unversioned::transport::NextTimeout;

use crate::standard_streams::above_standard_streams;
use crate::threads;

/// How many addresses of an answer are tried; ureq has room for 16.
const MAX_ADDRESSES: usize = 8;

/// The name lookups of a client in a process, whose workers come and go.
#[derive(Debug, Default)]
pub(super) struct Lookups {
    /// Whether one is going on.
    outstanding: AtomicBool,
    /// The addresses of the host of the latest request. ureq asks for them before every request, even when the connection
    /// is still open.
    answer: Mutex<Option<Answer>>,
}

/// Looks names up, one at a time. The lookup itself cannot be interrupted: when the deadline passes, its thread is left
/// behind, and until it ends every further lookup fails at once instead of starting another thread.
///
/// Addresses are used as long as the client lives and its requests succeed: each lookup is a moment in which the C library
/// reads the environment, on a thread that the host does not know of.
#[derive(Debug)]
pub(super) struct OneLookup(pub(super) Arc<Lookups>);

#[derive(Debug)]
struct Answer {
    host: String,
    port: u16,
    addresses: Vec<SocketAddr>,
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

impl Lookups {
    /// A request has failed: the next one looks its host up again.
    pub(super) fn forget(&self) {
        *self.answer() = None;
    }

    fn answer(&self) -> MutexGuard<'_, Option<Answer>> {
        self.answer.lock().unwrap_or_else(PoisonError::into_inner)
    }

    fn remembered(&self, host: &str, port: u16) -> Option<Vec<SocketAddr>> {
        let answer = self.answer();
        let answer = answer.as_ref().filter(|answer| answer.host == host && answer.port == port)?;
        Some(answer.addresses.clone())
    }

    fn remember(&self, host: &str, port: u16, addresses: &[SocketAddr]) {
        *self.answer() = Some(Answer { host: host.to_owned(), port, addresses: addresses.to_vec() });
    }
}

impl OneLookup {
    fn addresses(&self, host: &str, port: u16, timeout: &NextTimeout) -> Result<Vec<SocketAddr>, Error> {
        if let Some(addresses) = without_lookup(host, port).or_else(|| self.0.remembered(host, port)) {
            return Ok(addresses);
        }
        let addresses = self.look_up(host, port, timeout)?;
        self.0.remember(host, port, &addresses);
        Ok(addresses)
    }

    fn look_up(&self, host: &str, port: u16, timeout: &NextTimeout) -> Result<Vec<SocketAddr>, Error> {
        if self.0.outstanding.swap(true, Ordering::Acquire) {
            return Err(Error::Io(io::Error::new(
                io::ErrorKind::WouldBlock,
                "an earlier name lookup still hangs",
            )));
        }
        let (sender, receiver) = mpsc::sync_channel(1);
        let name = host.to_owned();
        let lookups = Arc::clone(&self.0);
        let lookup = move || {
            let found =
                above_standard_streams(|| (name.as_str(), port).to_socket_addrs()).map(Iterator::collect);
            lookups.outstanding.store(false, Ordering::Release);
            // The receiver is gone if the deadline has passed.
            let _ = sender.send(found);
        };
        if let Err(error) = threads::start("lookup", lookup) {
            self.0.outstanding.store(false, Ordering::Release);
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
        let lookup = OneLookup(Arc::default());
        lookup.0.outstanding.store(true, Ordering::Relaxed);
        // Another worker of the same client has to wait too.
        let lookup = OneLookup(Arc::clone(&lookup.0));
        let error = lookup.look_up("name.invalid", 80, &NextTimeout::default()).unwrap_err();
        assert!(error.to_string().contains("still hangs"), "{error}");
    }

    #[test]
    fn an_answer_is_remembered_for_its_host_and_port_until_a_request_fails() {
        let lookups = Lookups::default();
        let address = SocketAddr::new(Ipv4Addr::LOCALHOST.into(), 7);
        lookups.remember("a", 7, &[address]);
        assert_eq!(lookups.remembered("a", 7), Some(vec![address]));
        assert_eq!(lookups.remembered("a", 8), None);
        assert_eq!(lookups.remembered("b", 7), None);
        lookups.forget();
        assert_eq!(lookups.remembered("a", 7), None);
    }
}
