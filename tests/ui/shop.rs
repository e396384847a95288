// SPDX-FileCopyrightText: Copyright (c) 2026 NVIDIA CORPORATION & AFFILIATES. All rights reserved.
// SPDX-License-Identifier: Apache-2.0

//! The product of the cases.

use telemetry_core::{Product, Profile};

pub struct Shop;

impl Product for Shop {
    const PROFILE: Profile = Profile::new("shop", "1").source("nemoSource", "shop");
}
