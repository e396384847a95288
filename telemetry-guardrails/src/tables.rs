// SPDX-FileCopyrightText: Copyright (c) 2026 NVIDIA CORPORATION & AFFILIATES. All rights reserved.
// SPDX-License-Identifier: Apache-2.0

//! Tables of built-in flows and of feature ids, registered at link time.
//!
//! A crate that the program does not name is not linked, and then registers nothing: write `use the_crate as _;`, and test that
//! the [tables](Tables::linked) hold at least as many flows as you expect.

mod builtin;

use once_cell::race::OnceBox;
use telemetry_core::Product;
use telemetry_core::descriptor::Origin;
use telemetry_core::registry::{Conflict, Entry, Registry};
use telemetry_core::value::Version;

use crate::feature::FeatureId;
use crate::product::Guardrails;
pub use crate::{builtin_flows, feature_aliases};

/// The release of NeMo Guardrails whose built-in flows and aliases are looked up.
///
/// | release | flows | `privateai` in `rails.config` is reported as |
/// |---|---|---|
/// | 0.22, 0.23 | 65 | `privateai` |
/// | 0.24 | 80 | `sensitive_data_detection` |
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Default)]
pub enum Compat {
    /// Releases 0.22 and 0.23: 65 flows, and `privateai` is reported under its own id.
    V0_22,
    /// Release 0.24: 80 flows.
    #[default]
    V0_24,
}

impl Compat {
    /// The name of the release, as a user writes it.
    #[must_use]
    pub const fn as_str(self) -> &'static str {
        match self {
            Self::V0_22 => "0.22",
            Self::V0_24 => "0.24",
        }
    }

    /// The tables of a version of NeMo Guardrails: those of its release, or the nearest ones that are known.
    ///
    /// The first two numbers decide, and nothing after them: `0.23.1`, `0.23.1.dev0`, `0.23rc1` and `0.23.0+local` are of
    /// release 0.23. A release candidate or development version of 0.24 has the tables of 0.24.
    ///
    /// | version | tables |
    /// |---|---|
    /// | older than 0.24, also older than 0.22, with a leading `v` or not | 0.22 |
    /// | 0.24 and all that is newer | 0.24, the newest ones |
    /// | `unknown` and all that does not begin with two numbers and a dot between them; an epoch (`1!0.23`) | 0.24, the newest ones |
    ///
    /// ```
    /// use telemetry_core::value::Version;
    /// use telemetry_guardrails::tables::Compat;
    ///
    /// for (version, compat) in [
    ///     ("0.23.0", Compat::V0_22),
    ///     ("0.24.0rc1", Compat::V0_24),
    ///     ("0.25.0", Compat::V0_24),
    ///     ("unknown", Compat::V0_24),
    /// ] {
    ///     assert_eq!(Compat::of(&Version::from_static(version)), compat);
    /// }
    /// ```
    #[must_use]
    pub fn of(version: &Version) -> Self {
        match first_two_numbers(version.as_str()) {
            Some(release) if release < (0, 24) => Self::V0_22,
            _ => Self::default(),
        }
    }
}

fn first_two_numbers(version: &str) -> Option<(u32, u32)> {
    let version = version.strip_prefix(['v', 'V']).unwrap_or(version);
    let (major, rest) = version.split_once('.')?;
    let minor = rest.split(|c: char| !c.is_ascii_digit()).next()?;
    let number = |text: &str| text.bytes().all(|byte| byte.is_ascii_digit()).then(|| text.parse().ok())?;
    Some((number(major)?, number(minor)?))
}

impl std::str::FromStr for Compat {
    type Err = String;

    fn from_str(text: &str) -> Result<Self, String> {
        match text {
            "0.22" | "0.23" => Ok(Self::V0_22),
            "0.24" => Ok(Self::V0_24),
            _ => Err(format!("there are no tables of release `{text}`: use `0.22`, `0.23` or `0.24`")),
        }
    }
}

/// A flow that belongs to a built-in feature.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct BuiltinFlow {
    /// The flow's normalized name.
    pub name: &'static str,
    /// The feature it is reported as.
    pub feature: FeatureId,
    /// The first release that has it.
    pub since: Compat,
    /// Where it is registered.
    pub origin: Origin,
}

/// An id that is reported as another one.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct FeatureAlias {
    /// The name of a field of `rails.config`, or of a rail.
    pub name: &'static str,
    /// The feature it is reported as.
    pub feature: FeatureId,
    /// The first release that has it.
    pub since: Compat,
    /// Where it is registered.
    pub origin: Origin,
}

