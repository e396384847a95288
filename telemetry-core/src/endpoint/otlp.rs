// SPDX-FileCopyrightText: Copyright (c) 2026 NVIDIA CORPORATION & AFFILIATES. All rights reserved.
// SPDX-License-Identifier: Apache-2.0

//! The OpenTelemetry collector that an operator names: its URL, and the headers that let events in.

use std::borrow::Cow;
use std::fmt;

use percent_encoding::percent_decode_str;
use telemetry_schema::text::is_token;

use super::{Endpoint, EndpointError};
use crate::environment::Environment;
use crate::profile::is_transport_header;

/// The variables with headers for an OTLP collector; the first that is set counts (OpenTelemetry: the one of a signal precedes
/// the one of all signals).
pub(crate) const HEADER_VARIABLES: [&str; 2] =
    ["OTEL_EXPORTER_OTLP_LOGS_HEADERS", "OTEL_EXPORTER_OTLP_HEADERS"];

/// The path of logs below the base URL of a collector.
const LOGS_PATH: &str = "/v1/logs";

impl Endpoint {
    /// The collector at this base URL, whose headers are in another variable. Neither is followed halfway: events go to a
    /// collector as the operator has described it, or nowhere.
    pub(crate) fn parse_otlp(
        base: &str,
        headers: Option<&(&'static str, String)>,
    ) -> Result<Self, EndpointError> {
        let url = logs_url(base);
        if url.is_empty() {
            return Err(EndpointError {
                url: String::new(),
                reason: "is empty: give the base URL of a collector, such as `http://127.0.0.1:4318`, or remove the setting"
                    .into(),
            });
        }
        let endpoint = Self::parse_plain(&url)?;
        let parsed = headers.map_or_else(
            || Ok(Headers::default()),
            |(name, text)| {
                Headers::parse(text)
                    .map_err(|reason| endpoint.refused(format!("is not used: `{name}` {reason}")))
            },
        )?;
        Ok(Self { otlp: Some(parsed), ..endpoint })
    }

    /// The headers of requests to a collector; none for one that takes envelopes, whose headers are the product's.
    pub(crate) fn otlp_headers(&self) -> Vec<(&str, &str)> {
        self.otlp.as_ref().map(Headers::pairs).unwrap_or_default()
    }
}

/// The value of the variable with headers, and its name.
pub(crate) fn headers_text(environment: &(impl Environment + ?Sized)) -> Option<(&'static str, String)> {
    let set = |name| environment.text(name).filter(|text| !text.trim().is_empty()).map(|text| (name, text));
    HEADER_VARIABLES.into_iter().find_map(set)
}

/// The URL for logs below a base URL: its path ends with `/v1/logs`, or gets that.
fn logs_url(base: &str) -> Cow<'_, str> {
    let base = base.trim();
    let (path, rest) = base.split_at(base.find(['?', '#']).unwrap_or(base.len()));
    let path = path.trim_end_matches('/');
    // An empty value stays empty: it is refused for that.
    if path.is_empty() || path.ends_with(LOGS_PATH) {
        return Cow::Borrowed(base);
    }
    Cow::Owned(format!("{path}{LOGS_PATH}{rest}"))
}

/// The headers of requests to a collector. They often hold a token, so no form of them shows a value.
#[derive(Clone, Default, PartialEq, Eq)]
pub(super) struct Headers(Vec<(String, String)>);

impl fmt::Debug for Headers {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_list().entries(self.0.iter().map(|(name, _)| name)).finish()
    }
}

impl Headers {
    /// Reads `name=value,name=value`, with values that may be percent-encoded. Sending without a header that was asked for, or
    /// with another one, would be a guess: one entry that cannot be read refuses all.
    fn parse(text: &str) -> Result<Self, &'static str> {
        let entries = text.split(',').map(str::trim).filter(|entry| !entry.is_empty());
        let mut headers: Vec<(String, String)> = Vec::new();
        for entry in entries {
            let (name, value) = header(entry)?;
            if headers.iter().any(|(known, _)| known.eq_ignore_ascii_case(&name)) {
                return Err("has a header twice");
            }
            headers.push((name, value));
        }
        Ok(Self(headers))
    }

    fn pairs(&self) -> Vec<(&str, &str)> {
        self.0.iter().map(|(name, value)| (name.as_str(), value.as_str())).collect()
    }
}

