// SPDX-FileCopyrightText: Copyright (c) 2026 NVIDIA CORPORATION & AFFILIATES. All rights reserved.
// SPDX-License-Identifier: Apache-2.0

//! The return type of a measured function.

use proc_macro2::{Delimiter, Group, TokenStream, TokenTree};

use crate::function::single;
use crate::impl_trait::without_impl_trait;

/// The kinds of return types.
pub(super) enum ReturnType {
    /// `!`: the function never returns.
    Never,
    /// `()`, or no return type.
    Unit,
    /// A value of this type.
    Value(TokenStream),
}

impl ReturnType {
    pub(super) fn of(returns: Option<&TokenStream>) -> Self {
        let Some(returns) = returns else { return Self::Unit };
        match single(returns) {
            Some(TokenTree::Punct(never)) if never.as_char() == '!' => Self::Never,
            Some(TokenTree::Group(unit)) if is_unit(&unit) => Self::Unit,
            _ => Self::Value(without_impl_trait(returns)),
        }
    }
}

fn is_unit(group: &Group) -> bool {
    group.delimiter() == Delimiter::Parenthesis && group.stream().is_empty()
}
