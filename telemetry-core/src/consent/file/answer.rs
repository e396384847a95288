// SPDX-FileCopyrightText: Copyright (c) 2026 NVIDIA CORPORATION & AFFILIATES. All rights reserved.
// SPDX-License-Identifier: Apache-2.0

//! Reads a consent file. Anything unclear in it opts out.

use std::fmt;
use std::fs::{File, OpenOptions};
use std::io::{self, Read};
use std::path::Path;

use super::ConsentFile;
use super::values::{ConsentValues, Unreadable};
use crate::consent::marker::{MarkerState, marker_state};
use crate::standard_streams::OpenAboveStandardStreams;

/// The size, in bytes, above which a file opts out unread.
const MAX_BYTES: u64 = 64 * 1024;

/// The answer that a consent file gives.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) enum FileAnswer {
    /// The file or its key is missing, or the opt-in was to another prompt.
    Unanswered,
    OptsIn,
    /// Opts out, with the reason.
    OptsOut(String),
}

impl fmt::Display for FileAnswer {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Unanswered => f.write_str("no answer"),
            Self::OptsIn => f.write_str("opts in"),
            Self::OptsOut(reason) => f.write_str(reason),
        }
    }
}

/// Reads the file at `path` in the format of `file`.
pub(crate) fn read(file: &ConsentFile, path: &Path) -> FileAnswer {
    // The current directory may have changed since the client started.
    if path.is_relative() {
        return FileAnswer::OptsOut("the path is relative, and the current directory was unknown".into());
    }
    match text(path) {
        Ok(Some(text)) => answer(file, &text),
        Ok(None) => FileAnswer::Unanswered,
        Err(error) => FileAnswer::OptsOut(format!("cannot be read: {error}")),
    }
}

/// The content of the file, or `None` if there is no file.
fn text(path: &Path) -> io::Result<Option<String>> {
    let file = match without_blocking().open_above_standard_streams(path) {
        Ok(file) => file,
        // As for a marker, only "not found" and "not a directory" count as absent.
        Err(_) if marker_state(path) == MarkerState::Absent => return Ok(None),
        Err(error) => return Err(error),
    };
    content(file).map(Some)
}

/// Options with which opening does not wait for the other end of a pipe.
fn without_blocking() -> OpenOptions {
    let mut options = OpenOptions::new();
    options.read(true);
    #[cfg(unix)]
    {
        use std::os::unix::fs::OpenOptionsExt;
        options.custom_flags(libc::O_NONBLOCK | libc::O_NOCTTY);
    }
    options
}

fn content(file: File) -> io::Result<String> {
    let metadata = file.metadata()?;
    if !metadata.is_file() {
        return Err(io::Error::other("not a regular file"));
    }
    if metadata.len() > MAX_BYTES {
        return Err(too_large());
    }
    read_all(file, metadata.len() as usize)
}

/// Everything there is to read. A file can grow while it is read, and the part that exceeds the limit could opt out.
fn read_all(file: impl Read, len: usize) -> io::Result<String> {
    let mut text = String::with_capacity(len + 1);
    file.take(MAX_BYTES + 1).read_to_string(&mut text)?;
    if text.len() as u64 > MAX_BYTES { Err(too_large()) } else { Ok(text) }
}

fn too_large() -> io::Error {
    io::Error::other("larger than 64 KiB")
}

fn answer(file: &ConsentFile, text: &str) -> FileAnswer {
    let found: Result<ConsentValues, Unreadable> = match file.format {
        #[cfg(feature = "consent-toml")]
        super::FileFormat::Toml => super::toml::find(text, file),
        #[cfg(feature = "consent-yaml")]
        super::FileFormat::Yaml => super::yaml::find(text, file),
        #[cfg(not(all(feature = "consent-toml", feature = "consent-yaml")))]
        _ => Err(Unreadable { line: text.lines().count() }), // Without its feature, a format has no constructor.
    };
    match found {
        Err(Unreadable { line }) => FileAnswer::OptsOut(format!("line {line} is not understood")),
        Ok(ConsentValues { value: None, .. }) => FileAnswer::Unanswered,
        Ok(ConsentValues { value: Some(value), condition }) if file.words.contains(&value.as_str()) => {
            let holds = file.condition.is_none_or(|(_, needed)| condition.as_deref() == Some(needed));
            if holds { FileAnswer::OptsIn } else { FileAnswer::Unanswered }
        }
        Ok(_) => FileAnswer::OptsOut(format!("`{}` opts out", file.key)),
    }
}

