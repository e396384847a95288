// SPDX-FileCopyrightText: Copyright (c) 2026 NVIDIA CORPORATION & AFFILIATES. All rights reserved.
// SPDX-License-Identifier: Apache-2.0

//! A file that can agree or opt out: which one, and what in it counts.

#[cfg(feature = "client")]
mod answer;
#[cfg(feature = "client")]
mod lines;
#[cfg(feature = "client")]
mod toml;
#[cfg(feature = "client")]
mod yaml;

#[cfg(feature = "client")]
pub(crate) use answer::{FileAnswer, read};

use telemetry_schema::text::{is_file_name, is_token};

/// A file in the configuration directory that says whether its user agrees.
///
/// Only the little of its format is understood that the products' own commands write: one value under one key, at the top
/// level or in one section. **Whatever is not understood opts out**, and so does a file that cannot be read, is no regular
/// file or is larger than 64 KiB. No file, and a file without the key, say nothing.
///
/// A consent file costs each report, besides the look at the marker, a few system calls to open, read and close it, about 10 µs,
/// and a buffer of the file's size; opening never waits, not even for a pipe. Products without one do not pay for it.
///
/// ```
/// use telemetry_core::consent::ConsentFile;
///
/// // ~/.config/nat/telemetry.toml, with `consent = "enabled"` under `[telemetry]`, given to the current question.
/// const NAT: ConsentFile = ConsentFile::toml("telemetry.toml", "consent", &["enabled"])
///     .section("telemetry")
///     .only_with("prompt_version", "1.0")
///     .located_by("NAT_TELEMETRY_CONSENT_FILE");
/// ```
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct ConsentFile {
    pub(crate) name: &'static str,
    pub(crate) variable: Option<&'static str>,
    pub(crate) format: FileFormat,
    pub(crate) section: Option<&'static str>,
    pub(crate) key: &'static str,
    pub(crate) words: &'static [&'static str],
    pub(crate) condition: Option<(&'static str, &'static str)>,
}

/// How a consent file is written.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum FileFormat {
    Toml,
    Yaml,
}

impl ConsentFile {
    /// The TOML file `name`, which agrees if `key` has one of these words, and opts out if it has any other value.
    ///
    /// Understood are comments, `[section]` and `key = value`, one to a line, with a text in quotes without escapes, `true`,
    /// `false` or a whole number. Anything else opts out.
    ///
    /// # Panics
    ///
    /// If a name is none or there is no word; in a constant that is a compile error.
    #[must_use]
    pub const fn toml(name: &'static str, key: &'static str, words: &'static [&'static str]) -> Self {
        Self::new(name, FileFormat::Toml, key, words)
    }

    /// The YAML file `name`, which agrees if `key` has one of these words, and opts out if it has any other value.
    ///
    /// Understood are mappings and lists by indentation of up to 64 columns, one plain or quoted value to a line, `[]`, `{}`,
    /// comments, and texts after `|` and `>`. Anything else opts out: several documents, anchors, tags, escapes, keys in
    /// quotes, brackets that hold something, and values that go on on the next line.
    ///
    /// # Panics
    ///
    /// If a name is none or there is no word; in a constant that is a compile error.
    #[must_use]
    pub const fn yaml(name: &'static str, key: &'static str, words: &'static [&'static str]) -> Self {
        Self::new(name, FileFormat::Yaml, key, words)
    }

    const fn new(
        name: &'static str,
        format: FileFormat,
        key: &'static str,
        words: &'static [&'static str],
    ) -> Self {
        assert!(is_file_name(name), "a consent file is a plain name in the configuration directory");
        assert!(is_token(key), "a key has letters, digits, `_`, `-` and `.`");
        assert!(!words.is_empty(), "a consent file that no word satisfies always opts out");
        Self { name, variable: None, format, section: None, key, words, condition: None }
    }

    /// Looks for the key in this section only: a table of TOML, or an indented block of YAML.
    #[must_use]
    pub const fn section(mut self, section: &'static str) -> Self {
        assert!(is_token(section), "a section has letters, digits, `_`, `-` and `.`");
        self.section = Some(section);
        self
    }

    /// Counts a yes only if `key`, beside it, has this value: somebody who agreed to an earlier question has not agreed to
    /// this one. A no counts in any case.
    #[must_use]
    pub const fn only_with(mut self, key: &'static str, value: &'static str) -> Self {
        assert!(is_token(key), "a key has letters, digits, `_`, `-` and `.`");
        self.condition = Some((key, value));
        self
    }

    /// Names the environment variable with the path of the file, if it is elsewhere. It is read when the client starts; an
    /// empty value counts as not set.
    #[must_use]
    pub const fn located_by(mut self, variable: &'static str) -> Self {
        assert!(!variable.is_empty(), "an environment variable needs a name");
        self.variable = Some(variable);
        self
    }
}
