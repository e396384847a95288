// SPDX-FileCopyrightText: Copyright (c) 2026 NVIDIA CORPORATION & AFFILIATES. All rights reserved.
// SPDX-License-Identifier: Apache-2.0

//! Consent policies, as data: what can opt out, and whether something must opt in.

use std::fmt;

use super::file::ConsentFile;
use super::rule::Rule;
use telemetry_schema::text::is_key_of;

/// Which sources can turn a product's telemetry off, and whether it needs an opt-in to be on.
///
/// ```
/// use telemetry_core::ConsentPolicy;
/// use telemetry_core::consent::{ConsentFile, Rule};
///
/// // On unless something opts out.
/// const POLICY: ConsentPolicy = ConsentPolicy::variables(&[("DO_NOT_TRACK", Rule::OptOut), ("CI", Rule::OptOut)]);
///
/// // Off until the variable or the file opts in, and off whenever one of them opts out.
/// const OPT_IN: ConsentPolicy = ConsentPolicy::variables(&[("NAT_TELEMETRY_ENABLED", Rule::AFFIRM)])
///     .file(ConsentFile::toml("telemetry.toml", "consent", &["enabled"]).section("telemetry"))
///     .opt_in();
/// ```
///
/// An opt-in policy without a source that can opt in does not compile:
///
/// ```compile_fail
/// # use telemetry_core::{ConsentPolicy, Profile};
/// # use telemetry_core::consent::Rule;
/// const POLICY: ConsentPolicy = ConsentPolicy::variables(&[("DO_NOT_TRACK", Rule::OptOut)]).opt_in();
/// const PROFILE: Profile = Profile::new("shop", "1").consent(POLICY);
/// ```
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct ConsentPolicy {
    pub(crate) variables: &'static [(&'static str, Rule)],
    pub(crate) marker: Option<&'static str>,
    pub(crate) file: Option<ConsentFile>,
    pub(crate) opt_in: OptIn,
}

/// The opt-in that a product needs to report, if nothing opts out.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum OptIn {
    /// Telemetry is on unless something opts out.
    NotRequired,
    /// One source has to opt in: a variable or the consent file.
    One,
    /// Every source that can opt in has to.
    All,
}

impl fmt::Display for OptIn {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(match self {
            Self::NotRequired => "on unless something opts out",
            Self::One => "off unless a variable or the consent file opts in and nothing opts out",
            Self::All => "off unless every variable and file that can opt in does, and nothing opts out",
        })
    }
}

impl ConsentPolicy {
    /// The default for new products. Every opt-out variable of the NeMo family counts, a test run opts out, and so does continuous
    /// integration, which it recognizes by the same nine variables as Helix (reference: `isCi`).
    ///
    /// The products read `NEMO_TELEMETRY_ENABLED` by three different tables. This policy uses the one that most of them share:
    /// [`Rule::AFFIRM`].
    ///
    /// ```
    /// use telemetry_core::{ConsentPolicy, Profile};
    ///
    /// // The same policy as without the call of `consent`.
    /// const PROFILE: Profile = Profile::new("shop", "1").consent(ConsentPolicy::strict());
    /// ```
    #[must_use]
    pub const fn strict() -> Self {
        Self::variables(&[
            ("DO_NOT_TRACK", Rule::OptOut),
            ("NEMO_TELEMETRY_ENABLED", Rule::AFFIRM),
            ("PYTEST_CURRENT_TEST", Rule::Presence),
            ("CI", Rule::OptOut),
            ("GITLAB_CI", Rule::OptOut),
            ("GITHUB_ACTIONS", Rule::OptOut),
            ("BUILDKITE", Rule::OptOut),
            ("CIRCLECI", Rule::OptOut),
            ("JENKINS_URL", Rule::OptOut),
            ("TEAMCITY_VERSION", Rule::OptOut),
            ("TF_BUILD", Rule::OptOut),
            ("TRAVIS", Rule::OptOut),
        ])
    }

