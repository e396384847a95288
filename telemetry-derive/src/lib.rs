// SPDX-FileCopyrightText: Copyright (c) 2026 NVIDIA CORPORATION & AFFILIATES. All rights reserved.
// SPDX-License-Identifier: Apache-2.0

#![doc = include_str!("../README.md")]
#![forbid(unsafe_code)]
#![cfg_attr(docsrs, feature(doc_cfg))]

mod angles;
mod ast;
mod attr;
mod check;
mod dependency;
mod doc;
#[cfg(feature = "engine")]
mod engine;
mod errors;
mod event_schema;
mod expand;
mod forbidden_types;
mod function;
mod impl_trait;
mod key;
mod once;
mod operation;
mod scan;
mod schema;
mod static_shape;
mod type_name;

use proc_macro::TokenStream;
use syn::{DeriveInput, parse_macro_input};

/// Makes a struct a usage event. The [crate's page](crate#keys) lists the keys of `#[telemetry(…)]`.
///
/// Generates `TelemetryEvent`, `serde::Serialize`, and `Default` if every field has a sentinel. Every field needs a doc comment and a
/// type that can be sent.
///
/// ```
/// use telemetry_core::{Product, Profile, TelemetryEvent};
///
/// struct Shop;
/// impl Product for Shop {
///     const PROFILE: Profile = Profile::new("shop", "123456789012345").source("shopSource", "shop");
/// }
///
/// /// A basket was paid for.
/// #[derive(TelemetryEvent)]
/// #[telemetry(product = Shop, event_name = "checkout", schema_version = "1.0")]
/// struct Checkout {
///     /// Articles in the basket.
///     #[telemetry(range = 1..=1000)]
///     num_articles: u32,
///     /// Whether it is a gift.
///     is_gift: bool,
/// }
///
/// let checkout = Checkout { num_articles: 3, is_gift: false };
/// assert_eq!(serde_json::to_string(&checkout)?, r#"{"shopSource":"shop","numArticles":3,"isGift":false}"#);
/// # Ok::<(), serde_json::Error>(())
/// ```
#[proc_macro_derive(TelemetryEvent, attributes(telemetry))]
pub fn telemetry_event(input: TokenStream) -> TokenStream {
    expand::derive_event(&parse_macro_input!(input as DeriveInput)).into()
}

/// Makes an enum a vocabulary: a closed set of texts. The [crate's page](crate#keys) lists the keys of `#[telemetry(…)]`.
///
/// ```
/// use telemetry_core::TelemetryEnum;
///
/// /// How a basket was paid for.
/// #[derive(Debug, Clone, Copy, PartialEq, TelemetryEnum)]
/// #[telemetry(rename_all = "snake_case")]
/// enum Payment {
///     CreditCard,
///     #[telemetry(rename = "cash", alias = "coins")]
///     Cash,
///     #[telemetry(fallback)]
///     Unknown,
/// }
///
/// assert_eq!(Payment::CreditCard.as_str(), "credit_card");
/// assert_eq!(Payment::from_wire("coins"), Payment::Cash);
/// assert_eq!(Payment::from_wire("barter"), Payment::Unknown);
/// assert_eq!("cash".parse(), Ok(Payment::Cash));
/// ```
#[proc_macro_derive(TelemetryEnum, attributes(telemetry))]
pub fn telemetry_enum(input: TokenStream) -> TokenStream {
    expand::derive_vocabulary(&parse_macro_input!(input as DeriveInput)).into()
}

/// Makes a struct the value of a field. The [crate's page](crate#keys) lists the keys of `#[telemetry(…)]`.
///
/// ```
/// use telemetry_core::TelemetryValue;
///
/// /// A step of a job.
/// #[derive(Default, TelemetryValue)]
/// struct Step {
///     /// Its position in the job.
///     #[telemetry(range = 0..=99)]
///     index: u32,
///     /// Whether it was tried again.
///     is_retry: bool,
/// }
///
/// let mut step = Step { index: 300, is_retry: true };
/// assert_eq!(step.normalize(), Ok(1)); // 300 is out of range
/// assert_eq!(serde_json::to_string(&step)?, r#"{"index":99,"isRetry":true}"#);
/// # Ok::<(), serde_json::Error>(())
/// ```
#[proc_macro_derive(TelemetryValue, attributes(telemetry))]
pub fn telemetry_value(input: TokenStream) -> TokenStream {
    expand::derive_value_struct(&parse_macro_input!(input as DeriveInput)).into()
}

