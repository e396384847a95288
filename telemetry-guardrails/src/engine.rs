// SPDX-FileCopyrightText: Copyright (c) 2026 NVIDIA CORPORATION & AFFILIATES. All rights reserved.
// SPDX-License-Identifier: Apache-2.0

//! Engines: types whose construction is reported.

use std::panic::{AssertUnwindSafe, catch_unwind};

use telemetry_core::Product;
use telemetry_core::descriptor::Origin;

use crate::construction::is_within;
use crate::product::Guardrails;
use crate::report::report_usage;
use crate::usage_config::UsageConfig;
use crate::vocabulary::{DeploymentType, RailsEngine};

/// A type whose construction is reported. `#[telemetry_engine]` implements it.
///
/// ```
/// use telemetry_guardrails::{RailsConfig, RailsEngine, TelemetryEngine, telemetry_engine};
///
/// #[telemetry_engine(engine = RailsEngine::LlmRails, config = self.config)]
/// pub struct LlmRails {
///     config: RailsConfig,
/// }
///
/// #[telemetry_engine]
/// impl LlmRails {
///     /// Reports after it has made an engine.
///     #[telemetry(constructor)]
///     pub fn from_path(path: &str) -> Result<Self, telemetry_guardrails::config::ConfigError> {
///         Ok(Self { config: RailsConfig::from_path(path)? })
///     }
/// }
///
/// assert!(LlmRails::from_path("nowhere").is_err()); // reports nothing
/// assert_eq!(LlmRails::ENGINE, RailsEngine::LlmRails);
/// assert!(telemetry_guardrails::engines().iter().any(|engine| engine.type_name == "LlmRails"));
/// ```
///
/// An engine that only routes to another engine does not report; the other engine does. A host that cannot use the attribute on its
/// impl block calls [`report_usage`](Self::report_usage) at the end of its constructors.
///
/// # Once per engine
///
/// A marked constructor that calls another marked one of its type does not compile, where the macro can see it. Where it
/// cannot (the other one is in another impl block, or the type has another name there) both may succeed and only the outer
/// one reports: while the body of a marked constructor runs on a thread, whatever that thread constructs of the same type
/// is taken for the same engine, up to an engine of another type that is constructed in between. An `async` constructor
/// counts as running while it is polled, so one that is suspended hides nothing.
///
/// One engine causes two events if the inner construction runs on another thread or task that the constructor starts and waits
/// for. Two engines of one type cause one event if the constructor of one keeps the other as a part.
#[diagnostic::on_unimplemented(
    message = "`{Self}` is not an engine",
    label = "its construction cannot be reported",
    note = "put `#[telemetry_engine(engine = RailsEngine::LlmRails)]` on the struct, with `config = self.config` if it keeps its configuration"
)]
pub trait TelemetryEngine {
    /// The engine of the vocabulary that it is.
    const ENGINE: RailsEngine;

    /// The configuration, if the engine has one.
    fn usage_config(&self) -> Option<&dyn UsageConfig> {
        None
    }

    /// Reports that this engine was constructed; see [`report_usage`](crate::report_usage). Never fails, panics or waits.
    /// In a marked constructor of the same type it does nothing: that one reports.
    fn report_usage(&self)
    where
        Self: Sized,
    {
        report_constructed(self);
    }
}

/// Reports an engine. If the engine's own code panics, the report is skipped.
#[doc(hidden)]
pub fn report_constructed<E: TelemetryEngine>(engine: &E) {
    if Guardrails::COMPILED && !is_within::<E>() {
        let reported = catch_unwind(AssertUnwindSafe(|| {
            report_usage(engine.usage_config(), DeploymentType::Library, E::ENGINE);
        }));
        if reported.is_err() {
            log::debug!("no usage is reported: the engine panicked");
        }
    }
}

/// An engine that is linked into this program.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
#[non_exhaustive]
pub struct RegisteredEngine {
    /// The name of the type.
    pub type_name: &'static str,
    /// The module that declares it.
    pub module: &'static str,
    /// The engine of the vocabulary that it is.
    pub engine: RailsEngine,
    /// The place of its declaration.
    pub origin: Origin,
}

/// The link-time slot of an engine: empty in a build without telemetry.
#[doc(hidden)]
#[derive(Debug)]
pub struct LinkedEngine(Option<RegisteredEngine>);

impl LinkedEngine {
    /// The slot of this engine. Only constants call it, so that a build without telemetry contains no trace of the engine.
    #[must_use]
    pub const fn new(
        type_name: &'static str,
        module: &'static str,
        engine: RailsEngine,
        origin: Origin,
    ) -> Self {
        let engine = RegisteredEngine { type_name, module, engine, origin };
        Self(if Guardrails::COMPILED { Some(engine) } else { None })
    }
}

inventory::collect!(LinkedEngine);

/// All engines that are linked into this program, sorted by place. A crate that the program does not name is not linked. A
/// build without the feature `telemetry` has none.
#[must_use]
pub fn engines() -> Vec<&'static RegisteredEngine> {
    let mut engines: Vec<_> =
        inventory::iter::<LinkedEngine>.into_iter().filter_map(|linked| linked.0.as_ref()).collect();
    engines.sort_by_key(|engine| engine.origin);
    engines
}

/// Registers an engine at link time.
#[doc(hidden)]
#[macro_export]
macro_rules! __submit_engine {
    ($type:ident, $engine:expr) => {
        const _: () = {
            const ENGINE: $crate::RailsEngine = $engine;
            $crate::__private1::inventory::submit! {
                $crate::__private1::LinkedEngine::new(
                    ::core::stringify!($type),
                    ::core::module_path!(),
                    ENGINE,
                    $crate::__private1::origin!(),
                )
            }
        };
    };
}
