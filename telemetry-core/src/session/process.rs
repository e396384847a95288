// SPDX-FileCopyrightText: Copyright (c) 2026 NVIDIA CORPORATION & AFFILIATES. All rights reserved.
// SPDX-License-Identifier: Apache-2.0

//! The session of one process: joined, made, or kept in a file.

use std::ffi::OsString;

use super::SessionId;
use super::state_file::StateFile;
use crate::environment::Environment;
use crate::paths::Paths;
use crate::profile::{Profile, SessionPolicy};
use telemetry_schema::text::is_token;

/// The longest session that is joined, and the longest prefix.
const LONGEST_SESSION: usize = 128;
const LONGEST_PREFIX: usize = 64;

/// What is known about the session of a process.
#[derive(Debug)]
pub(crate) enum ProcessSession {
    /// It is known from the start.
    Known(SessionId),
    /// The worker looks it up before the first request.
    Stored(StateFile),
}

impl ProcessSession {
    /// The session of a process that makes its first report now; nothing if the system has no randomness.
    ///
    /// `paths` is called if the session is kept in a file.
    pub(crate) fn start<'a>(
        profile: &Profile,
        environment: &impl Environment,
        paths: impl FnOnce() -> &'a Paths,
        unix_seconds: f64,
    ) -> Option<Self> {
        let joined = profile.session_env.and_then(|variable| environment.get(variable));
        if let Some(session) = joined.and_then(|value| harmless(value, LONGEST_SESSION)) {
            return Some(Self::Known(SessionId(session.into())));
        }
        let prefix = prefix(profile, environment);
        if let SessionPolicy::Stored(policy) = profile.session {
            let paths = paths();
            let path = paths.config_dir.as_ref().map(|dir| dir.join(policy.file_name));
            return Some(Self::Stored(StateFile::new(path, paths.home.as_deref(), policy.days, prefix)));
        }
        Some(Self::Known(SessionId((prefix + &made(profile.session, unix_seconds)?).into())))
    }

    /// The session as events can know it when they are made.
    pub(crate) fn known(&self) -> &SessionId {
        match self {
            Self::Known(session) => session,
            Self::Stored(_) => const { &SessionId::UNDEFINED },
        }
    }

    /// The session if it is known by now.
    pub(crate) fn latest(&self) -> Option<SessionId> {
        match self {
            Self::Known(session) => Some(session.clone()),
            Self::Stored(file) => file.latest(),
        }
    }

    /// The file that the session is kept in.
    pub(crate) fn state_file(&self) -> Option<&StateFile> {
        match self {
            Self::Known(_) => None,
            Self::Stored(file) => Some(file),
        }
    }
}

/// A new session; nothing if the system has no randomness.
fn made(policy: SessionPolicy, unix_seconds: f64) -> Option<String> {
    match policy {
        SessionPolicy::Undefined => Some(SessionId::UNDEFINED.to_string()),
        SessionPolicy::RandomPerProcess => {
            Some(uuid::Builder::from_random_bytes(crate::random::bytes()?).into_uuid().to_string())
        }
        SessionPolicy::TimeOrderedPerProcess => {
            // Before 1970 the cast gives zero, and far from now it saturates.
            let milliseconds = (unix_seconds * 1000.0) as u64;
            let random = crate::random::bytes()?;
            Some(uuid::Builder::from_unix_timestamp_millis(milliseconds, &random).into_uuid().to_string())
        }
        SessionPolicy::HexPerProcess | SessionPolicy::Stored(_) => random_hex(),
    }
}

/// 32 random hexadecimal digits: those of a UUID of version 4, as the other clients write them.
pub(super) fn random_hex() -> Option<String> {
    Some(uuid::Builder::from_random_bytes(crate::random::bytes()?).into_uuid().simple().to_string())
}

fn prefix(profile: &Profile, environment: &impl Environment) -> String {
    let Some(policy) = profile.session_prefix else { return String::new() };
    match environment.get(policy.variable) {
        Some(none) if none.is_empty() => String::new(),
        Some(value) => harmless(value, LONGEST_PREFIX).unwrap_or_else(|| policy.default.to_owned()),
        None => policy.default.to_owned(),
    }
}

