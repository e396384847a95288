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
}
