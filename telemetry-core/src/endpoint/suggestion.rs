// SPDX-FileCopyrightText: Copyright (c) 2026 NVIDIA CORPORATION & AFFILIATES. All rights reserved.
// SPDX-License-Identifier: Apache-2.0

//! The remedy for a URL without a scheme, or with one that is not supported: the same URL with the scheme that its host allows.

use super::{authority, host_and_port, is_loopback};

/// The remedy for a URL of which the scheme and `://` are missing or removed.
pub(super) fn for_rest(rest: &str) -> String {
    // An `@` may follow a password, which must not be shown.
    let host = host_and_port(authority(rest)).ok().filter(|_| !rest.contains('@')).map(|(host, _)| host);
    let Some(host) = host else {
        return "it must start with `https://`, or with `http://` and a loopback address".into();
    };
    // A collector on this machine seldom has a certificate.
    let scheme = if is_loopback(host) { "http" } else { "https" };
    let end = if rest.contains(['/', '?', '#']) { "" } else { "/" };
    format!("use `{scheme}://{rest}{end}`")
}

#[cfg(test)]
mod tests {
    use crate::endpoint::Endpoint;

    /// The URL that the error suggests, if any.
    fn suggested(url: &str) -> Option<String> {
        let error = Endpoint::parse(url).unwrap_err().to_string();
        let (_, rest) = error.split_once(": use `")?;
        Some(rest.trim_end_matches('`').to_owned())
    }

    #[test]
    fn a_suggestion_has_the_scheme_that_its_host_allows() {
        for (url, expected) in [
            ("127.0.0.1:4319", "http://127.0.0.1:4319/"),
            ("localhost:4318", "http://localhost:4318/"),
            ("LOCALHOST", "http://LOCALHOST/"),
            ("[::1]:4318/v1/logs", "http://[::1]:4318/v1/logs"),
            ("127.0.0.1?tenant=a", "http://127.0.0.1?tenant=a"),
            ("grpc://127.9.9.9:4317", "http://127.9.9.9:4317/"),
            ("events.example.com", "https://events.example.com/"),
            ("events.example.com:443/v1", "https://events.example.com:443/v1"),
            ("10.0.0.7:4318", "https://10.0.0.7:4318/"),
            ("[2001:db8::1]:4318", "https://[2001:db8::1]:4318/"),
            ("127.0.0.1.example.com:1", "https://127.0.0.1.example.com:1/"),
            ("ftp://events.example.com/", "https://events.example.com/"),
        ] {
            assert_eq!(suggested(url).as_deref(), Some(expected), "{url}");
            assert!(Endpoint::parse(expected).is_ok(), "{expected} works");
        }
    }

    #[test]
    fn a_text_that_no_scheme_makes_a_url_of_gets_no_suggestion() {
        for url in [
            "::1:4318",
            "http:/127.0.0.1:4318",
            "//127.0.0.1/",
            "/etc/passwd",
            "file:///etc/passwd",
            "127.0.0.1:99999",
            "bob/hunter2@127.0.0.1",
            "ftp://bob?hunter2@host/",
        ] {
            let error = Endpoint::parse(url).unwrap_err().to_string();
            assert!(
                error.ends_with("it must start with `https://`, or with `http://` and a loopback address")
            );
            assert!(!error.contains("hunter2"), "{error}");
        }
    }
}
