// SPDX-FileCopyrightText: Copyright (c) 2026 NVIDIA CORPORATION & AFFILIATES. All rights reserved.
// SPDX-License-Identifier: Apache-2.0

//! Envelopes and requests that contradict themselves.

use std::time::Duration;

use telemetry_core::Profile;

const SHOP: Profile = Profile::new("shop", "1");

// refused: the client id is given to `Profile::new`
const CLIENT: Profile = SHOP.envelope_values(&[("clientId", "2")]);

// refused: this value has a setting of its own: `Profile::system_version`
const SYSTEM: Profile = SHOP.envelope_values(&[("eventSysVer", "shop/1.0")]);

// refused: the schema version is the event's: `schema_version = "…"`
const SCHEMA: Profile = SHOP.envelope_values(&[("eventSchemaVer", "1.0")]);

// refused: this value has a setting of its own: `Profile::session`
const SESSION: Profile = SHOP.envelope_values(&[("sessionId", "ann")]);

// refused: the time of sending is not known before
const SENT: Profile = SHOP.envelope_values(&[("sentTs", "today")]);

// refused: the protocol is fixed by this crate
const PROTOCOL: Profile = SHOP.envelope_values(&[("eventProtocol", "2.0")]);

// refused: an envelope has no such key; spell it as the reference does: `deviceOS`
const MISSPELLED: Profile = SHOP.envelope_values(&[("deviceOs", "linux")]);

// refused: an envelope has each key once
const TWICE: Profile = SHOP.envelope_values(&[("deviceOS", "linux"), ("deviceOS", "windows")]);

// refused: an envelope's value is printable ASCII, such as `undefined`
const EMPTY: Profile = SHOP.envelope_values(&[("deviceOS", "")]);

// refused: this header is set by the transport: leave it out
const TRANSPORT: Profile = SHOP.headers(&[("Content-Length", "0")]);

// refused: a header's name has letters, digits, `-`, `_` and `.`
const NO_HEADER: Profile = SHOP.headers(&[("X Shop", "1")]);

// refused: a header's value is printable ASCII
const SPLIT: Profile = SHOP.headers(&[("X-Shop", "1\r\nHost: example.com")]);

// refused: a request has each header once
const TWO: Profile = SHOP.headers(&[("X-Shop", "1"), ("x-shop", "2")]);

// refused: an exit waits for at most 10 s
const LONG_EXIT: Profile = SHOP.exit_wait(Duration::from_secs(60));
