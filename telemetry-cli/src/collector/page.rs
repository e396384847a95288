// SPDX-FileCopyrightText: Copyright (c) 2026 NVIDIA CORPORATION & AFFILIATES. All rights reserved.
// SPDX-License-Identifier: Apache-2.0

//! The live page: one file without external requests. It shows events through the HTTP API.

use std::fmt::Write;

use axum::http::{StatusCode, header};
use axum::response::{IntoResponse, Response};

use super::refusal::Refusal;

const PAGE: &str = include_str!("page/page.html");
const STYLE: &str = include_str!("page/style.css");

/// Parts of one script, in this order.
const SCRIPT: &str = concat!(
    include_str!("page/text.js"),
    include_str!("page/api.js"),
    include_str!("page/rows.js"),
    include_str!("page/detail.js"),
    include_str!("page/counts.js"),
    include_str!("page/main.js"),
    include_str!("page/controls.js"),
);

/// `GET /`: the page. Its style sheet and script carry a random nonce, and the browser runs and loads nothing else.
pub(super) async fn page() -> Response {
    let Ok(nonce) = nonce() else {
        return Refusal::new(StatusCode::SERVICE_UNAVAILABLE, "the system has no random bytes for the page")
            .into_response();
    };
    let html = PAGE.replace("{nonce}", &nonce).replace("{style}", STYLE).replace("{script}", SCRIPT);
    let headers = [
        (header::CONTENT_TYPE, "text/html; charset=utf-8".to_owned()),
        (header::CONTENT_SECURITY_POLICY, content_security_policy(&nonce)),
    ];
    (headers, html).into_response()
}

fn content_security_policy(nonce: &str) -> String {
    format!(
        "default-src 'none'; script-src 'nonce-{nonce}'; style-src 'nonce-{nonce}'; connect-src 'self'; img-src data:; \
         base-uri 'none'; form-action 'none'; frame-ancestors 'none'; require-trusted-types-for 'script'; trusted-types 'none'"
    )
}

fn nonce() -> Result<String, getrandom::Error> {
    let mut bytes = [0; 16];
    getrandom::fill(&mut bytes)?;
    Ok(bytes.iter().fold(String::new(), |mut text, byte| {
        // Writing to a `String` does not fail.
        let _ = write!(text, "{byte:02x}");
        text
    }))
}

#[cfg(test)]
mod tests {
    use super::{PAGE, SCRIPT, STYLE};

    /// The page is one file, so nothing in it may name another place, and text becomes markup in no part of it.
    #[test]
    fn the_page_loads_nothing_and_writes_no_markup() {
        let own = ["http://www.w3.org/2000/svg", "http://localhost"];
        for (name, text) in [("page", PAGE), ("style", STYLE), ("script", SCRIPT)] {
            let mut text = text.to_owned();
            own.iter().for_each(|own| text = text.replace(own, ""));
            for word in [
                "http://",
                "https://",
                "url(",
                "@import",
                "<link rel=\"style",
                " src=",
                "innerHTML",
                "outerHTML",
                "insertAdjacentHTML",
                "document.write",
                "eval(",
                "new Function",
                " onclick",
                " style=",
            ] {
                assert!(!text.contains(word), "{name} contains {word:?}");
            }
        }
    }

    /// Each placeholder is in the page once, except the nonce, and the inserted texts contain none and do not end their elements.
    #[test]
    fn the_parts_of_the_page_fit_together() {
        assert_eq!((PAGE.matches("{style}").count(), PAGE.matches("{script}").count()), (1, 1));
        assert_eq!(
            PAGE.matches("nonce=\"{nonce}\"").count(),
            PAGE.matches("<style").count() + PAGE.matches("<script").count()
        );
        for text in [STYLE, SCRIPT] {
            assert!(
                !["{nonce}", "{style}", "{script}", "</style", "</script", "<!--"]
                    .iter()
                    .any(|word| text.contains(word))
            );
        }
    }
}
