// SPDX-FileCopyrightText: Copyright (c) 2026 NVIDIA CORPORATION & AFFILIATES. All rights reserved.
// SPDX-License-Identifier: Apache-2.0

//! Which proxy a request goes through, by the variables that curl, Python and Go agree on. Read on the thread that reports.
//!
//! For `https` the first of `https_proxy`, `HTTPS_PROXY`, `all_proxy`, `ALL_PROXY`, `http_proxy`, `HTTP_PROXY` that is not
//! empty counts. A value that cannot be used stops every request that would need it: it is never sent around the proxy. Plain
//! `http` takes no proxy, since that could carry it anywhere: a request that would need one is not made.

use std::net::IpAddr;

use ureq::Proxy;
use ureq::http::Uri;

use super::super::ProxyError;
use crate::environment::Environment;
use crate::transport::NoProxy;

/// In the order in which they count. The last ones are meant for plain `http`, but are all that some hosts set.
const VARIABLES: [&str; 6] =
    ["https_proxy", "HTTPS_PROXY", "all_proxy", "ALL_PROXY", "http_proxy", "HTTP_PROXY"];

/// Under CGI, `HTTP_PROXY` is a header of the request, and its sender would choose the proxy.
const CGI_VARIABLE: &str = "REQUEST_METHOD";

#[derive(Debug, Clone)]
pub(super) struct ProxySettings {
    /// The proxy, and the variable that names it.
    proxy: Result<Option<(&'static str, Proxy)>, ProxyError>,
    exceptions: Vec<Exception>,
}

impl ProxySettings {
    pub(super) fn read(environment: &impl Environment) -> Self {
        Self { proxy: configured(environment), exceptions: exceptions(environment) }
    }

    /// The proxy for requests to `uri`, if they take one. Requests to this machine never do.
    pub(super) fn proxy_for(&self, uri: &Uri, is_loopback: bool) -> Result<Proxy, NoProxy> {
        if is_loopback {
            return Err(NoProxy::Loopback);
        }
        let host = uri.host().unwrap_or_default().trim_matches(['[', ']']).to_ascii_lowercase();
        let is_plain = uri.scheme_str() == Some("http");
        let port = uri.port_u16().unwrap_or(if is_plain { 80 } else { 443 });
        if self.exceptions.iter().any(|exception| exception.covers(&host, port)) {
            return Err(NoProxy::Exception);
        }
        let (variable, proxy) = self.proxy.clone().map_err(NoProxy::Unusable)?.ok_or(NoProxy::Unset)?;
        if is_plain {
            let reason = "takes no plain `http`: name the host in `NO_PROXY`";
            return Err(NoProxy::Unusable(ProxyError::new(variable, reason)));
        }
        Ok(proxy)
    }
}

fn configured(environment: &impl Environment) -> Result<Option<(&'static str, Proxy)>, ProxyError> {
    let is_cgi = environment.get(CGI_VARIABLE).is_some();
    let mut variables = VARIABLES.into_iter().filter(|variable| !(is_cgi && *variable == "HTTP_PROXY"));
    let found = variables.find_map(|variable| {
        let value = environment.get(variable).filter(|value| !value.is_empty())?;
        Some((variable, value))
    });
    let Some((variable, value)) = found else { return Ok(None) };
    let text = value.to_str().ok_or(ProxyError::new(variable, "is not UTF-8: percent-encode it"))?;
    let parsed = parse(text.trim()).map_err(|reason| ProxyError::new(variable, reason))?;
    Ok(Some((variable, parsed)))
}

fn parse(text: &str) -> Result<Proxy, &'static str> {
    const MALFORMED: &str = "is not a URL such as `http://proxy.example:3128`";
    let scheme = text.split_once("://").map_or("http", |(scheme, _)| scheme);
    if !["http", "https"].iter().any(|known| known.eq_ignore_ascii_case(scheme)) {
        return Err("has an unsupported scheme: use an `http` or `https` proxy");
    }
    let uri: Uri = text.parse().map_err(|_| MALFORMED)?;
    let authority = uri.authority().ok_or(MALFORMED)?;
    let has_bad_port = authority.port().is_some_and(|port| port.as_u16() == 0)
        || authority.as_str().ends_with(':')
        || (authority.port().is_none() && after_host(authority.as_str()).contains(':'));
    if authority.host().is_empty() || has_bad_port {
        return Err(MALFORMED);
    }
    Proxy::new(text).map_err(|_| MALFORMED)
}

