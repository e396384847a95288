// SPDX-FileCopyrightText: Copyright (c) 2026 NVIDIA CORPORATION & AFFILIATES. All rights reserved.
// SPDX-License-Identifier: Apache-2.0

//! Registers flows and aliases at link time.

use telemetry_core::Product;

use super::entry::{BuiltinFlow, FeatureAlias};
use crate::product::Guardrails;

/// Flows of one `builtin_flows!`.
#[derive(Debug)]
pub struct FlowTable(pub(super) &'static [BuiltinFlow]);

/// Aliases of one `feature_aliases!`.
#[derive(Debug)]
pub struct AliasTable(pub(super) &'static [FeatureAlias]);

// Only constants call these, so that a build without telemetry contains no trace of a table.
impl FlowTable {
    /// The table, empty in a build without telemetry.
    #[must_use]
    pub const fn new(flows: &'static [BuiltinFlow]) -> Self {
        Self(if Guardrails::COMPILED { flows } else { &[] })
    }
}

impl AliasTable {
    /// The table, empty in a build without telemetry.
    #[must_use]
    pub const fn new(aliases: &'static [FeatureAlias]) -> Self {
        Self(if Guardrails::COMPILED { aliases } else { &[] })
    }
}

inventory::collect!(FlowTable);
inventory::collect!(AliasTable);

/// Registers flows that belong to a built-in feature.
///
/// Any crate may call it for its own flows. Features are the variants of [`FeatureId`](crate::FeatureId). A name that is not
/// normalized could never match, and does not compile.
///
/// ```
/// telemetry_guardrails::builtin_flows! {
///     SelfCheck => ["acme self check input", "acme self check output"],
///     Regex => ["acme regex on input"],
/// }
///
/// let tables = telemetry_guardrails::tables::Tables::linked();
/// assert!(tables.flows().get("acme regex on input").is_some());
/// ```
///
/// ```compile_fail
/// telemetry_guardrails::builtin_flows! { Regex => ["acme regex $model=x"] }
/// ```
///
/// ```compile_fail
/// telemetry_guardrails::builtin_flows! { Regex => ["acme regex\n"] }
/// ```
///
/// ```compile_fail
/// telemetry_guardrails::builtin_flows! { Regex => ["\u{a0}acme regex"] }
/// ```
#[macro_export]
macro_rules! builtin_flows {
    (since $since:ident; $($feature:ident => [$($flow:literal),* $(,)?]),* $(,)?) => {
        const _: () = {
            const ORIGIN: $crate::__private1::Origin = $crate::__private1::origin!();
            const FLOWS: &[$crate::tables::BuiltinFlow] = &[$($(
                $crate::tables::BuiltinFlow::new(
                    $crate::__private1::normalized($flow),
                    $crate::FeatureId::$feature,
                    ORIGIN,
                )
                .since($crate::tables::Compat::$since),
            )*)*];
            $crate::__private1::inventory::submit! { $crate::__private1::FlowTable::new(FLOWS) }
        };
    };
    ($($table:tt)*) => { $crate::builtin_flows! { since V0_22; $($table)* } };
}

/// Registers names that are reported as a built-in feature.
///
/// ```
/// telemetry_guardrails::feature_aliases! {
///     "acme_self_check" => SelfCheck,
/// }
///
/// use telemetry_guardrails::FeatureId;
/// use telemetry_guardrails::tables::{Compat, Tables};
///
/// assert_eq!(Tables::linked().feature_id("acme_self_check", Compat::V0_24), Some(FeatureId::SelfCheck));
/// ```
#[macro_export]
macro_rules! feature_aliases {
    (since $since:ident; $($name:literal => $feature:ident),* $(,)?) => {
        const _: () = {
            const ORIGIN: $crate::__private1::Origin = $crate::__private1::origin!();
            const ALIASES: &[$crate::tables::FeatureAlias] = &[$(
                $crate::tables::FeatureAlias::new($name, $crate::FeatureId::$feature, ORIGIN)
                    .since($crate::tables::Compat::$since),
            )*];
            $crate::__private1::inventory::submit! { $crate::__private1::AliasTable::new(ALIASES) }
        };
    };
    ($($table:tt)*) => { $crate::feature_aliases! { since V0_22; $($table)* } };
}

/// Returns the name if it is normalized: without parameters and surrounding white space. Names are ASCII, because a constant cannot
/// determine which other characters the normalization strips as white space.
///
/// # Panics
///
/// If the name is not normalized; in a constant this is a compile error.
#[must_use]
pub const fn normalized(name: &'static str) -> &'static str {
    let mut rest = name.as_bytes();
    assert!(
        !matches!(rest, [] | [..=b' ', ..] | [.., ..=b' ']),
        "a flow's name is not empty and has no white space around it"
    );
    while let [first, tail @ ..] = rest {
        assert!(first.is_ascii(), "a flow's name is ASCII");
        assert!(
            !matches!(first, b'$' | b'('),
            "a flow is registered by its name only: leave its parameters out"
        );
        rest = tail;
    }
    name
}
