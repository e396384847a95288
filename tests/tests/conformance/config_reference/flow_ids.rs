// SPDX-FileCopyrightText: Copyright (c) 2026 NVIDIA CORPORATION & AFFILIATES. All rights reserved.
// SPDX-License-Identifier: Apache-2.0

//! Every recorded flow name is normalized as recorded.

use telemetry_guardrails::config::normalize_flow_id;
use telemetry_tests::recorded;

#[test]
fn flow_names_are_normalized_as_recorded() {
    let pairs = recorded::json("normalize_flow_id.json");
    let pairs = pairs.as_array().unwrap();
    assert_eq!(pairs.len(), 63);
    for pair in pairs {
        let (input, expected) = (pair[0].as_str().unwrap(), pair[1].as_str().unwrap());
        assert_eq!(normalize_flow_id(input), expected, "{input:?}");
    }
}
