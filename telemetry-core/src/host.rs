// SPDX-FileCopyrightText: Copyright (c) 2026 NVIDIA CORPORATION & AFFILIATES. All rights reserved.
// SPDX-License-Identifier: Apache-2.0

//! Facts about the machine, as Python's `platform` module spells them.

#[cfg(all(windows, feature = "client"))]
mod windows;

use crate::python;
pub use crate::value::Version;

/// The facts about the machine that events carry.
///
/// ```
/// use telemetry_core::host::HostFacts;
///
/// let facts = HostFacts::detect();
/// assert!(!facts.os_name().is_empty());
/// ```
///
/// A host that runs in an interpreter has the interpreter's own texts:
///
/// ```
/// use telemetry_core::host::HostFacts;
///
/// let facts = HostFacts::unknown()
///     .with_platform("Linux-5.15.0-x86_64-with-glibc2.35") // `platform.platform()`
///     .with_os_name("Linux") // `platform.system()`
///     .with_cpu_architecture("x86_64"); // `platform.machine()`
/// assert_eq!(facts.cpu_architecture(), "x86_64");
/// ```
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct HostFacts {
    platform: String,
    os_name: String,
    cpu_architecture: String,
}

impl HostFacts {
    /// The facts about this machine. A fact that cannot be found out is `unknown`; an architecture is empty. Without the
    /// feature `client`, which asks the system, they are what the compiler knows of it.
    #[must_use]
    pub fn detect() -> Self {
        let system = System::detect();
        Self {
            platform: system.platform(),
            os_name: or_unknown(&system.name),
            cpu_architecture: system.machine,
        }
    }

    /// Facts that are all unknown: the texts are `unknown`, and the architecture is empty. The system is not asked.
    ///
    /// ```
    /// assert_eq!(telemetry_core::host::HostFacts::unknown().os_name(), "unknown");
    /// ```
    #[must_use]
    pub fn unknown() -> Self {
        Self { platform: "unknown".into(), os_name: "unknown".into(), cpu_architecture: String::new() }
    }

    /// The facts with another text about the system as a whole.
    ///
    /// ```
    /// use telemetry_core::host::HostFacts;
    ///
    /// let facts = HostFacts::detect().with_platform("Linux-5.15.0-x86_64-with-glibc2.35");
    /// assert_eq!(facts.platform(), "Linux-5.15.0-x86_64-with-glibc2.35");
    /// ```
    #[must_use]
    pub fn with_platform(self, platform: impl Into<String>) -> Self {
        Self { platform: platform.into(), ..self }
    }

    /// The facts with another operating system.
    ///
    /// ```
    /// use telemetry_core::host::HostFacts;
    ///
    /// assert_eq!(HostFacts::unknown().with_os_name("Linux").os_name(), "Linux");
    /// ```
    #[must_use]
    pub fn with_os_name(self, os_name: impl Into<String>) -> Self {
        Self { os_name: os_name.into(), ..self }
    }

    /// The facts with another architecture.
    ///
    /// ```
    /// use telemetry_core::host::HostFacts;
    ///
    /// assert_eq!(HostFacts::unknown().with_cpu_architecture("arm64").cpu_architecture(), "arm64");
    /// ```
    #[must_use]
    pub fn with_cpu_architecture(self, cpu_architecture: impl Into<String>) -> Self {
        Self { cpu_architecture: cpu_architecture.into(), ..self }
    }

    /// The system in one text, equal to `platform.platform()` on Linux with glibc and on Windows 10 and later, and of the
    /// same shape elsewhere: `Linux-6.1.0-26-x86_64-with-glibc2.36`, `Windows-11-10.0.22631-SP0`.
    ///
    /// ```
    /// let facts = telemetry_core::host::HostFacts::unknown().with_platform("Linux-5.15.0-x86_64-with-glibc2.35");
    /// assert_eq!(facts.platform(), "Linux-5.15.0-x86_64-with-glibc2.35");
    /// ```
    #[must_use]
    pub fn platform(&self) -> &str {
        &self.platform
    }

