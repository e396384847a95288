// SPDX-FileCopyrightText: Copyright (c) 2026 NVIDIA CORPORATION & AFFILIATES. All rights reserved.
// SPDX-License-Identifier: Apache-2.0

//! Schema files: which may be used, reading them once, and never using an old one.

use std::fs::File;
use std::io::Read as _;
use std::path::{Component, Path, PathBuf};
use std::sync::{Arc, Mutex, PoisonError};

use super::json;
use super::model::Schema;

/// What reading a schema file gives: the schema, or the problem with the file and what to do.
pub(crate) type Loaded = Result<Arc<Schema>, Problem>;

/// A problem with a schema file, and what to do about it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Problem {
    pub(crate) problem: String,
    pub(crate) help: String,
}

impl Problem {
    pub(crate) fn new(problem: impl Into<String>, help: impl Into<String>) -> Self {
        Self { problem: problem.into(), help: help.into() }
    }
}

/// A file that was read: its bytes and what became of them.
struct Read {
    file: PathBuf,
    bytes: Vec<u8>,
    loaded: Loaded,
}

/// The files read so far by this process.
struct Cache {
    /// One for each file, and a package has few.
    read: Vec<Read>,
    /// The bytes of the last file: every event reads one, and memory that was used before is faster than new one.
    buffer: Vec<u8>,
}

static READ: Mutex<Cache> = Mutex::new(Cache { read: Vec::new(), buffer: Vec::new() });

/// The schema in the file `path` of the package that is being compiled.
pub(crate) fn load(path: &str) -> Loaded {
    check_inside_package(path)?;
    let package = std::env::var_os("CARGO_MANIFEST_DIR").ok_or_else(|| {
        Problem::new(
            "`CARGO_MANIFEST_DIR` is not set, so there is no package to look in",
            "compile with cargo",
        )
    })?;
    let file = PathBuf::from(package).join(path);
    let mut cache = READ.lock().unwrap_or_else(PoisonError::into_inner);
    let Cache { read, buffer } = &mut *cache;
    read_into(&file, buffer).map_err(|error| unreadable(path, &error))?;
    // Equal bytes, not an equal time stamp: a language server outlives many versions of a file.
    if let Some(known) = read.iter().find(|known| known.file == file && known.bytes == *buffer) {
        return known.loaded.clone();
    }
    let loaded = parse(path, buffer);
    read.retain(|known| known.file != file);
    read.push(Read { file, bytes: std::mem::take(buffer), loaded: loaded.clone() });
    loaded
}

fn read_into(file: &Path, buffer: &mut Vec<u8>) -> std::io::Result<()> {
    buffer.clear();
    let mut file = File::open(file)?;
    file.read_to_end(buffer).map(drop)
}

/// The files of packages that this process has made the compiler look at.
static WATCHED: Mutex<Vec<PathBuf>> = Mutex::new(Vec::new());

/// Whether this is the first time that this process asks about `path`.
///
/// One process compiles one crate, so one event is enough to have the file watched for all. (A language server is a longer
/// process, but watches nothing.)
pub(crate) fn is_first_use(path: &str) -> bool {
    let package = std::env::var_os("CARGO_MANIFEST_DIR").unwrap_or_default();
    let file = PathBuf::from(package).join(path);
    let mut watched = WATCHED.lock().unwrap_or_else(PoisonError::into_inner);
    let is_first = !watched.contains(&file);
    if is_first {
        watched.push(file);
    }
    is_first
}

fn check_inside_package(path: &str) -> Result<(), Problem> {
    let inside = |component| matches!(component, Component::Normal(_) | Component::CurDir);
    if Path::new(path).components().all(inside) {
        return Ok(());
    }
    let name =
        Path::new(path).file_name().map_or_else(|| "schema.json".into(), |name| name.to_string_lossy());
    Err(Problem::new(
        format!("schema `{path}` is outside of the package, so `cargo package` would leave it out"),
        format!("copy it into the package and write `schema = \"schemas/{name}\"`"),
    ))
}

fn unreadable(path: &str, error: &std::io::Error) -> Problem {
    let reason = match error.kind() {
        std::io::ErrorKind::NotFound => "there is no such file",
        std::io::ErrorKind::IsADirectory => "it is a directory",
        std::io::ErrorKind::PermissionDenied => "reading it is not permitted",
        _ => "it does not yield its bytes",
    };
    Problem::new(
        format!("cannot read schema `{path}`: {reason}"),
        "the path starts at the directory of the package's `Cargo.toml`, as in `schema = \"schemas/my_product.json\"`",
    )
}

fn parse(path: &str, bytes: &[u8]) -> Loaded {
    let text = std::str::from_utf8(bytes).map_err(|error| not_utf8(path, bytes, error.valid_up_to()))?;
    let json = json::parse(text).map_err(|malformed| {
        let json::Malformed { line, column, problem } = malformed;
        Problem::new(
            format!("schema `{path}:{line}:{column}` is not JSON: {problem}"),
            "correct the file there",
        )
    })?;
    let schema = Schema::read(&json)
        .map_err(|invalid| Problem::new(format!("schema `{path}`: {}", invalid.problem), invalid.help))?;
    Ok(Arc::new(schema))
}

fn not_utf8(path: &str, bytes: &[u8], valid: usize) -> Problem {
    let before = bytes.get(..valid).unwrap_or_default();
    let line = before.split(|byte| *byte == b'\n').count();
    Problem::new(format!("schema `{path}:{line}` is not UTF-8"), "save the file as UTF-8")
}
