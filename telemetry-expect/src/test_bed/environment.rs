// SPDX-FileCopyrightText: Copyright (c) 2026 NVIDIA CORPORATION & AFFILIATES. All rights reserved.
// SPDX-License-Identifier: Apache-2.0

//! The variables of a product under test.

use std::env;
use std::path::{Path, PathBuf};

use crate::tested_product::TestedProduct;

/// The endpoint variables of the NeMo family: a command can contain several products, and start programs of others.
const ENDPOINTS: [&str; 7] = [
    "NAT_TELEMETRY_ENDPOINT",
    "NEMO_EVALUATOR_TELEMETRY_ENDPOINT",
    "NEMO_GUARDRAILS_USAGE_STATS_SERVER",
    "NEMO_TELEMETRY_ENDPOINT",
    "NVIDIA_USAGE_TELEMETRY_ENDPOINT",
    "OPENSHELL_TELEMETRY_ENDPOINT",
    "SWITCHYARD_TELEMETRY_ENDPOINT",
];

const PROXIES: [&str; 6] =
    ["http_proxy", "HTTP_PROXY", "https_proxy", "HTTPS_PROXY", "all_proxy", "ALL_PROXY"];

/// A port without a listener: requests that would leave this machine fail.
const CLOSED: &str = "http://127.0.0.1:1";

const NO_PROXY: [&str; 2] = ["no_proxy", "NO_PROXY"];
const LOOPBACK: &str = "127.0.0.1,localhost,::1";

/// The variables that name a home directory on one of the systems, and those that would name another one.
const HOMES: [&str; 2] = ["HOME", "USERPROFILE"];
const OTHER_HOMES: [&str; 6] =
    ["HOMEDRIVE", "HOMEPATH", "XDG_CACHE_HOME", "XDG_CONFIG_HOME", "XDG_DATA_HOME", "XDG_STATE_HOME"];

/// The directory for temporary files below the home directory, and the variables that name it on one of the systems.
pub(super) const TEMPORARY: &str = "tmp";
const TEMPORARIES: [&str; 3] = ["TMPDIR", "TMP", "TEMP"];

/// The variables of the directories of cargo and rustup, for commands such as `cargo run`, and their places in a developer's own home.
const TOOLS: [(&str, &str); 2] = [("CARGO_HOME", ".cargo"), ("RUSTUP_HOME", ".rustup")];

/// The variables that a command does not inherit.
pub(super) fn removed(product: &TestedProduct) -> impl Iterator<Item = &str> {
    product.removed_variables.iter().map(String::as_str).chain(OTHER_HOMES)
}

/// The variables that a command gets.
pub(super) fn set(product: &TestedProduct, url: &str, home: &Path) -> Vec<(String, String)> {
    let temporary = home.join(TEMPORARY);
    let (home, temporary) = (home.to_string_lossy(), temporary.to_string_lossy());
    let endpoints = product.endpoint_variables.iter().map(String::as_str).chain(ENDPOINTS);
    let endpoints = endpoints.map(|name| (name, url));
    let proxies = PROXIES.map(|name| (name, CLOSED));
    let exceptions = NO_PROXY.map(|name| (name, LOOPBACK));
    let homes = HOMES.map(|name| (name, home.as_ref()));
    let temporaries = TEMPORARIES.map(|name| (name, temporary.as_ref()));
    // Clients of this toolkit then send to loopback only.
    let test = [("NEXTEST", "1")];
    let all = endpoints.chain(proxies).chain(exceptions).chain(homes).chain(temporaries).chain(test);
    all.map(|(name, value)| (name.to_owned(), value.to_owned())).chain(tools()).collect()
}

/// Variables that are set already are included: a program that is started in another terminal does not inherit them.
fn tools() -> impl Iterator<Item = (String, String)> {
    TOOLS.into_iter().filter_map(|(name, directory)| {
        let is_set = env::var_os(name).filter(|place| !place.is_empty()).map(PathBuf::from);
        let place = is_set.or_else(|| Some(env::home_dir()?.join(directory)))?;
        Some((name.to_owned(), place.to_str().filter(|_| place.is_dir())?.to_owned()))
    })
}