    /// The operating system, as `platform.system()`: `Linux`, `Darwin`, `Windows`, ….
    ///
    /// ```
    /// let facts = telemetry_core::host::HostFacts::unknown().with_os_name("Darwin");
    /// assert_eq!(facts.os_name(), "Darwin");
    /// ```
    #[must_use]
    pub fn os_name(&self) -> &str {
        &self.os_name
    }

    /// The architecture, as `platform.machine()`: `x86_64`, `aarch64`, `arm64`, `AMD64`, ….
    ///
    /// ```
    /// assert_eq!(telemetry_core::host::HostFacts::unknown().cpu_architecture(), "");
    /// ```
    #[must_use]
    pub fn cpu_architecture(&self) -> &str {
        &self.cpu_architecture
    }
}

fn or_unknown(text: &str) -> String {
    if text.is_empty() { "unknown".into() } else { text.to_owned() }
}

/// What the texts are made of.
#[derive(Debug, Default)]
struct System {
    name: String,
    machine: String,
    /// What the platform text says after the name: on Unix the release, the architecture and the C library with its
    /// version; on Windows the release, the version and the service pack.
    details: Vec<String>,
}

impl System {
    #[cfg(all(unix, feature = "client"))]
    fn detect() -> Self {
        let (name, release, machine) = crate::sys::uname().unwrap_or_default();
        let libc = match crate::sys::libc_version() {
            libc if libc.is_empty() => libc,
            libc => format!("with-{libc}"),
        };
        Self { name, details: vec![release, machine.clone(), libc], machine }
    }

    #[cfg(all(windows, feature = "client"))]
    fn detect() -> Self {
        Self { details: windows::details(), ..Self::built_for() }
    }

    #[cfg(not(all(any(unix, windows), feature = "client")))]
    fn detect() -> Self {
        Self::built_for()
    }

    /// The facts that are known when the program is compiled.
    #[cfg(not(all(unix, feature = "client")))]
    fn built_for() -> Self {
        let name = match std::env::consts::OS {
            "linux" => "Linux",
            "macos" => "Darwin",
            "windows" => "Windows",
            other => other,
        };
        let machine = match std::env::consts::ARCH {
            "x86_64" if cfg!(windows) => "AMD64",
            "aarch64" if cfg!(windows) => "ARM64",
            arch => arch,
        };
        // `platform.platform()` leaves the architecture out on Windows.
        let details = if cfg!(windows) { Vec::new() } else { vec![machine.to_owned()] };
        Self { name: name.to_owned(), machine: machine.to_owned(), details }
    }

    fn platform(&self) -> String {
        let parts = std::iter::once(&self.name).chain(&self.details);
        let parts: Vec<&str> = parts.map(|part| part.trim()).filter(|part| !part.is_empty()).collect();
        or_unknown(&python::platform_word(&parts.join("-")))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn system(name: &str, details: &[&str]) -> System {
        let details = details.iter().map(|&detail| detail.into()).collect();
        System { name: name.into(), machine: String::new(), details }
    }

    #[test]
    fn the_platform_is_one_word() {
        for (system, expected) in [
            (system("Linux", &["5.15.0", "x86_64", "with-glibc2.35"]), "Linux-5.15.0-x86_64-with-glibc2.35"),
            (system("Linux", &["6.1 (x)/y", "aarch64", ""]), "Linux-6.1_-x-y-aarch64"),
            (system("Darwin", &["", "arm64", ""]), "Darwin-arm64"),
            (system("", &["", "", ""]), "unknown"),
        ] {
            assert_eq!(system.platform(), expected);
        }
    }

    #[test]
    fn this_machine_has_a_name() {
        let facts = HostFacts::detect();
        assert!(facts.platform().starts_with(facts.os_name()));
        assert_ne!(facts.os_name(), "unknown");
    }
}
