// SPDX-FileCopyrightText: Copyright (c) 2026 NVIDIA CORPORATION & AFFILIATES. All rights reserved.
// SPDX-License-Identifier: Apache-2.0

//! `#[telemetry_engine]`: constructions of every shape, in processes of their own.

use acme_engines::{AcmeRails, LINE_OF_ENGINE};
use serde_json::Value;
use telemetry_guardrails::{RailsEngine, RegisteredEngine, TelemetryEngine, engines, telemetry_engine};
use telemetry_tests::child::{Outcome, Probe};
use telemetry_tests::home::Home;
use telemetry_tests::server::Server;

/// The events that these constructions send, and how the process ended.
fn construct(names: &[&str]) -> (Vec<Value>, Outcome) {
    let (server, home) = (Server::start(), Home::new());
    let outcome = Probe::new(env!("CARGO_BIN_EXE_engines"), &home).sending_to(server.url()).run(names);
    (server.after_exit().iter().map(|request| request.parameters()).collect(), outcome)
}

#[test]
fn each_kind_of_construction_reports_once() {
    for name in ["plain", "early", "fallible", "optional", "boxed", "shared", "counted", "later", "wrapped"] {
        let (events, outcome) = construct(&[name]);
        let _ = outcome.checked();
        assert_eq!(events.len(), 1, "{name}");
        assert_eq!(events[0]["railsEngine"], "LLMRails", "{name}");
        assert_eq!(events[0]["deploymentType"], "library", "{name}");
        assert_eq!(events[0]["colangVersion"], "1.0", "{name}");
    }
}

#[test]
fn a_macro_may_write_a_constructor_and_its_error_may_be_opaque() {
    for name in ["put_in_by_a_macro", "attributed", "later_attributed", "opaque", "later_opaque"] {
        let (events, outcome) = construct(&[name]);
        assert_eq!((events.len(), outcome.code), (1, Some(0)), "{name}");
    }
}

#[test]
fn the_event_tells_about_the_engine_that_was_made() {
    let (events, _) = construct(&["plain", "early"]);
    let features: Vec<_> = events.iter().map(|event| event["builtinFeatures"].clone()).collect();
    assert_eq!(features, [serde_json::json!([]), serde_json::json!(["self_check"])]);
}

#[test]
fn a_construction_that_fails_reports_nothing() {
    for name in ["failing", "absent", "later_failing", "cancelled", "panicking"] {
        let (events, outcome) = construct(&[name]);
        assert_eq!((events.len(), outcome.code), (0, Some(0)), "{name}");
    }
}

#[test]
fn an_engine_that_marked_constructors_make_together_counts_once() {
    for name in ["across_blocks", "through_an_alias", "later_through_an_alias", "by_hand_too"] {
        let (events, outcome) = construct(&[name]);
        assert_eq!((events.len(), outcome.code), (1, Some(0)), "{name}");
    }
}

#[test]
fn what_a_constructor_that_fails_has_called_reports_nothing_and_the_next_one_reports() {
    let (events, outcome) = construct(&["failing_inside", "plain"]);
    assert_eq!((events.len(), outcome.code), (1, Some(0)));
    assert_eq!(events[0]["builtinFeatures"], serde_json::json!([]), "it is the one of `plain`");
}

#[test]
fn a_construction_that_waits_hides_no_other_one() {
    let (events, outcome) = construct(&["while_another_waits"]);
    assert_eq!((events.len(), outcome.code), (2, Some(0)));
}

#[test]
fn an_engine_of_another_type_inside_counts_too() {
    let (events, outcome) = construct(&["pair"]);
    let _ = outcome.checked();
    let engines: Vec<_> = events.iter().map(|event| &event["railsEngine"]).collect();
    assert_eq!(engines, ["LLMRails", "IORails"]);
}

#[test]
fn a_configuration_that_panics_costs_the_report_and_not_the_engine() {
    let (events, outcome) = construct(&["broken_config", "plain"]);
    assert_eq!((events.len(), outcome.code), (1, Some(0)));
}

#[test]
fn engines_may_be_generic_and_may_have_no_configuration() {
    let (events, outcome) = construct(&["generic", "bare"]);
    let _ = outcome.checked();
    let engines: Vec<_> =
        events.iter().map(|event| (&event["railsEngine"], &event["colangVersion"])).collect();
    assert_eq!(engines, [(&"IORails".into(), &"1.0".into()), (&"undefined".into(), &"unknown".into())]);
}

#[test]
fn a_crate_may_have_guardrails_under_another_name() {
    for name in ["renamed", "later_renamed"] {
        let (events, outcome) = construct(&[name]);
        assert_eq!((events.len(), outcome.code), (1, Some(0)), "{name}");
        assert_eq!(events[0]["railsEngine"], "IORails", "{name}");
    }
}

mod declared {
    pub(super) mod inside {
        use super::super::{RailsEngine, telemetry_engine};

        pub(in super::super) const LINE: u32 = line!() + 2;

        #[telemetry_engine(engine = RailsEngine::LlmRails)]
        pub(in super::super) struct Nested<T>(std::marker::PhantomData<T>);
    }
}

fn registered(type_name: &str) -> RegisteredEngine {
    let of_that_name: Vec<_> = engines().into_iter().filter(|engine| engine.type_name == type_name).collect();
    let [engine] = of_that_name[..] else { panic!("{type_name} is registered once, not {of_that_name:?}") };
    *engine
}

#[test]
fn an_engine_is_registered_with_its_name_its_module_and_its_place() {
    let engine = registered("Nested");
    assert_eq!(engine.engine, declared::inside::Nested::<u8>::ENGINE);
    assert_eq!(engine.module, "products::engines::declared::inside");
    assert_eq!(
        engine.origin.to_string(),
        format!("tests/tests/products/engines.rs:{}", declared::inside::LINE)
    );
}

#[test]
fn an_engine_of_another_crate_is_registered_with_a_place_there() {
    let engine = registered("AcmeRails");
    assert_eq!(engine.engine, AcmeRails::ENGINE);
    assert_eq!(engine.module, "acme_engines");
    let place = format!("tests/fixtures/acme-engines/src/lib.rs:{LINE_OF_ENGINE}");
    assert_eq!(engine.origin.to_string(), place);
}
