// SPDX-FileCopyrightText: Copyright (c) 2026 NVIDIA CORPORATION & AFFILIATES. All rights reserved.
// SPDX-License-Identifier: Apache-2.0

//! Accounts that sandboxes may use.

use std::collections::BTreeMap;

use telemetry_examples::service::Reply;

use crate::telemetry::ProviderProfile;

/// An account: whose it is, and its token.
#[derive(Debug, Clone)]
pub(crate) struct Provider {
    pub(crate) profile: ProviderProfile,
    pub(crate) token: String,
}

/// All accounts by name.
#[derive(Debug, Default)]
pub(crate) struct Providers(BTreeMap<String, Provider>);

impl Providers {
    pub(crate) fn add(&mut self, name: &str, provider: Provider) -> Result<(), Reply> {
        if name.is_empty() || self.0.contains_key(name) {
            return Err(Reply::refused(409, format!("`{name}` exists already")));
        }
        self.0.insert(name.to_owned(), provider);
        Ok(())
    }

    pub(crate) fn get(&self, name: &str) -> Result<&Provider, Reply> {
        self.0.get(name).ok_or_else(Reply::not_found)
    }

    pub(crate) fn set_token(&mut self, name: &str, token: &str) -> Result<(), Reply> {
        self.0.get_mut(name).ok_or_else(Reply::not_found)?.token = token.to_owned();
        Ok(())
    }

    pub(crate) fn remove(&mut self, name: &str) -> Result<(), Reply> {
        self.0.remove(name).map(drop).ok_or_else(Reply::not_found)
    }
}
