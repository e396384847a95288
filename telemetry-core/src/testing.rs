// SPDX-FileCopyrightText: Copyright (c) 2026 NVIDIA CORPORATION & AFFILIATES. All rights reserved.
// SPDX-License-Identifier: Apache-2.0

//! Tests of the events of a product, with a client whose events stay in the test.

mod captured;
mod test_bed;

use std::path::Path;
#[cfg(feature = "client")]
use std::sync::Arc;

pub use telemetry_expect::{
    Answer, Collector, Difference, Event, InvalidSchema, Manifest, ManifestError, ReceivedRequest, Report,
    Scenario, Schemas, TestBed, TestedProduct, Violation,
};
pub use telemetry_schema::json::Json;

pub use captured::{Captured, CapturedEvent, CapturedRequest};
pub use test_bed::{test_bed, tested_product};

use crate::client::{Client, ClientBuilder, EnvironmentSnapshot};
use crate::consent::ConsentDecision;
#[cfg(feature = "client")]
use crate::consent::ConsentInputs;
#[cfg(feature = "client")]
use crate::endpoint::FirstEndpoint;
use crate::endpoint::{Endpoint, EndpointError};
#[cfg(feature = "client")]
use crate::paths::{Located, Paths, consent_file_elsewhere};
use crate::product::Product;
#[cfg(feature = "client")]
use crate::profile::Profile;

/// A client that sends nothing, and everything it would have sent.
///
/// Opt-outs, CI among them, are ignored, since nothing leaves the process: no socket is opened and no file is written. In a
/// program that was built without the product's telemetry nothing is captured: tests of the product see what its users do.
///
/// ```
/// # use telemetry_core::{Product, Profile, TelemetryEvent};
/// # struct Shop;
/// # impl Product for Shop {
/// #     const PROFILE: Profile = Profile::new("shop", "1").source("nemoSource", "shop");
/// # }
/// # /// A basket was paid for.
/// # #[derive(TelemetryEvent)]
/// # #[telemetry(product = Shop, event_name = "checkout", schema_version = "1.0")]
/// # struct Checkout {
/// #     /// Articles in the basket.
/// #     num_articles: u32,
/// # }
/// let (telemetry, sent) = telemetry_core::testing::capture::<Shop>();
/// telemetry.emit(Checkout { num_articles: 3 });
///
/// let events = sent.events();
/// assert_eq!(events.len(), 1);
/// assert_eq!(events[0].name, "checkout");
/// assert_eq!(events[0].parameters["nemoSource"], "shop");
/// assert_eq!(events[0].parameters["numArticles"], 3);
/// ```
///
/// A test that needs more than that [describes](ClientBuilder::capture) its client.
#[must_use]
pub fn capture<P: Product>() -> (Client<P>, Captured<P>) {
    Client::builder().capture()
}

impl<P: Product> ClientBuilder<P> {
    /// Starts a client that sends nothing, for a test, with everything that it would have sent.
    ///
    /// Version, facts about the machine, endpoint and clock are those of the builder, so a product can test the client that it
    /// describes for service. Variables are taken from its [`environment`](Self::environment) alone, at the start and for each
    /// report; without one, no variable is set. So no variable of a developer's machine or of continuous integration changes
    /// what a test sees. A [`Deployment`](crate::deployment::Deployment), which belongs to no client, still reads the real ones in
    /// [`get`](crate::deployment::Deployment::get), and those of a test in [`get_in`](crate::deployment::Deployment::get_in).
    ///
    /// Opt-outs are ignored, those of the given variables included: [`consent_decision`] tells what they do. No socket is opened and no
    /// file is written, and a [transport](Self::transport) of the builder is not used.
    ///
    /// ```
    /// use telemetry_core::host::HostFacts;
    /// use telemetry_core::{Client, Product, Profile, TelemetryEvent, testing};
    ///
    /// struct Shop;
    /// impl Product for Shop {
    ///     const PROFILE: Profile = Profile::new("shop", "1").endpoint_env("SHOP_ENDPOINT").session_env("SHOP_SESSION");
    /// }
    /// # /// A basket was paid for.
    /// # #[derive(TelemetryEvent)]
    /// # #[telemetry(product = Shop, event_name = "checkout", schema_version = "1.0")]
    /// # struct Checkout {
    /// #     /// Articles in the basket.
    /// #     num_articles: u32,
    /// # }
    ///
    /// let (telemetry, sent) = Client::<Shop>::builder()
    ///     .version("2.1")
    ///     .host_facts(HostFacts::unknown().with_cpu_architecture("riscv64"))
    ///     .environment(testing::environment(&[("SHOP_SESSION", "a1"), ("SHOP_ENDPOINT", "https://events.example/")]))
    ///     .capture();
    /// telemetry.emit(Checkout { num_articles: 3 });
    ///
    /// let requests = sent.requests();
    /// assert_eq!(requests[0].url, "https://events.example/");
    /// assert_eq!(requests[0].envelope["clientVer"], "2.1");
    /// assert_eq!(requests[0].envelope["cpuArchitecture"], "riscv64");
    /// assert_eq!(requests[0].envelope["sessionId"], "a1");
    /// ```
    #[must_use]
    pub fn capture(self) -> (Client<P>, Captured<P>) {
        let memory = captured::Memory::default();
        let requests = memory.clone();
        let client = self
            .without_consent()
            .without_files()
            .in_no_other_environment()
            .transport(move || requests.clone())
            .start();
        (client.clone(), Captured::new(client, memory))
    }
}