    /// A policy of these environment variables, each with its rule, and of the marker file `do_not_track` in the configuration
    /// directory.
    ///
    /// # Panics
    ///
    /// If a name is empty or repeated, or if a [`Rule::Words`] is empty. In a constant, that is a compile error:
    ///
    /// ```compile_fail
    /// # use telemetry_core::ConsentPolicy;
    /// # use telemetry_core::consent::Rule;
    /// const POLICY: ConsentPolicy = ConsentPolicy::variables(&[("CI", Rule::OptOut), ("CI", Rule::Presence)]);
    /// ```
    #[must_use]
    pub const fn variables(variables: &'static [(&'static str, Rule)]) -> Self {
        let mut rest = variables;
        while let [(name, rule), others @ ..] = rest {
            assert!(!name.is_empty(), "an environment variable needs a name");
            assert!(!is_key_of(name, others), "an environment variable has one rule");
            assert!(!matches!(rule, Rule::Words([])), "a variable without words opts out whenever it is set");
            rest = others;
        }
        Self { variables, marker: Some("do_not_track"), file: None, opt_in: OptIn::NotRequired }
    }

    /// Adds a file that can opt in or opt out. It is read at each report, and by the worker before each request.
    ///
    /// ```
    /// use telemetry_core::ConsentPolicy;
    /// use telemetry_core::consent::ConsentFile;
    ///
    /// const POLICY: ConsentPolicy =
    ///     ConsentPolicy::strict().file(ConsentFile::yaml("config.yaml", "telemetry_enabled", &["true"]));
    /// ```
    #[must_use]
    pub const fn file(mut self, file: ConsentFile) -> Self {
        self.file = Some(file);
        self
    }

    /// Removes the marker file from the policy, for a server without a home directory.
    ///
    /// With a marker, telemetry is off where the home directory is unknown or cannot be entered, since its user may have opted out
    /// there. That is so if `HOME` is unset and the user database has no home, or if systemd's `ProtectHome=` hides it. A policy
    /// without marker does not check the home directory. Its users opt out with the variables, and an administrator with the
    /// [markers of the machine](crate::consent::MachineMarkers), which still count.
    ///
    /// The audit log stays in the home directory unless the host [moves it](crate::client::ClientBuilder::audit_file) or
    /// [turns it off](crate::client::ClientBuilder::without_audit_file).
    ///
    /// ```
    /// use telemetry_core::ConsentPolicy;
    ///
    /// const POLICY: ConsentPolicy = ConsentPolicy::strict().without_marker();
    /// ```
    ///
    /// A policy without a marker needs a variable or a consent file; otherwise it does not compile:
    ///
    /// ```compile_fail
    /// # use telemetry_core::{ConsentPolicy, Profile};
    /// const PROFILE: Profile = Profile::new("shop", "1").consent(ConsentPolicy::variables(&[]).without_marker());
    /// ```
    #[must_use]
    pub const fn without_marker(mut self) -> Self {
        self.marker = None;
        self
    }

    /// Keeps telemetry off until one variable or the consent file opts in. Any opt-out still turns it off.
    ///
    /// ```
    /// use telemetry_core::ConsentPolicy;
    /// use telemetry_core::consent::Rule;
    ///
    /// const POLICY: ConsentPolicy =
    ///     ConsentPolicy::variables(&[("SHOP_TELEMETRY", Rule::Enable), ("DO_NOT_TRACK", Rule::OptOut)]).opt_in();
    /// ```
    #[must_use]
    pub const fn opt_in(mut self) -> Self {
        self.opt_in = OptIn::One;
        self
    }

    /// Keeps telemetry off until every variable and file that can opt in does. Any opt-out still turns it off.
    ///
    /// ```
    /// use telemetry_core::ConsentPolicy;
    /// use telemetry_core::consent::Rule;
    ///
    /// // Both variables have to be `1`, `true` or `yes`.
    /// const POLICY: ConsentPolicy =
    ///     ConsentPolicy::variables(&[("SHOP_TELEMETRY", Rule::Enable), ("SITE_TELEMETRY", Rule::Enable)]).unanimous();
    /// ```
    #[must_use]
    pub const fn unanimous(mut self) -> Self {
        self.opt_in = OptIn::All;
        self
    }

    /// Checks that the product can report at all, and that its users can opt out.
    pub(crate) const fn check(&self) {
        assert!(
            self.marker.is_some() || self.file.is_some() || !self.variables.is_empty(),
            "no user can opt out: a policy without marker needs a variable or a consent file"
        );
        assert!(
            matches!(self.opt_in, OptIn::NotRequired) || self.file.is_some() || can_opt_in(self.variables),
            "nothing can opt in: the policy needs a consent file, or a variable with `Rule::Enable` or `Rule::Words`"
        );
    }
}

const fn can_opt_in(variables: &[(&str, Rule)]) -> bool {
    let mut rest = variables;
    while let [(_, rule), tail @ ..] = rest {
        if rule.can_opt_in() {
            return true;
        }
        rest = tail;
    }
    false
}
