// SPDX-FileCopyrightText: Copyright (c) 2026 NVIDIA CORPORATION & AFFILIATES. All rights reserved.
// SPDX-License-Identifier: Apache-2.0

//! The facts that all records of a process share, named by OpenTelemetry's semantic conventions where those have a name.

use super::Received;
use super::messages::{KeyValue, Resource};
use crate::envelope::Sender;
use crate::host::HostFacts;
use crate::profile::Profile;

/// The resource of a process of `profile` whose events follow `schema_version`. Facts that are unknown are left out.
pub(super) fn resource(
    profile: &Profile,
    sender: &Sender,
    host: &HostFacts,
    schema_version: &str,
) -> Resource {
    let facts = [
        ("service.name", profile.name.to_owned()),
        ("service.version", known(&sender.client_version)),
        ("os.type", os_type(host.os_name())),
        ("os.description", known(host.platform())),
        ("host.arch", host_arch(&sender.cpu_architecture)),
        ("nemo.telemetry.client_id", profile.client_id.to_owned()),
        ("nemo.telemetry.schema_version", schema_version.to_owned()),
    ];
    let source = profile.source.map(|(key, value)| (key, value.to_owned()));
    of_facts(facts.into_iter().chain(source))
}

/// The resource with the facts that are not empty.
fn of_facts<'a>(facts: impl Iterator<Item = (&'a str, String)>) -> Resource {
    let known = facts.filter(|(_, value)| !value.is_empty());
    Resource { attributes: known.map(|(key, value)| KeyValue::text(key, value)).collect() }
}

/// The resource of a process whose events were received by another one.
pub(super) fn of_received(event: &Received<'_>) -> Resource {
    let facts = [
        ("service.name", event.product.to_owned()),
        ("service.version", known(event.version)),
        ("host.arch", host_arch(&known(event.cpu_architecture))),
        ("nemo.telemetry.client_id", event.client_id.to_owned()),
        ("nemo.telemetry.schema_version", event.schema_version.to_owned()),
    ];
    of_facts(facts.into_iter())
}

/// The text, or an empty one for `unknown` and `undefined`.
fn known(text: &str) -> String {
    if matches!(text, "unknown" | "undefined") { String::new() } else { text.to_owned() }
}

/// `os.type`: `linux`, `darwin`, `windows`, `freebsd`, ….
fn os_type(name: &str) -> String {
    match known(name).to_ascii_lowercase() {
        name if name == "macos" => "darwin".into(),
        name => name,
    }
}

/// `host.arch`, whose values differ from those of Python and of Rust.
fn host_arch(architecture: &str) -> String {
    let lower = architecture.to_ascii_lowercase();
    match lower.as_str() {
        "x86_64" => "amd64".into(),
        "aarch64" => "arm64".into(),
        "i386" | "i486" | "i586" | "i686" => "x86".into(),
        "ppc64le" | "powerpc64" | "powerpc64le" => "ppc64".into(),
        arm if arm.starts_with("armv") || arm == "arm" => "arm32".into(),
        _ => lower,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn architectures_and_systems_are_spelled_as_the_conventions_spell_them() {
        for (architecture, expected) in [
            ("x86_64", "amd64"),
            ("AMD64", "amd64"),
            ("aarch64", "arm64"),
            ("ARM64", "arm64"),
            ("armv7l", "arm32"),
            ("i686", "x86"),
            ("ppc64le", "ppc64"),
            ("s390x", "s390x"),
            ("riscv64", "riscv64"),
            ("", ""),
        ] {
            assert_eq!(host_arch(architecture), expected, "{architecture}");
        }
        for (name, expected) in [
            ("Linux", "linux"),
            ("Darwin", "darwin"),
            ("Windows", "windows"),
            ("macOS", "darwin"),
            ("unknown", ""),
        ] {
            assert_eq!(os_type(name), expected, "{name}");
        }
    }

    #[test]
    fn facts_that_are_unknown_are_left_out() {
        let profile = Profile::new("shop", "1").source("nemoSource", "shop");
        let sender = Sender::new("unknown").cpu_architecture("");
        let resource = resource(&profile, &sender, &HostFacts::unknown(), "1.0");
        let keys: Vec<_> = resource.attributes.iter().map(|attribute| attribute.key.as_str()).collect();
        assert_eq!(
            keys,
            ["service.name", "nemo.telemetry.client_id", "nemo.telemetry.schema_version", "nemoSource"]
        );
    }
}
