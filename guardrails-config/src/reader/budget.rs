// SPDX-FileCopyrightText: Copyright (c) 2026 NVIDIA CORPORATION & AFFILIATES. All rights reserved.
// SPDX-License-Identifier: Apache-2.0

//! The limits of one load: sizes, counts and depths, each with its own error.

use std::fmt::Display;
use std::path::Path;

use super::error::{ConfigError, ErrorKind};
use super::yaml::Place;

/// The struct, its default and a method for each limit.
macro_rules! limits {
    ($($(#[$doc:meta])* $name:ident: $type:ty = $default:expr;)*) => {
        /// Limits on the resources of a load. Real configurations are far below the defaults.
        ///
        /// ```
        /// use guardrails_config::{Limits, LoadOptions};
        ///
        /// let options = LoadOptions::default().limits(Limits::default().files(300).imports(50));
        /// ```
        #[derive(Debug, Clone, Copy, PartialEq, Eq)]
        #[non_exhaustive]
        pub struct Limits {
            $($(#[$doc])* pub $name: $type,)*
        }

        impl Default for Limits {
            fn default() -> Self {
                Self { $($name: $default,)* }
            }
        }

        impl Limits {$(
            $(#[$doc])*
            #[must_use]
            pub const fn $name(mut self, most: $type) -> Self {
                self.$name = most;
                self
            }
        )*}

        impl Limits {
            /// The names of all limits, for programs that let their users choose them.
            pub const NAMES: &'static [&'static str] = &[$(stringify!($name)),*];

            /// The limit with this name. `None` if there is no such limit.
            ///
            /// ```
            /// use guardrails_config::Limits;
            ///
            /// assert_eq!(Limits::default().get("yaml_depth"), Some(200));
            /// assert_eq!(Limits::default().get("yaml_width"), None);
            /// ```
            #[must_use]
            pub fn get(&self, name: &str) -> Option<u64> {
                match name {
                    $(stringify!($name) => u64::try_from(self.$name).ok(),)*
                    _ => None,
                }
            }

            /// The limits with another value for the one with this name. `None` if there is no such limit, or if this platform cannot
            /// count so far.
            ///
            /// ```
            /// use guardrails_config::Limits;
            ///
            /// let limits = Limits::default().with("yaml_depth", 400).expect("it is a limit");
            /// assert_eq!(limits.yaml_depth, 400);
            /// ```
            #[must_use]
            pub fn with(mut self, name: &str, most: u64) -> Option<Self> {
                match name {
                    $(stringify!($name) => self.$name = most.try_into().ok()?,)*
                    _ => return None,
                }
                Some(self)
            }
        }
    };
}

limits! {
    /// Bytes in one file; 8 MiB by default.
    file_bytes: u64 = 8 << 20;
    /// Bytes in all files together; 32 MiB by default.
    total_bytes: u64 = 32 << 20;
    /// Files and directories looked at; 20,000 by default.
    files: usize = 20_000;
    /// Directories inside one another; 64 by default.
    directory_depth: usize = 64;
    /// Flows that Colang files define; 250,000 by default.
    flows: u64 = 250_000;
    /// YAML values in all files together; 250,000 by default.
    yaml_values: usize = 250_000;
    /// YAML collections inside one another, aliases followed; 200 by default. Each takes stack of the calling thread: 1,000 fit
    /// in a megabyte.
    yaml_depth: usize = 200;
    /// YAML values that aliases (`*name`) stand for in all files together; 1,000,000 by default.
    yaml_aliased_values: usize = 1_000_000;
    /// Pairs that merge keys (`<<`) copy; 200,000 by default.
    yaml_merged_pairs: usize = 200_000;
    /// Paths that are imported; 1,000 by default.
    imports: usize = 1_000;
}

/// The most steps of matching names with the patterns of `.railsignore`; about a second.
const MOST_STEPS: usize = 500_000_000;

/// The most bytes that the paths of all files may have together; each is kept, some twice.
const MOST_PATH_BYTES: usize = 16 << 20;

/// The most anchors in one file. Each is kept with its name until the file ends.
const MOST_ANCHORS: usize = 50_000;

/// The resources that one load has used of its [`Limits`].
#[derive(Debug, Clone)]
pub(crate) struct Budget {
    limits: Limits,
    bytes: u64,
    files: usize,
    path_bytes: usize,
    steps: usize,
    flows: u64,
    values: usize,
    aliased: usize,
    merged: usize,
}

impl Budget {
    pub(crate) fn new(limits: Limits) -> Self {
        Self {
            limits,
            bytes: 0,
            files: 0,
            path_bytes: 0,
            steps: 0,
            flows: 0,
            values: 0,
            aliased: 0,
            merged: 0,
        }
    }

    pub(crate) fn file_bytes(&self) -> u64 {
        self.limits.file_bytes
    }

    /// Counts the bytes of a file.
    pub(crate) fn read(&mut self, bytes: u64, path: &Path) -> Result<(), ConfigError> {
        if bytes > self.limits.file_bytes {
            let problem = format!("is larger than {}", counted(self.limits.file_bytes, "byte"));
            return Err(self.exceeded("file_bytes", path, problem));
        }
        self.bytes = self.bytes.saturating_add(bytes);
        if self.bytes > self.limits.total_bytes {
            let problem =
                format!("brings the configuration over {}", counted(self.limits.total_bytes, "byte"));
            return Err(self.exceeded("total_bytes", path, problem));
        }
        Ok(())
    }

    /// Counts an entry of a directory.
    pub(crate) fn entry(&mut self, path: &Path) -> Result<(), ConfigError> {
        self.files += 1;
        if self.files > self.limits.files {
            let problem = format!("brings the configuration over {}", counted(self.limits.files, "file"));
            return Err(self.exceeded("files", path, problem));
        }
        self.path_bytes = self.path_bytes.saturating_add(path.as_os_str().len());
        if self.path_bytes > MOST_PATH_BYTES {
            let problem = format!("brings the paths of all files over {MOST_PATH_BYTES} bytes");
            return Err(ConfigError::in_file(ErrorKind::Limit, path, problem)
                .help("use fewer files, shorter names, or fewer directories inside one another"));
        }
        Ok(())
    }

    /// Counts the steps of matching the name of a file with patterns.
    pub(crate) fn matching(&mut self, steps: usize, path: &Path) -> Result<(), ConfigError> {
        self.steps = self.steps.saturating_add(steps);
        if self.steps > MOST_STEPS {
            return Err(ConfigError::in_file(
                ErrorKind::Limit,
                path,
                "takes too long to compare with every pattern of `.railsignore`",
            )
            .help("use fewer and shorter patterns, or move files out of the configuration"));
        }
        Ok(())
    }

    /// Checks how many directories are inside one another.
    pub(crate) fn directory_depth(&self, depth: usize, path: &Path) -> Result<(), ConfigError> {
        if depth > self.limits.directory_depth {
            let problem = format!(
                "lies more than {} of directories deep",
                counted(self.limits.directory_depth, "level")
            );
            return Err(self.exceeded("directory_depth", path, problem));
        }
        Ok(())
    }

    /// Checks how many paths are imported.
    pub(crate) fn imports(&self, count: usize, path: &Path) -> Result<(), ConfigError> {
        if count > self.limits.imports {
            let problem = format!("imports more than {}", counted(self.limits.imports, "path"));
            return Err(self.exceeded("imports", path, problem));
        }
        Ok(())
    }

    /// How many more flows may be defined.
    pub(crate) fn flows_left(&self) -> u64 {
        self.limits.flows.saturating_sub(self.flows)
    }

    /// Counts the flows that a file defines.
    pub(crate) fn flows(&mut self, flows: u64, path: &Path) -> Result<(), ConfigError> {
        self.flows = self.flows.saturating_add(flows);
        if self.flows > self.limits.flows {
            let problem = format!("brings the configuration over {}", counted(self.limits.flows, "flow"));
            return Err(self.exceeded("flows", path, problem));
        }
        Ok(())
    }

    /// Counts a YAML value.
    pub(crate) fn node(&mut self, place: &Place) -> Result<(), ConfigError> {
        self.values += 1;
        if self.values > self.limits.yaml_values {
            let problem =
                format!("brings the configuration over {}", counted(self.limits.yaml_values, "value"));
            return Err(self.exceeded_at("yaml_values", place, problem));
        }
        Ok(())
    }

    /// Checks how many anchors a file has.
    pub(crate) fn anchors(&self, count: usize, place: &Place) -> Result<(), ConfigError> {
        if count > MOST_ANCHORS {
            let problem = format!("is one of more than {MOST_ANCHORS} anchors in a file");
            return Err(
                ConfigError::at(ErrorKind::Limit, place, problem).help("remove anchors without aliases")
            );
        }
        Ok(())
    }

    /// Counts the values that an alias stands for: they take no memory, but each is looked at.
    pub(crate) fn aliased(&mut self, values: usize, place: &Place) -> Result<(), ConfigError> {
        self.aliased = self.aliased.saturating_add(values);
        if self.aliased > self.limits.yaml_aliased_values {
            let problem = format!(
                "makes aliases stand for more than {}",
                counted(self.limits.yaml_aliased_values, "value")
            );
            return Err(self.exceeded_at("yaml_aliased_values", place, problem));
        }
        Ok(())
    }

    /// Counts pairs that a merge key copies.
    pub(crate) fn merged(&mut self, pairs: usize, place: &Place) -> Result<(), ConfigError> {
        self.merged = self.merged.saturating_add(pairs);
        if self.merged > self.limits.yaml_merged_pairs {
            let problem =
                format!("makes merge keys copy more than {}", counted(self.limits.yaml_merged_pairs, "pair"));
            return Err(self.exceeded_at("yaml_merged_pairs", place, problem));
        }
        Ok(())
    }

    /// Checks how many YAML collections are inside one another.
    pub(crate) fn depth(&self, depth: usize, place: &Place) -> Result<(), ConfigError> {
        if depth > self.limits.yaml_depth {
            let problem = format!("is nested more than {} deep", counted(self.limits.yaml_depth, "level"));
            return Err(self.exceeded_at("yaml_depth", place, problem));
        }
        Ok(())
    }

    fn exceeded(&self, limit: &'static str, path: &Path, problem: String) -> ConfigError {
        ConfigError::in_file(ErrorKind::Limit, path, problem).beyond(limit, &self.limits)
    }

    fn exceeded_at(&self, limit: &'static str, place: &Place, problem: String) -> ConfigError {
        ConfigError::at(ErrorKind::Limit, place, problem).beyond(limit, &self.limits)
    }
}

/// The number and the noun, which gets an `s` unless the number is 1.
fn counted<N: Display + PartialEq + From<u8>>(number: N, noun: &str) -> String {
    let plural = if number == N::from(1) { "" } else { "s" };
    format!("{number} {noun}{plural}")
}
