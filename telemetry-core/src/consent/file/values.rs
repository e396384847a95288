// SPDX-FileCopyrightText: Copyright (c) 2026 NVIDIA CORPORATION & AFFILIATES. All rights reserved.
// SPDX-License-Identifier: Apache-2.0

//! What the readers of both formats share: what they find, and where they give up.

/// The values of the keys that count.
#[derive(Debug, Default, PartialEq, Eq)]
pub(super) struct ConsentValues {
    pub(super) value: Option<String>,
    pub(super) condition: Option<String>,
}

/// The line that is not understood, counted from 1.
#[derive(Debug, PartialEq, Eq)]
pub(super) struct Unreadable {
    pub(super) line: usize,
}

#[cfg(any(feature = "consent-toml", feature = "consent-yaml"))]
impl ConsentValues {
    /// Takes the value of a key if it counts. A value that is not one text, such as a list, is empty.
    pub(super) fn take(&mut self, key: &str, value: &str, file: &super::ConsentFile) {
        if key == file.key {
            self.value = Some(value.to_owned());
        } else if file.condition.is_some_and(|(condition, _)| condition == key) {
            self.condition = Some(value.to_owned());
        }
    }
}