/// An environment with these variables and no others, for [`ClientBuilder::environment`] and [`Client::in_environment`].
///
/// ```
/// # use telemetry_core::{Client, Product, Profile, testing};
/// # struct Shop;
/// # impl Product for Shop {
/// #     const PROFILE: Profile = Profile::new("shop", "1");
/// # }
/// use telemetry_core::consent::ConsentDecision;
///
/// let (telemetry, _) = testing::capture::<Shop>();
/// let environment = testing::environment(&[("SHOP_SESSION", "a1")]);
/// assert_eq!(telemetry.in_environment(&environment).consent_decision(), ConsentDecision::Enabled);
/// ```
#[must_use]
pub fn environment<P: Product>(variables: &[(&str, &str)]) -> EnvironmentSnapshot<P> {
    EnvironmentSnapshot::of(variables)
}

/// Where a report of the product `P` goes in this environment.
///
/// The environment of the calling process is not looked at, so the answer is not limited to loopback addresses unless the
/// variables say that this is a test run (`NEXTEST`, `CARGO_MANIFEST_DIR`).
///
/// # Errors
///
/// If events cannot be sent there.
///
/// ```
/// use telemetry_core::{Product, Profile, testing};
///
/// struct Shop;
/// impl Product for Shop {
///     const PROFILE: Profile = Profile::new("shop", "1").endpoint_env("SHOP_ENDPOINT");
/// }
///
/// let endpoint = |url| testing::endpoint::<Shop>(&[("SHOP_ENDPOINT", url)]);
/// assert_eq!(testing::endpoint::<Shop>(&[])?.url(), telemetry_core::profile::DEFAULT_ENDPOINT);
/// assert_eq!(endpoint(" https://events.example/\n")?.url(), "https://events.example/");
/// assert!(endpoint("http://events.example/").is_err()); // not encrypted
/// # Ok::<(), telemetry_core::endpoint::EndpointError>(())
/// ```
pub fn endpoint<P: Product>(environment: &[(&str, &str)]) -> Result<Endpoint, EndpointError> {
    #[cfg(feature = "client")]
    if P::COMPILED {
        return FirstEndpoint::default()
            .resolve(const { &P::PROFILE }, environment)
            .map(Arc::unwrap_or_clone);
    }
    let _ = environment;
    Err(EndpointError::not_compiled())
}

/// Whether a process of the product `P` may report in this environment, and if not, which signal opts out. The process
/// itself has not turned its telemetry off.
///
/// The directory stands for `~/.config/<product>`, with the marker and the consent file; without one there is no home.
/// Neither the environment nor the home directory of the calling process are looked at.
///
/// ```
/// use telemetry_core::consent::{Rule, Signal, ConsentDecision};
/// use telemetry_core::{ConsentPolicy, Product, Profile, testing};
///
/// struct Shop;
/// impl Product for Shop {
///     const PROFILE: Profile = Profile::new("shop", "1")
///         .consent(ConsentPolicy::variables(&[("SHOP_TELEMETRY_ENABLED", Rule::Enable)]));
/// }
///
/// let home = std::path::Path::new("/nonexistent");
/// for (value, decision) in [
///     ("yes", ConsentDecision::Enabled),
///     ("off", ConsentDecision::OptedOut(Signal::Variable("SHOP_TELEMETRY_ENABLED"))),
/// ] {
///     assert_eq!(testing::consent_decision::<Shop>(&[("SHOP_TELEMETRY_ENABLED", value)], Some(home)), decision);
/// }
/// assert_eq!(testing::consent_decision::<Shop>(&[], None), ConsentDecision::OptedOut(Signal::NoHome));
/// ```
#[must_use]
pub fn consent_decision<P: Product>(
    environment: &[(&str, &str)],
    config_dir: Option<&Path>,
) -> ConsentDecision {
    #[cfg(feature = "client")]
    if P::COMPILED {
        return decision_of(const { &P::PROFILE }, environment, config_dir);
    }
    let _ = (environment, config_dir);
    ConsentDecision::NOT_COMPILED
}

#[cfg(feature = "client")]
fn decision_of(
    profile: &Profile,
    environment: &[(&str, &str)],
    config_dir: Option<&Path>,
) -> ConsentDecision {
    let paths = match config_dir {
        Some(dir) => {
            let chosen = Paths { config_dir: Some(dir.to_owned()), ..Paths::default() };
            Located::read(profile, chosen, environment).paths().clone()
        }
        None => Paths { consent_file: consent_file_elsewhere(profile, environment), ..Paths::default() },
    };
    let inputs = ConsentInputs { policy: &profile.consent, environment, switch: true, machine: None };
    inputs.decide(|| paths.of_consent())
}
