// SPDX-FileCopyrightText: Copyright (c) 2026 NVIDIA CORPORATION & AFFILIATES. All rights reserved.
// SPDX-License-Identifier: Apache-2.0

//! Which release's tables are looked up.

use std::fmt;
use std::str::FromStr;

use telemetry_core::value::Version;

/// The release of NeMo Guardrails whose built-in flows and aliases are looked up.
///
/// | release | flows | `privateai` in `rails.config` is reported as |
/// |---|---|---|
/// | 0.22, 0.23 | 65 | `privateai` |
/// | 0.24 | 80 | `sensitive_data_detection` |
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Default)]
#[non_exhaustive]
pub enum Compat {
    /// Releases 0.22 and 0.23: 65 flows, and `privateai` is reported under its own id.
    V0_22,
    /// Release 0.24: 80 flows.
    #[default]
    V0_24,
}

impl Compat {
    /// The name of the release, as a user writes it.
    #[must_use]
    pub const fn as_str(self) -> &'static str {
        match self {
            Self::V0_22 => "0.22",
            Self::V0_24 => "0.24",
        }
    }

    /// The tables of a version of NeMo Guardrails: those of its release, or the nearest ones that are known.
    ///
    /// The first two numbers decide, and nothing after them: `0.23.1`, `0.23.1.dev0`, `0.23rc1` and `0.23.0+local` are of
    /// release 0.23. A release candidate or development version of 0.24 has the tables of 0.24.
    ///
    /// | version | tables |
    /// |---|---|
    /// | older than 0.24, also older than 0.22, with a leading `v` or not | 0.22 |
    /// | 0.24 and all that is newer | 0.24, the newest ones |
    /// | `unknown` and all that does not begin with two numbers and a dot between them; an epoch (`1!0.23`) | 0.24, the newest ones |
    ///
    /// ```
    /// use telemetry_core::value::Version;
    /// use telemetry_guardrails::tables::Compat;
    ///
    /// for (version, compat) in [
    ///     ("0.23.0", Compat::V0_22),
    ///     ("0.24.0rc1", Compat::V0_24),
    ///     ("0.25.0", Compat::V0_24),
    ///     ("unknown", Compat::V0_24),
    /// ] {
    ///     assert_eq!(Compat::of(&Version::from_static(version)), compat);
    /// }
    /// ```
    #[must_use]
    pub fn of(version: &Version) -> Self {
        match first_two_numbers(version.as_str()) {
            Some(release) if release < (0, 24) => Self::V0_22,
            _ => Self::default(),
        }
    }
}

fn first_two_numbers(version: &str) -> Option<(u32, u32)> {
    let version = version.strip_prefix(['v', 'V']).unwrap_or(version);
    let (major, rest) = version.split_once('.')?;
    let minor = rest.split(|c: char| !c.is_ascii_digit()).next()?;
    let number = |text: &str| text.bytes().all(|byte| byte.is_ascii_digit()).then(|| text.parse().ok())?;
    Some((number(major)?, number(minor)?))
}

impl FromStr for Compat {
    type Err = UnknownRelease;

    fn from_str(text: &str) -> Result<Self, UnknownRelease> {
        match text {
            "0.22" | "0.23" => Ok(Self::V0_22),
            "0.24" => Ok(Self::V0_24),
            _ => Err(UnknownRelease::new(text)),
        }
    }
}

/// The longest text that an error quotes, in characters.
const LONGEST_QUOTE: usize = 40;

/// A text that does not name a release with tables.
///
/// ```
/// use telemetry_guardrails::tables::Compat;
///
/// assert_eq!(
///     "0.21".parse::<Compat>().unwrap_err().to_string(),
///     "there are no tables of release `0.21`\nhelp: use `0.22`, `0.23` or `0.24`"
/// );
/// ```
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct UnknownRelease(String);

impl UnknownRelease {
    /// The text may come from anywhere, so it is escaped and cut.
    fn new(text: &str) -> Self {
        Self(text.escape_debug().take(LONGEST_QUOTE).collect())
    }
}

impl fmt::Display for UnknownRelease {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "there are no tables of release `{}`\nhelp: use `0.22`, `0.23` or `0.24`", self.0)
    }
}

impl std::error::Error for UnknownRelease {}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_first_two_numbers_of_a_version_choose_the_tables() {
        let chosen = |text: &'static str| Compat::of(&Version::from_static(text));
        for old in [
            "0.23.0",
            "0.23",
            "0.22.0",
            "0.22.5",
            "v0.23",
            "V0.23.1",
            "0.23.1.dev0",
            "0.23.0rc1",
            "0.23rc1",
            "0.23a1",
            "0.23.0.post1",
            "0.23-1",
            "0.23.0+local.1",
            "0.23+cu12",
            "00.023.0",
            "0.21.0",
            "0.9.1.1",
            "0.0",
            "0.23.",
        ] {
            assert_eq!(chosen(old), Compat::V0_22, "{old}");
        }
        for new in [
            "0.24.0",
            "0.24",
            "0.24.1",
            "0.24.0rc1",
            "0.24.0.dev0",
            "0.24.0a1+local",
            "v0.24",
            "0.25.0",
            "0.100",
            "0.240.0",
            "1.0",
            "1.0.0",
            "2026.11",
            "1.22.0",
            "10.23",
        ] {
            assert_eq!(chosen(new), Compat::V0_24, "{new}");
        }
        for unreadable in [
            "unknown",
            "main",
            "dev",
            "0",
            "23",
            "v",
            "0.",
            ".23",
            "0.x",
            "0.rc1",
            "0x.23",
            "+0.23",
            "0.+23",
            "-0.23",
            "x0.23",
            "vv0.23",
            "1!0.23",
            "0!0.23",
            "0-23",
            "0_23",
            "0123abc",
            "99999999999.1",
            "0.99999999999",
            "!",
            "v.v",
        ] {
            assert_eq!(chosen(unreadable), Compat::default(), "{unreadable}");
        }
    }

    #[test]
    fn releases_are_read_as_users_write_them() {
        assert_eq!("0.23".parse(), Ok(Compat::V0_22));
        assert_eq!("0.24".parse(), Ok(Compat::default()));
        assert!("0.21".parse::<Compat>().is_err());
    }

    #[test]
    fn a_text_that_is_not_a_release_cannot_disturb_a_terminal_or_flood_it() {
        for text in ["", "0.24.1", " 0.24", "\u{1b}[2J\n", "0.24\0", &"9".repeat(1 << 20)] {
            let message = text.parse::<Compat>().unwrap_err().to_string();
            assert_eq!(message.chars().filter(|c| c.is_control()).collect::<String>(), "\n", "{text:?}");
            assert!(message.len() < 120, "{} bytes", message.len());
        }
    }
}
