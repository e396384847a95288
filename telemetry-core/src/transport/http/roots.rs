// SPDX-FileCopyrightText: Copyright (c) 2026 NVIDIA CORPORATION & AFFILIATES. All rights reserved.
// SPDX-License-Identifier: Apache-2.0

//! Whom to trust: what `SSL_CERT_FILE` and `SSL_CERT_DIR` name, else the system's certificates, else the bundled ones.
//!
//! The platform verifier of rustls does the same on Linux, but reads the variables when it is first used, which is on the
//! worker, and has nothing to fall back on. On Android it panics unless the host has handed it the Java machine: there the
//! bundled certificates are used. On Windows and macOS it asks the operating system, and is used as it is.

use std::ffi::OsString;
use std::fs::OpenOptions;
use std::hash::{DefaultHasher, Hash, Hasher};
use std::io::Read;
use std::path::{Path, PathBuf};

use ureq::tls::{Certificate, PemItem, RootCerts, parse_pem};

use crate::environment::Environment;
use crate::standard_streams::{OpenAboveStandardStreams, above_standard_streams};

/// The operating system is asked at each connection.
#[cfg(any(target_vendor = "apple", windows))]
const SYSTEM_FILES: [&str; 0] = [];

/// Where Linux distributions and BSDs keep all certificates in one file.
#[cfg(not(any(target_vendor = "apple", windows)))]
const SYSTEM_FILES: [&str; 8] = [
    "/etc/ssl/certs/ca-certificates.crt", // Debian, Ubuntu, Gentoo, Arch
    "/etc/pki/tls/certs/ca-bundle.crt",   // Fedora, RHEL 6
    "/etc/pki/ca-trust/extracted/pem/tls-ca-bundle.pem", // CentOS, RHEL 7
    "/etc/ssl/ca-bundle.pem",             // openSUSE
    "/etc/ssl/cert.pem",                  // Alpine, OpenBSD, FreeBSD
    "/etc/pki/tls/cacert.pem",            // OpenELEC
    "/usr/local/share/certs/ca-root-nss.crt", // FreeBSD with ports
    "/etc/openssl/certs/ca-certificates.crt", // NetBSD
];

/// Larger files and directories are not certificates.
const MAX_FILE_BYTES: u64 = 8 * 1024 * 1024;
const MAX_FILES: usize = 2000;

/// Where certificates are, as the environment says.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct RootSource {
    file: Option<PathBuf>,
    directories: Vec<PathBuf>,
}

impl RootSource {
    /// Relative paths count from the directory in which the client was started: where the process goes later, others may
    /// have put certificates.
    pub(super) fn read(environment: &impl Environment, start_dir: Option<&Path>) -> Self {
        let set = |variable| environment.get(variable).filter(|value: &OsString| !value.is_empty());
        let directories = set("SSL_CERT_DIR").unwrap_or_default();
        let absolute = |path: PathBuf| start_dir.map(|dir| dir.join(&path)).unwrap_or(path);
        Self {
            file: set("SSL_CERT_FILE").map(|path| absolute(path.into())),
            directories: std::env::split_paths(&directories)
                .filter(|dir| !dir.as_os_str().is_empty())
                .map(absolute)
                .collect(),
        }
    }

    /// A number that changes with the files in which certificates are: their names, sizes and times of change.
    pub(super) fn stamp(&self) -> u64 {
        let in_directories = self.directories.iter().flat_map(|directory| files_in(directory));
        let system = SYSTEM_FILES.iter().map(PathBuf::from).filter(|_| self.is_empty());
        let mut stamp = DefaultHasher::new();
        for file in self.file.iter().cloned().chain(in_directories).chain(system) {
            let size_and_time =
                file.metadata().ok().map(|metadata| (metadata.len(), metadata.modified().ok()));
            (file, size_and_time).hash(&mut stamp);
        }
        stamp.finish()
    }

    fn is_empty(&self) -> bool {
        self.file.is_none() && self.directories.is_empty()
    }

    /// The certificates. Where the variables name some, no others are trusted: if they cannot be read, no connection is made.
    pub(super) fn load(&self) -> RootCerts {
        if self.is_empty() {
            return system_roots();
        }
        let in_directories = self.directories.iter().flat_map(|directory| files_in(directory));
        let files = self.file.clone().into_iter().chain(in_directories);
        RootCerts::new_with_certs(&files.flat_map(|file| certificates(&file)).collect::<Vec<_>>())
    }
}

#[cfg(any(target_vendor = "apple", windows))]
fn system_roots() -> RootCerts {
    RootCerts::PlatformVerifier
}

#[cfg(not(any(target_vendor = "apple", windows)))]
fn system_roots() -> RootCerts {
    let found = SYSTEM_FILES.iter().map(|file| certificates(Path::new(file))).find(|found| !found.is_empty());
    found.map_or_else(bundled_roots, |found| RootCerts::new_with_certs(&found))
}

