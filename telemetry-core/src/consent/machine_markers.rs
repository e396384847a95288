// SPDX-FileCopyrightText: Copyright (c) 2026 NVIDIA CORPORATION & AFFILIATES. All rights reserved.
// SPDX-License-Identifier: Apache-2.0

//! Marker files for a whole machine.

#[cfg(feature = "client")]
use std::path::Path;
use std::path::PathBuf;

/// The files with which an administrator opts out for every user of a machine.
///
/// Anything at one of these paths opts out, and so does any error except "not found" and "not a directory".
///
/// ```
/// use telemetry_core::{Client, Product, Profile};
///
/// struct Shop;
/// impl Product for Shop {
///     const PROFILE: Profile = Profile::new("shop", "1");
/// }
///
/// let status = Client::<Shop>::builder().enabled(false).start().status();
/// if let Some(markers) = status.paths.machine_markers {
///     println!("to opt out on this machine, create {}", markers.product.display());
/// }
/// ```
#[derive(Debug, Clone, PartialEq, Eq)]
#[non_exhaustive]
pub struct MachineMarkers {
    /// The marker for every product of this toolkit: `/etc/nemo-telemetry/do_not_track`.
    pub all_products: PathBuf,
    /// The marker for this product: `/etc/<directory>/do_not_track`, with the product's [directory](crate::Profile::directory).
    pub product: PathBuf,
}

#[cfg(feature = "client")]
impl MachineMarkers {
    /// Both markers, the one for all products first.
    pub(crate) fn each(&self) -> [&Path; 2] {
        [&self.all_products, &self.product]
    }
}
