// SPDX-FileCopyrightText: Copyright (c) 2026 NVIDIA CORPORATION & AFFILIATES. All rights reserved.
// SPDX-License-Identifier: Apache-2.0

//! A session that all processes of a user share for some days, in a file. Only the worker reads and writes it.

use std::fs::File;
use std::io::{self, ErrorKind, Read, Write};
use std::path::{Path, PathBuf};
use std::sync::{Mutex, MutexGuard, PoisonError};
use std::time::Duration;

use serde_json::{Value, json};

use super::SessionId;
use super::process::random_hex;
use crate::private_files::{
    PATIENCE, PrivateDir, lock_within, not_a_file, private_file, unlock, with_suffix,
};
use crate::standard_streams::OpenAboveStandardStreams;
use crate::sync::retry_within;
use crate::time::IsoTimestamp;
use crate::time::days_since_1970;
use telemetry_schema::text::is_token;

/// A state has about 100 bytes; larger files are ignored.
const MAX_BYTES: u64 = 4096;
const SECONDS_PER_DAY: f64 = 86_400.0;

/// How long another process may take to read the file; less than it waits for the lock.
const READING_TAKES: Duration = Duration::from_millis(50);

/// The file, and what was found in it.
#[derive(Debug)]
pub(crate) struct StateFile {
    /// None without a home directory.
    place: Option<(PrivateDir, PathBuf)>,
    lifetime_s: f64,
    prefix: String,
    /// Locked for an instant only, never while the file is read or written.
    latest: Mutex<Option<State>>,
}

/// A session and when it began, in Unix seconds.
#[derive(Debug, Clone, PartialEq)]
struct State {
    id: String,
    created_at: f64,
}

impl StateFile {
    /// The file at `path`, if there is any, for a user with this home.
    pub(crate) fn new(path: Option<PathBuf>, home: Option<&Path>, days: u32, prefix: String) -> Self {
        let lifetime_s = f64::from(days) * SECONDS_PER_DAY;
        let place = path.map(|path| (PrivateDir::of(&path, home), path));
        Self { place, lifetime_s, prefix, latest: Mutex::new(None) }
    }

    /// The session that was used last, if any was.
    pub(crate) fn latest(&self) -> Option<SessionId> {
        self.lock().as_ref().map(|state| self.session(state))
    }

    /// The session at this time. The file is read once, and again when the session has grown too old. Nothing if the file
    /// cannot be used and the system has no randomness.
    pub(crate) fn at(&self, unix_seconds: f64) -> Option<SessionId> {
        let latest = self.lock().clone();
        let state = match latest {
            Some(state) if unix_seconds - state.created_at < self.lifetime_s => state,
            _ => self.look_up(unix_seconds)?,
        };
        let session = self.session(&state);
        *self.lock() = Some(state);
        Some(session)
    }

    fn lock(&self) -> MutexGuard<'_, Option<State>> {
        self.latest.lock().unwrap_or_else(PoisonError::into_inner)
    }

    fn session(&self, state: &State) -> SessionId {
        SessionId(format!("{}{}", self.prefix, state.id).into())
    }

    /// The state that all processes share, or one for this process alone.
    fn look_up(&self, now: f64) -> Option<State> {
        match self.shared(now) {
            Ok(state) => Some(state),
            Err(error) => {
                log::debug!("this process has a session of its own: {error}");
                State::new(now).ok()
            }
        }
    }

    fn shared(&self, now: f64) -> io::Result<State> {
        let (dir, path) =
            self.place.as_ref().ok_or_else(|| io::Error::other("there is no home directory"))?;
        if dir.check()?
            && let Some(state) = self.read(path, now)?
        {
            return Ok(state);
        }
        dir.prepare()?;
        let lock = private_file()
            .create(true)
            .write(true)
            .open_above_standard_streams(&with_suffix(path, ".lock"))?;
        lock_within(PATIENCE, &lock)?;
        let state = self.replace(path, now);
        unlock(&lock);
        state
    }

    /// Writes a new state, unless another process has just done so.
    fn replace(&self, path: &Path, now: f64) -> io::Result<State> {
        if let Some(state) = self.read(path, now)? {
            return Ok(state);
        }
        let state = State::new(now)?;
        let draft = with_suffix(path, ".tmp");
        // Only who has the lock writes drafts: this one was left behind.
        ignore_missing(std::fs::remove_file(&draft))?;
        let written = write_new(&draft, &state.json()?).and_then(|()| put_in_place(&draft, path));
        if written.is_err() {
            let _ = std::fs::remove_file(&draft);
        }
        written.map(|()| state)
    }

    /// The state in the file; nothing if it is missing, corrupt, too old or from the future.
    fn read(&self, path: &Path, now: f64) -> io::Result<Option<State>> {
        let file = match private_file().read(true).open_above_standard_streams(path) {
            Ok(file) => file,
            Err(error) if error.kind() == ErrorKind::NotFound => return Ok(None),
            Err(error) => return Err(error),
        };
        let is_current = |state: &State| (0.0..self.lifetime_s).contains(&(now - state.created_at));
        Ok(State::parse(&content(&file)?).filter(is_current))
    }
}

