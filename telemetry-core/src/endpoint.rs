// SPDX-FileCopyrightText: Copyright (c) 2026 NVIDIA CORPORATION & AFFILIATES. All rights reserved.
// SPDX-License-Identifier: Apache-2.0

//! Endpoints: URLs that events may be sent to. That is `https` to any host, and plain `http` to this machine or to hosts that the
//! operator lists.
//!
//! ```
//! use telemetry_core::endpoint::Endpoint;
//!
//! assert!(Endpoint::parse("https://events.example.com/v1/events")?.is_encrypted());
//! # Ok::<(), telemetry_core::endpoint::EndpointError>(())
//! ```

#[cfg(feature = "client")]
mod configured;
mod origin;
#[cfg(feature = "otlp")]
mod otlp;
#[cfg(feature = "client")]
mod plain_http;
#[cfg(feature = "client")]
mod resolve;
mod suggestion;
mod user_info;

use std::borrow::Cow;
use std::fmt;
use std::net::{IpAddr, Ipv6Addr};

pub use origin::{EndpointOrigin, Protocol};
#[cfg(feature = "otlp")]
pub(crate) use otlp::{HEADER_VARIABLES, headers_text as otlp_headers_text};
#[cfg(feature = "client")]
pub(crate) use plain_http::{PLAIN_HTTP_VARIABLE, PlainHttpHosts};
#[cfg(feature = "client")]
pub(crate) use resolve::{FirstEndpoint, TEST_RUN_VARIABLES};

/// Why plain `http` to another machine is refused.
const NOT_ENCRYPTED: &str = "is not encrypted: use `https`; plain `http` is for loopback addresses, and for hosts that \
     `NEMO_TELEMETRY_PLAIN_HTTP_HOSTS` lists";

/// A URL that events may be sent to.
///
/// ```
/// use telemetry_core::endpoint::Endpoint;
///
/// assert!(!Endpoint::parse("https://events.example.com/v1/events")?.is_loopback());
/// assert!(Endpoint::parse("http://127.0.0.1:8080/")?.is_loopback());
/// assert!(Endpoint::parse("http://events.example.com/").is_err()); // not encrypted
/// # Ok::<(), telemetry_core::endpoint::EndpointError>(())
/// ```
///
/// # Plain `http` to another machine
///
/// Inside a cluster, a collector often accepts only plain `http`. The operator of the machine can allow that for the hosts in the
/// environment variable `NEMO_TELEMETRY_PLAIN_HTTP_HOSTS`, for all products of this toolkit:
///
/// ```console
/// $ export NEMO_TELEMETRY_PLAIN_HTTP_HOSTS=collector.telemetry.svc,10.0.0.7:4318
/// ```
///
/// A host must match in full, ignoring case. An entry with a port allows only that port. Products and host programs cannot allow plain
/// `http` themselves. Such a request never goes through a proxy: if one is configured, nothing is sent until `NO_PROXY` lists the
/// host. Under cargo and nextest the variable has no effect.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Endpoint {
    url: String,
    loopback: bool,
    encrypted: bool,
    /// The headers of requests to an OpenTelemetry collector, if this is one.
    #[cfg(feature = "otlp")]
    otlp: Option<otlp::Headers>,
}

/// Why events cannot be sent to a URL.
///
/// The error never contains the user name and password of the URL, so they do not appear in messages or logs.
///
/// ```
/// use telemetry_core::endpoint::Endpoint;
///
/// let error = Endpoint::parse("https://bob:hunter2@events.example.com/").unwrap_err();
/// assert_eq!(error.url(), "https://***@events.example.com/");
/// ```
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct EndpointError {
    url: String,
    reason: Cow<'static, str>,
}

impl EndpointError {
    /// The endpoint of a program that was built without telemetry.
    pub(crate) const fn not_compiled() -> Self {
        Self {
            url: String::new(),
            reason: Cow::Borrowed("is not used: the program was built without telemetry"),
        }
    }

    /// The URL, with `***` in place of a user name and password.
    ///
    /// ```
    /// use telemetry_core::endpoint::Endpoint;
    ///
    /// assert_eq!(Endpoint::parse("nowhere").unwrap_err().url(), "nowhere");
    /// ```
    #[must_use]
    pub fn url(&self) -> &str {
        &self.url
    }
}

impl fmt::Display for EndpointError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "endpoint `{}` {}", self.url.escape_debug(), self.reason)
    }
}

impl std::error::Error for EndpointError {}