/// The value, if it cannot be a path, an address or a sentence.
fn harmless(value: OsString, longest: usize) -> Option<String> {
    let text = value.into_string().ok().filter(|text| text.len() <= longest && is_token(text));
    if text.is_none() {
        log::debug!(
            "a session or prefix in the environment is ignored: it has other characters or is too long"
        );
    }
    text
}

#[cfg(test)]
mod tests {
    use super::*;

    const PROFILE: Profile = Profile::new("shop", "1");
    const NOW: f64 = 1_776_882_896.789;

    fn id(profile: Profile, variables: &[(&str, &str); 2]) -> String {
        let session =
            ProcessSession::start(&profile, variables, || panic!("no file is needed"), NOW).unwrap();
        session.latest().unwrap().to_string()
    }

    fn made_by(policy: SessionPolicy) -> String {
        id(PROFILE.session(policy), &[("", ""), ("", "")])
    }

    #[test]
    fn sessions_have_the_form_of_their_policy_and_differ() {
        for (policy, version, length) in [
            (SessionPolicy::RandomPerProcess, 4, 36),
            (SessionPolicy::HexPerProcess, 4, 32),
            (SessionPolicy::TimeOrderedPerProcess, 7, 36),
        ] {
            let sessions: Vec<_> = (0..50).map(|_| made_by(policy)).collect();
            for (index, session) in sessions.iter().enumerate() {
                let uuid: uuid::Uuid = session.parse().unwrap();
                assert_eq!((uuid.get_version_num(), session.len()), (version, length), "{session}");
                assert!(!sessions[..index].contains(session));
            }
        }
        assert_eq!(made_by(SessionPolicy::Undefined), "undefined");
    }

    #[test]
    fn a_time_ordered_session_starts_with_the_time() {
        let uuid: uuid::Uuid = made_by(SessionPolicy::TimeOrderedPerProcess).parse().unwrap();
        assert_eq!(uuid.get_timestamp().unwrap().to_unix(), (1_776_882_896, 789_000_000));
        for seconds in [-1.0, f64::NAN, f64::INFINITY] {
            assert!(made(SessionPolicy::TimeOrderedPerProcess, seconds).is_some());
        }
    }

    #[test]
    fn a_session_in_the_environment_is_joined_as_it_is() {
        let profile = PROFILE.session_env("SESSION").session_prefix("PREFIX", "shop-");
        assert_eq!(id(profile, &[("SESSION", "run-1.2_A"), ("PREFIX", "ci-")]), "run-1.2_A");
        let longest = "x".repeat(128);
        assert_eq!(id(profile, &[("SESSION", &longest), ("", "")]), longest);
    }

    #[test]
    fn what_is_no_session_is_not_joined() {
        let profile = PROFILE.session_env("SESSION");
        let too_long = "x".repeat(129);
        for value in ["", " ", "a b", "a\n", "/home/ann", "ann@example.com", "\u{e4}", "\"", &too_long] {
            let session = id(profile, &[("SESSION", value), ("", "")]);
            assert_eq!(session.parse::<uuid::Uuid>().unwrap().get_version_num(), 4, "{value:?}");
        }
    }

    #[test]
    fn a_prefix_is_harmless_or_the_default_stands() {
        let profile = PROFILE.session(SessionPolicy::Undefined).session_prefix("PREFIX", "shop-");
        for (value, expected) in [
            ("ci-", "ci-undefined"),
            ("", "undefined"),
            ("/home/ann/", "shop-undefined"),
            ("a b", "shop-undefined"),
            ("x\n", "shop-undefined"),
        ] {
            assert_eq!(id(profile, &[("PREFIX", value), ("", "")]), expected, "{value:?}");
        }
        let too_long = "x".repeat(65);
        assert_eq!(id(profile, &[("PREFIX", &too_long), ("", "")]), "shop-undefined");
        assert_eq!(id(profile, &[("OTHER", "x"), ("", "")]), "shop-undefined");
    }
}
