// SPDX-FileCopyrightText: Copyright (c) 2026 NVIDIA CORPORATION & AFFILIATES. All rights reserved.
// SPDX-License-Identifier: Apache-2.0

//! The keys of an envelope: a profile is held against them even in a build that sends nothing.

use telemetry_schema::text::is_key_of;

/// What the keys of an envelope hold, in the reference's order (`_build_nvidia_payload`).
pub(crate) const KEYS: [(&str, Value); 29] = [
    ("browserType", Value::Fixed("undefined")),
    ("clientId", Value::ClientId),
    ("clientType", Value::Fixed("Native")),
    ("clientVariant", Value::Fixed("Release")),
    ("clientVer", Value::ClientVersion),
    ("cpuArchitecture", Value::CpuArchitecture),
    ("deviceGdprBehOptIn", Value::Fixed("None")),
    ("deviceGdprFuncOptIn", Value::Fixed("None")),
    ("deviceGdprTechOptIn", Value::Fixed("None")),
    ("deviceId", Value::Fixed("undefined")),
    ("deviceMake", Value::Fixed("undefined")),
    ("deviceModel", Value::Fixed("undefined")),
    ("deviceOS", Value::Fixed("undefined")),
    ("deviceOSVersion", Value::Fixed("undefined")),
    ("deviceType", Value::Fixed("undefined")),
    ("eventProtocol", Value::Fixed("1.6")),
    ("eventSchemaVer", Value::SchemaVersion),
    ("eventSysVer", Value::SystemVersion),
    ("externalUserId", Value::Fixed("undefined")),
    ("gdprBehOptIn", Value::Fixed("None")),
    ("gdprFuncOptIn", Value::Fixed("None")),
    ("gdprTechOptIn", Value::Fixed("None")),
    ("idpId", Value::Fixed("undefined")),
    ("integrationId", Value::Fixed("undefined")),
    ("productName", Value::Fixed("undefined")),
    ("productVersion", Value::Fixed("undefined")),
    ("sentTs", Value::SentAt),
    ("sessionId", Value::SessionId),
    ("userId", Value::Fixed("undefined")),
];

/// Whether an envelope has this key.
pub(super) const fn has_key(key: &str) -> bool {
    is_key_of(key, &KEYS)
}

/// What a key holds.
#[derive(Clone, Copy)]
#[cfg_attr(not(feature = "client"), expect(dead_code, reason = "only what is sent has values"))]
pub(crate) enum Value {
    Fixed(&'static str),
    ClientId,
    ClientVersion,
    CpuArchitecture,
    SchemaVersion,
    SystemVersion,
    SentAt,
    SessionId,
}
