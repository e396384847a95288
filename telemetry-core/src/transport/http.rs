// SPDX-FileCopyrightText: Copyright (c) 2026 NVIDIA CORPORATION & AFFILIATES. All rights reserved.
// SPDX-License-Identifier: Apache-2.0

//! The default transport: HTTP over rustls, one connection that is kept alive. What it needs of the environment is read on
//! the thread that reports; on the worker this library reads none. The C library does when it looks a name up, which is seldom:
//! addresses are shared, see [`OneLookup`].
//!
//! A worker ends when it has had nothing to do for a while, and its connection with it: an unused socket could be
//! closed by a host that closes all descriptors, and its number given to a file of the host. What is dear to make and can be
//! kept without a descriptor is kept for the next worker: addresses, certificates and TLS sessions.

mod connect;
mod encryption;
mod proxy;
mod request_configs;
mod resolver;
mod retry_after;
mod roots;
mod setup;

use std::io::Read;
use std::path::{Path, PathBuf};
use std::sync::Arc;
use std::time::Duration;

use ureq::http::Uri;
use ureq::unversioned::transport::{ConnectProxyConnector, Connector};
use ureq::{Agent, Body, Proxy};

use self::connect::Tcp;
use self::encryption::{Encryption, Encryptions};
use self::proxy::ProxySettings;
pub(crate) use self::request_configs::RequestConfigs;
use self::resolver::{Lookups, OneLookup};
use self::retry_after::retry_after;
use self::roots::RootSource;
use self::setup::SetUp;
use super::{Request, Response, Transport, TransportError, TransportFactory};
use crate::endpoint::{Endpoint, EndpointError, PlainHttpHosts};
use crate::environment::Environment;
use crate::transport::NoProxy;
use crate::variables::EnvironmentSource;

/// The most of an answer that is read. Reading it lets the connection be used again.
const MAX_ANSWER_BYTES: u64 = 64 * 1024;

/// The most of an answer that is kept, for an OpenTelemetry collector that has rejected records.
const MAX_KEPT_BYTES: usize = 16 * 1024;

/// The variables that are read here: those of proxies and of certificates.
pub(super) const VARIABLES: &[&str] = &[
    "https_proxy",
    "HTTPS_PROXY",
    "all_proxy",
    "ALL_PROXY",
    "http_proxy",
    "HTTP_PROXY",
    "REQUEST_METHOD",
    "no_proxy",
    "NO_PROXY",
    "SSL_CERT_FILE",
    "SSL_CERT_DIR",
];

/// Makes transports that share what can be shared, however many workers come and go. A forked child makes a factory of its own.
pub(super) fn factory(deadline: Duration, start_dir: Option<PathBuf>) -> TransportFactory {
    let shared = Arc::new(SharedByTransports::default());
    Arc::new(move |environment| {
        Box::new(HttpTransport::new(environment, deadline, start_dir.as_deref(), &shared))
    })
}

/// What the workers of a client in a process have in common. Only workers take its locks.
#[derive(Debug, Default)]
struct SharedByTransports {
    lookups: Arc<Lookups>,
    encryptions: Encryptions,
}

/// Sets the HTTP library up, once in a process.
pub(super) fn prepare(environment: EnvironmentSource<'_>, deadline: Duration) {
    setup::begin(environment.http(deadline).plain);
}

/// The proxy for requests to `endpoint` as the environment has it now, without user name and password, or the reason why it is missing.
pub(super) fn proxy_for(endpoint: &Endpoint, environment: &impl Environment) -> Result<String, NoProxy> {
    let uri: Uri = endpoint.url().parse().map_err(|_| NoProxy::NoEndpoint)?;
    let proxy = ProxySettings::read(environment).proxy_for(&uri, endpoint.is_loopback())?;
    let protocol = proxy.protocol().to_string().to_lowercase();
    Ok(format!("{protocol}://{}:{}", proxy.host(), proxy.port()))
}

/// Posts over one connection that is kept alive. Redirects are not followed.
pub(super) struct HttpTransport {
    deadline: Duration,
    proxies: ProxySettings,
    plain_hosts: PlainHttpHosts,
    roots: RootSource,
    request_configs: RequestConfigs,
    shared: Arc<SharedByTransports>,
    /// Each has its own open connection.
    plain: Option<Agent>,
    direct: Option<Agent>,
    proxied: Option<Agent>,
    set_up: SetUp,
    /// The way to the URL of the last request.
    route: Option<Route>,
}

/// How requests get to one URL.
#[derive(Clone)]
struct Route {
    url: String,
    uri: Uri,
    agent: Agent,
}

impl HttpTransport {
    /// Reads proxies and the places of certificates from `environment`. The certificates themselves are loaded with the
    /// first encrypted connection.
    fn new(
        environment: EnvironmentSource<'_>,
        deadline: Duration,
        start_dir: Option<&Path>,
        shared: &Arc<SharedByTransports>,
    ) -> Self {
        let request_configs = environment.http(deadline);
        Self {
            deadline,
            proxies: ProxySettings::read(&environment),
            plain_hosts: PlainHttpHosts::read(&environment),
            roots: RootSource::read(&environment, start_dir),
            set_up: SetUp::new(request_configs.plain.clone()),
            request_configs,
            shared: Arc::clone(shared),
            plain: None,
            direct: None,
            proxied: None,
            route: None,
        }
    }

