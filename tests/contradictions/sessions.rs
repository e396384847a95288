// SPDX-FileCopyrightText: Copyright (c) 2026 NVIDIA CORPORATION & AFFILIATES. All rights reserved.
// SPDX-License-Identifier: Apache-2.0

//! Sessions that contradict themselves.

use telemetry_core::profile::SessionPolicy;
use telemetry_core::Profile;

const SHOP: Profile = Profile::new("shop", "1");

// refused: there is no session to join: the session of every process is `undefined`
const NOTHING_TO_JOIN: Profile = SHOP.session(SessionPolicy::Undefined).session_env("SHOP_SESSION");

// refused: there is no session to join: the session of every process is `undefined`
const NOTHING_TO_JOIN_EITHER: Profile = SHOP.session_env("SHOP_SESSION").session(SessionPolicy::Undefined);

// refused: a session's file is a plain name in the configuration directory
const ELSEWHERE: SessionPolicy = SessionPolicy::stored("/etc/session", 30);

// refused: a session that is never kept needs no file: use `SessionPolicy::HexPerProcess`
const NEVER: SessionPolicy = SessionPolicy::stored("session.json", 0);

// refused: a session that lasts for more than a year tells a user apart, not a session
const FOR_EVER: SessionPolicy = SessionPolicy::stored("session.json", 36_500);

// refused: a session prefix has at most 64 letters, digits, `_`, `-` and `.`
const ADDRESS: Profile = SHOP.session_prefix("SHOP_PREFIX", "ann@example.com");

// refused: an environment variable needs a name
const NAMELESS: Profile = SHOP.session_prefix("", "shop-");
