// SPDX-FileCopyrightText: Copyright (c) 2026 NVIDIA CORPORATION & AFFILIATES. All rights reserved.
// SPDX-License-Identifier: Apache-2.0

//! What an operator wants to know about a client that reports.

use std::borrow::Cow;
use std::sync::Arc;

use super::Live;
use crate::client::Status;
use crate::consent::Files;
use crate::endpoint::server_url;
use crate::environment::Source;
use crate::transport::default_proxy;

impl Live {
    pub(crate) fn status(&self) -> Status {
        let (settings, environment) = (&self.settings, Source::Process);
        let endpoint = self.endpoint(environment).map(Arc::unwrap_or_clone);
        Status {
            verdict: self.verdict(environment),
            signals: self.question(&environment).readings(Files::of(self.paths())),
            consent: settings.profile.consent,
            session: settings.profile.session,
            session_env: settings.profile.session_env,
            server_url: match (&settings.endpoint, &endpoint) {
                (Some(_), Ok(endpoint)) => Cow::Owned(endpoint.url().to_owned()),
                (Some(_), Err(error)) => Cow::Owned(error.url().to_owned()),
                (None, _) => server_url(&settings.profile, &environment),
            },
            proxy: endpoint.as_ref().map_or(Ok(None), |endpoint| default_proxy(endpoint, &environment)),
            endpoint,
            paths: self.paths().clone(),
            audit_error: self.audit_log().and_then(|log| log.check().err()).map(|error| error.to_string()),
            heartbeat_interval_s: self.heartbeat_interval_s,
            stats: self.stats(),
        }
    }
}