/// Makes a struct an engine, whose constructors report its construction.
///
/// Use it through `telemetry-guardrails`, which re-exports it and whose page has a running example. It needs the feature `engine`.
///
/// On a struct, the attribute implements the trait `TelemetryEngine` and registers the engine. `engine` is a constant that names
/// the engine and is required. `config` is an expression with `self` for the configuration; without it, only facts about the
/// system are reported.
///
/// On an inherent impl block of the struct, each associated function with `#[telemetry(constructor)]` reports once per call,
/// after it has created an engine. It returns `Self`, `Result<Self, E>`, `Option<Self>`, `Box<Self>`, `Rc<Self>` or `Arc<Self>`, or one in
/// another, and may be `async`. A construction that fails or panics reports nothing.
///
/// `crate = "path"` is the path of `telemetry_guardrails`, if it is not at the root. The [crate's page](crate#engines) lists the
/// events of each kind of construction.
#[cfg(feature = "engine")]
#[proc_macro_attribute]
pub fn telemetry_engine(arguments: TokenStream, item: TokenStream) -> TokenStream {
    engine::expand(arguments.into(), item.into()).into()
}

/// Makes a function emit one event per call, on success, failure, panic and cancellation. `telemetry-core` re-exports it.
///
/// ```
/// use std::future::Future;
///
/// use telemetry_core::{Client, Product, Profile, TelemetryEnum, TelemetryEvent, telemetry_operation};
///
/// struct OpenShell;
/// impl Product for OpenShell {
///     const PROFILE: Profile = Profile::new("openshell", "415437562476676").source("nvidiaSource", "openshell");
/// }
///
/// /// How an operation ended.
/// #[derive(Debug, Clone, Copy, PartialEq, TelemetryEnum)]
/// #[telemetry(rename_all = "snake_case")]
/// enum Outcome {
///     Success,
///     Failure,
///     Interrupted,
/// }
///
/// /// A sandbox was created, or not.
/// #[derive(Debug, TelemetryEvent)]
/// #[telemetry(product = OpenShell, event_name = "sandbox_create", schema_version = "4.0")]
/// struct SandboxCreate {
///     /// How the creation ended.
///     #[telemetry(outcome, sentinel = Outcome::Interrupted)]
///     outcome: Outcome,
///     /// Wall time.
///     #[telemetry(duration = "ms", sentinel = -1)]
///     duration_ms: i64,
///     /// GPUs asked for.
///     #[telemetry(range = 0..=64, sentinel = 0)]
///     requested_gpu: u32,
///     /// Images that had to be fetched.
///     #[telemetry(sentinel = 0)]
///     num_fetched: u32,
/// }
///
/// struct Service {
///     telemetry: Client<OpenShell>,
/// }
///
/// impl Service {
///     #[telemetry_operation(
///         client = self.telemetry,
///         event = SandboxCreate { requested_gpu: gpus, ..Default::default() },
///         operation = operation,
///     )]
///     async fn create_sandbox(&self, gpus: u32, image: &str) -> Result<u64, std::num::ParseIntError> {
///         operation.num_fetched += 1;
///         let id: u64 = image.parse()?;
///         Ok(id)
///     }
/// }
///
/// # fn block_on<T>(future: impl Future<Output = T>) -> T {
/// #     let mut context = std::task::Context::from_waker(std::task::Waker::noop());
/// #     match std::pin::pin!(future).poll(&mut context) {
/// #         std::task::Poll::Ready(value) => value,
/// #         std::task::Poll::Pending => unreachable!("it never waits"),
/// #     }
/// # }
/// let (telemetry, sent) = telemetry_core::testing::capture::<OpenShell>();
/// let service = Service { telemetry };
/// assert_eq!(block_on(service.create_sandbox(2, "17")), Ok(17));
/// assert!(block_on(service.create_sandbox(2, "latest")).is_err());
/// drop(service.create_sandbox(2, "18")); // never polled: nothing was tried
///
/// let events = sent.events();
/// let outcomes: Vec<_> = events.iter().map(|event| event.parameters["outcome"].clone()).collect();
/// assert_eq!(outcomes, ["success", "failure"]);
/// assert_eq!(events[0].parameters["requestedGpu"], 2);
/// assert_eq!(events[0].parameters["numFetched"], 1);
/// ```
///
/// The [crate's page](crate#operations) lists the keys, and the event for each way to leave the function.
#[proc_macro_attribute]
pub fn telemetry_operation(arguments: TokenStream, item: TokenStream) -> TokenStream {
    operation::expand(arguments.into(), item.into()).into()
}
