// SPDX-FileCopyrightText: Copyright (c) 2026 NVIDIA CORPORATION & AFFILIATES. All rights reserved.
// SPDX-License-Identifier: Apache-2.0

//! How the process is deployed: claimed by the process, or else named by the environment, or else the product's default.

use std::ffi::OsString;
use std::fmt;
use std::marker::PhantomData;
use std::sync::atomic::{AtomicU8, Ordering};

use crate::client::{Client, EnvironmentSnapshot};
use crate::product::Product;
use crate::profile::DeploymentPolicy;
use crate::vocabulary::{TelemetryEnum, VocabularyError};
use telemetry_schema::text::{is_one_of, is_same};

/// The deployment type of a process, in the vocabulary `D` of the product `P`. Store it in a `static`.
///
/// A claim survives a fork, takes no lock, and overrides the variable and default of the
/// [profile](crate::Profile::deployment).
///
/// ```
/// use telemetry_core::deployment::Deployment;
/// use telemetry_core::profile::DeploymentPolicy;
/// use telemetry_core::{Product, Profile, TelemetryEnum};
///
/// struct Shop;
/// impl Product for Shop {
///     const PROFILE: Profile =
///         Profile::new("shop", "1").deployment(DeploymentPolicy::from_env("SHOP_DEPLOYMENT_TYPE", "library"));
/// }
///
/// /// How the shop is deployed.
/// #[derive(Debug, Clone, Copy, PartialEq, TelemetryEnum)]
/// #[telemetry(rename_all = "snake_case")]
/// enum DeploymentType {
///     Library,
///     Api,
///     #[telemetry(fallback)]
///     Undefined,
/// }
///
/// static DEPLOYMENT: Deployment<Shop, DeploymentType> = Deployment::new();
///
/// assert_eq!(DEPLOYMENT.get(), DeploymentType::Library);
/// DEPLOYMENT.claim(DeploymentType::Api);
/// assert_eq!(DEPLOYMENT.get(), DeploymentType::Api);
/// ```
///
/// A default that the vocabulary does not have does not compile:
///
/// ```compile_fail
/// # use telemetry_core::deployment::Deployment;
/// # use telemetry_core::profile::DeploymentPolicy;
/// # use telemetry_core::{Product, Profile, TelemetryEnum};
/// # struct Shop;
/// impl Product for Shop {
///     const PROFILE: Profile =
///         Profile::new("shop", "1").deployment(DeploymentPolicy::from_env("SHOP_DEPLOYMENT_TYPE", "web"));
/// }
/// # /// How the shop is deployed.
/// # #[derive(Debug, Clone, Copy, TelemetryEnum)]
/// # #[telemetry(rename_all = "snake_case")]
/// # enum DeploymentType {
/// #     Library,
/// #     #[telemetry(fallback)]
/// #     Undefined,
/// # }
/// static DEPLOYMENT: Deployment<Shop, DeploymentType> = Deployment::new();
/// ```
pub struct Deployment<P, D> {
    /// The index of the claimed variant plus one; 0 if there is no claim.
    claim: AtomicU8,
    types: PhantomData<fn() -> (P, D)>,
}

impl<P, D> fmt::Debug for Deployment<P, D> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Deployment").field("claim", &self.claim).finish_non_exhaustive()
    }
}

impl<P: Product, D: TelemetryEnum + Copy> Default for Deployment<P, D> {
    fn default() -> Self {
        Self::new()
    }
}

impl<P: Product, D: TelemetryEnum + Copy> Deployment<P, D> {
    const FITS: () = {
        let texts = D::DESCRIPTOR.variants;
        assert!(texts.len() < 255, "a deployment type is one of at most 254");
        if let Some(policy) = P::PROFILE.deployment {
            assert!(
                is_one_of(policy.default, texts),
                "the profile's default deployment type is not in the vocabulary"
            );
            assert!(
                is_one_of(policy.unknown, texts),
                "the vocabulary has no `undefined`, which unknown values need"
            );
        }
    };

    /// A deployment without a claim.
    #[must_use]
    pub const fn new() -> Self {
        let () = Self::FITS;
        Self { claim: AtomicU8::new(0), types: PhantomData }
    }

    /// Claims how the process is deployed, in forked children too.
    ///
    /// ```
    /// # use telemetry_core::deployment::Deployment;
    /// # use telemetry_core::profile::DeploymentPolicy;
    /// # use telemetry_core::{Product, Profile, TelemetryEnum};
    /// # struct Shop;
    /// # impl Product for Shop {
    /// #     const PROFILE: Profile =
    /// #         Profile::new("shop", "1").deployment(DeploymentPolicy::from_env("SHOP_DEPLOYMENT_TYPE", "library"));
    /// # }
    /// # /// How the shop is deployed.
    /// # #[derive(Debug, Clone, Copy, PartialEq, TelemetryEnum)]
    /// # #[telemetry(rename_all = "snake_case")]
    /// # enum DeploymentType {
    /// #     Library,
    /// #     Api,
    /// #     #[telemetry(fallback)]
    /// #     Undefined,
    /// # }
    /// static DEPLOYMENT: Deployment<Shop, DeploymentType> = Deployment::new();
    ///
    /// DEPLOYMENT.claim(DeploymentType::Api);
    /// assert_eq!(DEPLOYMENT.claimed(), Some(DeploymentType::Api));
    /// ```
    pub fn claim(&self, value: D) {
        let place = D::VARIANTS.iter().position(|variant| variant.as_str() == value.as_str());
        let place = place.and_then(|place| u8::try_from(place + 1).ok());
        self.claim.store(place.unwrap_or_default(), Ordering::Relaxed);
    }

