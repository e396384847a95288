// SPDX-FileCopyrightText: Copyright (c) 2026 NVIDIA CORPORATION & AFFILIATES. All rights reserved.
// SPDX-License-Identifier: Apache-2.0

//! What the tables hold: a flow or another name, and the feature it is reported as.

use telemetry_core::descriptor::Origin;
use telemetry_core::registry::Entry;

use super::compat::Compat;
use crate::feature::FeatureId;

/// A flow that belongs to a built-in feature.
///
/// [`builtin_flows!`](crate::builtin_flows) registers flows. Where nothing registers itself, a program adds them:
///
/// ```
/// use telemetry_core::origin;
/// use telemetry_guardrails::FeatureId;
/// use telemetry_guardrails::tables::{BuiltinFlow, Compat, Tables};
///
/// static REGEX: BuiltinFlow = BuiltinFlow::new("acme regex on input", FeatureId::Regex, origin!());
///
/// let mut tables = Tables::collect();
/// tables.add_flow(&REGEX);
/// assert_eq!(tables.feature_of_flow("acme regex on input", Compat::V0_22), Some(FeatureId::Regex));
/// ```
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
#[non_exhaustive]
pub struct BuiltinFlow {
    /// The flow's normalized name.
    pub name: &'static str,
    /// The feature that it is reported as.
    pub feature: FeatureId,
    /// The first release that has it.
    pub since: Compat,
    /// The place of its registration.
    pub origin: Origin,
}

/// An alias: a name that is reported as a built-in feature.
///
/// [`feature_aliases!`](crate::feature_aliases) registers aliases. On a platform without link-time registration, a program adds
/// them:
///
/// ```
/// use telemetry_core::origin;
/// use telemetry_guardrails::FeatureId;
/// use telemetry_guardrails::tables::{Compat, FeatureAlias, Tables};
///
/// static ACME: FeatureAlias = FeatureAlias::new("acme", FeatureId::Regex, origin!()).since(Compat::V0_24);
///
/// let mut tables = Tables::collect();
/// tables.add_alias(&ACME);
/// assert_eq!(tables.feature_id("acme", Compat::V0_24), Some(FeatureId::Regex));
/// assert_eq!(tables.feature_id("acme", Compat::V0_22), None);
/// ```
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
#[non_exhaustive]
pub struct FeatureAlias {
    /// The name of a field of `rails.config`, or of a rail.
    pub name: &'static str,
    /// The feature that it is reported as.
    pub feature: FeatureId,
    /// The first release that has it.
    pub since: Compat,
    /// The place of its registration.
    pub origin: Origin,
}

macro_rules! entry {
    ($(#[$new:meta])* $type:ty, $kind:literal) => {
        impl $type {
            $(#[$new])*
            #[must_use]
            pub const fn new(name: &'static str, feature: FeatureId, origin: Origin) -> Self {
                Self { name, feature, since: Compat::V0_22, origin }
            }

            /// The first release that has it.
            #[must_use]
            pub const fn since(mut self, since: Compat) -> Self {
                self.since = since;
                self
            }
        }

        impl Entry for $type {
            const KIND: &'static str = $kind;

            fn key(&self) -> &'static str {
                self.name
            }

            fn origin(&self) -> Origin {
                self.origin
            }

            fn agrees_with(&self, other: &Self) -> bool {
                (self.feature, self.since) == (other.feature, other.since)
            }
        }
    };
}

entry!(
    /// A flow that every release has. The name must be [normalized](crate::config::normalize_flow_id); any other name never
    /// matches.
    BuiltinFlow,
    "flow"
);
entry!(
    /// An alias that every release has.
    FeatureAlias,
    "feature alias"
);