impl Endpoint {
    /// Parses a URL. White space around it is ignored, since a file of variables or a mounted secret often ends with a newline.
    ///
    /// ```
    /// use telemetry_core::endpoint::Endpoint;
    ///
    /// assert_eq!(Endpoint::parse(" https://events.example.com/\n")?.url(), "https://events.example.com/");
    /// # Ok::<(), telemetry_core::endpoint::EndpointError>(())
    /// ```
    ///
    /// # Errors
    ///
    /// If the text is not a URL, has a user name, or has a scheme other than `https`, or `http` with a loopback address.
    pub fn parse(url: &str) -> Result<Self, EndpointError> {
        let endpoint = Self::parse_plain(url)?;
        if endpoint.encrypted || endpoint.loopback {
            Ok(endpoint)
        } else {
            Err(endpoint.refused(NOT_ENCRYPTED))
        }
    }

    /// Parses a URL that may be plain `http` to any host. Whether it may be used depends on the environment.
    pub(crate) fn parse_plain(url: &str) -> Result<Self, EndpointError> {
        let url = url.trim();
        let refused = |reason| EndpointError { url: user_info::masked(url), reason };
        let (encrypted, host) = scheme_and_host(url).map_err(refused)?;
        Ok(Self {
            url: url.to_owned(),
            loopback: is_loopback(host),
            encrypted,
            #[cfg(feature = "otlp")]
            otlp: None,
        })
    }

    /// The URL, without white space around it.
    #[must_use]
    pub fn url(&self) -> &str {
        &self.url
    }

    /// Whether the URL is on this machine: `localhost`, 127.0.0.0/8 or `[::1]`.
    ///
    /// ```
    /// use telemetry_core::endpoint::Endpoint;
    ///
    /// assert!(Endpoint::parse("http://[::1]:4318/")?.is_loopback());
    /// # Ok::<(), telemetry_core::endpoint::EndpointError>(())
    /// ```
    #[must_use]
    pub fn is_loopback(&self) -> bool {
        self.loopback
    }

    /// Whether requests are encrypted, because the scheme is `https`.
    ///
    /// ```
    /// use telemetry_core::endpoint::Endpoint;
    ///
    /// assert!(!Endpoint::parse("http://localhost:4318/")?.is_encrypted());
    /// # Ok::<(), telemetry_core::endpoint::EndpointError>(())
    /// ```
    #[must_use]
    pub fn is_encrypted(&self) -> bool {
        self.encrypted
    }

    /// How events are sent there.
    ///
    /// ```
    /// use telemetry_core::endpoint::{Endpoint, Protocol};
    ///
    /// assert_eq!(Endpoint::parse("https://events.example.com/")?.protocol(), Protocol::Envelope);
    /// # Ok::<(), telemetry_core::endpoint::EndpointError>(())
    /// ```
    #[must_use]
    pub fn protocol(&self) -> Protocol {
        #[cfg(feature = "otlp")]
        if self.otlp.is_some() {
            return Protocol::Otlp;
        }
        Protocol::Envelope
    }

    #[cfg(feature = "client")]
    fn host_and_port(&self) -> Result<(&str, Option<u16>), Cow<'static, str>> {
        Ok(host_and_port(scheme_and_authority(&self.url)?.1)?)
    }

    fn refused(&self, reason: impl Into<Cow<'static, str>>) -> EndpointError {
        EndpointError { url: self.url.clone(), reason: reason.into() }
    }
}

/// Whether the scheme is `https`, and the host of the URL.
fn scheme_and_host(url: &str) -> Result<(bool, &str), Cow<'static, str>> {
    let (is_encrypted, authority) = scheme_and_authority(url)?;
    let (host, _) = host_and_port(authority)?;
    Ok((is_encrypted, host))
}

/// Whether the scheme is `https`, and the authority of the URL.
fn scheme_and_authority(url: &str) -> Result<(bool, &str), Cow<'static, str>> {
    if url.is_empty() {
        return Err("is empty: give a URL such as `https://events.example.com/v1/events`".into());
    }
    if !url.bytes().all(|byte| byte.is_ascii_graphic()) {
        return Err("has a blank, a control character or one that is not ASCII: percent-encode it".into());
    }
    let Some((scheme, rest)) = url.split_once("://") else {
        return Err(format!("is not a URL: {}", suggestion::for_rest(url)).into());
    };
    let is_encrypted = scheme.eq_ignore_ascii_case("https");
    if !is_encrypted && !scheme.eq_ignore_ascii_case("http") {
        return Err(format!("has an unsupported scheme: {}", suggestion::for_rest(rest)).into());
    }
    Ok((is_encrypted, authority(rest)))
}

