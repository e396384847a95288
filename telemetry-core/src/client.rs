// SPDX-FileCopyrightText: Copyright (c) 2026 NVIDIA CORPORATION & AFFILIATES. All rights reserved.
// SPDX-License-Identifier: Apache-2.0

//! The client that reports a product's events. Reporting never blocks, panics or prints.
//!
//! The API is the same in every build. In a build without the feature `client`, and for a product that is not
//! [compiled](crate::Product::COMPILED), the client does nothing.
//!
//! ```
//! use telemetry_core::{Client, Product, Profile, TelemetryEvent, testing};
//!
//! struct Shop;
//! impl Product for Shop {
//!     const PROFILE: Profile = Profile::new("shop", "1").source("nemoSource", "shop");
//! }
//!
//! /// A basket was paid for.
//! #[derive(TelemetryEvent)]
//! #[telemetry(product = Shop, event_name = "checkout", schema_version = "1.0")]
//! struct Checkout {
//!     /// Articles in the basket.
//!     num_articles: u32,
//! }
//!
//! fn pay(telemetry: &Client<Shop>) {
//!     telemetry.emit(Checkout { num_articles: 3 });
//! }
//!
//! // In a program: `Client::<Shop>::builder().start()`. This client keeps its events in memory.
//! let (telemetry, sent) = testing::capture::<Shop>();
//! pay(&telemetry);
//! assert_eq!(sent.events().len(), 1);
//! ```

// The methods delegate to `ReportingClient`, an enum without variants in a build without the feature `client`.

mod builder;
mod context;
mod fit;
mod flush;
mod in_environment;
mod missing;
mod report;
#[cfg(feature = "client")]
mod reporting;
#[cfg(not(feature = "client"))]
#[path = "client/off.rs"]
mod reporting;
mod settings;
mod snapshot;
mod status;

use std::marker::PhantomData;
use std::sync::Arc;

pub use builder::ClientBuilder;
pub use context::Context;
pub use flush::{Flush, FlushGuard};
pub use in_environment::InEnvironment;
pub use missing::Missing;
#[cfg(feature = "model")]
pub use reporting::Numbers;
use reporting::ReportingClient;
use settings::Settings;
pub use snapshot::EnvironmentSnapshot;
pub use status::Status;

use crate::consent::ConsentDecision;
use crate::product::Product;
use crate::session::SessionId;
use crate::stats::Stats;
use crate::variables::EnvironmentSource;

/// Reports the events of the product `P`.
///
/// A client is cheap to clone. All clones share one queue and one worker thread, which runs only while it has work. When the last
/// clone is dropped, the worker delivers the queued events and ends; keep a [`FlushGuard`] to wait for that.
///
/// A forked child starts with a state of its own at its first report. If another thread may change the environment during a fork,
/// see [`Client::read_environment`].
///
/// ```
/// use std::time::Duration;
/// use telemetry_core::{Client, Product, Profile, TelemetryEvent};
///
/// struct Shop;
/// impl Product for Shop {
///     const PROFILE: Profile = Profile::new("shop", "1").source("nemoSource", "shop");
/// }
///
/// /// A basket was paid for.
/// #[derive(TelemetryEvent)]
/// #[telemetry(product = Shop, event_name = "checkout", schema_version = "1.0")]
/// struct Checkout {
///     /// Articles in the basket.
///     num_articles: u32,
/// }
///
/// let telemetry = Client::<Shop>::builder().version(env!("CARGO_PKG_VERSION")).start();
/// let _flush = telemetry.flush_on_drop(Duration::from_millis(200));
/// telemetry.emit(Checkout { num_articles: 3 });
/// ```
pub struct Client<P: Product> {
    /// `None` if the program was built without the product's telemetry.
    reporting: Option<Arc<ReportingClient>>,
    product: PhantomData<fn() -> P>,
}

impl<P: Product> Clone for Client<P> {
    fn clone(&self) -> Self {
        Self { reporting: self.reporting.clone(), product: PhantomData }
    }
}

impl<P: Product> std::fmt::Debug for Client<P> {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        debug::<P>(f, "Client")
    }
}

/// Formats a type of this module as its name and that of its product.
fn debug<P: Product>(f: &mut std::fmt::Formatter<'_>, name: &str) -> std::fmt::Result {
    let mut shown = f.debug_struct(name);
    if Client::<P>::CAN_REPORT {
        shown.field("product", &const { P::PROFILE.name });
    }
    shown.finish_non_exhaustive()
}

impl<P: Product> Client<P> {
    /// Whether the program was built with the product's telemetry. The compiler removes code behind this constant in every build
    /// profile. Use it directly: behind a function that returns it, or in a closure, some code would remain.
    pub(crate) const CAN_REPORT: bool = cfg!(feature = "client") && P::COMPILED;

    /// Configures a client. Every setting has a default.
    ///
    /// ```
    /// # use telemetry_core::{Client, Product, Profile};
    /// # struct Shop;
    /// # impl Product for Shop {
    /// #     const PROFILE: Profile = Profile::new("shop", "1").source("nemoSource", "shop");
    /// # }
    /// let telemetry = Client::<Shop>::builder().version(env!("CARGO_PKG_VERSION")).start();
    /// ```
    pub fn builder() -> ClientBuilder<P> {
        ClientBuilder::new()
    }