/// What follows the host in `user@host:port` or `user@[host]:port`.
fn after_host(authority: &str) -> &str {
    let host_and_port = authority.rsplit_once('@').map_or(authority, |(_, rest)| rest);
    host_and_port.rsplit_once(']').map_or(host_and_port, |(_, rest)| rest)
}

/// One entry of `NO_PROXY`.
#[derive(Debug, Clone, PartialEq, Eq)]
enum Exception {
    Everything,
    /// The host itself and those below it, on one port or all.
    Host(String, Option<u16>),
    /// Addresses that begin with so many bits.
    Network(IpAddr, u32),
}

fn exceptions(environment: &impl Environment) -> Vec<Exception> {
    let list =
        environment.text("no_proxy").filter(|list| !list.is_empty()).or_else(|| environment.text("NO_PROXY"));
    let list = list.unwrap_or_default().to_ascii_lowercase();
    list.split([',', ' ', '\t'])
        .map(str::trim)
        .filter(|entry| !entry.is_empty())
        .map(Exception::parse)
        .collect()
}

impl Exception {
    fn parse(entry: &str) -> Self {
        if entry == "*" {
            return Self::Everything;
        }
        let network = entry
            .split_once('/')
            .and_then(|(address, bits)| Some((address.parse().ok()?, bits.parse().ok()?)));
        let address = || entry.trim_matches(['[', ']']).parse().ok().map(|address| (address, 128));
        if let Some((address, bits)) = network.or_else(address) {
            return Self::Network(address, bits);
        }
        let (host, port) = match entry.rsplit_once(':').map(|(host, port)| (host, port.parse())) {
            Some((host, Ok(port))) => (host, Some(port)),
            _ => (entry, None),
        };
        Self::Host(host.trim_start_matches('*').trim_matches('.').to_owned(), port)
    }

    fn covers(&self, host: &str, port: u16) -> bool {
        match self {
            Self::Everything => true,
            Self::Host(name, on_port) => {
                let host = host.trim_end_matches('.');
                let is_below = host
                    .strip_suffix(name.as_str())
                    .is_some_and(|rest| rest.is_empty() || rest.ends_with('.'));
                !name.is_empty() && is_below && on_port.is_none_or(|on_port| on_port == port)
            }
            Self::Network(network, bits) => {
                host.parse().is_ok_and(|address| shares_bits(*network, address, *bits))
            }
        }
    }
}

/// Whether both addresses are of one kind and begin with the same `bits`.
fn shares_bits(network: IpAddr, address: IpAddr, bits: u32) -> bool {
    let differing = match (network, address) {
        (IpAddr::V4(a), IpAddr::V4(b)) => u128::from(a.to_bits() ^ b.to_bits()) << 96,
        (IpAddr::V6(a), IpAddr::V6(b)) => a.to_bits() ^ b.to_bits(),
        _ => return false,
    };
    differing.leading_zeros() >= bits.min(if network.is_ipv4() { 32 } else { 128 })
}

#[cfg(test)]
mod tests {
    use super::*;

    fn proxy<const N: usize>(environment: [(&str, &str); N], url: &str) -> Result<Option<String>, String> {
        let settings = ProxySettings::read(&environment);
        match settings.proxy_for(&url.parse().unwrap(), false) {
            Ok(proxy) => Ok(Some(format!("{}:{}", proxy.host(), proxy.port()))),
            Err(NoProxy::Unusable(error)) => Err(error.to_string()),
            Err(_) => Ok(None),
        }
    }

    const URL: &str = "https://events.example.com/v1";