impl State {
    /// A session that begins now. The time is that of the file: whole seconds.
    fn new(now: f64) -> io::Result<Self> {
        let id = random_hex().ok_or_else(|| io::Error::other("there is no randomness for a session"))?;
        Ok(Self { id, created_at: now.floor() })
    }

    fn json(&self) -> io::Result<String> {
        let created_at = IsoTimestamp::new(self.created_at).map_err(io::Error::other)?.to_string();
        let created_at = created_at.replace(".000Z", "Z");
        Ok(json!({"created_at": created_at, "session_id": self.id}).to_string())
    }

    fn parse(text: &[u8]) -> Option<Self> {
        let state: Value = serde_json::from_slice(text).ok()?;
        let text = |key: &str| state.get(key).and_then(Value::as_str);
        let id = text("session_id").filter(|id| id.len() <= 64 && is_token(id))?;
        Some(Self { id: id.to_owned(), created_at: unix_seconds(text("created_at")?)? })
    }
}

fn content(file: &File) -> io::Result<Vec<u8>> {
    if !file.metadata()?.is_file() {
        return Err(not_a_file());
    }
    let mut bytes = Vec::new();
    file.take(MAX_BYTES).read_to_end(&mut bytes)?;
    Ok(bytes)
}

fn write_new(path: &Path, text: &str) -> io::Result<()> {
    private_file().write(true).create_new(true).open_above_standard_streams(path)?.write_all(text.as_bytes())
}

/// Windows refuses to replace a file that another process has open, on some file systems; to read it takes a moment.
fn put_in_place(draft: &Path, path: &Path) -> io::Result<()> {
    let is_open = |error: &io::Error| cfg!(windows) && error.kind() == ErrorKind::PermissionDenied;
    let renamed = retry_within(READING_TAKES, || match std::fs::rename(draft, path) {
        Err(error) if is_open(&error) => None,
        result => Some(result),
    });
    renamed.unwrap_or_else(|| Err(ErrorKind::PermissionDenied.into()))
}

fn ignore_missing(result: io::Result<()>) -> io::Result<()> {
    match result {
        Err(error) if error.kind() != ErrorKind::NotFound => Err(error),
        _ => Ok(()),
    }
}

/// Unix seconds of `2026-07-27T12:00:00Z`, perhaps with a fraction, which is cut off.
fn unix_seconds(iso: &str) -> Option<f64> {
    let (date, time) = iso.strip_suffix('Z')?.split_once('T')?;
    let time = time.split_once('.').map_or(time, |(time, _)| time);
    let [year, month, day] = numbers(date, '-')?;
    let [hour, minute, second] = numbers(time, ':')?;
    let is_moment =
        (1..=12).contains(&month) && (1..=31).contains(&day) && hour < 24 && minute < 60 && second < 60;
    let days = is_moment.then(|| days_since_1970(year, month, day))??;
    // A year of four digits is far below where seconds lose their exactness.
    Some((days * 86_400 + hour * 3600 + minute * 60 + second) as f64)
}