/// The authority in what follows the scheme.
fn authority(rest: &str) -> &str {
    rest.split(['/', '?', '#']).next().unwrap_or_default()
}

/// The host and port in `host`, `host:port` or `[address]:port`.
fn host_and_port(authority: &str) -> Result<(&str, Option<u16>), &'static str> {
    if authority.contains('@') {
        return Err("has a user name or password: leave it out");
    }
    let (host, port) = match authority.strip_prefix('[') {
        Some(rest) => address_and_port(rest)?,
        None => authority.split_once(':').map_or((authority, None), |(host, port)| (host, Some(port))),
    };
    // `parse` would also accept a sign.
    let number =
        |port: &str| port.bytes().all(|byte| byte.is_ascii_digit()).then(|| port.parse::<u16>().ok())?;
    match port.map(|port| number(port).unwrap_or_default()) {
        Some(0) => Err("has a port that is not between 1 and 65535"),
        _ if host.is_empty() => Err("has no host"),
        port => Ok((host, port)),
    }
}

/// The address and port in `address]:port`.
fn address_and_port(rest: &str) -> Result<(&str, Option<&str>), &'static str> {
    let (address, rest) = rest.split_once(']').ok_or("has an unclosed `[`")?;
    let valid: Result<Ipv6Addr, _> = address.parse();
    valid.map_err(|_| "has an invalid IPv6 address between `[` and `]`")?;
    match rest.strip_prefix(':') {
        None if !rest.is_empty() => Err("has a port that is not between 1 and 65535"),
        port => Ok((address, port)),
    }
}

fn is_loopback(host: &str) -> bool {
    host.eq_ignore_ascii_case("localhost") || host.parse().is_ok_and(|address: IpAddr| address.is_loopback())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn https_goes_anywhere_and_http_only_to_this_machine() {
        for (url, loopback) in [
            ("https://events.example.com/v1.1/events/json", false),
            ("HTTPS://example.com:8443", false),
            ("https://[2001:db8::1]/x", false),
            ("http://127.0.0.1:1/", true),
            ("http://127.9.9.9", true),
            ("http://[::1]:8080/x?y#z", true),
            ("http://LocalHost:80", true),
            ("https://localhost/", true),
        ] {
            assert_eq!(Endpoint::parse(url).unwrap().is_loopback(), loopback, "{url}");
        }
    }

    #[test]
    fn everything_else_is_refused_with_a_reason() {
        for (url, reason) in [
            ("", "is empty"),
            ("events.example.com", "is not a URL"),
            ("file:///etc/passwd", "unsupported scheme"),
            ("ftp://127.0.0.1/", "unsupported scheme"),
            ("http://example.com/", "is not encrypted"),
            ("http://127.0.0.1.example.com/", "is not encrypted"),
            ("http://localhost.example.com/", "is not encrypted"),
            ("http://127.0.0.1@example.com/", "user name"),
            ("http://127.0.0.1:1/ x", "has a blank"),
            ("http://127.0.0.1:1/\nx", "has a blank"),
            ("http:// 127.0.0.1:1/", "has a blank"),
            (" \n", "is empty"),
            ("https://exämple.com", "not ASCII"),
            ("https://", "no host"),
            ("https://:80/", "no host"),
            ("https://h:0/", "port"),
            ("https://h:99999/", "port"),
            ("https://h:+80/", "port"),
            ("https://h:/", "port"),
            ("http://[::1/", "unclosed"),
            ("http://[::1]x/", "port"),
            ("http://[localhost]/", "invalid IPv6 address"),
        ] {
            let error = Endpoint::parse(url).unwrap_err().to_string();
            assert!(error.contains(reason), "{url:?}: {error}");
        }
    }

    #[test]
    fn a_refusal_shows_no_user_name_and_no_password() {
        for url in [
            "https://hunter2@host/",
            "https://bob:hunter2@host/",
            "http://bob:hunter2@127.0.0.1:1/",
            "https://bob:/hunter2@host/",
            "https://bob:hunter2 @host/",
            "ftp://bob:hunter2@host/",
            "bob:hunter2@host",
        ] {
            let error = Endpoint::parse(url).unwrap_err();
            assert!(!format!("{error} {error:?} {}", error.url()).contains("hunter2"), "{error:?}");
        }
    }

    #[test]
    fn an_at_sign_after_the_host_is_not_a_user_name() {
        let url = "https://host/@team/x@y?z=@";
        assert_eq!(Endpoint::parse(url).unwrap().url(), url);
        assert_eq!(Endpoint::parse("http://host/@team").unwrap_err().url(), "http://host/@team");
    }
}
