// SPDX-FileCopyrightText: Copyright (c) 2026 NVIDIA CORPORATION & AFFILIATES. All rights reserved.
// SPDX-License-Identifier: Apache-2.0

//! The return type of a constructor, and access to the engine in it.

use proc_macro2::TokenStream;
use quote::quote;
use syn::{GenericArgument, Path, PathArguments, Type};

use crate::errors::problem_at;
use crate::function::local;
use crate::impl_trait::without_impl_trait;

/// A return type that holds an engine.
pub(super) enum ConstructorReturn {
    /// The engine itself.
    Engine,
    /// The `Ok` value of a result.
    Ok(Box<Self>),
    /// The `Some` value of an option.
    Some(Box<Self>),
    /// A smart pointer to the engine.
    Pointer(Box<Self>),
}

impl ConstructorReturn {
    pub(super) fn new(returns: &TokenStream, own_name: Option<&str>) -> syn::Result<Self> {
        let ty = syn::parse2(without_impl_trait(returns)).ok();
        ty.and_then(|ty| Self::of(&ty, own_name)).ok_or_else(|| {
            problem_at(
                returns,
                "a constructor must return an engine",
                "return `Self`, `Result<Self, E>`, `Option<Self>`, `Box<Self>` or `Arc<Self>`, or remove `#[telemetry(constructor)]`",
            )
        })
    }

    fn of(ty: &Type, own_name: Option<&str>) -> Option<Self> {
        let Type::Path(path) = bare(ty) else { return None };
        let last = path.path.segments.last()?;
        let name = last.ident.to_string();
        if name == "Self" || own_name == Some(name.as_str()) {
            return Some(Self::Engine);
        }
        let PathArguments::AngleBracketed(arguments) = &last.arguments else { return None };
        let inner = arguments.args.iter().find_map(|argument| match argument {
            GenericArgument::Type(inner) => Some(inner),
            _ => None,
        });
        let inner = Box::new(Self::of(inner?, own_name)?);
        match name.as_str() {
            "Result" => Some(Self::Ok(inner)),
            "Option" => Some(Self::Some(inner)),
            "Box" | "Arc" | "Rc" => Some(Self::Pointer(inner)),
            _ => None,
        }
    }

    /// Code that reports the engine behind `reference`, if there is one.
    pub(super) fn report(&self, reference: &TokenStream, krate: &Path) -> TokenStream {
        let inner_name = local("engine");
        let inside = |inner: &Self| inner.report(&quote!(#inner_name), krate);
        match self {
            Self::Engine => quote! { #krate::__private1::report_constructed(#reference); },
            Self::Pointer(inner) => inner.report(&quote!(&**(#reference)), krate),
            Self::Ok(inner) => {
                let report = inside(inner);
                quote! { if let #krate::__private1::Result::Ok(#inner_name) = #reference { #report } }
            }
            Self::Some(inner) => {
                let report = inside(inner);
                quote! { if let #krate::__private1::Option::Some(#inner_name) = #reference { #report } }
            }
        }
    }
}

/// The type without the parentheses or the invisible group around it.
pub(super) fn bare(ty: &Type) -> &Type {
    match ty {
        Type::Group(group) => bare(&group.elem),
        Type::Paren(paren) => bare(&paren.elem),
        plain => plain,
    }
}
