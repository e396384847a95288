// SPDX-FileCopyrightText: Copyright (c) 2026 NVIDIA CORPORATION & AFFILIATES. All rights reserved.
// SPDX-License-Identifier: Apache-2.0

//! The texts that name an endpoint: of the profile, or of environment variables.

use std::borrow::Cow;
use std::fmt;

#[cfg(feature = "otlp")]
use super::otlp::headers_text;
use super::{Endpoint, EndpointError};
use crate::environment::Environment;
use crate::profile::Profile;

/// An endpoint as configured, valid or not.
#[derive(PartialEq)]
pub(super) enum Configured {
    /// A URL that takes envelopes.
    Envelope(Cow<'static, str>),
    /// The OpenTelemetry collector of an operator.
    Otlp {
        base: String,
        #[cfg(feature = "otlp")]
        headers: Option<(&'static str, String)>,
    },
}

/// Shows no text: headers contain tokens, and URLs may contain passwords.
impl fmt::Debug for Configured {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Configured").finish_non_exhaustive()
    }
}

impl Configured {
    pub(super) fn read(profile: &Profile, environment: &(impl Environment + ?Sized)) -> Self {
        match profile.otlp_env.and_then(|variable| environment.text(variable)) {
            Some(base) => Self::Otlp {
                base,
                #[cfg(feature = "otlp")]
                headers: headers_text(environment),
            },
            None => Self::Envelope(server_url(profile, environment)),
        }
    }

    /// Parses the texts.
    pub(super) fn endpoint(&self) -> Result<Endpoint, EndpointError> {
        match self {
            Self::Envelope(url) => Endpoint::parse_plain(url),
            #[cfg(feature = "otlp")]
            Self::Otlp { base, headers } => Endpoint::parse_otlp(base, headers.as_ref()),
            // An operator who names a collector wants the events there or nowhere.
            #[cfg(not(feature = "otlp"))]
            Self::Otlp { base } => Err(EndpointError {
                url: super::user_info::masked(base.trim()),
                reason:
                    "is not used: the program was built without the feature `otlp`, which sends to collectors"
                        .into(),
            }),
        }
    }
}

/// The configured URL, valid or not (reference: `_get_usage_stats_server_url`), without the white space around it, which
/// [`Endpoint::parse`] ignores too.
pub(super) fn server_url(profile: &Profile, environment: &(impl Environment + ?Sized)) -> Cow<'static, str> {
    let configured = profile.endpoint_env.and_then(|variable| environment.text(variable));
    configured.map_or(Cow::Borrowed(profile.endpoint.trim()), |url| Cow::Owned(trimmed(url)))
}

fn trimmed(text: String) -> String {
    let inner = text.trim();
    if inner.len() == text.len() { text } else { inner.to_owned() }
}
