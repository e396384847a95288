// SPDX-FileCopyrightText: Copyright (c) 2026 NVIDIA CORPORATION & AFFILIATES. All rights reserved.
// SPDX-License-Identifier: Apache-2.0

//! The result of reading a consent file, in either format.

/// The values of the keys that a consent file is about.
#[derive(Debug, Default, PartialEq, Eq)]
pub(super) struct ConsentValues {
    pub(super) value: Option<String>,
    pub(super) condition: Option<String>,
}

/// The first line that is not understood, counted from 1.
#[derive(Debug, PartialEq, Eq)]
pub(super) struct Unreadable {
    pub(super) line: usize,
}

#[cfg(any(feature = "consent-toml", feature = "consent-yaml"))]
impl ConsentValues {
    /// Keeps the value if the key is one that counts. A value that is not a scalar, such as a list, is passed as an empty string.
    pub(super) fn take(&mut self, key: &str, value: &str, file: &super::ConsentFile) {
        if key == file.key {
            self.value = Some(value.to_owned());
        } else if file.condition.is_some_and(|(condition, _)| condition == key) {
            self.condition = Some(value.to_owned());
        }
    }
}
