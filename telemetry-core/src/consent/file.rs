// SPDX-FileCopyrightText: Copyright (c) 2026 NVIDIA CORPORATION & AFFILIATES. All rights reserved.
// SPDX-License-Identifier: Apache-2.0

//! A file that can agree or opt out: which one, and what in it counts.

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

/// A file in the configuration directory that says whether its user agrees.
///
/// One value of one key counts, at the top level or in one section. **A file that is not understood opts out**, and so does
/// one that cannot be read, is not a regular file or is larger than 64 KiB. A missing file, and a file without the key, say
/// nothing. The format is a feature of this crate: `consent-toml` or `consent-yaml`.
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
#[cfg_attr(
    not(all(feature = "client", feature = "consent-toml", feature = "consent-yaml")),
    allow(dead_code, reason = "a format that no feature brings cannot be named")
)]
pub(crate) enum FileFormat {
    Toml,
    Yaml,
}

impl ConsentFile {
    /// The TOML file `name`, which agrees if `key` has one of these words, and opts out if it has any other value.
    ///
    /// A text, a boolean or a whole number is compared with the words as it is written; any other value opts out.
    ///
    /// # Panics
    ///
    /// If a name is invalid or `words` is empty; in a constant that is a compile error.
    #[must_use]
    #[cfg(feature = "consent-toml")]
    pub const fn toml(name: &'static str, key: &'static str, words: &'static [&'static str]) -> Self {
        Self::new(name, FileFormat::Toml, key, words)
    }

    /// The YAML file `name`, which agrees if `key` has one of these words, and opts out if it has any other value.
    ///
    /// A value is compared with the words as it is written, without its quotes. Not understood, wherever in the file, are what
    /// versions of YAML read in different ways and what could hide a key: several documents, directives, anchors, aliases, tags,
    /// merge keys, empty and repeated keys, tabs, and plain or quoted texts of more than one line.
    ///
    /// # Panics
    ///
    /// If a name is invalid or `words` is empty; in a constant that is a compile error.
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
