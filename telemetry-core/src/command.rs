// SPDX-FileCopyrightText: Copyright (c) 2026 NVIDIA CORPORATION & AFFILIATES. All rights reserved.
// SPDX-License-Identifier: Apache-2.0

//! What `telemetry-cli` needs to show and change consent, and to print what others have written. Not part of the API: names and meanings change with any release.

use std::error::Error;
use std::fs::OpenOptions;
use std::io::{self, Write};
use std::path::Path;

use crate::client::Status;
use crate::consent::{ConsentPolicy, MarkerState, marker_state};
use crate::private_files::PrivateDir;
use crate::profile::{KEYS, Profile};
use crate::standard_streams::OpenAboveStandardStreams;
use crate::transport::Transport;
pub use telemetry_schema::counted::counted;
pub use telemetry_schema::escape_untrusted::escape_untrusted;

/// The text in the marker file, for people who find it. The file counts, not its content.
const CONTENT: &str = "As long as this file exists, no usage telemetry is sent. Whatever it contains.\n";

/// Writes the marker file. An existing directory is used whatever its owner and mode, because a marker counts in any; a new
/// one is private to the user whose home this is.
///
/// # Errors
///
/// If the directory or the file cannot be created. A file that exists is left alone.
pub fn create_marker(marker: &Path, home: Option<&Path>) -> io::Result<()> {
    if !marker.parent().is_some_and(Path::is_dir) {
        PrivateDir::of(marker, home).prepare()?;
    }
    create_file(marker)
}

/// Writes a marker file for every user of the machine. A directory that it makes, and the file, can be seen by all of them,
/// whatever the mask of new files: one that they cannot search would opt them out after the file is gone.
///
/// # Errors
///
/// If the directory or the file cannot be created. A file that exists is left alone.
pub fn create_machine_marker(marker: &Path) -> io::Result<()> {
    if let Some(dir) = marker.parent().filter(|dir| !dir.is_dir()) {
        std::fs::create_dir_all(dir)?;
        let_all_read(dir, 0o755)?;
    }
    create_file(marker)?;
    let_all_read(marker, 0o644)
}

/// Whether this process ignores the signal with this number, as programs that `nohup` starts ignore `SIGHUP`. Commands that handle
/// signals leave such a one alone.
#[cfg(unix)]
#[must_use]
pub fn is_ignored(signal: i32) -> bool {
    crate::sys::is_ignored(signal)
}

#[cfg(unix)]
fn let_all_read(path: &Path, mode: u32) -> io::Result<()> {
    use std::os::unix::fs::PermissionsExt;
    std::fs::set_permissions(path, std::fs::Permissions::from_mode(mode))
}

/// Elsewhere files have the permissions of the directory that they are in.
#[cfg(not(unix))]
fn let_all_read(_: &Path, _: u32) -> io::Result<()> {
    Ok(())
}

fn create_file(marker: &Path) -> io::Result<()> {
    match OpenOptions::new().write(true).create_new(true).open_above_standard_streams(marker) {
        Ok(mut file) => file.write_all(CONTENT.as_bytes()),
        // Another process has just opted out.
        Err(error) if error.kind() == io::ErrorKind::AlreadyExists => Ok(()),
        Err(error) => Err(error),
    }
}

/// Whether the marker file certainly exists.
#[must_use]
pub fn marker_is_present(marker: &Path) -> bool {
    marker_state(marker) == MarkerState::Present
}

/// Whether the marker file certainly does not exist. Where this cannot be found out, neither is true, and telemetry is off.
#[must_use]
pub fn marker_is_absent(marker: &Path) -> bool {
    marker_state(marker) == MarkerState::Absent
}

/// When a product with this policy reports, in words.
#[must_use]
pub fn opt_in(policy: &ConsentPolicy) -> String {
    policy.opt_in.to_string()
}

/// An error and everything that caused it, in one line.
#[must_use]
pub fn with_causes(error: &(dyn Error + 'static)) -> String {
    crate::causes::with_causes(error)
}

/// Makes the transport of a client that was not given another one, which reads the environment now: for a command that looks at the
/// responses before delivery does.
#[must_use]
pub fn default_transport(profile: &Profile) -> Box<dyn Transport + Send> {
    crate::transport::default_transport(profile.request_deadline)
}

/// Whether Ctrl-C ends this process, because nothing in it ignores or handles that. Elsewhere than on Unix this is not known.
#[must_use]
pub fn interrupt_ends_process() -> bool {
    #[cfg(unix)]
    return crate::sys::interrupt_ends_process();
    #[cfg(not(unix))]
    return false;
}

/// How the sessions of a product are told apart, in words.
#[must_use]
pub fn session(status: &Status) -> String {
    status.session_text()
}

/// The directory of a product's files, below `~/.config`.
#[must_use]
pub const fn directory(profile: &Profile) -> &'static str {
    profile.directory
}

/// The name of a product's audit log in its directory.
#[must_use]
pub fn audit_file_name(profile: &Profile) -> Option<&'static str> {
    profile.audit.map(|audit| audit.file_name)
}

/// The keys of an envelope, except for `events`.
pub fn envelope_keys() -> impl Iterator<Item = &'static str> {
    KEYS.iter().map(|(key, _)| *key)
}

/// The variables with which users and operators change what a product reports, except for its endpoint.
pub fn settings_variables(profile: &Profile) -> impl Iterator<Item = &'static str> {
    profile.settings_variables()
}

/// Whether the policy has a consent file.
#[must_use]
pub const fn has_consent_file(policy: &ConsentPolicy) -> bool {
    policy.file.is_some()
}

/// The settings with which a user opts in to the product's telemetry: variables with a value, and the path of the consent file
/// with the key in it.
#[must_use]
pub fn ways_to_opt_in(status: &Status) -> (Vec<String>, Option<(&'static str, &Path)>) {
    let variables = status.consent.variables.iter();
    let variables = variables
        .filter_map(|(name, rule)| Some(format!("{name}={}", rule.example_opt_in_value()?)))
        .collect();
    let file = status.consent.file.zip(status.paths.consent_file.as_deref());
    (variables, file.map(|(file, path)| (file.key, path)))
}

/// The variables with which a user opts out, each with a value that does. Those that only detect a test run are left out.
#[must_use]
pub fn ways_to_opt_out(status: &Status) -> Vec<String> {
    let variables = status.consent.variables.iter();
    variables.filter_map(|(name, rule)| Some(format!("{name}={}", rule.example_opt_out_value()?))).collect()
}
