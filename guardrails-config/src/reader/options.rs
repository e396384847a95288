// SPDX-FileCopyrightText: Copyright (c) 2026 NVIDIA CORPORATION & AFFILIATES. All rights reserved.
// SPDX-License-Identifier: Apache-2.0

//! The options of a load: import roots, environment and limits.

use std::ffi::OsString;
use std::fmt;
use std::path::{Path, PathBuf};
use std::sync::Arc;

use super::budget::Limits;

type Lookup = dyn Fn(&str) -> Option<OsString> + Send + Sync;

/// The options of a load. [`LoadOptions::default`] behaves like the reference.
///
/// ```no_run
/// use guardrails_config::{LoadOptions, RailsConfig};
///
/// # fn main() -> Result<(), guardrails_config::ConfigError> {
/// let options = LoadOptions::default().working_directory("/srv/bots").import_roots(["/srv/colang"]);
/// let config = RailsConfig::load("support", &options)?;
/// # Ok(())
/// # }
/// ```
#[derive(Clone)]
pub struct LoadOptions {
    pub(crate) working_directory: PathBuf,
    pub(crate) imports_from_working_directory: bool,
    pub(crate) import_roots: Option<Vec<PathBuf>>,
    pub(crate) limits: Limits,
    lookup: Arc<Lookup>,
}

impl Default for LoadOptions {
    fn default() -> Self {
        Self {
            working_directory: PathBuf::from("."),
            imports_from_working_directory: true,
            import_roots: None,
            limits: Limits::default(),
            lookup: Arc::new(|name| std::env::var_os(name)),
        }
    }
}

impl LoadOptions {
    /// The directory that relative paths start from: the configuration's own and those of imports. `.` by default.
    #[must_use]
    pub fn working_directory(mut self, directory: impl Into<PathBuf>) -> Self {
        self.working_directory = directory.into();
        self
    }

    /// Whether an import is looked up in the working directory first, as the reference does; `true` by default.
    ///
    /// A directory called `core` in the working directory then hides the standard library's `core`.
    #[must_use]
    pub fn imports_from_working_directory(mut self, enabled: bool) -> Self {
        self.imports_from_working_directory = enabled;
        self
    }

    /// Directories that imports are looked up in, in this order, before the bundled libraries.
    ///
    /// By default those that the environment variable `COLANGPATH` lists.
    #[must_use]
    pub fn import_roots<P: Into<PathBuf>>(mut self, roots: impl IntoIterator<Item = P>) -> Self {
        self.import_roots = Some(roots.into_iter().map(Into::into).collect());
        self
    }

    /// The limits of the load.
    #[must_use]
    pub fn limits(mut self, limits: Limits) -> Self {
        self.limits = limits;
        self
    }

    /// Where environment variables come from: `COLANGPATH`, and those that models name with `api_key_env_var`.
    ///
    /// By default the environment of the process. Values are never kept, only whether they are set.
    #[must_use]
    pub fn environment(mut self, lookup: impl Fn(&str) -> Option<OsString> + Send + Sync + 'static) -> Self {
        self.lookup = Arc::new(lookup);
        self
    }

    /// Whether a variable is set and not empty.
    pub(crate) fn is_set(&self, name: &str) -> bool {
        // A name the platform cannot represent is not set.
        let askable = !name.is_empty() && !name.contains(['=', '\0']);
        askable && (self.lookup)(name).is_some_and(|value| !value.is_empty())
    }

    /// The import roots in force.
    pub(crate) fn roots(&self) -> Vec<PathBuf> {
        match &self.import_roots {
            Some(roots) => roots.clone(),
            None => (self.lookup)("COLANGPATH").map(|list| split_roots(&list)).unwrap_or_default(),
        }
    }
}

fn split_roots(list: &std::ffi::OsStr) -> Vec<PathBuf> {
    let trimmed = |path: PathBuf| path.to_str().map_or(path.clone(), |text| crate::text::strip(text).into());
    std::env::split_paths(list).map(trimmed).filter(|path| path != Path::new("")).collect()
}

impl fmt::Debug for LoadOptions {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("LoadOptions")
            .field("working_directory", &self.working_directory)
            .field("imports_from_working_directory", &self.imports_from_working_directory)
            .field("import_roots", &self.import_roots)
            .field("limits", &self.limits)
            .finish_non_exhaustive()
    }
}
