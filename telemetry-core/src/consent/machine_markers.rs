// SPDX-FileCopyrightText: Copyright (c) 2026 NVIDIA CORPORATION & AFFILIATES. All rights reserved.
// SPDX-License-Identifier: Apache-2.0

//! The files with which an administrator opts out for every user of a machine.

#[cfg(feature = "client")]
use std::path::Path;
use std::path::PathBuf;

/// The files with which an administrator opts out for every user of a machine: anything at one of these paths does, and so does
/// any error but that nothing is there.
#[derive(Debug, Clone, PartialEq, Eq)]
#[non_exhaustive]
pub struct MachineMarkers {
    /// The one for every product of this toolkit: `/etc/nemo-telemetry/do_not_track`.
    pub all_products: PathBuf,
    /// The one for this product: `/etc/<directory>/do_not_track`, where the
    /// [directory](crate::Profile::directory) is that of the product.
    pub product: PathBuf,
}

#[cfg(feature = "client")]
impl MachineMarkers {
    /// Both, the one for all products first.
    pub(crate) fn each(&self) -> [&Path; 2] {
        [&self.all_products, &self.product]
    }
}