/// Mozilla's list as of the release of the crate `webpki-roots`: a container without `ca-certificates` has no other.
#[cfg(not(any(target_vendor = "apple", windows)))]
fn bundled_roots() -> RootCerts {
    log::debug!("the system has no certificates: using the bundled ones");
    RootCerts::WebPki
}

fn files_in(directory: &Path) -> Vec<PathBuf> {
    let entries = above_standard_streams(|| std::fs::read_dir(directory)).into_iter().flatten().flatten();
    entries.map(|entry| entry.path()).take(MAX_FILES).collect()
}

/// The certificates in a file; none if it is not a regular file or cannot be read.
fn certificates(path: &Path) -> Vec<Certificate<'static>> {
    // Without a current directory at the start. Asked first: opening a pipe can block forever.
    if path.is_relative() || !path.metadata().is_ok_and(|metadata| metadata.is_file()) {
        return Vec::new();
    }
    let mut pem = Vec::new();
    let opened = OpenOptions::new().read(true).open_above_standard_streams(path);
    let read = opened.and_then(|file| file.take(MAX_FILE_BYTES).read_to_end(&mut pem));
    if let Err(error) = read {
        log::debug!("no certificates in `{}`: {error}", path.display());
    }
    let items = parse_pem(&pem).filter_map(Result::ok);
    items.filter_map(|item| if let PemItem::Certificate(found) = item { Some(found) } else { None }).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    /// Not a certificate; trust is decided later, when it is parsed.
    const PEM: &str = "-----BEGIN CERTIFICATE-----\nMAA=\n-----END CERTIFICATE-----\n";

    fn count(roots: &RootCerts) -> Option<usize> {
        match roots {
            RootCerts::Specific(certificates) => Some(certificates.len()),
            _ => None,
        }
    }

    #[test]
    fn the_variables_name_a_file_and_directories() {
        let dir = tempfile::tempdir().unwrap();
        let path = |name: &str| dir.path().join(name).to_str().unwrap().to_owned();
        std::fs::write(path("all.pem"), PEM.repeat(3)).unwrap();
        std::fs::create_dir(path("a")).unwrap();
        std::fs::write(path("a/one.pem"), PEM).unwrap();
        std::fs::write(path("a/noise"), "noise").unwrap();
        let load = |file: &str, dirs: &str| {
            RootSource::read(&[("SSL_CERT_FILE", file), ("SSL_CERT_DIR", dirs)], None).load()
        };
        assert_eq!(count(&load(&path("all.pem"), "")), Some(3));
        assert_eq!(count(&load("", &path("a"))), Some(1));
        let both = std::env::join_paths([path("a"), path("none")]).unwrap();
        assert_eq!(count(&load(&path("all.pem"), both.to_str().unwrap())), Some(4));
    }

    #[test]
    fn a_named_place_without_certificates_means_that_nobody_is_trusted() {
        assert_eq!(count(&RootSource::read(&[("SSL_CERT_FILE", "/nonexistent")], None).load()), Some(0));
        assert_eq!(count(&RootSource::read(&[("SSL_CERT_FILE", "/dev/zero")], None).load()), Some(0));
    }

    #[test]
    fn the_stamp_is_the_same_until_a_file_changes() {
        let dir = tempfile::tempdir().unwrap();
        let file = dir.path().join("all.pem");
        std::fs::write(&file, PEM).unwrap();
        let source = RootSource::read(
            &[("SSL_CERT_FILE", file.to_str().unwrap()), ("SSL_CERT_DIR", dir.path().to_str().unwrap())],
            None,
        );
        let before = source.stamp();
        assert_eq!(source.stamp(), before);
        std::fs::write(&file, PEM.repeat(2)).unwrap();
        assert_ne!(source.stamp(), before);
        let before = source.stamp();
        std::fs::write(dir.path().join("one.pem"), PEM).unwrap();
        assert_ne!(source.stamp(), before);
    }

    #[test]
    fn without_the_variables_there_is_always_somebody_to_trust() {
        let roots = RootSource::read(&[], None).load();
        assert!(count(&roots).is_none_or(|count| count > 0));
    }

    #[test]
    fn a_relative_path_counts_from_where_the_client_was_started() {
        let dir = tempfile::tempdir().unwrap();
        std::fs::write(dir.path().join("own.pem"), PEM).unwrap();
        std::fs::create_dir(dir.path().join("more")).unwrap();
        std::fs::write(dir.path().join("more/one.pem"), PEM).unwrap();
        let environment = [("SSL_CERT_FILE", "own.pem"), ("SSL_CERT_DIR", "more")];
        assert_eq!(count(&RootSource::read(&environment, Some(dir.path())).load()), Some(2));
        assert_eq!(count(&RootSource::read(&environment, None).load()), Some(0));
    }
}
