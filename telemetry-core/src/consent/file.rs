// SPDX-FileCopyrightText: Copyright (c) 2026 NVIDIA CORPORATION & AFFILIATES. All rights reserved.
// SPDX-License-Identifier: Apache-2.0

//! Consent files: where a product keeps its user's choice, and how the choice is written.

#[cfg(feature = "client")]
mod answer;
#[cfg(all(feature = "client", feature = "consent-toml"))]
mod toml;
#[cfg(feature = "client")]
mod values;
#[cfg(all(feature = "client", feature = "consent-yaml"))]
mod yaml;

#[cfg(feature = "client")]
pub(crate) use answer::{FileAnswer, read};

use telemetry_schema::text::is_token;

/// A file in the configuration directory that records whether its user has opted in or out.
///
/// The file counts by the value of one key, at the top level or in one section. **A file that is not understood opts out**, and so
/// does one that cannot be read, is not a regular file or is larger than 64 KiB. A missing file, or a file without the key, neither
/// opts in nor opts out. Each format is a feature of this crate: `consent-toml` and `consent-yaml`.
///
/// Each report opens, reads and closes the file, which takes a few system calls (about 10 µs) and a buffer of the file's size, in
/// addition to the check of the marker. Opening never blocks, not even on a pipe. Products without a consent file pay none of this.
///
/// ```
/// use telemetry_core::consent::ConsentFile;
///
/// // ~/.config/nat/telemetry.toml opts in with `consent = "enabled"` under `[telemetry]`, as an answer to prompt 1.0.
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

/// The format of a consent file.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
#[cfg_attr(
    not(all(feature = "client", feature = "consent-toml", feature = "consent-yaml")),
    allow(dead_code, reason = "without its feature, a format is never constructed")
)]
pub(crate) enum FileFormat {
    Toml,
    Yaml,
}

impl ConsentFile {
    /// The TOML file `name`, which opts in if the value of `key` is one of `words`, and opts out if it is anything else.
    ///
    /// A string is compared by its content, a boolean or an integer as it is written. Any other type of value opts out.
    ///
    /// # Panics
    ///
    /// If a name is invalid or `words` is empty. In a constant, that is a compile error.
    ///
    /// ```
    /// use telemetry_core::consent::ConsentFile;
    ///
    /// // Opts in with `usage = true` or `usage = "yes"`.
    /// const SHOP: ConsentFile = ConsentFile::toml("telemetry.toml", "usage", &["true", "yes"]);
    /// ```
    #[must_use]
    #[cfg(feature = "consent-toml")]
    pub const fn toml(name: &'static str, key: &'static str, words: &'static [&'static str]) -> Self {
        Self::new(name, FileFormat::Toml, key, words)
    }

    /// The YAML file `name`, which opts in if the value of `key` is one of `words`, and opts out if it is anything else.
    ///
    /// The value is compared as it is written, without quotes. Constructs that YAML versions read differently, or that could hide a
    /// key, make the file opt out wherever they occur in it: several documents, directives, anchors, aliases, tags, merge keys,
    /// empty and repeated keys, tabs, and plain or quoted strings of more than one line.
    ///
    /// # Panics
    ///
    /// If a name is invalid or `words` is empty. In a constant, that is a compile error.
    ///
    /// ```
    /// use telemetry_core::consent::ConsentFile;
    ///
    /// // Opts in with `telemetry_enabled: true`.
    /// const SHOP: ConsentFile = ConsentFile::yaml("config.yaml", "telemetry_enabled", &["true"]);
    /// ```
    #[must_use]
    #[cfg(feature = "consent-yaml")]
    pub const fn yaml(name: &'static str, key: &'static str, words: &'static [&'static str]) -> Self {
        Self::new(name, FileFormat::Yaml, key, words)
    }

    #[cfg(any(feature = "consent-toml", feature = "consent-yaml"))]
    const fn new(
        name: &'static str,
        format: FileFormat,
        key: &'static str,
        words: &'static [&'static str],
    ) -> Self {
        assert!(
            telemetry_schema::text::is_file_name(name),
            "a consent file is a plain name in the configuration directory"
        );
        assert!(is_token(key), "a key has letters, digits, `_`, `-` and `.`");
        assert!(!words.is_empty(), "a consent file without words can never opt in");
        Self { name, variable: None, format, section: None, key, words, condition: None }
    }

    /// Reads the key from this section only: a TOML table, or an indented block in YAML.
    ///
    /// # Panics
    ///
    /// If the name has anything but letters, digits, `_`, `-` and `.`. In a constant, that is a compile error.
    ///
    /// ```
    /// use telemetry_core::consent::ConsentFile;
    ///
    /// // Opts in with `usage = true` below `[telemetry]`.
    /// const SHOP: ConsentFile = ConsentFile::toml("shop.toml", "usage", &["true"]).section("telemetry");
    /// ```
    #[must_use]
    pub const fn section(mut self, section: &'static str) -> Self {
        assert!(is_token(section), "a section has letters, digits, `_`, `-` and `.`");
        self.section = Some(section);
        self
    }

    /// Accepts an opt-in only if `key`, in the same section, has this value. A product that changes what it asks can ignore opt-ins
    /// to an earlier prompt that way. An opt-out always counts.
    ///
    /// # Panics
    ///
    /// If the name has anything but letters, digits, `_`, `-` and `.`. In a constant, that is a compile error.
    ///
    /// ```
    /// use telemetry_core::consent::ConsentFile;
    ///
    /// const SHOP: ConsentFile = ConsentFile::toml("shop.toml", "usage", &["true"]).only_with("prompt_version", "2");
    /// ```
    #[must_use]
    pub const fn only_with(mut self, key: &'static str, value: &'static str) -> Self {
        assert!(is_token(key), "a key has letters, digits, `_`, `-` and `.`");
        self.condition = Some((key, value));
        self
    }

    /// Sets the environment variable that overrides the path of the file. It is read when the client starts; an empty value counts
    /// as unset.
    ///
    /// # Panics
    ///
    /// If the name is empty. In a constant, that is a compile error.
    ///
    /// ```
    /// use telemetry_core::consent::ConsentFile;
    ///
    /// const SHOP: ConsentFile = ConsentFile::toml("shop.toml", "usage", &["true"]).located_by("SHOP_CONSENT_FILE");
    /// ```
    #[must_use]
    pub const fn located_by(mut self, variable: &'static str) -> Self {
        assert!(!variable.is_empty(), "an environment variable needs a name");
        self.variable = Some(variable);
        self
    }
}