    fn route(&mut self, url: &str) -> Result<Route, TransportError> {
        if let Some(route) = self.route.as_ref().filter(|route| route.url == url) {
            return Ok(route.clone());
        }
        let endpoint = self.endpoint(url).map_err(TransportError::new)?;
        let uri: Uri = url.parse().map_err(TransportError::new)?;
        let proxy = match self.proxies.proxy_for(&uri, endpoint.is_loopback()) {
            Err(NoProxy::Unusable(error)) => return Err(TransportError::new(error)),
            proxy => proxy.ok(),
        };
        let agent = if uri.scheme_str() == Some("http") { self.plain() } else { self.encrypted(proxy)? };
        let route = Route { url: url.to_owned(), uri, agent };
        self.route = Some(route.clone());
        Ok(route)
    }

    /// The endpoint, by the hosts that were trusted when this thread was started.
    fn endpoint(&self, url: &str) -> Result<Endpoint, EndpointError> {
        let endpoint = Endpoint::parse_plain(url)?;
        if self.plain_hosts.allow(&endpoint) { Ok(endpoint) } else { Endpoint::parse(url) }
    }

    fn plain(&mut self) -> Agent {
        let resolver = OneLookup(Arc::clone(&self.shared.lookups));
        let make = || Agent::with_parts(self.request_configs.plain.clone(), ().chain(Tcp), resolver);
        self.plain.get_or_insert_with(make).clone()
    }

    fn encrypted(&mut self, proxy: Option<Proxy>) -> Result<Agent, TransportError> {
        let agent = if proxy.is_some() { &mut self.proxied } else { &mut self.direct };
        if let Some(agent) = agent {
            return Ok(agent.clone());
        }
        let resolver = OneLookup(Arc::clone(&self.shared.lookups));
        let Encryption { config, connector, .. } =
            self.shared.encryptions.current(&self.roots, proxy, &self.request_configs)?;
        let connector = ().chain(ConnectProxyConnector::default()).chain(Tcp).chain(connector);
        Ok(agent.insert(Agent::with_parts(config, connector, resolver)).clone())
    }
}

impl Transport for HttpTransport {
    fn post(&mut self, request: &Request<'_>) -> Result<Response, TransportError> {
        let response = self.response(request);
        if !response.as_ref().is_ok_and(|response| is_from_the_collector(response.status)) {
            self.shared.lookups.forget();
        }
        response
    }
}

/// Whether the events were taken, or refused for what they are. Any other answer may come from a host that has taken over an
/// address.
fn is_from_the_collector(status: u16) -> bool {
    matches!(status, 200..=299 | 400 | 413 | 422)
}

impl HttpTransport {
    fn response(&mut self, request: &Request<'_>) -> Result<Response, TransportError> {
        if !self.set_up.is_done() {
            return Err(TransportError::new("this process was forked while its parent set up HTTP"));
        }
        let Route { uri, agent, .. } = self.route(request.url)?;
        let mut post = agent.post(uri).content_type(request.content_type);
        for (name, value) in request.headers {
            post = post.header(*name, *value);
        }
        if request.deadline != self.deadline {
            post = post.config().timeout_global(Some(request.deadline)).build();
        }
        let answer = post.send(request.body).map_err(TransportError::new)?;
        let response = Response::new(answer.status().as_u16()).retry_after(retry_after(answer.headers()));
        Ok(response.body(beginning(answer.into_body())))
    }
}

/// Reads the answer to its end, if that is near, and returns its beginning. The status counts, whatever happens here.
fn beginning(mut body: Body) -> Vec<u8> {
    let mut bytes = Vec::new();
    let mut reader = body.as_reader().take(MAX_ANSWER_BYTES);
    let kept = reader.by_ref().take(MAX_KEPT_BYTES as u64).read_to_end(&mut bytes);
    if let Err(error) = kept.and_then(|_| std::io::copy(&mut reader, &mut std::io::sink())) {
        log::debug!("the answer broke off: {error}");
    }
    bytes
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::environment::Asked;

    #[test]
    fn no_variable_is_read_that_is_not_listed() {
        let asked = Asked::default();
        let _ = (ProxySettings::read(&asked), RootSource::read(&asked, None));
        let asked = asked.0.into_inner();
        assert!(asked.iter().all(|name| VARIABLES.contains(&name.as_str())), "{asked:?}");
        assert_eq!(asked.len(), VARIABLES.len(), "{asked:?}");
    }

    #[test]
    fn the_proxy_is_shown_without_its_password_and_only_where_it_is_used() {
        let environment =
            [("HTTPS_PROXY", "http://user:secret@Proxy.example:3128"), ("NO_PROXY", "internal")];
        let proxy = |url: &str| proxy_for(&Endpoint::parse(url).unwrap(), &environment);
        assert_eq!(proxy("https://events.example.com/"), Ok("http://Proxy.example:3128".into()));
        assert_eq!(proxy("http://127.0.0.1:9/"), Err(NoProxy::Loopback));
        assert_eq!(proxy("https://events.internal/"), Err(NoProxy::Exception));
        let endpoint = Endpoint::parse("https://a/").unwrap();
        assert_eq!(proxy_for(&endpoint, &[]), Err(NoProxy::Unset));
        let unusable = proxy_for(&endpoint, &[("ALL_PROXY", "socks5://a")]);
        assert!(matches!(unusable, Err(NoProxy::Unusable(error)) if error.variable() == "ALL_PROXY"));
    }
}
