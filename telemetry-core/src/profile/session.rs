// SPDX-FileCopyrightText: Copyright (c) 2026 NVIDIA CORPORATION & AFFILIATES. All rights reserved.
// SPDX-License-Identifier: Apache-2.0

//! How sessions are told apart, as data.

use std::fmt;

use super::Profile;
use telemetry_schema::counted::counted;
use telemetry_schema::text::{is_file_name, is_token};

/// Where a session comes from, and how long it lasts.
///
/// ```
/// use telemetry_core::profile::SessionPolicy;
/// use telemetry_core::Profile;
///
/// const EVALUATOR: Profile =
///     Profile::new("evaluator", "14399890258381784").session_env("NEMO_EVALUATOR_TELEMETRY_SESSION_ID");
/// const HELIX: Profile =
///     Profile::new("helix", "184482118588404").session(SessionPolicy::stored("telemetry-state.json", 30));
/// ```
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
#[non_exhaustive]
pub enum SessionPolicy {
    /// A random UUID (version 4) for each process; a forked child gets its own. Never written to disk.
    RandomPerProcess,
    /// 32 random hexadecimal digits for each process; a forked child gets its own. Never written to disk.
    HexPerProcess,
    /// A UUID of version 7 for each process, which starts with the time of the first report; a forked child gets its own.
    /// Never written to disk.
    TimeOrderedPerProcess,
    /// The text `undefined`: nothing is told apart.
    Undefined,
    /// 32 random hexadecimal digits in a file, shared by all processes of the user and replaced after a number of days; see
    /// [`stored`](Self::stored).
    Stored(StoredSession),
}

/// The policy in words.
impl fmt::Display for SessionPolicy {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::RandomPerProcess => f.write_str("a random UUID for each process"),
            Self::HexPerProcess => f.write_str("32 random digits for each process"),
            Self::TimeOrderedPerProcess => f.write_str("a UUID with the time of its start for each process"),
            Self::Undefined => f.write_str("undefined"),
            Self::Stored(StoredSession { file_name, days }) => {
                write!(
                    f,
                    "32 random digits for all processes in `{file_name}`, for {}",
                    counted(*days, "day")
                )
            }
        }
    }
}

/// The file that a session is kept in, and its age. Made by [`SessionPolicy::stored`].
///
/// ```
/// use telemetry_core::profile::SessionPolicy;
///
/// // The file keeps one session for 30 days.
/// const MONTHLY: SessionPolicy = SessionPolicy::stored("session.json", 30);
/// assert!(matches!(MONTHLY, SessionPolicy::Stored(_)));
/// ```
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct StoredSession {
    pub(crate) file_name: &'static str,
    pub(crate) days: u32,
}

impl SessionPolicy {
    /// A session in the file `file_name` of the configuration directory, for `days` days.
    ///
    /// The worker thread reads and writes the file, only once nothing opts out and before the first request; a report never
    /// waits for it. The file is private to the user (mode 0600). A state that is missing, corrupt, too old or from the
    /// future is replaced; two processes that do so at once end up with one session. Where the file cannot be used, the
    /// process has a random session of its own. The format is that of the Helix client: one JSON object with `session_id`
    /// and `created_at`.
    ///
    /// An event with a session field needs to know the session when it is made, so it cannot be reported under this policy:
    /// that does not compile.
    ///
    /// ```compile_fail
    /// # use telemetry_core::profile::SessionPolicy;
    /// # use telemetry_core::session::SessionId;
    /// # use telemetry_core::{Client, Product, Profile, TelemetryEvent};
    /// # struct Shop;
    /// impl Product for Shop {
    ///     const PROFILE: Profile = Profile::new("shop", "1").session(SessionPolicy::stored("state.json", 30));
    /// }
    ///
    /// /// A basket was paid for.
    /// #[derive(TelemetryEvent)]
    /// #[telemetry(product = Shop, event_name = "checkout", schema_version = "1.0")]
    /// struct Checkout {
    ///     /// The session.
    ///     session_id: SessionId,
    /// }
    ///
    /// Client::<Shop>::builder().start().emit(Checkout { session_id: SessionId::undefined() });
    /// ```
    ///
    /// # Panics
    ///
    /// If `file_name` is not a plain file name, or `days` is not from 1 to 366; in a constant that is a
    /// compile error.
    ///
    /// ```compile_fail
    /// # use telemetry_core::profile::SessionPolicy;
    /// const POLICY: SessionPolicy = SessionPolicy::stored("../state.json", 30); // not in the directory
    /// ```
    ///
    /// ```compile_fail
    /// # use telemetry_core::profile::SessionPolicy;
    /// const POLICY: SessionPolicy = SessionPolicy::stored("state.json", 10_000); // that is a user, not a session
    /// ```
    #[must_use]
    pub const fn stored(file_name: &'static str, days: u32) -> Self {
        assert!(is_file_name(file_name), "a session's file is a plain name in the configuration directory");
        assert!(days > 0, "a session that is never kept needs no file: use `SessionPolicy::HexPerProcess`");
        assert!(days <= 366, "a session that lasts for more than a year tells a user apart, not a session");
        Self::Stored(StoredSession { file_name, days })
    }
}

