// SPDX-FileCopyrightText: Copyright (c) 2026 NVIDIA CORPORATION & AFFILIATES. All rights reserved.
// SPDX-License-Identifier: Apache-2.0

//! Consent that contradicts itself.

use telemetry_core::consent::{ConsentFile, Rule};
use telemetry_core::{ConsentPolicy, Profile};

// refused: an environment variable has one rule
const TWO_RULES: ConsentPolicy = ConsentPolicy::variables(&[("CI", Rule::OptOut), ("CI", Rule::Presence)]);

// refused: an environment variable needs a name
const NAMELESS: ConsentPolicy = ConsentPolicy::variables(&[("", Rule::OptOut)]);

// refused: a variable without words opts out whenever it is set
const NO_WORD: ConsentPolicy = ConsentPolicy::variables(&[("SHOP_TELEMETRY", Rule::Words(&[]))]);

// refused: nothing can opt in: the policy needs a consent file, or a variable with `Rule::Enable` or `Rule::Words`
const NOBODY_CAN_AGREE: Profile =
    Profile::new("shop", "1").consent(ConsentPolicy::variables(&[("CI", Rule::OptOut)]).opt_in());

// refused: nothing can opt in: the policy needs a consent file, or a variable with `Rule::Enable` or `Rule::Words`
const NOT_EVEN_ALL: Profile =
    Profile::new("shop", "1").consent(ConsentPolicy::variables(&[("CI", Rule::OptOut)]).unanimous());

// refused: no user can opt out: a policy without marker needs a variable or a consent file
const NO_WAY_OUT: Profile =
    Profile::new("shop", "1").consent(ConsentPolicy::variables(&[]).without_marker());

// refused: a consent file is a plain name in the configuration directory
const ELSEWHERE: ConsentFile = ConsentFile::toml("../consent.toml", "consent", &["yes"]);

// refused: a key has letters, digits, `_`, `-` and `.`
const KEY_WITH_BLANK: ConsentFile = ConsentFile::toml("consent.toml", "my consent", &["yes"]);

// refused: a consent file without words can never opt in
const FILE_WITHOUT_YES: ConsentFile = ConsentFile::yaml("consent.yaml", "consent", &[]);
