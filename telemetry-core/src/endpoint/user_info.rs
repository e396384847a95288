// SPDX-FileCopyrightText: Copyright (c) 2026 NVIDIA CORPORATION & AFFILIATES. All rights reserved.
// SPDX-License-Identifier: Apache-2.0

//! Masks user names and passwords in URLs, so that they do not appear in messages, logs or the status.

/// A refused URL, with `***` in place of its user name and password.
///
/// The URL may be malformed, and a password that is not percent-encoded can contain any character. Everything between the scheme and
/// the last `@` is therefore masked.
pub(super) fn masked(url: &str) -> String {
    let scheme = url.split_once("://").map_or("", |(scheme, _)| scheme);
    let has_scheme = !scheme.is_empty() && scheme.bytes().all(|byte| byte.is_ascii_alphanumeric());
    match url.rsplit_once('@') {
        Some((_, rest)) if has_scheme => format!("{scheme}://***@{rest}"),
        Some((_, rest)) => format!("***@{rest}"),
        None => url.to_owned(),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn user_names_and_passwords_are_masked_however_they_are_written() {
        for (url, shown) in [
            ("https://bob:hunter2@host/x?y#z", "https://***@host/x?y#z"),
            ("https://hunter2@host", "https://***@host"),
            ("https://:hunter2@host:8443", "https://***@host:8443"),
            ("https://@host/", "https://***@host/"),
            ("https://bob:hunter2@[::1]:80/", "https://***@[::1]:80/"),
            ("https://bob:h@unter2@host/", "https://***@host/"),
            ("https://bob:h/unter2@host/", "https://***@host/"),
            ("https://bob:h?unter2#@host/", "https://***@host/"),
            ("https://bob:h unt\u{e9}r2\n@host/", "https://***@host/"),
            ("ftp://bob:hunter2@host/", "ftp://***@host/"),
            ("bob:hunter2@host/", "***@host/"),
            ("https:/bob:hunter2@host/", "***@host/"),
            ("https:\\\\bob:hunter2@host/", "***@host/"),
            ("bob:hunter2@host://x", "***@host://x"),
            ("bob:hunter2://x@host/", "***@host/"),
            ("://hunter2@host/", "***@host/"),
            ("@", "***@"),
            ("https://host:0/", "https://host:0/"),
            ("", ""),
        ] {
            assert_eq!(masked(url), shown, "{url:?}");
        }
    }
}