/// The prefix of every session that the product makes.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) struct SessionPrefix {
    pub(crate) variable: &'static str,
    pub(crate) default: &'static str,
}

impl Profile {
    /// Sets how sessions are told apart. Default: [`SessionPolicy::RandomPerProcess`].
    ///
    /// # Panics
    ///
    /// If children are to join a session that is always `undefined`; in a constant that is a compile error.
    #[must_use]
    pub const fn session(mut self, policy: SessionPolicy) -> Self {
        self.session = policy;
        self.with_sessions_that_fit().with_files_that_differ()
    }

    /// Names the environment variable with the session to join, which
    /// [`Client::session_for_child`](crate::Client::session_for_child) hands out to child processes. Default: none.
    ///
    /// It is read when a process first reports. A value that is not made of 1 to 128 letters, digits, `_`, `-` and `.` is
    /// ignored: it may be something else that was not meant to be sent.
    ///
    /// # Panics
    ///
    /// If the variable has no name or the session is always `undefined`; in a constant that is a compile error.
    ///
    /// ```compile_fail
    /// # use telemetry_core::profile::SessionPolicy;
    /// # use telemetry_core::Profile;
    /// const PROFILE: Profile =
    ///     Profile::new("shop", "1").session(SessionPolicy::Undefined).session_env("SHOP_SESSION"); // nothing to join
    /// ```
    #[must_use]
    pub const fn session_env(mut self, variable: &'static str) -> Self {
        assert!(!variable.is_empty(), "an environment variable needs a name");
        self.session_env = Some(variable);
        self.with_sessions_that_fit()
    }

    /// Puts `default`, or the value of the environment variable, before every session that the product makes; a joined
    /// session has its prefix already. Default: no prefix.
    ///
    /// The variable is read when a process first reports; an empty value means no prefix. A value that is not made of at most 64 letters, digits, `_`, `-`
    /// and `.` is ignored as a whole, since the rest of a path or an address could still identify a person.
    ///
    /// # Panics
    ///
    /// If the variable has no name, or the default has other characters; in a constant that is a compile error.
    ///
    /// ```
    /// # use telemetry_core::Profile;
    /// const PROFILE: Profile =
    ///     Profile::new("anonymizer", "184482118588404").session_prefix("NEMO_SESSION_PREFIX", "anonymizer-");
    /// ```
    #[must_use]
    pub const fn session_prefix(mut self, variable: &'static str, default: &'static str) -> Self {
        assert!(!variable.is_empty(), "an environment variable needs a name");
        assert!(
            default.is_empty() || (is_token(default) && default.len() <= 64),
            "a session prefix has at most 64 letters, digits, `_`, `-` and `.`"
        );
        self.session_prefix = Some(SessionPrefix { variable, default });
        self
    }

    const fn with_sessions_that_fit(self) -> Self {
        assert!(
            self.session_env.is_none() || !matches!(self.session, SessionPolicy::Undefined),
            "there is no session to join: the session of every process is `undefined`"
        );
        self
    }
}
