// SPDX-FileCopyrightText: Copyright (c) 2026 NVIDIA CORPORATION & AFFILIATES. All rights reserved.
// SPDX-License-Identifier: Apache-2.0

//! Hosts to which the operator of a machine allows unencrypted events, such as a collector inside the same cluster. One variable
//! serves all products, since the operator decides about the network and the product does not.

use super::{Endpoint, host_and_port};
use crate::environment::Environment;

/// The variable with the hosts, each with or without a port, separated by commas or white space.
pub(crate) const PLAIN_HTTP_VARIABLE: &str = "NEMO_TELEMETRY_PLAIN_HTTP_HOSTS";

/// The port of a plain `http` URL that does not name one.
const HTTP_PORT: u16 = 80;

/// Hosts to which plain `http` is allowed. An entry matches a host in full; it is not a pattern.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub(crate) struct PlainHttpHosts(Vec<(String, Option<u16>)>);

impl PlainHttpHosts {
    /// Reads the hosts from the environment. Invalid entries are skipped.
    pub(crate) fn read(environment: &(impl Environment + ?Sized)) -> Self {
        let list = environment.text(PLAIN_HTTP_VARIABLE).unwrap_or_default();
        let entries = list.split(|c: char| c == ',' || c.is_whitespace());
        let hosts = entries.filter_map(|entry| host_and_port(entry).ok());
        Self(hosts.map(|(host, port)| (host.to_owned(), port)).collect())
    }

    /// Whether events may be sent to the endpoint: it is encrypted, on this machine, or on one of the hosts.
    pub(crate) fn allow(&self, endpoint: &Endpoint) -> bool {
        if endpoint.is_encrypted() || endpoint.is_loopback() {
            return true;
        }
        let Ok((host, port)) = endpoint.host_and_port() else { return false };
        let port = port.unwrap_or(HTTP_PORT);
        self.0.iter().any(|(trusted, on_port)| {
            trusted.eq_ignore_ascii_case(host) && on_port.is_none_or(|on_port| on_port == port)
        })
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn allowed(list: &str, url: &str) -> bool {
        let hosts = PlainHttpHosts::read(&[(PLAIN_HTTP_VARIABLE, list)]);
        hosts.allow(&Endpoint::parse_plain(url).unwrap())
    }

    #[test]
    fn a_host_is_named_in_full_with_a_port_or_for_all_of_them() {
        const URL: &str = "http://collector.telemetry.svc:4318/v1";
        for (list, url, expected) in [
            ("collector.telemetry.svc", URL, true),
            ("COLLECTOR.telemetry.SVC", URL, true),
            ("collector.telemetry.svc:4318", URL, true),
            ("other, collector.telemetry.svc", URL, true),
            (" other\tcollector.telemetry.svc\n", URL, true),
            ("collector.telemetry.svc:80", URL, false),
            ("collector.telemetry.svc:80", "http://collector.telemetry.svc/", true),
            ("collector.telemetry.svc:80", "http://collector.telemetry.svc", true),
            ("telemetry.svc", URL, false),
            (".telemetry.svc", URL, false),
            ("*.telemetry.svc", URL, false),
            ("*", URL, false),
            ("", URL, false),
            ("collector.telemetry.svc.evil.example", URL, false),
            ("collector.telemetry.svc", "http://collector.telemetry.svc.evil.example/", false),
            ("collector.telemetry.svc", "http://x.collector.telemetry.svc/", false),
            ("http://collector.telemetry.svc", URL, false),
            ("user@collector.telemetry.svc", URL, false),
            ("collector.telemetry.svc:", URL, false),
            ("collector.telemetry.svc:0", URL, false),
            ("10.0.0.7", "http://10.0.0.7:8080/", true),
            ("10.0.0.0/8", "http://10.0.0.7:8080/", false),
            ("[fd00::7]:8080", "http://[fd00::7]:8080/", true),
            ("[fd00::7]", "http://[fd00::7]:8080/", true),
            ("[fd00::8]", "http://[fd00::7]:8080/", false),
        ] {
            assert_eq!(allowed(list, url), expected, "{list:?} {url}");
        }
    }

    #[test]
    fn encrypted_and_loopback_endpoints_need_no_entry() {
        for url in ["https://events.example.com/", "http://127.0.0.1:9/", "http://localhost/"] {
            assert!(allowed("", url), "{url}");
        }
    }
}
