// SPDX-FileCopyrightText: Copyright (c) 2026 NVIDIA CORPORATION & AFFILIATES. All rights reserved.
// SPDX-License-Identifier: Apache-2.0

//! A product's own programs under test, with a real collector.

use std::io;

use telemetry_expect::{TestBed, TestedProduct};

use crate::product::Product;
use crate::profile::Profile;

/// Starts a collector on loopback and a home directory for one run of a program of the product `P`.
///
/// A [`command`](TestBed::command) reports to this collector and nowhere else: the variables of the profile name the collector, the
/// files of the product are in the home directory, proxies are replaced, and opt-outs, CI among them, and the other variables of the
/// profile are removed.
/// [`check`](TestBed::check) waits for the events that a [`Scenario`](super::Scenario) expects, and lists every difference. The
/// crate [`telemetry_expect`] describes them.
///
/// In a test of the product, `cargo` builds the program and names it in `env!("CARGO_BIN_EXE_shop")`:
///
/// ```no_run
/// # struct Shop;
/// # impl telemetry_core::Product for Shop {
/// #     const PROFILE: telemetry_core::Profile = telemetry_core::Profile::new("shop", "1");
/// # }
/// use telemetry_core::testing;
///
/// # fn main() -> Result<(), Box<dyn std::error::Error>> {
/// # let program = "shop";
/// let bed = testing::test_bed::<Shop>()?;
/// let status = bed.command(program).arg("--articles=3").status()?; // let program = env!("CARGO_BIN_EXE_shop");
/// let report = bed.check(&"[[event]]\nname = \"order\"\ncount = 1\n".parse()?);
/// assert!(status.success() && report.is_met(), "{report}");
/// # Ok(())
/// # }
/// ```
///
/// A client in the test's own process takes the variables as an [`environment`](super::environment):
///
/// ```
/// # #[cfg(feature = "http")] {
/// use telemetry_core::{Client, Product, Profile, TelemetryEvent, testing};
///
/// struct Shop;
/// impl Product for Shop {
///     const PROFILE: Profile = Profile::new("shop", "1").endpoint_env("SHOP_TELEMETRY_ENDPOINT");
/// }
/// # /// A basket was paid for.
/// # #[derive(TelemetryEvent)]
/// # #[telemetry(product = Shop, event_name = "checkout", schema_version = "1.0")]
/// # struct Checkout {
/// #     /// Articles in the basket.
/// #     num_articles: u32,
/// # }
///
/// let bed = testing::test_bed::<Shop>().unwrap();
/// let variables = bed.variables();
/// let variables: Vec<(&str, &str)> = variables.iter().map(|(name, value)| (&**name, &**value)).collect();
/// let environment = testing::environment(&variables);
/// let telemetry = Client::<Shop>::builder().environment(environment.clone()).start();
/// telemetry.in_environment(&environment).emit(Checkout { num_articles: 3 });
///
/// let expected = r#"
///     sessions = 1
///     audit = "equal" # the audit log holds the events that were sent, and no others
///     [[event]]
///     name = "checkout"
///     count = 1
///     fields = { numArticles = { min = 1 } }
/// "#;
/// let report = bed.check(&expected.parse().unwrap());
/// assert!(report.is_met(), "{report}");
/// # }
/// ```
///
/// The events of Rust structs follow their schema, since the compiler checks it. For events of other origin, or for the schema file that
/// the product's server has, add [`rules`](TestedProduct::rules) to [`tested_product`]: `telemetry_cli::schema::rules` returns those that
/// the command `expect` uses.
///
/// In a program that was built without the product's telemetry, a test bed has no variable and no file of the product.
///
/// # Errors
///
/// If the collector cannot be started or the directory cannot be created.
pub fn test_bed<P: Product>() -> io::Result<TestBed> {
    TestBed::start(&tested_product::<P>())
}

/// The variables and files of the product `P`, for a [`TestBed`] with the settings of a scenario.
///
/// ```
/// # struct Shop;
/// # impl telemetry_core::Product for Shop {
/// #     const PROFILE: telemetry_core::Profile = telemetry_core::Profile::new("shop", "1");
/// # }
/// use telemetry_core::testing::{self, Scenario, TestBed};
///
/// let scenario: Scenario = r#"
///     silent = "50ms"
///     [files]
///     ".config/shop/do_not_track" = "" # the user has opted out
/// "#
/// .parse()?;
/// let bed = TestBed::of_scenario(&testing::tested_product::<Shop>(), &scenario)?;
/// assert!(bed.home().join(".config/shop/do_not_track").exists());
/// assert!(bed.check(&scenario).is_met());
/// # Ok::<(), Box<dyn std::error::Error>>(())
/// ```
#[must_use]
pub fn tested_product<P: Product>() -> TestedProduct {
    let profile = if P::COMPILED { const { &P::PROFILE } } else { &Profile::NOT_COMPILED };
    TestedProduct::new(profile.directory)
        .endpoint_variables(profile.endpoint_env)
        .removed_variables(profile.settings_variables())
        .audit_file(profile.audit.map(|audit| audit.file_name))
}