    /// Whether a report made now would be sent, and if not, which source opts out. Always checks the marker files.
    ///
    /// ```
    /// # use telemetry_core::{Client, Product, Profile};
    /// # struct Shop;
    /// # impl Product for Shop {
    /// #     const PROFILE: Profile = Profile::new("shop", "1").source("nemoSource", "shop");
    /// # }
    /// use telemetry_core::consent::ConsentDecision;
    ///
    /// let telemetry = Client::<Shop>::builder().start();
    /// match telemetry.consent_decision() {
    ///     ConsentDecision::OptedOut(source) => println!("telemetry is off: {source} opts out"),
    ///     _ => println!("telemetry is on"),
    /// }
    /// ```
    #[must_use]
    pub fn consent_decision(&self) -> ConsentDecision {
        self.here().consent_decision()
    }

    /// Turns this client off, or on again. Turning it on does not override another opt-out.
    ///
    /// Turning it off drops the queued events and ends the worker.
    ///
    /// ```
    /// # use telemetry_core::{Client, Product, Profile};
    /// # struct Shop;
    /// # impl Product for Shop {
    /// #     const PROFILE: Profile = Profile::new("shop", "1").source("nemoSource", "shop");
    /// # }
    /// let telemetry = Client::<Shop>::builder().start();
    /// telemetry.set_enabled(false);
    /// assert!(!telemetry.consent_decision().is_enabled());
    /// ```
    pub fn set_enabled(&self, enabled: bool) {
        if let Some(reporting) = &self.reporting {
            reporting.set_enabled(enabled);
        }
    }

    /// The session of this process.
    ///
    /// `None` if the system cannot provide randomness, or if something opts out before the first report. A session that is stored in a
    /// file is `None` until the first request, since only the worker reads that file.
    ///
    /// ```
    /// # use telemetry_core::{Client, Product, Profile, testing};
    /// # struct Shop;
    /// # impl Product for Shop {
    /// #     const PROFILE: Profile = Profile::new("shop", "1").source("nemoSource", "shop");
    /// # }
    /// let (telemetry, _sent) = testing::capture::<Shop>();
    /// let session = telemetry.session().expect("nothing opts out of a captured client");
    /// assert_eq!(telemetry.session(), Some(session)); // the same for the whole process
    /// ```
    #[must_use]
    pub fn session(&self) -> Option<SessionId> {
        self.reporting.as_ref()?.session()
    }

    /// The environment variable, as name and value, with which a child process joins the session of this one.
    ///
    /// `None` if the product does not have such a [variable](crate::Profile::session_env), if something opts out, or if the session is
    /// not [known](Self::session). The environment of this process is not changed.
    ///
    /// ```
    /// use std::process::Command;
    /// use telemetry_core::{Client, Product, Profile};
    ///
    /// struct Evaluator;
    /// impl Product for Evaluator {
    ///     const PROFILE: Profile = Profile::new("evaluator", "14399890258381784").session_env("EVALUATOR_SESSION_ID");
    /// }
    ///
    /// let telemetry = Client::<Evaluator>::builder().start();
    /// let mut task = Command::new("evaluate");
    /// task.envs(telemetry.session_for_child());
    /// ```
    #[must_use]
    pub fn session_for_child(&self) -> Option<(&'static str, String)> {
        self.reporting.as_ref()?.session_for_child()
    }

    /// Counts of the events of this process so far: delivered, queued and dropped.
    ///
    /// ```
    /// # use telemetry_core::{Client, Product, Profile, TelemetryEvent, testing};
    /// # struct Shop;
    /// # impl Product for Shop {
    /// #     const PROFILE: Profile = Profile::new("shop", "1").source("nemoSource", "shop");
    /// # }
    /// # /// A basket was paid for.
    /// # #[derive(Clone, TelemetryEvent)]
    /// # #[telemetry(product = Shop, event_name = "checkout", schema_version = "1.0")]
    /// # struct Checkout {
    /// #     /// Articles in the basket.
    /// #     num_articles: u32,
    /// # }
    /// let (telemetry, _sent) = testing::capture::<Shop>();
    /// telemetry.emit(Checkout { num_articles: 3 });
    /// assert_eq!(telemetry.stats().produced, 1);
    /// ```
    #[must_use]
    pub fn stats(&self) -> Stats {
        self.reporting.as_ref().map(|reporting| reporting.stats()).unwrap_or_default()
    }

    /// The settings of this client, its consent decision and the counts of its events: everything that a command `status` prints.
    ///
    /// This may look up the home directory in the user database, even under an opt-out. It creates and sends nothing.
    ///
    /// ```
    /// # use telemetry_core::{Client, Product, Profile};
    /// # struct Shop;
    /// # impl Product for Shop {
    /// #     const PROFILE: Profile = Profile::new("shop", "1").source("nemoSource", "shop");
    /// # }
    /// let status = Client::<Shop>::builder().start().status();
    /// println!("{} is on: {}", status.server_url, status.decision.is_enabled());
    /// ```
    #[must_use]
    pub fn status(&self) -> Status {
        self.here().status()
    }
}
