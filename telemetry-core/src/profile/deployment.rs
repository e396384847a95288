// SPDX-FileCopyrightText: Copyright (c) 2026 NVIDIA CORPORATION & AFFILIATES. All rights reserved.
// SPDX-License-Identifier: Apache-2.0

//! How the product is deployed, as data.

use super::Profile;

/// Where the deployment type of a process comes from, if the process does not say so itself. See
/// [`Deployment`](crate::deployment::Deployment).
///
/// ```
/// use telemetry_core::profile::DeploymentPolicy;
///
/// const POLICY: DeploymentPolicy = DeploymentPolicy::from_env("SHOP_DEPLOYMENT_TYPE", "library");
/// ```
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct DeploymentPolicy {
    pub(crate) variable: &'static str,
    pub(crate) default: &'static str,
    pub(crate) unknown: &'static str,
}

impl DeploymentPolicy {
    /// The environment variable `variable`, and `default` where it is not set. A value that is not in the vocabulary counts
    /// as `undefined`.
    ///
    /// # Panics
    ///
    /// If a text is empty; in a constant that is a compile error.
    #[must_use]
    pub const fn from_env(variable: &'static str, default: &'static str) -> Self {
        assert!(!variable.is_empty(), "an environment variable needs a name");
        assert!(!default.is_empty(), "a deployment type needs a name");
        Self { variable, default, unknown: "undefined" }
    }
}

impl Profile {
    /// Sets where the deployment type comes from. Default: only from the process itself.
    ///
    /// ```
    /// # use telemetry_core::profile::DeploymentPolicy;
    /// # use telemetry_core::Profile;
    /// const PROFILE: Profile = Profile::new("data_designer", "184482118588404")
    ///     .deployment(DeploymentPolicy::from_env("NEMO_DEPLOYMENT_TYPE", "library"));
    /// ```
    #[must_use]
    pub const fn deployment(mut self, policy: DeploymentPolicy) -> Self {
        self.deployment = Some(policy);
        self
    }
}
