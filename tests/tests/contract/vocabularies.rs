// SPDX-FileCopyrightText: Copyright (c) 2026 NVIDIA CORPORATION & AFFILIATES. All rights reserved.
// SPDX-License-Identifier: Apache-2.0

//! Derived enums: texts, strict and lenient parsing, serialization.

#![forbid(unsafe_code)]
#![deny(missing_docs, warnings)]

use telemetry_core::descriptor::Shape;
use telemetry_core::{TelemetryEnum, TelemetryValue};

/// Where the product runs.
#[derive(Debug, Clone, Copy, PartialEq, TelemetryEnum)]
#[telemetry(rename_all = "SCREAMING_SNAKE_CASE")]
enum Host {
    BareMetal,
    #[telemetry(rename = "cloud!", alias("aws", "azure"))]
    Cloud,
    #[telemetry(fallback)]
    Unknown,
}

/// An engine: no case rule, no fallback, not even `Clone`.
#[derive(Debug, PartialEq, TelemetryEnum)]
pub enum Engine {
    /// The first one.
    #[telemetry(alias = "llm_rails")]
    LLMRails,
    /// The second one.
    r#IORails,
}

/// Generated code has no names that an enum could have.
#[derive(Debug, Clone, Copy, PartialEq, TelemetryEnum)]
enum O {
    S,
    E,
}

#[test]
fn an_enum_may_have_a_name_as_short_as_a_type_parameter() {
    assert_eq!(O::VARIANTS, [O::S, O::E]);
}

#[test]
fn variants_and_texts_are_in_the_order_of_declaration() {
    assert_eq!(Host::VARIANTS, [Host::BareMetal, Host::Cloud, Host::Unknown]);
    let texts: Vec<_> = Host::VARIANTS.iter().map(Host::as_str).collect();
    assert_eq!(texts, ["BARE_METAL", "cloud!", "UNKNOWN"]);
    const ENGINE: &str = Engine::IORails.as_str();
    assert_eq!(ENGINE, "IORails");
}

#[test]
fn every_variant_reads_back_from_its_text_alone() {
    for variant in Host::VARIANTS {
        assert_eq!(variant.as_str().parse(), Ok(*variant));
        assert_eq!(Host::from_wire(variant.as_str()), *variant);
        assert_eq!(serde_json::to_value(variant).unwrap(), variant.as_str());
        assert_eq!(variant.to_string(), variant.as_str());
    }
    for strict in ["aws", "bare_metal", "", " UNKNOWN", "bogus"] {
        assert!(strict.parse::<Host>().is_err(), "{strict:?}");
    }
}

#[test]
fn from_wire_knows_aliases_and_the_fallback() {
    assert_eq!(["aws", "azure"].map(Host::from_wire), [Host::Cloud; 2]);
    assert_eq!(Host::from_wire("bogus"), Host::Unknown);
    assert_eq!(Engine::from_wire("llm_rails"), Some(Engine::LLMRails));
    assert_eq!(Engine::from_wire("bogus"), None);
}

#[test]
fn the_error_names_the_vocabulary_the_text_and_what_to_use() {
    let error = "llm\nrails".parse::<Engine>().unwrap_err();
    assert_eq!(
        error.to_string(),
        r"`llm\nrails` is not in the vocabulary `Engine`: use `LLMRails` or `IORails`"
    );
    let error = "cloud".parse::<Host>().unwrap_err();
    assert_eq!(
        error.to_string(),
        "`cloud` is not in the vocabulary `Host`: use `BARE_METAL`, `cloud!` or `UNKNOWN`"
    );
    assert_eq!(error.allowed(), ["BARE_METAL", "cloud!", "UNKNOWN"]);
}

#[test]
fn display_pads_like_a_text() {
    assert_eq!(format!("{:>8}", Host::Unknown), " UNKNOWN");
}

#[test]
fn the_descriptor_lists_the_vocabulary() {
    let Shape::Enum(descriptor) = <Host as TelemetryValue>::SHAPE else { panic!("not an enum") };
    assert_eq!(
        (descriptor.name, descriptor.doc, descriptor.variants),
        ("Host", "Where the product runs.", &["BARE_METAL", "cloud!", "UNKNOWN"][..])
    );
    assert_eq!(descriptor.origin.package, "telemetry-tests");
    assert_eq!(<Engine as TelemetryEnum>::DESCRIPTOR.name, "Engine");
}
