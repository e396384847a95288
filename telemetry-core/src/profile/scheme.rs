// SPDX-FileCopyrightText: Copyright (c) 2026 NVIDIA CORPORATION & AFFILIATES. All rights reserved.
// SPDX-License-Identifier: Apache-2.0

//! Whether a profile may have a URL, decided while compiling: encrypted, or to this machine.
//!
//! [`Endpoint::parse`](crate::endpoint::Endpoint::parse) reads the whole URL when a report is made; this is the part of it that a
//! constant can check.

/// The only beginnings of a URL that is not encrypted, each before a `:`, a `/` or the end.
const LOOPBACK: [&str; 3] = ["http://127.0.0.1", "http://localhost", "http://[::1]"];

/// Whether events could ever be sent to `url`.
pub(super) const fn is_allowed(url: &str) -> bool {
    if let Some([_, ..]) = after(url.as_bytes(), b"https://") {
        return true;
    }
    let mut beginnings: &[&str] = &LOOPBACK;
    while let [beginning, others @ ..] = beginnings {
        if let Some([] | [b':' | b'/', ..]) = after(url.as_bytes(), beginning.as_bytes()) {
            return true;
        }
        beginnings = others;
    }
    false
}

/// What follows `prefix` in `text`, if the text starts with it.
const fn after<'a>(mut text: &'a [u8], mut prefix: &[u8]) -> Option<&'a [u8]> {
    while let [expected, prefix_tail @ ..] = prefix {
        match text {
            [first, text_tail @ ..] if *first == *expected => (text, prefix) = (text_tail, prefix_tail),
            _ => return None,
        }
    }
    Some(text)
}

#[cfg(test)]
mod tests {
    use super::is_allowed;
    use crate::endpoint::Endpoint;

    #[test]
    fn a_profile_takes_https_and_this_machine() {
        for url in [
            "https://events.example.com/v1.1/events/json",
            "http://127.0.0.1:8080/",
            "http://localhost/x",
            "http://localhost",
            "http://[::1]:9/",
        ] {
            assert!(is_allowed(url) && Endpoint::parse(url).is_ok(), "{url}");
        }
    }

    #[test]
    fn a_profile_takes_nothing_else() {
        for url in [
            "",
            "https://",
            "events.example.com",
            "file:///etc/passwd",
            "http://x.example/",
            "http://127.0.0.1.example.com/",
            "http://127.0.0.1@example.com/",
            "http://localhost.example.com/",
        ] {
            assert!(!is_allowed(url) && Endpoint::parse(url).is_err(), "{url}");
        }
    }
}
