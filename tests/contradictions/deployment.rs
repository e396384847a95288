// SPDX-FileCopyrightText: Copyright (c) 2026 NVIDIA CORPORATION & AFFILIATES. All rights reserved.
// SPDX-License-Identifier: Apache-2.0

//! Deployment types that the vocabulary does not have.

use telemetry_core::deployment::Deployment;
use telemetry_core::profile::DeploymentPolicy;
use telemetry_core::{Product, Profile, TelemetryEnum};

/// How the product is deployed.
#[derive(Debug, Clone, Copy, TelemetryEnum)]
#[telemetry(rename_all = "snake_case")]
pub enum DeploymentType {
    /// In the user's own code.
    Library,
    /// Not known.
    #[telemetry(fallback)]
    Undefined,
}

/// How another product is deployed.
#[derive(Debug, Clone, Copy, TelemetryEnum)]
#[telemetry(rename_all = "snake_case")]
pub enum Known {
    /// In the user's own code.
    Library,
}

struct Web;

impl Product for Web {
    const PROFILE: Profile = Profile::new("web", "1").deployment(DeploymentPolicy::from_env("WEB_DEPLOYMENT", "web"));
}

struct Books;

impl Product for Books {
    const PROFILE: Profile =
        Profile::new("books", "1").deployment(DeploymentPolicy::from_env("BOOKS_DEPLOYMENT", "library"));
}

// refused: the profile's default deployment type is not in the vocabulary
pub static NO_SUCH_DEFAULT: Deployment<Web, DeploymentType> = Deployment::new();

// refused: the vocabulary has no `undefined`, which unknown values need
pub static NOTHING_FOR_THE_UNKNOWN: Deployment<Books, Known> = Deployment::new();

// refused: an environment variable needs a name
const NAMELESS: DeploymentPolicy = DeploymentPolicy::from_env("", "library");
