// SPDX-FileCopyrightText: Copyright (c) 2026 NVIDIA CORPORATION & AFFILIATES. All rights reserved.
// SPDX-License-Identifier: Apache-2.0

//! How the payments of a shop end.

use telemetry_core::Client;
use telemetry_core::testing::{Captured, Json, capture};
pub(crate) use telemetry_tests::shop::{Outcome, Payment, Shop};

/// How the operations ended that were sent, in order.
pub(crate) fn outcomes(sent: &Captured<Shop>) -> Vec<String> {
    let text = |value: &Json| value.as_str().unwrap().to_owned();
    sent.events().iter().map(|event| text(&event.parameters["outcome"])).collect()
}

/// The event that one way out of `work` emits.
pub(crate) fn outcome_of(work: impl FnOnce(&Client<Shop>)) -> Vec<String> {
    let (telemetry, sent) = capture::<Shop>();
    work(&telemetry);
    outcomes(&sent)
}
