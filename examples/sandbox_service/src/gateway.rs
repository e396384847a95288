// SPDX-FileCopyrightText: Copyright (c) 2026 NVIDIA CORPORATION & AFFILIATES. All rights reserved.
// SPDX-License-Identifier: Apache-2.0

//! The way out of a sandbox: requests that a policy allows, made on this machine.

use std::time::Duration;

use ureq::http::Request;

/// How long a request may take.
const DEADLINE: Duration = Duration::from_secs(5);

/// Makes a request and returns the status of the answer with its body.
pub(crate) fn forward(method: &str, url: &str) -> Result<(u16, String), ureq::Error> {
    let config = ureq::Agent::config_builder().proxy(None).max_redirects(0).max_redirects_will_error(false);
    let config = config.http_status_as_error(false).timeout_global(Some(DEADLINE)).build();
    let mut answer = ureq::Agent::from(config).run(Request::builder().method(method).uri(url).body("")?)?;
    Ok((answer.status().as_u16(), answer.body_mut().read_to_string()?))
}