#[cfg(all(test, feature = "consent-toml", feature = "consent-yaml"))]
mod tests {
    use super::*;

    const NAT: ConsentFile = ConsentFile::toml("telemetry.toml", "consent", &["enabled"])
        .section("telemetry")
        .only_with("prompt_version", "1.0");
    const HELIX: ConsentFile = ConsentFile::yaml("config.yaml", "telemetry_enabled", &["true"]);

    #[test]
    fn an_opt_in_to_an_earlier_prompt_is_ignored_and_an_opt_out_always_counts() {
        let nat = |text: &str| answer(&NAT, text);
        let current = "[telemetry]\nconsent = \"enabled\"\nprompt_version = \"1.0\"\n";
        assert_eq!(nat(current), FileAnswer::OptsIn);
        assert_eq!(nat(&current.replace("1.0", "0.9")), FileAnswer::Unanswered);
        assert_eq!(nat("[telemetry]\nconsent = \"enabled\"\n"), FileAnswer::Unanswered);
        for version in ["1.0", "0.9"] {
            let text = current.replace("enabled", "disabled").replace("1.0", version);
            assert_eq!(nat(&text), FileAnswer::OptsOut("`consent` opts out".into()));
        }
        assert_eq!(
            nat(&current.replace("enabled", "Enabled")),
            FileAnswer::OptsOut("`consent` opts out".into())
        );
        assert_eq!(nat("consent ="), FileAnswer::OptsOut("line 1 is not understood".into()));
    }

    #[test]
    fn a_missing_or_empty_file_has_no_answer() {
        let dir = tempfile::tempdir().unwrap();
        std::fs::write(dir.path().join("file"), "").unwrap();
        for name in ["none", "none/below", "file/below", "file"] {
            assert_eq!(read(&HELIX, &dir.path().join(name)), FileAnswer::Unanswered, "{name}");
        }
    }

    #[cfg(unix)]
    #[test]
    fn a_file_that_cannot_be_read_opts_out_without_blocking() {
        let dir = tempfile::tempdir().unwrap();
        let path = |name: &str| dir.path().join(name);
        std::fs::create_dir(path("dir")).unwrap();
        std::os::unix::fs::symlink("nowhere", path("dangling")).unwrap();
        std::fs::write(path("large"), "# ".repeat(40_000)).unwrap();
        std::fs::write(path("bytes"), b"telemetry_enabled: true # \xff").unwrap();
        assert!(std::process::Command::new("mkfifo").arg(path("pipe")).status().unwrap().success());
        let names = ["dir", "dangling", "large", "bytes", "pipe"].map(path);
        for path in names.into_iter().chain(["/dev/null".into(), dir.path().join("x".repeat(300))]) {
            let answer = read(&HELIX, &path);
            assert!(matches!(answer, FileAnswer::OptsOut(_)), "{}: {answer}", path.display());
        }
    }

    #[test]
    fn a_file_that_grows_while_it_is_read_is_not_truncated() {
        let yes = "telemetry_enabled: true\n";
        let filled = |len: u64| read_all(yes.as_bytes().chain(io::repeat(b'\n')).take(len), yes.len());
        assert_eq!(filled(MAX_BYTES).map(|text| answer(&HELIX, &text)).ok(), Some(FileAnswer::OptsIn));
        let cut = filled(MAX_BYTES + 1).map(|text| text.len());
        assert_eq!(cut.unwrap_err().to_string(), "larger than 64 KiB");
    }

    #[test]
    fn a_path_that_depends_on_the_current_directory_opts_out() {
        assert!(matches!(read(&HELIX, Path::new("nowhere.yaml")), FileAnswer::OptsOut(_)));
    }

    #[cfg(unix)]
    #[test]
    fn a_link_to_a_file_is_followed_since_dotfile_managers_make_them() {
        let dir = tempfile::tempdir().unwrap();
        std::fs::write(dir.path().join("real"), "telemetry_enabled: true\n").unwrap();
        std::os::unix::fs::symlink("real", dir.path().join("link")).unwrap();
        assert_eq!(read(&HELIX, &dir.path().join("link")), FileAnswer::OptsIn);
    }
}