/// Three numbers of at most four digits.
fn numbers(text: &str, separator: char) -> Option<[u64; 3]> {
    let is_number = |part: &&str| part.len() <= 4 && part.bytes().all(|byte| byte.is_ascii_digit());
    let parse = |part: &str| Some(part).filter(is_number)?.parse().ok();
    let mut parts = text.split(separator).map(parse);
    let numbers = [parts.next()??, parts.next()??, parts.next()??];
    parts.next().is_none().then_some(numbers)
}

#[cfg(test)]
mod tests {
    use super::*;

    const NOW: f64 = 1_785_153_600.0;

    fn file_in(dir: &Path) -> StateFile {
        StateFile::new(Some(dir.join("new/state.json")), None, 30, String::new())
    }

    fn write(dir: &Path, text: &str) {
        std::fs::create_dir_all(dir.join("new")).unwrap();
        std::fs::write(dir.join("new/state.json"), text).unwrap();
    }

    fn read(dir: &Path) -> Value {
        serde_json::from_slice(&std::fs::read(dir.join("new/state.json")).unwrap()).unwrap()
    }

    fn at(dir: &Path, now: f64) -> String {
        file_in(dir).at(now).unwrap().to_string()
    }

    fn is_fresh(id: &str) -> bool {
        id.len() == 32 && id.bytes().all(|byte| byte.is_ascii_hexdigit())
    }

    #[test]
    fn a_missing_state_is_created_for_the_user_alone_and_kept() {
        let dir = tempfile::tempdir().unwrap();
        let file = file_in(dir.path());
        assert_eq!(file.latest(), None);
        let session = file.at(NOW + 0.75).unwrap();
        assert!(is_fresh(session.as_str()));
        assert_eq!(file.latest(), Some(session.clone()));
        let expected = json!({"session_id": session.as_str(), "created_at": "2026-07-27T12:00:00Z"});
        assert_eq!(read(dir.path()), expected);
        assert_eq!(at(dir.path(), NOW + 1.0), session.as_str());
        assert_eq!(at(dir.path(), NOW + 30.0 * 86_400.0 - 1.0), session.as_str());
        #[cfg(unix)]
        {
            use std::os::unix::fs::PermissionsExt;
            let mode = |path: &str| dir.path().join(path).metadata().unwrap().permissions().mode() & 0o777;
            assert_eq!((mode("new"), mode("new/state.json")), (0o700, 0o600));
        }
        assert!(!dir.path().join("new/state.json.tmp").exists());
    }

    #[test]
    fn the_state_of_another_client_is_shared() {
        let dir = tempfile::tempdir().unwrap();
        write(
            dir.path(),
            r#"{"session_id": "existing", "created_at": "2026-07-01T00:00:00.123456Z", "x": []}"#,
        );
        assert_eq!(at(dir.path(), NOW), "existing");
    }

