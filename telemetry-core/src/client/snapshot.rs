// SPDX-FileCopyrightText: Copyright (c) 2026 NVIDIA CORPORATION & AFFILIATES. All rights reserved.
// SPDX-License-Identifier: Apache-2.0

//! A snapshot of the environment, for hosts that read it under a lock of their own.

use std::ffi::OsString;
use std::fmt;
use std::marker::PhantomData;

use super::Client;
use crate::product::Product;
use crate::variables::{EnvironmentSource, Variables};

/// A snapshot of the environment variables that a client of the product `P` reads.
///
/// A host that guards its environment with a lock, as an interpreter does, [takes a snapshot](Client::read_environment) under its lock
/// and [reports](Client::in_environment) without it. So does a host that forks while other threads change the environment.
///
/// ```
/// # use telemetry_core::{Client, Product, Profile};
/// # struct Shop;
/// # impl Product for Shop {
/// #     const PROFILE: Profile = Profile::new("shop", "1").source("nemoSource", "shop");
/// # }
/// use telemetry_core::client::EnvironmentSnapshot;
///
/// let environment: EnvironmentSnapshot<Shop> = Client::<Shop>::read_environment();
/// let telemetry = Client::<Shop>::builder().environment(environment).enabled(false).start();
/// assert!(!telemetry.consent_decision().is_enabled());
/// ```
pub struct EnvironmentSnapshot<P: Product> {
    /// `None` if the program was built without the product's telemetry.
    pub(super) variables: Option<Variables>,
    product: PhantomData<fn() -> P>,
}

impl<P: Product> EnvironmentSnapshot<P> {
    /// Reads the environment of this process.
    pub(super) fn read() -> Self {
        let variables = if Client::<P>::CAN_REPORT { Some(Variables::read(&P::PROFILE)) } else { None };
        Self { variables, product: PhantomData }
    }

    /// An environment with these variables and no others.
    #[cfg(feature = "testing")]
    pub(crate) fn of(variables: &[(&str, &str)]) -> Self {
        let variables =
            if Client::<P>::CAN_REPORT { Some(Variables::of(&P::PROFILE, variables)) } else { None };
        Self { variables, product: PhantomData }
    }

    /// The value of a variable that the product reads.
    pub(crate) fn variable(&self, name: &str) -> Option<OsString> {
        self.variables.as_ref()?.value(name)
    }

    pub(super) fn source(&self) -> EnvironmentSource<'_> {
        self.variables.as_ref().map_or(EnvironmentSource::Process, EnvironmentSource::Snapshot)
    }
}

impl<P: Product> Clone for EnvironmentSnapshot<P> {
    fn clone(&self) -> Self {
        Self { variables: self.variables.clone(), product: PhantomData }
    }
}

impl<P: Product> fmt::Debug for EnvironmentSnapshot<P> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match &self.variables {
            Some(variables) => variables.fmt(f),
            None => f.write_str("[]"),
        }
    }
}
