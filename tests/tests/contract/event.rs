// SPDX-FileCopyrightText: Copyright (c) 2026 NVIDIA CORPORATION & AFFILIATES. All rights reserved.
// SPDX-License-Identifier: Apache-2.0

//! Derived events: serialization, bounds, sentinels, descriptor.

#![forbid(unsafe_code)]
#![deny(missing_docs, warnings)]

use std::collections::{BTreeMap, BTreeSet};

use serde_json::json;
use telemetry_core::descriptor::{DurationUnit, Role, Shape};
use telemetry_core::value::{Token, Version};
use telemetry_core::{Product, Profile, TelemetryEnum, TelemetryEvent, TelemetryValue};

struct OpenShell;

impl Product for OpenShell {
    const PROFILE: Profile = Profile::new("openshell", "415437562476676").source("nvidiaSource", "openshell");
}

/// How it ended.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, TelemetryEnum)]
#[telemetry(rename_all = "snake_case")]
enum Outcome {
    Success,
    Failure,
    TimedOut,
    #[telemetry(fallback)]
    Undefined,
}

/// A sandbox was created, or not.
#[derive(Debug, Clone, PartialEq, TelemetryEvent)]
#[telemetry(product = OpenShell, event_name = "sandbox_create", schema_version = "4.0")]
struct SandboxCreate {
    /// How the creation ended.
    #[telemetry(outcome, sentinel = Outcome::Undefined)]
    outcome: Outcome,
    /// Wall time.
    #[telemetry(duration = "ms", sentinel = -1)]
    duration_ms: i64,
    /// GPUs asked for.
    #[telemetry(range = 0..=64, sentinel = 0)]
    requested_gpu: u32,
    /// Share of the machine.
    #[telemetry(sentinel = -1.0)]
    load: f64,
    /// Who serves the model.
    #[telemetry(free_text = "engine identifiers, never model names", max_len = 4, sentinel = "none")]
    engine: String,
    /// How many files it holds.
    #[telemetry(bucket(1, 2, 5, 10), sentinel = 0)]
    files: usize,
    /// What it is called.
    #[telemetry(rename = "type", sentinel = None)]
    r#type: Option<Token>,
}

fn parameters(event: &impl TelemetryEvent) -> serde_json::Value {
    serde_json::to_value(event).unwrap()
}

#[test]
fn the_default_is_every_sentinel_and_the_source_comes_first() {
    let text = serde_json::to_string(&SandboxCreate::default()).unwrap();
    assert_eq!(
        text,
        r#"{"nvidiaSource":"openshell","outcome":"undefined","durationMs":-1,"requestedGpu":0,"load":-1.0,"engine":"none","files":"0","type":null}"#
    );
}

/// A sandbox was removed.
#[derive(Debug, TelemetryEvent)]
#[telemetry(product = OpenShell, event_name = "sandbox_remove", schema_version = "4.0", default)]
struct SandboxRemove {
    /// What removed it.
    by: Token,
    /// The version of that.
    version: Version,
    /// Whether by force.
    is_forced: bool,
    /// How long it lived, in seconds.
    #[telemetry(sentinel = -1.0)]
    seconds: f64,
    /// Files left.
    files: Vec<u32>,
}

/// A sandbox was listed.
#[derive(Debug, TelemetryEvent)]
#[telemetry(product = OpenShell, event_name = "sandbox_list", schema_version = "4.0")]
struct SandboxList {
    /// Engines asked for, if any.
    #[telemetry(free_text = "engine names", max_len = 4, sentinel = None)]
    engines: Option<Vec<String>>,
}

#[test]
fn a_list_of_free_texts_may_be_null() {
    const TEXTS: &Shape = &Shape::list(&Shape::free_text("engine names", 4));
    assert_eq!(SandboxList::DESCRIPTOR.fields[0].shape, Shape::Nullable(TEXTS));
    let mut event = SandboxList { engines: Some(vec!["nvidia".into(), "b\nad".into()]) };
    assert_eq!(event.normalize(), Ok(2));
    assert_eq!(parameters(&event), json!({"nvidiaSource": "openshell", "engines": ["nvid"]}));
    assert_eq!(parameters(&SandboxList::default()), json!({"nvidiaSource": "openshell", "engines": null}));
}

