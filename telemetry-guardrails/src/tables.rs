// SPDX-FileCopyrightText: Copyright (c) 2026 NVIDIA CORPORATION & AFFILIATES. All rights reserved.
// SPDX-License-Identifier: Apache-2.0

//! Tables of built-in flows and of feature ids, registered at link time.
//!
//! A crate that the program does not name is not linked, and then registers nothing: write `use the_crate as _;`, and test that
//! the [tables](Tables::linked) hold at least as many flows as you expect:
//!
//! ```
//! use telemetry_guardrails::tables::Tables;
//!
//! assert!(Tables::linked().flows().len() >= 80);
//! assert!(Tables::linked().conflicts().is_empty());
//! ```

mod builtin;
mod compat;
mod entry;
pub(crate) mod registration;

use once_cell::race::OnceBox;
use telemetry_core::registry::{Conflict, Registry};

pub use self::compat::{Compat, UnknownRelease};
pub use self::entry::{BuiltinFlow, FeatureAlias};
use self::registration::{AliasTable, FlowTable};
use crate::feature::FeatureId;
pub use crate::{builtin_flows, feature_aliases};

/// The tables that detection looks things up in.
///
/// ```
/// use telemetry_guardrails::FeatureId;
/// use telemetry_guardrails::tables::{Compat, Tables};
///
/// let tables = Tables::linked();
/// assert_eq!(tables.feature_of_flow("self check input", Compat::default()), Some(FeatureId::SelfCheck));
/// assert_eq!(tables.feature_of_flow("acme check", Compat::default()), None);
/// ```
#[derive(Debug, Default)]
pub struct Tables {
    flows: Registry<BuiltinFlow>,
    aliases: Registry<FeatureAlias>,
}

impl Tables {
    /// The tables of every crate that is linked into this program, built with the first call.
    pub fn linked() -> &'static Self {
        static LINKED: OnceBox<Tables> = OnceBox::new();
        LINKED.get_or_init(|| {
            let tables = Self::collect();
            tables.conflicts().iter().for_each(|conflict| log::debug!("{conflict}"));
            Box::new(tables)
        })
    }

    /// The tables of every crate that is linked into this program, to be added to.
    #[must_use]
    pub fn collect() -> Self {
        Self {
            flows: inventory::iter::<FlowTable>.into_iter().flat_map(|table| table.0).collect(),
            aliases: inventory::iter::<AliasTable>.into_iter().flat_map(|table| table.0).collect(),
        }
    }

    /// Adds a flow, for programs in which nothing registers itself.
    ///
    /// ```
    /// use telemetry_core::origin;
    /// use telemetry_guardrails::FeatureId;
    /// use telemetry_guardrails::tables::{BuiltinFlow, Compat, Tables};
    ///
    /// static FLOW: BuiltinFlow = BuiltinFlow::new("acme check", FeatureId::SelfCheck, origin!());
    ///
    /// let mut tables = Tables::collect();
    /// tables.add_flow(&FLOW);
    /// assert_eq!(tables.feature_of_flow("acme check", Compat::default()), Some(FeatureId::SelfCheck));
    /// ```
    pub fn add_flow(&mut self, flow: &'static BuiltinFlow) {
        self.flows.add(flow);
    }

    /// Adds an alias, for programs in which nothing registers itself.
    pub fn add_alias(&mut self, alias: &'static FeatureAlias) {
        self.aliases.add(alias);
    }

    /// All flows.
    #[must_use]
    pub fn flows(&self) -> &Registry<BuiltinFlow> {
        &self.flows
    }

    /// All aliases.
    #[must_use]
    pub fn aliases(&self) -> &Registry<FeatureAlias> {
        &self.aliases
    }

    /// All disagreements between crates.
    #[must_use]
    pub fn conflicts(&self) -> Vec<Conflict> {
        [self.flows.conflicts(), self.aliases.conflicts()].concat()
    }

    /// The feature that the flow with this normalized name belongs to.
    #[must_use]
    pub fn feature_of_flow(&self, name: &str, compat: Compat) -> Option<FeatureId> {
        self.flows.get(name).filter(|flow| flow.since <= compat).map(|flow| flow.feature)
    }

    /// The feature that a field of `rails.config` or a rail is reported as: its alias, or the id before the first dot
    /// (reference: `_normalize_builtin_feature_id`).
    #[must_use]
    pub fn feature_id(&self, name: &str, compat: Compat) -> Option<FeatureId> {
        let alias = self.aliases.get(name).filter(|alias| alias.since <= compat);
        alias.map(|alias| alias.feature).or_else(|| name.split('.').next()?.parse().ok())
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn there_are_80_flows_today_and_65_before_and_no_conflict() {
        let tables = Tables::linked();
        let count = |compat| tables.flows().sorted().iter().filter(|flow| flow.since <= compat).count();
        assert_eq!((count(Compat::V0_24), count(Compat::V0_22)), (80, 65));
        assert_eq!(tables.conflicts(), []);
    }

    #[test]
    fn ids_follow_their_alias_or_the_text_before_the_first_dot() {
        let tables = Tables::linked();
        for (name, feature) in [
            ("fact_checking", Some(FeatureId::Factchecking)),
            ("self_check.facts", Some(FeatureId::SelfCheck)),
            ("privateai", Some(FeatureId::SensitiveDataDetection)),
            ("gliner", Some(FeatureId::Gliner)),
            ("acme", None),
        ] {
            assert_eq!(tables.feature_id(name, Compat::V0_24), feature, "{name}");
        }
        assert_eq!(tables.feature_id("privateai", Compat::V0_22), Some(FeatureId::Privateai));
    }

    #[test]
    fn the_exception_is_reported_as_self_check() {
        let feature = Tables::linked().feature_of_flow("self check hallucination", Compat::V0_24);
        assert_eq!(feature, Some(FeatureId::SelfCheck));
    }
}
