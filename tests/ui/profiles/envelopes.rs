// SPDX-FileCopyrightText: Copyright (c) 2026 NVIDIA CORPORATION & AFFILIATES. All rights reserved.
// SPDX-License-Identifier: Apache-2.0

//! Envelopes and requests that contradict themselves.

use std::time::Duration;

use telemetry_core::Profile;

const SHOP: Profile = Profile::new("shop", "1");

const CLIENT: Profile = SHOP.envelope_values(&[("clientId", "2")]);

const SYSTEM: Profile = SHOP.envelope_values(&[("eventSysVer", "shop/1.0")]);

const SCHEMA: Profile = SHOP.envelope_values(&[("eventSchemaVer", "1.0")]);

const SESSION: Profile = SHOP.envelope_values(&[("sessionId", "ann")]);

const SENT: Profile = SHOP.envelope_values(&[("sentTs", "today")]);

const PROTOCOL: Profile = SHOP.envelope_values(&[("eventProtocol", "2.0")]);

const MISSPELT: Profile = SHOP.envelope_values(&[("deviceOs", "linux")]);

const TWICE: Profile = SHOP.envelope_values(&[("deviceOS", "linux"), ("deviceOS", "windows")]);

const EMPTY: Profile = SHOP.envelope_values(&[("deviceOS", "")]);

const TRANSPORT: Profile = SHOP.headers(&[("Content-Length", "0")]);

const NO_HEADER: Profile = SHOP.headers(&[("X Shop", "1")]);

const SPLIT: Profile = SHOP.headers(&[("X-Shop", "1\r\nHost: example.com")]);

const TWO: Profile = SHOP.headers(&[("X-Shop", "1"), ("x-shop", "2")]);

const LONG_EXIT: Profile = SHOP.exit_wait(Duration::from_secs(60));

fn main() {}
