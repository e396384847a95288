// SPDX-FileCopyrightText: Copyright (c) 2026 NVIDIA CORPORATION & AFFILIATES. All rights reserved.
// SPDX-License-Identifier: Apache-2.0

//! What the usage event needs to know about a configuration.

use std::collections::BTreeSet;

use crate::config::{RailType, RailsConfig};
use crate::vocabulary::RailsEngine;

/// A configuration that a usage event can be made from. Implement it for your own type if it is not [`RailsConfig`].
///
/// ```
/// use telemetry_guardrails::config::RailType;
/// use telemetry_guardrails::{RailsEngine, UsageConfig};
///
/// struct MyConfig {
///     input_flows: Vec<String>,
/// }
///
/// impl UsageConfig for MyConfig {
///     fn colang_version(&self) -> &str {
///         "1.0"
///     }
///
///     fn rail_flows(&self, rail: RailType) -> &[String] {
///         if rail == RailType::Input { &self.input_flows } else { &[] }
///     }
/// }
/// ```
#[diagnostic::on_unimplemented(
    message = "`{Self}` is not a guardrails configuration",
    label = "no usage event can be made from this",
    note = "implement `telemetry_guardrails::UsageConfig` for `{Self}`, or hold a `RailsConfig`"
)]
pub trait UsageConfig {
    /// The version of Colang that the configuration asks for.
    fn colang_version(&self) -> &str;

    /// The flows of one kind of rails, as the configuration writes them.
    fn rail_flows(&self, rail: RailType) -> &[String];

    /// Names of the engines that serve the models; never names of models.
    fn llm_providers(&self) -> BTreeSet<String> {
        BTreeSet::new()
    }

    /// Whether dialog makes a single call of the model.
    fn dialog_single_call_enabled(&self) -> bool {
        false
    }

    /// Whether output is streamed.
    fn output_streaming_enabled(&self) -> bool {
        false
    }

    /// Whether tracing is turned on.
    fn tracing_enabled(&self) -> bool {
        false
    }

    /// Whether there are documents.
    fn has_knowledge_base(&self) -> bool {
        false
    }

    /// Names of the fields of `rails.config` that differ from their default.
    fn changed_rails_config_fields(&self) -> &[&'static str] {
        &[]
    }

    /// Number of flows that the user has written, as `engine` counts them.
    fn num_custom_flows(&self, engine: RailsEngine) -> u64 {
        let _ = engine;
        0
    }
}

/// A pointer to a configuration is one.
macro_rules! pointer_to_config {
    ($($pointer:ty),*) => {$(
        impl<T: UsageConfig + ?Sized> UsageConfig for $pointer {
            fn colang_version(&self) -> &str {
                (**self).colang_version()
            }

            fn rail_flows(&self, rail: RailType) -> &[String] {
                (**self).rail_flows(rail)
            }

            fn llm_providers(&self) -> BTreeSet<String> {
                (**self).llm_providers()
            }

            fn dialog_single_call_enabled(&self) -> bool {
                (**self).dialog_single_call_enabled()
            }

            fn output_streaming_enabled(&self) -> bool {
                (**self).output_streaming_enabled()
            }

            fn tracing_enabled(&self) -> bool {
                (**self).tracing_enabled()
            }

            fn has_knowledge_base(&self) -> bool {
                (**self).has_knowledge_base()
            }

            fn changed_rails_config_fields(&self) -> &[&'static str] {
                (**self).changed_rails_config_fields()
            }

            fn num_custom_flows(&self, engine: RailsEngine) -> u64 {
                (**self).num_custom_flows(engine)
            }
        }
    )*};
}

pointer_to_config!(&T, Box<T>, std::rc::Rc<T>, std::sync::Arc<T>);

/// The full engine marks the rail flows that the user has written as its own, so it counts fewer (loading rules, section
/// 5.3).
impl UsageConfig for RailsConfig {
    fn colang_version(&self) -> &str {
        self.colang_version()
    }

    fn rail_flows(&self, rail: RailType) -> &[String] {
        self.rail_flows(rail)
    }

    fn llm_providers(&self) -> BTreeSet<String> {
        self.model_engines().map(str::to_owned).collect()
    }

    fn dialog_single_call_enabled(&self) -> bool {
        self.dialog_single_call_enabled()
    }

    fn output_streaming_enabled(&self) -> bool {
        self.output_streaming_enabled()
    }

    fn tracing_enabled(&self) -> bool {
        self.tracing_enabled()
    }

    fn has_knowledge_base(&self) -> bool {
        self.has_knowledge_base()
    }

    fn changed_rails_config_fields(&self) -> &[&'static str] {
        self.changed_rails_config_fields()
    }

    fn num_custom_flows(&self, engine: RailsEngine) -> u64 {
        match engine {
            RailsEngine::LlmRails => self.num_custom_flows_llm_rails(),
            RailsEngine::IoRails | RailsEngine::Undefined => self.num_custom_flows(),
        }
    }
}