/// The header of one entry.
fn header(entry: &str) -> Result<(String, String), &'static str> {
    let (name, value) = entry.split_once('=').ok_or("has an entry that is not `name=value`")?;
    let name = name.trim_end();
    if !is_token(name) {
        return Err("has an invalid name of a header");
    }
    if is_transport_header(name) {
        return Err("has a header that only this library sets");
    }
    let value = percent_decode_str(value.trim_start()).decode_utf8().map_err(|_| NOT_PRINTABLE)?;
    let is_printable = value.bytes().all(|byte| matches!(byte, b'\t' | b' '..=b'~'));
    if is_printable { Ok((name.to_owned(), value.into_owned())) } else { Err(NOT_PRINTABLE) }
}

const NOT_PRINTABLE: &str = "has a value of a header that is not printable ASCII";

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn logs_have_a_path_of_their_own_below_the_base_url() {
        for (base, url) in [
            ("http://127.0.0.1:4318", "http://127.0.0.1:4318/v1/logs"),
            ("http://127.0.0.1:4318/", "http://127.0.0.1:4318/v1/logs"),
            (" http://127.0.0.1:4318//\n", "http://127.0.0.1:4318/v1/logs"),
            ("https://host/otlp", "https://host/otlp/v1/logs"),
            ("https://host/otlp/v1/logs", "https://host/otlp/v1/logs"),
            ("https://host/v1/logs/", "https://host/v1/logs/"),
            ("https://host/otlp?tenant=a/v1/logs", "https://host/otlp/v1/logs?tenant=a/v1/logs"),
            ("https://host/v1/logs?tenant=a", "https://host/v1/logs?tenant=a"),
            ("", ""),
            (" ", ""),
        ] {
            assert_eq!(logs_url(base), url, "{base:?}");
        }
    }

    #[test]
    fn headers_are_names_and_percent_encoded_values() {
        for (text, expected) in [
            ("api-key=secret", &[("api-key", "secret")][..]),
            ("Authorization=Bearer%20a%2Cb%3D", &[("Authorization", "Bearer a,b=")]),
            ("authorization=Basic YQ==", &[("authorization", "Basic YQ==")]),
            (" a = 1 , b=2,", &[("a", "1"), ("b", "2")]),
            ("a=1;metadata", &[("a", "1;metadata")]),
            ("a=", &[("a", "")]),
            ("a=100%", &[("a", "100%")]),
            ("", &[]),
        ] {
            assert_eq!(Headers::parse(text).unwrap().pairs(), expected, "{text}");
        }
    }

    #[test]
    fn one_entry_that_cannot_be_read_refuses_all_and_shows_no_value() {
        for text in [
            "secret",
            "a=1,secret",
            "=secret",
            "a b=secret",
            "a=secret%0D%0AHost: evil",
            "a=secret\r\nb: c",
            "a=%FFsecret",
            "a=sécret",
            "a=1,A=secret",
            "Content-Type=secret",
            "host=secret",
            "Content-Length=0",
            "a:secret=1",
        ] {
            let reason = Headers::parse(text).unwrap_err();
            assert!(!reason.contains("secret"), "{reason}");
        }
        let headers = Headers::parse("a=secret").unwrap();
        assert_eq!(format!("{headers:?}"), r#"["a"]"#);
    }

    mod resolved {
        use std::sync::Arc;

        use super::super::*;
        use crate::endpoint::{EndpointOrigin, FirstEndpoint, Protocol};
        use crate::profile::Profile;

        const PROFILE: Profile = Profile::new("shop", "1").endpoint_env("SHOP_SERVER").otlp_env("SHOP_OTLP");
        const BASE: (&str, &str) = ("SHOP_OTLP", "http://127.0.0.1:4318");

        fn resolve(variables: &[(&str, &str)]) -> Result<Arc<Endpoint>, EndpointError> {
            FirstEndpoint::default().resolve(&PROFILE, variables)
        }

        #[test]
        fn the_collector_of_the_operator_precedes_every_other_endpoint() {
            let server = ("SHOP_SERVER", "http://127.0.0.1:9/");
            for (variables, url, protocol, origin) in [
                (&[][..], crate::profile::DEFAULT_ENDPOINT, Protocol::Envelope, EndpointOrigin::Profile),
                (&[server], server.1, Protocol::Envelope, EndpointOrigin::Variable("SHOP_SERVER")),
                (
                    &[server, BASE],
                    "http://127.0.0.1:4318/v1/logs",
                    Protocol::Otlp,
                    EndpointOrigin::Variable("SHOP_OTLP"),
                ),
                (
                    &[("OTEL_EXPORTER_OTLP_LOGS_ENDPOINT", BASE.1), ("OTEL_EXPORTER_OTLP_ENDPOINT", BASE.1)],
                    crate::profile::DEFAULT_ENDPOINT,
                    Protocol::Envelope,
                    EndpointOrigin::Profile,
                ),
            ] {
                let endpoint = resolve(variables).unwrap();
                assert_eq!((endpoint.url(), endpoint.protocol()), (url, protocol));
                assert_eq!(EndpointOrigin::now(&PROFILE, false, variables), origin);
            }
            assert_eq!(EndpointOrigin::now(&PROFILE, true, &[server]), EndpointOrigin::Program);
            assert_eq!(EndpointOrigin::now(&PROFILE, true, &[BASE]), EndpointOrigin::Variable("SHOP_OTLP"));
        }

        #[test]
        fn a_value_that_is_no_collector_sends_nothing_anywhere() {
            for value in [
                "",
                " ",
                "collector:4318",
                "grpc://collector:4317",
                "http://collector.svc:4318",
                "https://a b",
            ] {
                assert!(resolve(&[("SHOP_OTLP", value)]).is_err(), "{value:?}");
            }
            let plain = ("NEMO_TELEMETRY_PLAIN_HTTP_HOSTS", "collector.svc");
            assert!(resolve(&[("SHOP_OTLP", "http://collector.svc:4318"), plain]).is_ok());
            assert!(resolve(&[("SHOP_OTLP", "https://collector:4318"), ("NEXTEST", "1")]).is_err());
        }

        #[test]
        fn headers_are_those_of_logs_or_those_of_all_signals_and_are_read_with_each_report() {
            let first = FirstEndpoint::default();
            let [logs, all] = HEADER_VARIABLES;
            for (variables, expected) in [
                (&[BASE, (all, "a=1")][..], &[("a", "1")][..]),
                (&[BASE, (all, "a=1"), (logs, "b=2")], &[("b", "2")]),
                (&[BASE, (all, "a=1"), (logs, " ")], &[("a", "1")]),
                (&[BASE], &[]),
            ] {
                let endpoint = first.resolve(&PROFILE, variables).unwrap();
                assert_eq!(endpoint.otlp_headers(), expected);
                assert!(
                    Arc::ptr_eq(&endpoint, &first.resolve(&PROFILE, variables).unwrap())
                        || expected != [("a", "1")]
                );
            }
            let other = first.resolve(&PROFILE, &[BASE, (all, "a=2")]).unwrap();
            assert_ne!(other, first.resolve(&PROFILE, &[BASE, (all, "a=1")]).unwrap(), "no batch has both");
        }

        #[test]
        fn headers_that_cannot_be_read_send_nothing_and_the_reason_names_their_variable() {
            let error = resolve(&[BASE, (HEADER_VARIABLES[1], "api-key: hunter2")]).unwrap_err();
            let shown = format!("{error} {error:?}");
            assert!(
                shown.contains("`OTEL_EXPORTER_OTLP_HEADERS` has an entry that is not `name=value`"),
                "{shown}"
            );
            assert!(!shown.contains("hunter2"), "{shown}");
            let endpoint = resolve(&[BASE, (HEADER_VARIABLES[1], "api-key=hunter2")]).unwrap();
            assert!(!format!("{endpoint:?}").contains("hunter2"));
        }
    }
}
