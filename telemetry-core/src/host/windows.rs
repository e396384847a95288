// SPDX-FileCopyrightText: Copyright (c) 2026 NVIDIA CORPORATION & AFFILIATES. All rights reserved.
// SPDX-License-Identifier: Apache-2.0

//! Windows as Python's `platform.win32_ver()` describes it.

use crate::sys::{Version, version};

/// The first build of each release that has the version 10.0, the latest first.
const CLIENTS: [(u32, &str); 2] = [(22_000, "11"), (0, "10")];
const SERVERS: [(u32, &str); 4] =
    [(26_100, "2025Server"), (20_348, "2022Server"), (17_763, "2019Server"), (0, "2016Server")];

/// Release, version and service pack; empty if the system does not say.
pub(super) fn details() -> Vec<String> {
    version().as_ref().map(described).unwrap_or_default()
}

fn described(version: &Version) -> Vec<String> {
    let Version { major, minor, build, service_pack, .. } = version;
    vec![release(version), format!("{major}.{minor}.{build}"), format!("SP{service_pack}")]
}

fn release(version: &Version) -> String {
    let Version { major, minor, build, is_server, .. } = *version;
    if (major, minor) != (10, 0) {
        return format!("{major}.{minor}");
    }
    let releases = if is_server { &SERVERS[..] } else { &CLIENTS };
    releases.iter().find(|(first, _)| *first <= build).map_or_else(String::new, |(_, name)| (*name).into())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn releases_are_named_as_python_names_them() {
        for (build, is_server, expected) in [
            (19_045, false, "10-10.0.19045-SP0"),
            (22_631, false, "11-10.0.22631-SP0"),
            (14_393, true, "2016Server-10.0.14393-SP0"),
            (20_348, true, "2022Server-10.0.20348-SP0"),
            (26_100, true, "2025Server-10.0.26100-SP0"),
        ] {
            let version = Version { major: 10, minor: 0, build, service_pack: 0, is_server };
            assert_eq!(described(&version).join("-"), expected);
        }
    }

    #[test]
    fn this_system_has_a_release() {
        let facts = crate::host::HostFacts::detect();
        let [name, release, version, service_pack] = facts.platform().split('-').collect::<Vec<_>>()[..]
        else {
            panic!("{facts:?}")
        };
        assert_eq!((name, release.is_empty(), version.split('.').count()), ("Windows", false, 3));
        assert!(service_pack.starts_with("SP"), "{facts:?}");
    }
}
