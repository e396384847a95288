// SPDX-FileCopyrightText: Copyright (c) 2026 NVIDIA CORPORATION & AFFILIATES. All rights reserved.
// SPDX-License-Identifier: Apache-2.0

//! Consent that contradicts itself.

use telemetry_core::consent::{ConsentFile, Rule};
use telemetry_core::{ConsentPolicy, Profile};

const TWO_RULES: ConsentPolicy = ConsentPolicy::variables(&[("CI", Rule::OptOut), ("CI", Rule::Presence)]);

const NAMELESS: ConsentPolicy = ConsentPolicy::variables(&[("", Rule::OptOut)]);

const NO_WORD: ConsentPolicy = ConsentPolicy::variables(&[("SHOP_TELEMETRY", Rule::Words(&[]))]);

const NOBODY_CAN_AGREE: Profile =
    Profile::new("shop", "1").consent(ConsentPolicy::variables(&[("CI", Rule::OptOut)]).opt_in());

const NOT_EVEN_ALL: Profile =
    Profile::new("shop", "1").consent(ConsentPolicy::variables(&[("CI", Rule::OptOut)]).unanimous());

const ELSEWHERE: ConsentFile = ConsentFile::toml("../consent.toml", "consent", &["yes"]);

const KEY_WITH_BLANK: ConsentFile = ConsentFile::toml("consent.toml", "my consent", &["yes"]);

const FILE_WITHOUT_YES: ConsentFile = ConsentFile::yaml("consent.yaml", "consent", &[]);

fn main() {}
