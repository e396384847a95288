// SPDX-FileCopyrightText: Copyright (c) 2026 NVIDIA CORPORATION & AFFILIATES. All rights reserved.
// SPDX-License-Identifier: Apache-2.0

//! The engines. Their telemetry is the attributes, and nothing else.

use std::collections::BTreeSet;
use std::path::Path;
use std::{fmt, fs, io};

use telemetry_guardrails::config::{ConfigError, RailType};
use telemetry_guardrails::{RailsConfig, RailsEngine, telemetry_engine};

use super::checks::{Checked, run};

/// The engine that answers: input rails, an answer out of the knowledge base, output rails.
///
/// ```
/// use telemetry_examples::rails::{Checked, LlmRails};
///
/// # telemetry_guardrails::client().set_enabled(false);
/// # let examples = concat!(env!("CARGO_MANIFEST_DIR"), "/support_bot");
/// let engine = LlmRails::load(examples)?; // and now it has reported
/// assert_eq!(engine.answer("When will my chairs arrive?"), Checked::Passed(
///     "Tables arrive within two weeks, chairs within one.".into(),
/// ));
/// # Ok::<(), telemetry_examples::rails::LoadError>(())
/// ```
#[telemetry_engine(engine = RailsEngine::LlmRails, config = self.config)]
#[derive(Debug)]
pub struct LlmRails {
    config: RailsConfig,
    paragraphs: Vec<String>,
}

#[telemetry_engine]
impl LlmRails {
    /// The engine of the configuration in this directory.
    ///
    /// # Errors
    ///
    /// If the configuration or its documents cannot be read; then nothing is reported.
    #[telemetry(constructor)]
    pub fn load(directory: impl AsRef<Path>) -> Result<Self, LoadError> {
        let config = RailsConfig::from_path(&directory).map_err(LoadError::Config)?;
        let documents = directory.as_ref().join("kb");
        let paragraphs = if config.has_knowledge_base() { paragraphs_in(&documents)? } else { Vec::new() };
        Ok(Self { config, paragraphs })
    }

    /// Answers a message.
    #[must_use]
    pub fn answer(&self, message: &str) -> Checked {
        match run(self.config.rail_flows(RailType::Input), message) {
            Checked::Passed(message) => {
                run(self.config.rail_flows(RailType::Output), self.best_paragraph(&message))
            }
            refused => refused,
        }
    }

    /// The paragraph that shares the most words with the message.
    fn best_paragraph(&self, message: &str) -> &str {
        let asked = words(message);
        let shared = |paragraph: &&String| words(paragraph).intersection(&asked).count();
        let best = self.paragraphs.iter().max_by_key(shared).filter(|paragraph| shared(paragraph) > 0);
        best.map_or("I do not know.", String::as_str)
    }
}

/// The engine that only checks what goes in and out.
#[telemetry_engine(engine = RailsEngine::IoRails, config = self.config)]
#[derive(Debug)]
pub struct IoRails {
    config: RailsConfig,
}

#[telemetry_engine]
impl IoRails {
    /// The engine of the configuration in this directory.
    ///
    /// # Errors
    ///
    /// If the configuration cannot be read; then nothing is reported.
    #[telemetry(constructor)]
    pub fn load(directory: impl AsRef<Path>) -> Result<Self, LoadError> {
        Ok(Self { config: RailsConfig::from_path(directory).map_err(LoadError::Config)? })
    }

    /// Checks a message to the model.
    #[must_use]
    pub fn check_input(&self, text: &str) -> Checked {
        run(self.config.rail_flows(RailType::Input), text)
    }
}

/// Why there is no engine.
#[derive(Debug)]
pub enum LoadError {
    /// The configuration is refused.
    Config(ConfigError),
    /// A document cannot be read.
    Document(io::Error),
}

impl fmt::Display for LoadError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Config(error) => error.fmt(f),
            Self::Document(error) => write!(f, "a document cannot be read: {error}"),
        }
    }
}

impl std::error::Error for LoadError {}

/// Words of four letters and more: the shorter ones are in every sentence.
fn words(text: &str) -> BTreeSet<String> {
    let words = text.split(|c: char| !c.is_alphanumeric()).filter(|word| word.len() > 3);
    words.map(str::to_lowercase).collect()
}

fn paragraphs_in(directory: &Path) -> Result<Vec<String>, LoadError> {
    let mut paragraphs = Vec::new();
    for entry in fs::read_dir(directory).map_err(LoadError::Document)? {
        let text = entry.and_then(|entry| fs::read_to_string(entry.path())).map_err(LoadError::Document)?;
        let blocks = text.split("\n\n").map(str::trim).filter(|block| !block.starts_with('#'));
        paragraphs.extend(blocks.map(str::to_owned));
    }
    Ok(paragraphs)
}