macro_rules! entry {
    ($type:ty, $kind:literal) => {
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

entry!(BuiltinFlow, "flow");
entry!(FeatureAlias, "feature alias");

/// Flows of one `builtin_flows!`.
#[doc(hidden)]
#[derive(Debug)]
pub struct FlowTable(&'static [BuiltinFlow]);

/// Aliases of one `feature_aliases!`.
#[doc(hidden)]
#[derive(Debug)]
pub struct AliasTable(&'static [FeatureAlias]);

// Only constants call these, so that a table which is left out leaves nothing in a build without telemetry.
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

/// Says which flows belong to a built-in feature.
///
/// Any crate may call it for flows of its own. Features are those of [`FeatureId`]; a name that is not normalized, so that
/// no configuration could ever match it, does not compile.
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
            const FLOWS: &[$crate::tables::BuiltinFlow] = &[$($($crate::tables::BuiltinFlow {
                name: $crate::tables::normalized($flow),
                feature: $crate::FeatureId::$feature,
                since: $crate::tables::Compat::$since,
                origin: ORIGIN,
            },)*)*];
            $crate::__private1::inventory::submit! { $crate::__private1::FlowTable::new(FLOWS) }
        };
    };
    ($($table:tt)*) => { $crate::builtin_flows! { since V0_22; $($table)* } };
}

/// Says which names are reported as which built-in feature.
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
            const ALIASES: &[$crate::tables::FeatureAlias] = &[$($crate::tables::FeatureAlias {
                name: $name,
                feature: $crate::FeatureId::$feature,
                since: $crate::tables::Compat::$since,
                origin: ORIGIN,
            },)*];
            $crate::__private1::inventory::submit! { $crate::__private1::AliasTable::new(ALIASES) }
        };
    };
    ($($table:tt)*) => { $crate::feature_aliases! { since V0_22; $($table)* } };
}

/// The name itself, if it is normalized: no parameters, and no white space around it. Names are ASCII, because a constant
/// cannot tell which other characters the normalization strips as white space.
///
/// # Panics
///
/// If it is not; in a constant that is a compile error.
#[doc(hidden)]
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

/// The tables that detection looks things up in.
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

    #[test]
    fn the_first_two_numbers_of_a_version_choose_the_tables() {
        let chosen = |text: &'static str| Compat::of(&Version::from_static(text));
        for old in [
            "0.23.0",
            "0.23",
            "0.22.0",
            "0.22.5",
            "v0.23",
            "V0.23.1",
            "0.23.1.dev0",
            "0.23.0rc1",
            "0.23rc1",
            "0.23a1",
            "0.23.0.post1",
            "0.23-1",
            "0.23.0+local.1",
            "0.23+cu12",
            "00.023.0",
            "0.21.0",
            "0.9.1.1",
            "0.0",
            "0.23.",
        ] {
            assert_eq!(chosen(old), Compat::V0_22, "{old}");
        }
        for new in [
            "0.24.0",
            "0.24",
            "0.24.1",
            "0.24.0rc1",
            "0.24.0.dev0",
            "0.24.0a1+local",
            "v0.24",
            "0.25.0",
            "0.100",
            "0.240.0",
            "1.0",
            "1.0.0",
            "2026.11",
            "1.22.0",
            "10.23",
        ] {
            assert_eq!(chosen(new), Compat::V0_24, "{new}");
        }
        for unreadable in [
            "unknown",
            "main",
            "dev",
            "0",
            "23",
            "v",
            "0.",
            ".23",
            "0.x",
            "0.rc1",
            "0x.23",
            "+0.23",
            "0.+23",
            "-0.23",
            "x0.23",
            "vv0.23",
            "1!0.23",
            "0!0.23",
            "0-23",
            "0_23",
            "0123abc",
            "99999999999.1",
            "0.99999999999",
            "!",
            "v.v",
        ] {
            assert_eq!(chosen(unreadable), Compat::default(), "{unreadable}");
        }
    }

    #[test]
    fn releases_are_read_as_users_write_them() {
        assert_eq!("0.23".parse(), Ok(Compat::V0_22));
        assert_eq!("0.24".parse(), Ok(Compat::default()));
        assert!("0.21".parse::<Compat>().unwrap_err().contains("use `0.22`"));
    }
}