    #[test]
    fn what_is_no_current_state_is_replaced() {
        let long =
            format!(r#"{{"session_id": "{}", "created_at": "2026-07-27T00:00:00Z"}}"#, "a".repeat(5000));
        for text in [
            "",
            "not json",
            "null",
            "[]",
            "{}",
            r#"{"session_id": "dateless"}"#,
            r#"{"session_id": 7, "created_at": "2026-07-27T00:00:00Z"}"#,
            r#"{"session_id": "", "created_at": "2026-07-27T00:00:00Z"}"#,
            r#"{"session_id": "/home/ann", "created_at": "2026-07-27T00:00:00Z"}"#,
            r#"{"session_id": "old", "created_at": "2026-06-27T12:00:00Z"}"#,
            r#"{"session_id": "future", "created_at": "2026-08-01T00:00:00Z"}"#,
            r#"{"session_id": "never", "created_at": "2026-13-01T00:00:00Z"}"#,
            r#"{"session_id": "local", "created_at": "2026-07-27T00:00:00+02:00"}"#,
            r#"{"session_id": "torn", "created_at": "2026-07-2"#,
            &long,
        ] {
            let dir = tempfile::tempdir().unwrap();
            write(dir.path(), text);
            let session = at(dir.path(), NOW);
            assert!(is_fresh(&session), "{text}");
            assert_eq!(read(dir.path())["session_id"], session, "{text}");
        }
    }

    #[test]
    fn a_process_that_lives_for_long_rotates_too_and_survives_a_clock_that_goes_back() {
        let dir = tempfile::tempdir().unwrap();
        let file = file_in(dir.path());
        let first = file.at(NOW).unwrap();
        assert_eq!(file.at(NOW - 3600.0).unwrap(), first);
        let second = file.at(NOW + 30.0 * 86_400.0).unwrap();
        assert_ne!(first, second);
        assert_eq!(read(dir.path())["session_id"], second.as_str());
    }

    #[test]
    fn processes_that_start_at_once_end_up_with_one_session() {
        for corrupt in [false, true] {
            let dir = tempfile::tempdir().unwrap();
            if corrupt {
                write(dir.path(), "not json");
            }
            let mut sessions = std::thread::scope(|scope| {
                let threads: Vec<_> = (0..8).map(|_| scope.spawn(|| at(dir.path(), NOW))).collect();
                threads.into_iter().map(|thread| thread.join().unwrap()).collect::<Vec<_>>()
            });
            sessions.dedup();
            assert_eq!(sessions, [read(dir.path())["session_id"].as_str().unwrap()]);
        }
    }

    #[test]
    fn without_a_file_the_process_has_a_session_of_its_own_and_keeps_it() {
        let file = StateFile::new(None, None, 30, "ci-".into());
        let session = file.at(NOW).unwrap();
        assert!(session.as_str().strip_prefix("ci-").is_some_and(is_fresh));
        assert_eq!(file.at(NOW + 60.0), Some(session));
    }

    #[test]
    fn a_draft_that_was_left_behind_is_in_nobodys_way() {
        let dir = tempfile::tempdir().unwrap();
        write(dir.path(), "not json");
        std::fs::write(dir.path().join("new/state.json.tmp"), "half a dra").unwrap();
        assert_eq!(at(dir.path(), NOW), read(dir.path())["session_id"]);
    }

    #[test]
    fn a_lock_that_is_not_given_back_costs_the_shared_session_only() {
        let dir = tempfile::tempdir().unwrap();
        write(dir.path(), "not json");
        let lock = File::create(dir.path().join("new/state.json.lock")).unwrap();
        lock.lock().unwrap();
        assert!(is_fresh(&at(dir.path(), NOW)));
        assert_eq!(std::fs::read(dir.path().join("new/state.json")).unwrap(), b"not json");
    }

    #[cfg(unix)]
    #[test]
    fn what_is_not_a_regular_file_is_left_alone() {
        let dir = tempfile::tempdir().unwrap();
        let path = |name: &str| dir.path().join(name);
        std::fs::write(path("target"), r#"{"session_id": "x", "created_at": "2026-07-27T00:00:00Z"}"#)
            .unwrap();
        std::os::unix::fs::symlink("target", path("link")).unwrap();
        std::fs::create_dir(path("dir")).unwrap();
        std::fs::write(path("file"), "").unwrap();
        for name in ["link", "dir", "file/below"] {
            let file = StateFile::new(Some(path(name)), None, 30, String::new());
            assert!(is_fresh(file.at(NOW).unwrap().as_str()), "{name}");
        }
        assert!(path("link").is_symlink() && path("dir").is_dir());
        let null = StateFile::new(Some("/dev/null".into()), None, 30, String::new());
        assert!(is_fresh(null.at(NOW).unwrap().as_str()));
    }

    #[test]
    fn moments_are_read_to_the_second() {
        for (text, expected) in [
            ("1970-01-01T00:00:00Z", Some(0.0)),
            ("2026-07-27T12:00:00Z", Some(NOW)),
            ("2026-07-27T12:00:00.999Z", Some(NOW)),
            ("2026-07-27T12:00:00", None),
            ("2026-07-27 12:00:00Z", None),
            ("2026-07-27T24:00:00Z", None),
            ("2026-07-27T12:00Z", None),
            ("2026-00-27T12:00:00Z", None),
            ("1969-12-31T00:00:00Z", None),
            ("+026-07-27T12:00:00Z", None),
            ("99999-07-27T12:00:00Z", None),
        ] {
            assert_eq!(unix_seconds(text), expected, "{text}");
        }
    }
}