#[test]
fn with_the_key_default_a_field_without_a_sentinel_has_the_default_of_its_type() {
    let text = serde_json::to_string(&SandboxRemove::default()).unwrap();
    assert_eq!(
        text,
        r#"{"nvidiaSource":"openshell","by":"unknown","version":"unknown","isForced":false,"seconds":-1.0,"files":[]}"#
    );
}

#[test]
fn values_in_bounds_stay_as_they_are() {
    let mut event = SandboxCreate {
        outcome: Outcome::Success,
        duration_ms: 12,
        requested_gpu: 64,
        load: 0.5,
        engine: "nim".into(),
        files: 4,
        r#type: Some(Token::from_static("a")),
    };
    let before = event.clone();
    assert_eq!(event.normalize(), Ok(0));
    assert_eq!(event, before);
    assert_eq!(
        parameters(&event),
        json!({"nvidiaSource": "openshell", "outcome": "success", "durationMs": 12, "requestedGpu": 64, "load": 0.5,
               "engine": "nim", "files": "3-5", "type": "a"})
    );
}

#[test]
fn values_out_of_bounds_saturate_or_become_their_sentinel_and_are_counted() {
    let mut event = SandboxCreate {
        requested_gpu: 65,
        load: f64::NAN,
        engine: "nvidia".into(),
        ..SandboxCreate::default()
    };
    assert_eq!(event.normalize(), Ok(3));
    assert_eq!((event.requested_gpu, event.load, event.engine.as_str()), (64, -1.0, "nvid"));
    event.engine = "a\nb".into();
    assert_eq!(event.normalize(), Ok(1));
    assert_eq!(event.engine, "none");
}

#[test]
fn the_descriptor_says_everything_in_the_order_of_declaration() {
    let descriptor = SandboxCreate::DESCRIPTOR;
    assert_eq!(
        (descriptor.name, descriptor.schema_version, descriptor.doc),
        ("sandbox_create", "4.0", "A sandbox was created, or not.")
    );
    assert_eq!(descriptor.source, Some(("nvidiaSource", "openshell")));
    let names: Vec<_> = descriptor.fields.iter().map(|field| (field.name, field.rust_name)).collect();
    assert_eq!(
        names,
        [
            ("outcome", "outcome"),
            ("durationMs", "duration_ms"),
            ("requestedGpu", "requested_gpu"),
            ("load", "load"),
            ("engine", "engine"),
            ("files", "files"),
            ("type", "type"),
        ]
    );
    let roles: Vec<_> = descriptor.fields.iter().filter_map(|field| field.role).collect();
    assert_eq!(roles, [Role::Outcome, Role::Duration(DurationUnit::Milliseconds)]);
    assert_eq!(descriptor.fields[1].doc, "Wall time.");
    assert!(descriptor.origin.file.ends_with("contract/event.rs"));
    let mut lines = include_str!("event.rs").lines().skip(descriptor.origin.line as usize - 1);
    assert!(lines.next().is_some_and(|line| line.contains("TelemetryEvent")), "the line of the derive");
    assert!(lines.nth(1).is_some_and(|line| line.contains("struct SandboxCreate")));
}

#[test]
fn shapes_follow_the_keys() {
    let shapes: Vec<_> = SandboxCreate::DESCRIPTOR.fields.iter().map(|field| field.shape).collect();
    assert_eq!(shapes[0], Shape::Enum(<Outcome as TelemetryEnum>::DESCRIPTOR));
    assert_eq!(shapes[2], Shape::integer(0, 64));
    assert_eq!(shapes[4], Shape::free_text("engine identifiers, never model names", 4));
    assert_eq!(shapes[5], Shape::bucket(&[1, 2, 5, 10]));
    assert_eq!(shapes[6], Shape::Nullable(&<Token as TelemetryValue>::SHAPE));
}

const MOST: i64 = 10;

/// One step of a job.
#[derive(Debug, Clone, PartialEq, TelemetryValue)]
struct Step {
    /// Which one.
    #[telemetry(range = -1..=MOST - 1, sentinel = -1)]
    index: i128,
    /// How long.
    #[telemetry(sentinel = 0.0)]
    seconds: f32,
}

