// SPDX-FileCopyrightText: Copyright (c) 2026 NVIDIA CORPORATION & AFFILIATES. All rights reserved.
// SPDX-License-Identifier: Apache-2.0

//! Flows of other crates: found because the crate is linked, and every contradiction named with both its places.

// Naming the crate links it; nothing else of it is needed for its flows to be there.
use acme_flows as _;

use telemetry_guardrails::FeatureId;
use telemetry_guardrails::tables::{Compat, Tables};

telemetry_guardrails::builtin_flows! {
    Gliner => ["acme self check input"],
    TrendMicro => ["flow of this very test"],
}

/// Where the macro above is called.
const LINE_HERE: u32 = line!() - 6;

fn feature(flow: &str) -> Option<FeatureId> {
    Tables::linked().feature_of_flow(flow, Compat::default())
}

#[test]
fn flows_and_aliases_of_linked_crates_are_found() {
    assert_eq!(feature("acme regex on output"), Some(FeatureId::Regex));
    assert_eq!(feature("flow of this very test"), Some(FeatureId::TrendMicro));
    let alias = Tables::linked().feature_id("acme_self_check", Compat::default());
    assert_eq!(alias, Some(FeatureId::SelfCheck));
    // A crate that is not linked registers nothing and says nothing: a floor shows that all are there.
    assert!(Tables::linked().flows().len() >= 80 + 3, "{}", Tables::linked().flows().len());
}

#[test]
fn contradictions_are_named_with_both_places_and_the_smallest_place_wins() {
    let conflicts: Vec<_> = Tables::linked().conflicts().iter().map(ToString::to_string).collect();
    let [ours, theirs] = &conflicts[..] else { panic!("{conflicts:?}") };
    assert_eq!(
        *ours,
        format!(
            "flow `acme self check input` is registered differently at tests/fixtures/acme-flows/src/lib.rs:8 and \
             tests/tests/link_time_registration.rs:{LINE_HERE}\nhelp: remove one of them; until then the first is used"
        )
    );
    let line = acme_flows::LINE_OF_CONFLICT;
    let at_theirs = format!(
        "flow `self check input` is registered differently at tests/fixtures/acme-flows/src/lib.rs:{line} and "
    );
    let rest = theirs.strip_prefix(&at_theirs).unwrap_or_else(|| panic!("{theirs}"));
    assert!(rest.starts_with("telemetry-guardrails/src/tables/builtin.rs:"), "{rest}");
    assert_eq!(feature("acme self check input"), Some(FeatureId::SelfCheck));
    assert_eq!(feature("self check input"), Some(FeatureId::Regex));
}