    /// Like [`claim`](Self::claim), from its text on the wire.
    ///
    /// # Errors
    ///
    /// If the vocabulary does not have the text; then the claim stays as it is.
    ///
    /// ```
    /// # use telemetry_core::deployment::Deployment;
    /// # use telemetry_core::profile::DeploymentPolicy;
    /// # use telemetry_core::{Product, Profile, TelemetryEnum};
    /// # struct Shop;
    /// # impl Product for Shop {
    /// #     const PROFILE: Profile =
    /// #         Profile::new("shop", "1").deployment(DeploymentPolicy::from_env("SHOP_DEPLOYMENT_TYPE", "library"));
    /// # }
    /// # /// How the shop is deployed.
    /// # #[derive(Debug, Clone, Copy, PartialEq, TelemetryEnum)]
    /// # #[telemetry(rename_all = "snake_case")]
    /// # enum DeploymentType {
    /// #     Library,
    /// #     Api,
    /// #     #[telemetry(fallback)]
    /// #     Undefined,
    /// # }
    /// let deployment: Deployment<Shop, DeploymentType> = Deployment::new();
    ///
    /// assert!(deployment.claim_text("Api").is_err()); // texts on the wire are in snake case
    /// assert_eq!(deployment.claimed(), None);
    /// deployment.claim_text("api").unwrap();
    /// assert_eq!(deployment.claimed(), Some(DeploymentType::Api));
    /// ```
    pub fn claim_text(&self, text: &str) -> Result<(), VocabularyError> {
        let value = D::VARIANTS.iter().find(|variant| variant.as_str() == text);
        self.claim(*value.ok_or_else(|| VocabularyError::new::<D>(text))?);
        Ok(())
    }

    /// The claimed deployment type, if there is a claim.
    #[must_use]
    pub fn claimed(&self) -> Option<D> {
        let place = usize::from(self.claim.load(Ordering::Relaxed));
        place.checked_sub(1).and_then(|index| D::VARIANTS.get(index)).copied()
    }

    /// Returns the claimed deployment type, or else the one in the environment, or else the default of the profile.
    ///
    /// The environment is read at each call, and letter case is ignored. A value that is not in the vocabulary counts as
    /// `undefined`. A program that was built without telemetry does not read the environment.
    ///
    /// Without [`Profile::deployment`](crate::Profile::deployment) this does not compile.
    #[must_use]
    pub fn get(&self) -> D {
        self.get_by(|variable| std::env::var_os(variable))
    }

    /// Like [`get`](Self::get), with the environment of the snapshot.
    ///
    /// ```
    /// # use telemetry_core::deployment::Deployment;
    /// # use telemetry_core::profile::DeploymentPolicy;
    /// # use telemetry_core::{Product, Profile, TelemetryEnum};
    /// # struct Shop;
    /// # impl Product for Shop {
    /// #     const PROFILE: Profile =
    /// #         Profile::new("shop", "1").deployment(DeploymentPolicy::from_env("SHOP_DEPLOYMENT_TYPE", "library"));
    /// # }
    /// # /// How the shop is deployed.
    /// # #[derive(Debug, Clone, Copy, PartialEq, TelemetryEnum)]
    /// # #[telemetry(rename_all = "snake_case")]
    /// # enum DeploymentType {
    /// #     Library,
    /// #     Api,
    /// #     #[telemetry(fallback)]
    /// #     Undefined,
    /// # }
    /// use telemetry_core::Client;
    ///
    /// let deployment: Deployment<Shop, DeploymentType> = Deployment::new();
    /// let environment = Client::<Shop>::read_environment();
    /// assert_eq!(deployment.get_in(&environment), DeploymentType::Library); // `SHOP_DEPLOYMENT_TYPE` is not set
    /// ```
    #[must_use]
    pub fn get_in(&self, environment: &EnvironmentSnapshot<P>) -> D {
        self.get_by(|variable| environment.variable(variable))
    }

    fn get_by(&self, read: impl FnOnce(&str) -> Option<OsString>) -> D {
        self.claimed().or_else(|| Self::named(read)).unwrap_or(Self::DEFAULT)
    }

    /// The deployment type in the environment.
    fn named(read: impl FnOnce(&str) -> Option<OsString>) -> Option<D> {
        let named =
            if Client::<P>::CAN_REPORT { read(const { policy::<P>().variable })? } else { return None };
        let matches = |variant: &&D| named.eq_ignore_ascii_case(variant.as_str());
        Some(D::VARIANTS.iter().find(matches).copied().unwrap_or(Self::UNKNOWN))
    }

    const DEFAULT: D = variant(D::VARIANTS, D::DESCRIPTOR.variants, policy::<P>().default);
    const UNKNOWN: D = variant(D::VARIANTS, D::DESCRIPTOR.variants, policy::<P>().unknown);
}

#[allow(clippy::panic, reason = "it runs only while compiling")]
const fn policy<P: Product>() -> DeploymentPolicy {
    match P::PROFILE.deployment {
        Some(policy) => policy,
        None => panic!("the profile does not say where the deployment type comes from: add `.deployment(…)`"),
    }
}

/// The variant with this text.
#[allow(clippy::panic, reason = "it runs only while compiling")]
const fn variant<D: Copy>(variants: &[D], texts: &[&str], text: &str) -> D {
    match (variants, texts) {
        ([first, ..], [name, ..]) if is_same(name, text) => *first,
        ([_, variants @ ..], [_, texts @ ..]) => variant(variants, texts, text),
        _ => panic!("the vocabulary does not have the profile's deployment type"),
    }
}