/// A job ran.
#[derive(TelemetryEvent)]
#[telemetry(product = OpenShell)]
#[telemetry(event_name = "job", schema_version = "1")]
struct Job {
    /// Its steps.
    steps: Vec<Step>,
    /// The steps by version.
    by_version: BTreeMap<Version, Option<Step>>,
    /// How they ended.
    outcomes: BTreeSet<Outcome>,
    /// How often each ended how.
    tally: BTreeMap<Outcome, u32>,
    /// Most at once.
    #[telemetry(range = 0..=MOST)]
    peak: Option<u64>,
    /// Names.
    #[telemetry(free_text = "made up", max_len = 1, sentinel = vec![])]
    names: Vec<String>,
}

#[test]
fn objects_lists_maps_and_sets_nest_and_normalize() {
    let step = |index, seconds| Step { index, seconds };
    let mut job = Job {
        steps: vec![step(100, 1.0), step(-7, f32::NAN)],
        by_version: [(Version::from_static("1.0"), Some(step(1, 1.0))), (Version::from_static("2"), None)]
            .into(),
        outcomes: [Outcome::Undefined, Outcome::Success].into(),
        tally: [(Outcome::TimedOut, 2)].into(),
        peak: Some(u64::MAX),
        names: vec!["ab".into(), "\0".into()],
    };
    assert_eq!(job.normalize(), Ok(6));
    assert_eq!(job.normalize(), Ok(0));
    assert_eq!(
        parameters(&job),
        json!({"nvidiaSource": "openshell",
            "steps": [{"index": 9, "seconds": 1.0}, {"index": -1, "seconds": 0.0}],
            "byVersion": {"1.0": {"index": 1, "seconds": 1.0}, "2": null},
            "outcomes": ["success", "undefined"], "tally": {"timed_out": 2}, "peak": 10, "names": ["a"]})
    );
    let Shape::List { item: Shape::Object(object), .. } = Job::DESCRIPTOR.fields[0].shape else {
        panic!("not a list of objects")
    };
    assert_eq!((object.name, object.doc, object.fields.len()), ("Step", "One step of a job.", 2));
    assert_eq!(object.fields[0].shape, Shape::integer(-1, 9));
    assert_eq!(Step { index: -1, seconds: 0.0 }, Step::default());
}

fn not_a_number() -> f64 {
    f64::from_bits(0x7ff8_0000_0000_0000)
}

type Seconds = f64;

/// How long things took.
#[derive(Debug, TelemetryValue)]
struct Times {
    /// Each of them.
    #[telemetry(sentinel = vec![not_a_number()])]
    each: Vec<f64>,
}

/// Things took time.
#[derive(Debug, TelemetryEvent)]
#[telemetry(product = OpenShell, event_name = "times", schema_version = "1")]
struct TimesTaken {
    /// All of it.
    #[telemetry(sentinel = not_a_number())]
    all: Seconds,
    /// The parts.
    parts: Option<Times>,
}

#[test]
fn a_sentinel_that_cannot_be_sent_keeps_the_event_from_being_sent_wherever_it_is() {
    let times = |each: f64| Some(Times { each: vec![each] });
    for (event, is_sent) in [
        (TimesTaken { all: 1.0, parts: times(1.0) }, true),
        (TimesTaken { all: f64::NAN, parts: None }, false),
        (TimesTaken { all: 1.0, parts: times(f64::NAN) }, false),
    ] {
        let (telemetry, sent) = telemetry_core::testing::capture::<OpenShell>();
        telemetry.emit(event);
        assert_eq!(sent.events().len(), usize::from(is_sent));
        let dropped = telemetry.stats().dropped(telemetry_core::stats::DropReason::Unserializable);
        assert_eq!(dropped, u64::from(!is_sent));
    }
}

/// Nothing but the source.
#[derive(Default, Clone, Copy)]
struct Unsourced;

impl Product for Unsourced {
    const PROFILE: Profile = Profile::new("unsourced", "1");
}

/// Something happened.
#[derive(TelemetryEvent)]
#[telemetry(product = Unsourced, event_name = "ping", schema_version = "1.0")]
struct Ping {}

#[test]
fn an_event_may_have_no_fields_and_its_product_no_source() {
    assert_eq!(parameters(&Ping::default()), json!({}));
    assert_eq!(Ping {}.normalize(), Ok(0));
}
