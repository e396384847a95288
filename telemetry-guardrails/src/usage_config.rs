// SPDX-FileCopyrightText: Copyright (c) 2026 NVIDIA CORPORATION & AFFILIATES. All rights reserved.
// SPDX-License-Identifier: Apache-2.0

//! What the usage event needs to know about a configuration.

use std::collections::{BTreeMap, BTreeSet};
use std::error::Error;

use guardrails_config::RailType;

use crate::vocabulary::RailsEngine;

/// A configuration that a usage event can be made from. Implement it for your own type if it is not `RailsConfig`.
///
/// ```
/// use std::error::Error;
///
/// use telemetry_guardrails::config::RailType;
/// use telemetry_guardrails::{ConfigFacts, RailsEngine, UsageConfig};
///
/// struct MyConfig {
///     input_flows: Vec<String>,
///     tracing: String,
/// }
///
/// impl UsageConfig for MyConfig {
///     fn facts(&self, _: RailsEngine) -> Result<ConfigFacts, Box<dyn Error>> {
///         Ok(ConfigFacts {
///             rail_flows: [(RailType::Input, self.input_flows.clone())].into(),
///             tracing_enabled: self.tracing.parse()?, // what cannot be read costs the event, and no more
///             ..ConfigFacts::default()
///         })
///     }
/// }
/// ```
#[diagnostic::on_unimplemented(
    message = "`{Self}` is not a guardrails configuration",
    label = "no usage event can be made from this",
    note = "implement `telemetry_guardrails::UsageConfig` for `{Self}`, or hold a `RailsConfig`"
)]
pub trait UsageConfig {
    /// Reads what the event says about the configuration, for a report of `engine`. It is called on the reporting thread, and
    /// not under an opt-out.
    ///
    /// # Errors
    ///
    /// If something that the event needs cannot be read. Then no event is sent; what was to be reported goes on, and the
    /// error is logged at debug level.
    fn facts(&self, engine: RailsEngine) -> Result<ConfigFacts, Box<dyn Error>>;
}

/// What the usage event says about a configuration. Fields may be added: take those that you do not know from the default.
#[derive(Debug, Clone, PartialEq, Eq)]
#[expect(clippy::struct_excessive_bools, reason = "four settings of the configuration, each named as there")]
pub struct ConfigFacts {
    /// The version of Colang that the configuration asks for. Default: `1.0`, as for a configuration that does not say.
    pub colang_version: String,
    /// The flows of each kind of rails, as the configuration writes them.
    pub rail_flows: BTreeMap<RailType, Vec<String>>,
    /// Names of the engines that serve the models; never names of models.
    pub llm_providers: BTreeSet<String>,
    /// Whether dialog makes a single call of the model.
    pub dialog_single_call_enabled: bool,
    /// Whether output is streamed.
    pub output_streaming_enabled: bool,
    /// Whether tracing is turned on.
    pub tracing_enabled: bool,
    /// Whether there are documents.
    pub has_knowledge_base: bool,
    /// Names of the fields of `rails.config` that differ from their default. Any name may be here: those that belong to no
    /// built-in feature are ignored, and never sent.
    pub changed_rails_config_fields: Vec<String>,
    /// Number of flows that the user has written, as the reporting engine counts them.
    pub num_custom_flows: u64,
}

impl Default for ConfigFacts {
    fn default() -> Self {
        Self {
            colang_version: "1.0".into(),
            rail_flows: BTreeMap::new(),
            llm_providers: BTreeSet::new(),
            dialog_single_call_enabled: false,
            output_streaming_enabled: false,
            tracing_enabled: false,
            has_knowledge_base: false,
            changed_rails_config_fields: Vec::new(),
            num_custom_flows: 0,
        }
    }
}

/// A pointer to a configuration is one.
macro_rules! pointer_to_config {
    ($($pointer:ty),*) => {$(
        impl<T: UsageConfig + ?Sized> UsageConfig for $pointer {
            fn facts(&self, engine: RailsEngine) -> Result<ConfigFacts, Box<dyn Error>> {
                (**self).facts(engine)
            }
        }
    )*};
}

pointer_to_config!(&T, Box<T>, std::rc::Rc<T>, std::sync::Arc<T>);
