// SPDX-FileCopyrightText: Copyright (c) 2026 NVIDIA CORPORATION & AFFILIATES. All rights reserved.
// SPDX-License-Identifier: Apache-2.0

//! The reader: files to documents, documents to one configuration, and what the usage event asks of it.

mod budget;
mod colang;
mod error;
mod files;
mod flows;
mod ignore;
mod import;
mod library;
mod loader;
mod merge;
mod nested;
mod options;
mod pattern;
mod rail_flows;
mod rules;
mod schema;
mod validate;
mod walk;
mod yaml;

use std::collections::BTreeMap;
use std::path::{Path, PathBuf};

pub use self::budget::Limits;
pub use self::error::{ConfigError, ErrorKind};
pub use self::flows::{FlowOrigin, FlowSource};
pub use self::merge::Replacement;
pub use self::options::LoadOptions;
use crate::rail::RailType;
use crate::text;

/// Reads a text with the YAML layer alone and drops what it says.
///
/// # Errors
/// If the text is not YAML 1.1 that the reference's safe loader accepts.
pub fn check_yaml(text: &str) -> Result<(), ConfigError> {
    let text = text::universal_newlines(text);
    yaml::read(&text, Path::new("text.yml"), &mut budget::Budget::new(Limits::default())).map(drop)
}

/// A valid configuration, reduced to the facts for the usage event.
#[derive(Debug, Clone)]
pub struct RailsConfig {
    colang_version: String,
    model_engines: Vec<String>,
    rail_flows: BTreeMap<RailType, Vec<String>>,
    dialog_single_call: bool,
    output_streaming: bool,
    tracing: bool,
    documents: u64,
    changed_fields: Vec<&'static str>,
    flow_sources: Vec<FlowSource>,
    scanned_colang: u64,
    skipped_colang: Vec<PathBuf>,
    replacements: Vec<Replacement>,
    merged_configurations: Vec<PathBuf>,
    custom_flows: u64,
    custom_flows_llm_rails: u64,
}

impl RailsConfig {
    /// Loads a directory, or one YAML file, as the product does when it runs in the current directory.
    ///
    /// # Errors
    /// If the product would refuse the configuration, or if the load exceeds the default [`Limits`].
    pub fn from_path(path: impl AsRef<Path>) -> Result<Self, ConfigError> {
        Self::load(path, &LoadOptions::default())
    }

    /// Loads a directory, or one YAML file, with custom options.
    ///
    /// # Errors
    /// If the product would refuse the configuration, or if the load exceeds the [`Limits`] in `options`.
    pub fn load(path: impl AsRef<Path>, options: &LoadOptions) -> Result<Self, ConfigError> {
        validate::validate(loader::load(path.as_ref(), options)?, options)
    }

    /// The Colang version as written; `1.0` if nothing is written.
    #[must_use]
    pub fn colang_version(&self) -> &str {
        &self.colang_version
    }

    /// The non-empty engines of the models, in the order of the models, with duplicates.
    pub fn model_engines(&self) -> impl Iterator<Item = &str> {
        self.model_engines.iter().map(String::as_str)
    }

    /// The flows of a group of rails as written, arguments and duplicates included.
    #[must_use]
    pub fn rail_flows(&self, rail: RailType) -> &[String] {
        self.rail_flows.get(&rail).map_or(&[], Vec::as_slice)
    }

    /// `rails.dialog.single_call.enabled`.
    #[must_use]
    pub fn dialog_single_call_enabled(&self) -> bool {
        self.dialog_single_call
    }

    /// `rails.output.streaming.enabled`; the deprecated top-level `streaming` is not looked at.
    #[must_use]
    pub fn output_streaming_enabled(&self) -> bool {
        self.output_streaming
    }

    /// `tracing.enabled`.
    #[must_use]
    pub fn tracing_enabled(&self) -> bool {
        self.tracing
    }

    /// Whether there are documents, in `kb` or under the key `docs`.
    #[must_use]
    pub fn has_knowledge_base(&self) -> bool {
        self.documents > 0
    }

    /// How many documents there are, in `kb` and under the key `docs`.
    #[must_use]
    pub fn num_documents(&self) -> u64 {
        self.documents
    }

    /// Those of the 21 fields of `rails.config` whose value after coercion differs from the default, in sorted order.
    #[must_use]
    pub fn changed_rails_config_fields(&self) -> &[&'static str] {
        &self.changed_fields
    }

    /// How many flows count as custom for IORails, and where no engine is given.
    #[must_use]
    pub fn num_custom_flows(&self) -> u64 {
        self.custom_flows
    }

    /// How many flows count as custom for LLMRails, which leaves out those it runs as input, output or retrieval rails
    /// (`docs/LOADING.md` 5.3).
    #[must_use]
    pub fn num_custom_flows_llm_rails(&self) -> u64 {
        self.custom_flows_llm_rails
    }

    /// Where the flows come from, in the order in which they were found.
    #[must_use]
    pub fn flow_sources(&self) -> &[FlowSource] {
        &self.flow_sources
    }

    /// How many Colang files were scanned for flows.
    ///
    /// A scan does not notice every file that the product's parser refuses. If this is not 0, the product may refuse a
    /// configuration that loads here.
    #[must_use]
    pub fn num_scanned_colang_files(&self) -> u64 {
        self.scanned_colang
    }

    /// Colang files that are ignored because they are written in another version than that of the configuration.
    #[must_use]
    pub fn skipped_colang_files(&self) -> &[PathBuf] {
        &self.skipped_colang
    }

    /// The keys `colang_version`, `rails` and `tracing` where several files set them: which file counts, and which do not.
    #[must_use]
    pub fn replacements(&self) -> &[Replacement] {
        &self.replacements
    }

    /// The directories with a `config.yml` or `config.yaml` that were merged, relative to the directory that was loaded, without those
    /// inside one another. Empty if the directory that was loaded has a YAML file itself, or if there is only one.
    ///
    /// The product merges them too. A user who gave the directory of all configurations probably meant one of them.
    #[must_use]
    pub fn merged_configurations(&self) -> &[PathBuf] {
        &self.merged_configurations
    }
}
