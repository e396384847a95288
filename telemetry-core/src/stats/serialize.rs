// SPDX-FileCopyrightText: Copyright (c) 2026 NVIDIA CORPORATION & AFFILIATES. All rights reserved.
// SPDX-License-Identifier: Apache-2.0

//! Counters as a service exports them, and as `status --json` shows them.

use serde::ser::SerializeMap;
use serde::{Serialize, Serializer};

use super::{BreakerState, DropReason, RequestReport, Stats};
use crate::as_str::serialize_as_str;

serialize_as_str!(BreakerState, DropReason);

/// As a map from the names of the fields; `dropped` is one from the [name](DropReason::as_str) of each [`DropReason`] to its number.
impl Serialize for Stats {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        let mut map = serializer.serialize_map(Some(11))?;
        map.serialize_entry("produced", &self.produced)?;
        map.serialize_entry("delivered", &self.delivered)?;
        map.serialize_entry("queued", &self.queued)?;
        map.serialize_entry("dropped", &Dropped(self))?;
        map.serialize_entry("adjusted_values", &self.adjusted_values)?;
        map.serialize_entry("audit_failures", &self.audit_failures)?;
        map.serialize_entry("last_audit_error", &self.last_audit_error)?;
        map.serialize_entry("queued_bytes", &self.queued_bytes)?;
        map.serialize_entry("requests", &self.requests)?;
        map.serialize_entry("last_request", &self.last_request)?;
        map.serialize_entry("breaker", &self.breaker)?;
        map.end()
    }
}

struct Dropped<'a>(&'a Stats);

impl Serialize for Dropped<'_> {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.collect_map(DropReason::ALL.iter().map(|reason| (reason, self.0.dropped(*reason))))
    }
}

/// As a map: the `status` or the `error`, the other one being null, and `elapsed_ms`.
impl Serialize for RequestReport {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        let mut map = serializer.serialize_map(Some(3))?;
        map.serialize_entry("status", &self.result.as_ref().ok())?;
        map.serialize_entry("error", &self.result.as_ref().err())?;
        map.serialize_entry("elapsed_ms", &u64::try_from(self.elapsed.as_millis()).unwrap_or(u64::MAX))?;
        map.end()
    }
}

#[cfg(all(test, feature = "client"))]
mod tests {
    use std::time::Duration;

    use serde_json::{Value, json, to_value};

    use super::*;

    #[test]
    fn every_field_and_every_reason_has_its_name() {
        let mut stats = Stats { last_audit_error: Some("read-only".into()), ..Stats::default() };
        stats.add(7);
        stats.record_outcome(Err(DropReason::QueueFull), 1, 7);
        let mut json = to_value(&stats).unwrap();
        let dropped = json["dropped"].take();
        assert_eq!(dropped["queue_full"], 1);
        assert_eq!(dropped.as_object().map(serde_json::Map::len), Some(DropReason::ALL.len()));
        let expected = json!({
            "produced": 1, "delivered": 0, "queued": 0, "dropped": Value::Null, "adjusted_values": 0, "audit_failures": 0,
            "last_audit_error": "read-only", "queued_bytes": 0, "requests": 0, "last_request": null, "breaker": "closed",
        });
        assert_eq!(json, expected);
    }

    #[test]
    fn names_are_in_snake_case_and_no_two_are_the_same() {
        let reasons = DropReason::ALL.iter().map(|reason| reason.as_str());
        let names: std::collections::BTreeSet<_> = reasons.collect();
        assert_eq!(names.len(), DropReason::ALL.len());
        assert!(names.iter().all(|name| name.bytes().all(|byte| byte.is_ascii_lowercase() || byte == b'_')));
        for reason in DropReason::ALL {
            assert_eq!(
                reason.as_str().replace('_', " "),
                reason.to_string(),
                "the text is the same in words"
            );
            assert_eq!(to_value(reason).unwrap(), reason.as_str());
        }
    }

    #[test]
    fn a_request_has_a_status_or_an_error() {
        let report = |result| RequestReport { result, elapsed: Duration::from_millis(3) };
        assert_eq!(
            to_value(report(Ok(204))).unwrap(),
            json!({"status": 204, "error": null, "elapsed_ms": 3})
        );
        let reset = report(Err("connection reset".into()));
        assert_eq!(
            to_value(reset).unwrap(),
            json!({"status": null, "error": "connection reset", "elapsed_ms": 3})
        );
    }
}
