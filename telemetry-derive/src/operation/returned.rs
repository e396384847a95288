// SPDX-FileCopyrightText: Copyright (c) 2026 NVIDIA CORPORATION & AFFILIATES. All rights reserved.
// SPDX-License-Identifier: Apache-2.0

//! What a measured function returns, if it does.

use proc_macro2::TokenStream;
use quote::ToTokens;
use syn::Type;

use crate::opaque::without_opaque;

/// How a function ends.
pub(super) enum Returned {
    /// It never does.
    Never,
    /// Without a value.
    Unit,
    /// With a value of this type.
    Value(TokenStream),
}

impl Returned {
    pub(super) fn of(returns: Option<&Type>) -> Self {
        match returns {
            None => Self::Unit,
            Some(Type::Never(_)) => Self::Never,
            Some(Type::Tuple(unit)) if unit.elems.is_empty() => Self::Unit,
            Some(returns) => Self::Value(without_opaque(returns.to_token_stream())),
        }
    }
}
