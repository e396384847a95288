// SPDX-FileCopyrightText: Copyright (c) 2026 NVIDIA CORPORATION & AFFILIATES. All rights reserved.
// SPDX-License-Identifier: Apache-2.0

//! An example is not a product: it reports to a collector on loopback, or not at all.

use telemetry_core::{Client, Product};

/// Turns the client off unless what it reports stays on this machine. A product does not call this.
///
/// ```
/// use telemetry_core::consent::Signal;
/// use telemetry_core::consent::ConsentDecision;
/// use telemetry_core::{Client, ConsentPolicy, Product, Profile};
/// use telemetry_examples::this_machine;
///
/// struct Shop;
///
/// impl Product for Shop {
///     const PROFILE: Profile = Profile::new("shop", "1").consent(ConsentPolicy::variables(&[]));
/// }
///
/// let shop = Client::<Shop>::builder().endpoint("https://events.invalid/").start();
/// this_machine::report_here_only(&shop);
/// assert_eq!(shop.consent_decision(), ConsentDecision::OptedOut(Signal::Switch));
/// ```
pub fn report_here_only<P: Product>(client: &Client<P>) {
    if !client.status().endpoint.is_ok_and(|endpoint| endpoint.is_loopback()) {
        client.set_enabled(false);
    }
}
