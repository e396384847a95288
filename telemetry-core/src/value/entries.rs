// SPDX-FileCopyrightText: Copyright (c) 2026 NVIDIA CORPORATION & AFFILIATES. All rights reserved.
// SPDX-License-Identifier: Apache-2.0

//! Several fields at once: to the compiler one tuple is far less work than a call for each field.

use serde::{Serialize, Serializer};

use super::Parameters;

/// Values that are sent one after another: a tuple of them.
pub trait Entries {
    /// Writes each under the name of the next field.
    fn put_into<S: Serializer>(&self, parameters: &mut Parameters<S>);
}

/// Implements it for tuples of all lengths up to that of the list: generated code starts another tuple after that.
macro_rules! tuples {
    () => {};
    ($first:ident $($rest:ident)*) => {
        impl<$first: Serialize, $($rest: Serialize),*> Entries for ($first, $($rest,)*) {
            #[expect(non_snake_case, reason = "a name stands for a type and for its value")]
            fn put_into<S: Serializer>(&self, parameters: &mut Parameters<S>) {
                let ($first, $($rest,)*) = self;
                parameters.put($first);
                $(parameters.put($rest);)*
            }
        }

        tuples!($($rest)*);
    };
}

tuples!(A B C D E F G H I J K L M N O P Q R T U);

/// A field whose type is spelled as a primitive takes exactly that type: what merely has the name does not pass for it.
macro_rules! primitives {
    ($($name:ident $type:ty),*) => {$(
        #[doc = concat!("A field spelled `", stringify!($type), "`.")]
        #[derive(Debug)]
        pub struct $name(pub $type);

        impl Serialize for $name {
            fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
                self.0.serialize(serializer)
            }
        }
    )*};
}

primitives!(
    Bool bool, I8 i8, I16 i16, I32 i32, I64 i64, I128 i128, Isize isize, U8 u8, U16 u16, U32 u32, U64 u64, U128 u128,
    Usize usize, F32 f32, F64 f64
);

/// A field spelled `String`.
pub fn text(text: &String) -> &str {
    text
}
