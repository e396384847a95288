// SPDX-FileCopyrightText: Copyright (c) 2026 NVIDIA CORPORATION & AFFILIATES. All rights reserved.
// SPDX-License-Identifier: Apache-2.0

//! What silences a product, and whether it reports unless silenced, as data.

use std::fmt;

use super::file::ConsentFile;
use super::rule::Rule;
use telemetry_schema::text::is_key_of;

/// What silences a product.
///
/// ```
/// use telemetry_core::ConsentPolicy;
/// use telemetry_core::consent::{ConsentFile, Rule};
///
/// // On unless something opts out.
/// const POLICY: ConsentPolicy = ConsentPolicy::variables(&[("DO_NOT_TRACK", Rule::OptOut), ("CI", Rule::OptOut)]);
///
/// // Off until the variable or the file agrees, and off for good as soon as one of them opts out.
/// const ASKING: ConsentPolicy = ConsentPolicy::variables(&[("NAT_TELEMETRY_ENABLED", Rule::AFFIRM)])
///     .file(ConsentFile::toml("telemetry.toml", "consent", &["enabled"]).section("telemetry"))
///     .opt_in();
/// ```
///
/// A policy to which nothing can agree does not compile:
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
    pub(crate) agreement: Agreement,
}

/// What has to be there for a product to report, if nothing opts out.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Agreement {
    /// Nothing: silence is agreement.
    Assumed,
    /// A yes of one source, a variable or the consent file.
    One,
    /// A yes of every source that can say yes.
    All,
}

impl fmt::Display for Agreement {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(match self {
            Self::Assumed => "on unless a signal opts out",
            Self::One => "off unless a variable or the consent file agrees and no signal opts out",
            Self::All => "off unless every variable and file that can agree does, and no signal opts out",
        })
    }
}

impl ConsentPolicy {
    /// The default for new products: every opt-out signal known in the NeMo family silences, and so do test runs and
    /// continuous integration, by the nine variables that Helix knows it by (reference: `isCi`).
    ///
    /// `NEMO_TELEMETRY_ENABLED` has three tables; this is the one that most products share: [`Rule::AFFIRM`].
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

    /// Environment variables, each with its rule, and the marker file `do_not_track` in the configuration directory.
    ///
    /// # Panics
    ///
    /// If a variable has no name or two rules, or if no value lets the product report; in a constant that is a compile error.
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
            assert!(
                !matches!(rule, Rule::Words([])),
                "a variable that no word satisfies silences whenever it is set"
            );
            rest = others;
        }
        Self { variables, marker: Some("do_not_track"), file: None, agreement: Agreement::Assumed }
    }

    /// Adds a file that can agree or opt out. It is read at each report, and by the worker before each request.
    #[must_use]
    pub const fn file(mut self, file: ConsentFile) -> Self {
        self.file = Some(file);
        self
    }

    /// Leaves the marker file out, so that the environment alone decides: for a server that has no home directory.
    ///
    /// A product with a marker is silent where there is no home directory or where it cannot be entered, since a user may have
    /// opted out there: `HOME` is not set and the user database knows no home, or systemd's `ProtectHome=` hides it. A policy
    /// without marker does not look at the home directory. Users of such a product opt out with its variables, and an
    /// administrator with the [markers of the machine](crate::consent::MachineMarkers), which count here too.
    ///
    /// The audit log stays in the home directory unless the host
    /// [puts it elsewhere](crate::client::ClientBuilder::audit_file) or [leaves it out](crate::client::ClientBuilder::without_audit_file).
    ///
    /// ```
    /// use telemetry_core::ConsentPolicy;
    ///
    /// const POLICY: ConsentPolicy = ConsentPolicy::strict().without_marker();
    /// ```
    ///
    /// At least one variable or a consent file is left; a policy without any does not compile:
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

    /// Has the product off until one variable or the consent file agrees. Any signal still silences.
    #[must_use]
    pub const fn opt_in(mut self) -> Self {
        self.agreement = Agreement::One;
        self
    }

    /// Has the product off until every variable and file that can agree does. Any signal still silences.
    #[must_use]
    pub const fn unanimous(mut self) -> Self {
        self.agreement = Agreement::All;
        self
    }

    /// Makes sure that the product can report at all, and that its users can silence it.
    pub(crate) const fn check(&self) {
        assert!(
            self.marker.is_some() || self.file.is_some() || !self.variables.is_empty(),
            "no user can opt out: a policy without marker needs a variable or a consent file"
        );
        assert!(
            matches!(self.agreement, Agreement::Assumed) || self.file.is_some() || can_agree(self.variables),
            "nothing can agree: an opt-in needs a consent file, or a variable with `Rule::Enable` or `Rule::Words`"
        );
    }
}

const fn can_agree(variables: &[(&str, Rule)]) -> bool {
    let mut rest = variables;
    while let [(_, rule), tail @ ..] = rest {
        if rule.can_agree() {
            return true;
        }
        rest = tail;
    }
    false
}