    #[test]
    fn the_most_specific_variable_counts_and_lower_case_first() {
        for (environment, host) in [
            ([("HTTPS_PROXY", "http://a:1"), ("https_proxy", "http://b:2")], "b:2"),
            ([("HTTPS_PROXY", "http://a:1"), ("ALL_PROXY", "http://b:2")], "a:1"),
            ([("ALL_PROXY", "http://a:1"), ("HTTP_PROXY", "http://b:2")], "a:1"),
            ([("https_proxy", ""), ("HTTPS_PROXY", "http://b:2")], "b:2"),
            ([("http_proxy", "http://a:1"), ("REQUEST_METHOD", "GET")], "a:1"),
            ([("HTTP_PROXY", "http://a:1"), ("X", "")], "a:1"),
            ([("all_proxy", "user:pass%40@a"), ("X", "")], "a:80"),
            ([("all_proxy", "https://a"), ("X", "")], "a:443"),
        ] {
            assert_eq!(proxy(environment, URL).unwrap().as_deref(), Some(host), "{environment:?}");
        }
        assert_eq!(proxy([("HTTP_PROXY", "http://a:1"), ("REQUEST_METHOD", "GET")], URL), Ok(None));
        assert_eq!(proxy([], URL), Ok(None));
    }

    #[test]
    fn what_cannot_be_used_stops_requests_and_names_the_variable_but_not_the_password() {
        for value in [
            "socks5://a:1",
            "socks4://a",
            "ftp://a",
            "http://",
            "http://a:0",
            "http://a:x",
            "http://a:99999",
            "a b",
            "://",
            "http://a:",
            "http://user:secret@a:1:2",
        ] {
            let error = proxy([("HTTPS_PROXY", value), ("ALL_PROXY", "http://b:2")], URL).unwrap_err();
            assert!(error.contains("`HTTPS_PROXY`") && !error.contains("secret"), "{value}: {error}");
        }
    }

    #[test]
    fn exceptions_cover_hosts_suffixes_ports_addresses_and_networks() {
        for (list, url, direct) in [
            ("*", URL, true),
            ("example.com", URL, true),
            (".example.com", URL, true),
            ("*.EXAMPLE.com", URL, true),
            ("events.example.com", URL, true),
            ("vents.example.com", URL, false),
            ("other.org, example.com", URL, true),
            ("other.org example.com", URL, true),
            ("example.com:443", URL, true),
            ("example.com:8443", URL, false),
            ("example.co", URL, false),
            (".", URL, false),
            ("10.0.0.0/8", "https://10.1.2.3/", true),
            ("10.0.0.0/8", "https://11.1.2.3/", false),
            ("10.1.2.3", "https://10.1.2.3/", true),
            ("10.1.2.3", "https://10.1.2.4/", false),
            ("2001:db8::/32", "https://[2001:db8::9]/", true),
            ("[2001:db8::9]", "https://[2001:db8::9]/", true),
            ("2001:db8::/32", "https://[2001:db9::9]/", false),
            ("", URL, false),
        ] {
            let found = proxy([("NO_PROXY", list), ("HTTPS_PROXY", "http://a:1")], url).unwrap();
            assert_eq!(found.is_none(), direct, "{list} {url}");
        }
    }

    #[test]
    fn plain_http_takes_no_proxy_and_is_stopped_where_it_would_need_one() {
        const PLAIN: &str = "http://collector.svc/";
        for variable in VARIABLES {
            let error = proxy([(variable, "http://a:1"), ("NO_PROXY", "other.svc")], PLAIN).unwrap_err();
            assert!(error.contains(&format!("`{variable}`")) && error.contains("`NO_PROXY`"), "{error}");
            for exception in ["collector.svc", "collector.svc:80", "svc", "*"] {
                assert_eq!(proxy([(variable, "http://a:1"), ("NO_PROXY", exception)], PLAIN), Ok(None));
            }
            assert!(proxy([(variable, "socks5://a:1"), ("NO_PROXY", "")], PLAIN).is_err());
        }
        assert_eq!(proxy([], PLAIN), Ok(None));
    }

    #[test]
    fn this_machine_needs_no_proxy_even_if_the_setting_is_broken() {
        let settings = ProxySettings::read(&[("ALL_PROXY", "nonsense://")]);
        let proxy = settings.proxy_for(&"https://localhost/".parse().unwrap(), true);
        assert_eq!(proxy.map(drop), Err(NoProxy::Loopback));
    }
}
