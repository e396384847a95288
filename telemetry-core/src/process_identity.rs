// SPDX-FileCopyrightText: Copyright (c) 2026 NVIDIA CORPORATION & AFFILIATES. All rights reserved.
// SPDX-License-Identifier: Apache-2.0

//! Which process this is: a forked child is another one.

#[cfg(all(feature = "client", not(feature = "model")))]
mod mark;

#[cfg(feature = "model")]
pub(crate) use crate::sync::identity::ProcessIdentity;
#[cfg(all(feature = "client", not(feature = "model")))]
pub(crate) use mark::ProcessIdentity;

/// Which process an operation belongs to that is reported from none.
#[cfg(not(feature = "client"))]
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) struct ProcessIdentity;

#[cfg(not(feature = "client"))]
impl ProcessIdentity {
    pub(crate) fn current() -> Self {
        Self
    }
}
