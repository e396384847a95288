// SPDX-FileCopyrightText: Copyright (c) 2026 NVIDIA CORPORATION & AFFILIATES. All rights reserved.
// SPDX-License-Identifier: Apache-2.0

//! Keeps web pages of other sites away. A browser sends requests of any page to this server: to a name that resolves to it (DNS
//! rebinding), which the `Host` header shows, or across origins, which the `Origin` header shows.

use std::net::{IpAddr, SocketAddr};

use axum::http::{HeaderMap, HeaderValue, StatusCode, Uri, header};

use super::refusal::Refusal;

/// The hosts under which the server answers.
#[derive(Debug, Clone)]
pub(super) struct Hosts {
    address: IpAddr,
    names: Vec<String>,
}

impl Hosts {
    /// The hosts of a server with this address. `names` are allowed in addition.
    pub(super) fn new(address: SocketAddr, names: &[String]) -> Self {
        Self { address: address.ip(), names: names.iter().map(|name| name.to_ascii_lowercase()).collect() }
    }

    /// Checks the target and the headers of a request.
    ///
    /// # Errors
    ///
    /// 421 for another host, and 403 for a page of another origin.
    pub(super) fn check(&self, target: &Uri, headers: &HeaderMap) -> Result<(), Refusal> {
        let hosts: Vec<_> =
            headers.get_all(header::HOST).iter().map(|host| text(host).unwrap_or_default()).collect();
        let host = hosts.first().copied();
        // HTTP/1.0 has no such header, and no browser sends it.
        let is_own = hosts.len() < 2 && host.is_none_or(|host| self.allows(name_of(host)));
        // The target of a request to a proxy names the host too.
        let is_same = target.authority().is_none_or(|authority| Some(authority.as_str()) == host);
        if !is_own || !is_same {
            let reason =
                "the `host` header is not an address of this collector; allow a name with `--allow-host`";
            return Err(Refusal::new(StatusCode::MISDIRECTED_REQUEST, reason));
        }
        let own = |origin: &HeaderValue| {
            text(origin)
                .and_then(|origin| origin.strip_prefix("http://"))
                .is_some_and(|origin| Some(origin) == host)
        };
        if headers.get_all(header::ORIGIN).iter().all(own) {
            return Ok(());
        }
        Err(Refusal::new(StatusCode::FORBIDDEN, "pages of other sites have no access"))
    }

    /// A name resolves to wherever its owner says, so an address is safe and a name is not.
    fn allows(&self, host: &str) -> bool {
        let host = host.to_ascii_lowercase();
        let address = host.trim_start_matches('[').trim_end_matches(']').parse::<IpAddr>();
        match address {
            Ok(address) => address.is_loopback() || self.address.is_unspecified() || address == self.address,
            Err(_) => host == "localhost" || host.ends_with(".localhost") || self.names.contains(&host),
        }
    }
}

fn text(value: &HeaderValue) -> Option<&str> {
    value.to_str().ok()
}

/// The host without its port.
fn name_of(host: &str) -> &str {
    match host.rsplit_once(':') {
        Some((name, port)) if port.bytes().all(|byte| byte.is_ascii_digit()) => name,
        _ => host,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn status(hosts: &Hosts, headers: &[(&'static str, &'static str)]) -> u16 {
        let mut map = HeaderMap::new();
        for (name, value) in headers {
            map.append(*name, HeaderValue::from_static(value));
        }
        hosts.check(&Uri::from_static("/"), &map).err().map_or(200, |refusal| refusal.status.as_u16())
    }

    #[test]
    fn hosts_are_addresses_of_the_server_and_names_that_are_allowed() {
        let loopback = Hosts::new("127.0.0.1:4319".parse().unwrap(), &["Collector".into()]);
        let any = Hosts::new("0.0.0.0:4319".parse().unwrap(), &[]);
        for (host, of_loopback, of_any) in [
            ("127.0.0.1:4319", 200, 200),
            ("127.0.0.1", 200, 200),
            ("localhost:4319", 200, 200),
            ("LocalHost", 200, 200),
            ("app.localhost:1", 200, 200),
            ("[::1]:4319", 200, 200),
            ("collector:4319", 200, 421),
            ("10.0.0.7:4319", 421, 200),
            ("evil.example:4319", 421, 421),
            ("localhost.evil.example", 421, 421),
            ("127.0.0.1.evil.example", 421, 421),
            ("127.0.0.1:80:80", 421, 421),
            ("", 421, 421),
        ] {
            assert_eq!(status(&loopback, &[("host", host)]), of_loopback, "{host}");
            assert_eq!(status(&any, &[("host", host)]), of_any, "{host}");
        }
        assert_eq!(status(&loopback, &[]), 200);
        let unreadable =
            HeaderMap::from_iter([(header::HOST, HeaderValue::from_bytes(b"evil.\xff").unwrap())]);
        assert_eq!(loopback.check(&Uri::from_static("/"), &unreadable).unwrap_err().status, 421);
        assert_eq!(status(&loopback, &[("host", "localhost"), ("host", "evil.example")]), 421);
    }

    #[test]
    fn a_target_with_a_host_names_that_of_the_header() {
        let hosts = Hosts::new("127.0.0.1:4319".parse().unwrap(), &[]);
        let headers = HeaderMap::from_iter([(header::HOST, HeaderValue::from_static("localhost:4319"))]);
        for (target, is_allowed) in [
            ("/api/events", true),
            ("http://localhost:4319/", true),
            ("http://evil.example/", false),
            ("http://evil@localhost:4319/", false),
            ("evil.example:80", false),
        ] {
            assert_eq!(hosts.check(&Uri::from_static(target), &headers).is_ok(), is_allowed, "{target}");
        }
    }

    #[test]
    fn only_the_own_page_has_an_origin() {
        let hosts = Hosts::new("127.0.0.1:4319".parse().unwrap(), &[]);
        for (origin, expected) in [
            ("http://127.0.0.1:4319", 200),
            ("http://127.0.0.1:4320", 403),
            ("http://localhost:4319", 403),
            ("https://127.0.0.1:4319", 403),
            ("http://evil.example", 403),
            ("null", 403),
        ] {
            assert_eq!(
                status(&hosts, &[("host", "127.0.0.1:4319"), ("origin", origin)]),
                expected,
                "{origin}"
            );
        }
        assert_eq!(status(&hosts, &[("origin", "http://127.0.0.1:4319")]), 403);
    }
}
