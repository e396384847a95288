// SPDX-FileCopyrightText: Copyright (c) 2026 NVIDIA CORPORATION & AFFILIATES. All rights reserved.
// SPDX-License-Identifier: Apache-2.0

//! The facts of a configuration for the usage event.

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
///     fn facts(&self, _: RailsEngine) -> Result<ConfigFacts, Box<dyn Error + Send + Sync>> {
///         let tracing = self.tracing.parse()?; // an error only drops the event
///         Ok(ConfigFacts::default().rail_flows(RailType::Input, &self.input_flows).tracing_enabled(tracing))
///     }
/// }
/// ```
#[diagnostic::on_unimplemented(
    message = "`{Self}` is not a guardrails configuration",
    label = "no usage event can be made from this",
    note = "implement `telemetry_guardrails::UsageConfig` for `{Self}`, or hold a `RailsConfig`"
)]
pub trait UsageConfig {
    /// Reads the facts of the configuration for a report of `engine`. It is called on the reporting thread, and never after an
    /// opt-out.
    ///
    /// # Errors
    ///
    /// If a fact cannot be read. No event is sent then; the reported construction continues, and the error is logged at debug
    /// level.
    fn facts(&self, engine: RailsEngine) -> Result<ConfigFacts, Box<dyn Error + Send + Sync>>;
}

/// The facts of a configuration in the usage event. The default is that of an empty configuration; set the facts that differ.
///
/// ```
/// use telemetry_guardrails::ConfigFacts;
/// use telemetry_guardrails::config::RailType;
///
/// let facts = ConfigFacts::default()
///     .colang_version("2.x")
///     .rail_flows(RailType::Input, ["self check input", "acme check"])
///     .llm_providers(["openai"])
///     .num_custom_flows(1);
/// assert_eq!(facts.rail_flows[&RailType::Input].len(), 2);
/// assert!(!facts.tracing_enabled);
/// ```
#[derive(Debug, Clone, PartialEq, Eq)]
#[non_exhaustive]
#[expect(clippy::struct_excessive_bools, reason = "four settings of the configuration, each named as there")]
pub struct ConfigFacts {
    /// The Colang version of the configuration. Default: `1.0`, as for a configuration without one.
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
    /// Names of the fields of `rails.config` that differ from their default. Names without a built-in feature are ignored and
    /// never sent.
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

impl ConfigFacts {
    /// The version of Colang that the configuration asks for.
    #[must_use]
    pub fn colang_version(mut self, version: impl Into<String>) -> Self {
        self.colang_version = version.into();
        self
    }

    /// The flows of one kind of rails, as the configuration writes them.
    #[must_use]
    pub fn rail_flows<T: Into<String>>(mut self, rail: RailType, flows: impl IntoIterator<Item = T>) -> Self {
        self.rail_flows.insert(rail, flows.into_iter().map(Into::into).collect());
        self
    }

    /// Names of the engines that serve the models; never names of models.
    #[must_use]
    pub fn llm_providers<T: Into<String>>(mut self, providers: impl IntoIterator<Item = T>) -> Self {
        self.llm_providers = providers.into_iter().map(Into::into).collect();
        self
    }

    /// Whether dialog makes a single call of the model.
    #[must_use]
    pub fn dialog_single_call_enabled(mut self, enabled: bool) -> Self {
        self.dialog_single_call_enabled = enabled;
        self
    }

    /// Whether output is streamed.
    #[must_use]
    pub fn output_streaming_enabled(mut self, enabled: bool) -> Self {
        self.output_streaming_enabled = enabled;
        self
    }

    /// Whether tracing is turned on.
    #[must_use]
    pub fn tracing_enabled(mut self, enabled: bool) -> Self {
        self.tracing_enabled = enabled;
        self
    }

    /// Whether there are documents.
    #[must_use]
    pub fn has_knowledge_base(mut self, has: bool) -> Self {
        self.has_knowledge_base = has;
        self
    }

    /// Names of the fields of `rails.config` that differ from their default.
    #[must_use]
    pub fn changed_rails_config_fields<T: Into<String>>(
        mut self,
        names: impl IntoIterator<Item = T>,
    ) -> Self {
        self.changed_rails_config_fields = names.into_iter().map(Into::into).collect();
        self
    }

    /// Number of flows that the user has written, as the reporting engine counts them.
    #[must_use]
    pub fn num_custom_flows(mut self, flows: u64) -> Self {
        self.num_custom_flows = flows;
        self
    }
}

/// A pointer to a configuration is one.
macro_rules! pointer_to_config {
    ($($pointer:ty),*) => {$(
        impl<T: UsageConfig + ?Sized> UsageConfig for $pointer {
            fn facts(&self, engine: RailsEngine) -> Result<ConfigFacts, Box<dyn Error + Send + Sync>> {
                (**self).facts(engine)
            }
        }
    )*};
}

pointer_to_config!(&T, Box<T>, std::rc::Rc<T>, std::sync::Arc<T>);
