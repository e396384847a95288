// SPDX-FileCopyrightText: Copyright (c) 2026 NVIDIA CORPORATION & AFFILIATES. All rights reserved.
// SPDX-License-Identifier: Apache-2.0

//! A product as a type, so that an event and a client can name it.

use crate::profile::Profile;

/// A product that sends usage events: a zero-sized type with a [`Profile`].
///
/// ```
/// use telemetry_core::{ConsentPolicy, Product, Profile};
///
/// pub struct OpenShell;
///
/// impl Product for OpenShell {
///     const PROFILE: Profile = Profile::new("openshell", "415437562476676")
///         .source("nvidiaSource", "openshell")
///         .endpoint_env("OPENSHELL_TELEMETRY_ENDPOINT")
///         .consent(ConsentPolicy::strict());
/// }
/// ```
#[diagnostic::on_unimplemented(
    message = "`{Self}` is not a telemetry product",
    note = "describe it: `impl Product for {Self} {{ const PROFILE: Profile = Profile::new(\"name\", \"123\"); }}`"
)]
pub trait Product: Send + Sync + 'static {
    /// Everything that distinguishes this product's telemetry from another's.
    const PROFILE: Profile;

    /// Whether programs are built with this product's telemetry. Default: they are.
    ///
    /// If this is `false`, all of the API compiles as before and does nothing: no thread, no file, no socket, and no variable
    /// is read. The [consent decision](crate::Client::consent_decision) is [`Signal::NotCompiled`](crate::consent::Signal::NotCompiled). The
    /// compiler leaves the product's endpoint, client id, variables, events and fields out of the program, in every profile.
    ///
    /// Cargo unites the features of a dependency over the whole graph: another crate that asks for `telemetry-core` with its
    /// default features turns `client` on for all. So a product that can be built without telemetry has a feature of its own:
    ///
    /// ```
    /// # #![allow(unexpected_cfgs)]
    /// use telemetry_core::{Product, Profile};
    ///
    /// pub struct Shop;
    ///
    /// impl Product for Shop {
    ///     const PROFILE: Profile = Profile::new("shop", "123456789012345");
    ///     const COMPILED: bool = cfg!(feature = "telemetry");
    /// }
    /// ```
    ///
    /// That feature is united as well: one crate that depends on the product's crate with its default features turns it on for the
    /// whole program. So every crate of the product depends on the product's crate with `default-features = false` and forwards
    /// the feature, with `telemetry = ["shop/telemetry"]`; `cargo tree -e features -i shop` shows which crate turned it on. A
    /// product with no influence on those manifests can let the user who builds the program decide, by a variable of the build:
    ///
    /// ```
    /// # #![allow(unexpected_cfgs)]
    /// # use telemetry_core::{Product, Profile};
    /// # pub struct Shop;
    /// # impl Product for Shop {
    /// #     const PROFILE: Profile = Profile::new("shop", "123456789012345");
    /// const COMPILED: bool =
    ///     cfg!(feature = "telemetry") && option_env!("SHOP_BUILD_WITHOUT_TELEMETRY").is_none();
    /// # }
    /// ```
    const COMPILED: bool = true;
}
