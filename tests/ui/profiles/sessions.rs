// SPDX-FileCopyrightText: Copyright (c) 2026 NVIDIA CORPORATION & AFFILIATES. All rights reserved.
// SPDX-License-Identifier: Apache-2.0

//! Sessions that contradict themselves.

use telemetry_core::{Profile, SessionPolicy};

const SHOP: Profile = Profile::new("shop", "1");

const NOTHING_TO_JOIN: Profile = SHOP.session(SessionPolicy::Undefined).session_env("SHOP_SESSION");

const NOTHING_TO_JOIN_EITHER: Profile = SHOP.session_env("SHOP_SESSION").session(SessionPolicy::Undefined);

const ELSEWHERE: SessionPolicy = SessionPolicy::stored("/etc/session", 30);

const NEVER: SessionPolicy = SessionPolicy::stored("session.json", 0);

const FOR_EVER: SessionPolicy = SessionPolicy::stored("session.json", 36_500);

const ADDRESS: Profile = SHOP.session_prefix("SHOP_PREFIX", "ann@example.com");

const NAMELESS: Profile = SHOP.session_prefix("", "shop-");

fn main() {}
