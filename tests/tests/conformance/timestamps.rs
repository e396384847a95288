// SPDX-FileCopyrightText: Copyright (c) 2026 NVIDIA CORPORATION & AFFILIATES. All rights reserved.
// SPDX-License-Identifier: Apache-2.0

//! Unix seconds become the recorded ISO text, or are refused where the reference refuses them.

use serde_json::Value;
use telemetry_core::time::IsoTimestamp;
use telemetry_tests::recorded;

#[test]
fn seconds_become_the_recorded_text_or_are_refused() {
    let rows = recorded::rows("iso_timestamps.jsonl");
    for row in &rows {
        let text = IsoTimestamp::new(seconds(row)).map(|timestamp| timestamp.to_string());
        assert_eq!(text.ok().as_deref(), row["iso"].as_str(), "{}", recorded::id(row));
    }
    let refused = rows.iter().filter(|row| row.get("error").is_some()).count();
    assert_eq!((rows.len(), refused), (1283, 19), "rows, refused");
}

fn seconds(row: &Value) -> f64 {
    let bits = row["bits"].as_str().expect("each row has the bits of its number");
    f64::from_bits(u64::from_str_radix(bits, 16).expect("bits are hexadecimal"))
}
