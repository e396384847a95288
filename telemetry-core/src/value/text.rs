// SPDX-FileCopyrightText: Copyright (c) 2026 NVIDIA CORPORATION & AFFILIATES. All rights reserved.
// SPDX-License-Identifier: Apache-2.0

//! Free text: only where the author says why, never longer than stated, never with control characters.

use std::borrow::Cow;
use std::collections::BTreeSet;

use crate::descriptor::Shape;

/// A type that `#[telemetry(free_text = "…", max_len = …)]` can declare as free text.
#[diagnostic::on_unimplemented(
    message = "`free_text` needs a text, but `{Self}` is not one",
    label = "`free_text` does not apply to this type",
    note = "it applies to `String`, `Cow<'static, str>`, a `Vec` or `BTreeSet` of those, and an `Option` of any of them"
)]
pub trait TelemetryText: serde::Serialize + Sized {
    /// How the type holds its texts.
    const CONTAINER: TextContainer;

    /// Cuts every text to `max_len` characters and returns the number of texts changed. A text with a control character is
    /// lost: inside a list or set it is left out, otherwise there is no number and the sentinel must replace it.
    fn bound(&mut self, max_len: u32) -> Option<u32>;

    /// The same for a sentinel that is computed, and therefore not checked in a constant: it becomes empty if it is lost.
    fn bound_sentinel(&mut self, max_len: u32)
    where
        Self: Default,
    {
        if self.bound(max_len).is_none() {
            *self = Self::default();
        }
    }
}

/// How a type holds its texts.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum TextContainer {
    /// Exactly one.
    One,
    /// One or JSON `null`.
    Nullable,
    /// Any number, in order.
    List,
    /// Any number, sorted and without duplicates.
    Set,
    /// A list or JSON `null`.
    NullableList,
    /// A set or JSON `null`.
    NullableSet,
}

/// The shape of a field that holds texts in this way: `text` is the shape of one of them, `list` and `set` those of many.
pub const fn text_shape(
    container: TextContainer,
    text: &'static Shape,
    list: &'static Shape,
    set: &'static Shape,
) -> Shape {
    match container {
        TextContainer::One => *text,
        TextContainer::Nullable => Shape::Nullable(text),
        TextContainer::List => *list,
        TextContainer::Set => *set,
        TextContainer::NullableList => Shape::Nullable(list),
        TextContainer::NullableSet => Shape::Nullable(set),
    }
}

/// A field type that a sentinel in quotes can become.
#[diagnostic::on_unimplemented(
    message = "a text in quotes does not become a `{Self}`",
    label = "this type needs another `sentinel`",
    note = "write a value of the type, such as `sentinel = Token::from_static(\"unknown\")`, `sentinel = Outcome::Undefined` or `sentinel = Vec::new()`"
)]
pub trait FromText {
    /// The text as a value.
    fn from_text(text: &'static str) -> Self;
}

/// The text as a value of the type that is wanted where this is called.
pub fn from_text<T: FromText>(text: &'static str) -> T {
    T::from_text(text)
}

impl FromText for String {
    fn from_text(text: &'static str) -> Self {
        text.to_owned()
    }
}

impl FromText for Cow<'static, str> {
    fn from_text(text: &'static str) -> Self {
        Cow::Borrowed(text)
    }
}

impl<T: FromText> FromText for Option<T> {
    fn from_text(text: &'static str) -> Self {
        Some(T::from_text(text))
    }
}

/// One text that can be cut.
trait Text: AsRef<str> + From<String> {
    fn has_control_character(&self) -> bool {
        self.as_ref().chars().any(char::is_control)
    }

    /// Where the text has to be cut, if it is too long.
    fn end(&self, max_len: u32) -> Option<usize> {
        self.as_ref().char_indices().nth(max_len as usize).map(|(end, _)| end)
    }

    fn fits(&self, max_len: u32) -> bool {
        !self.has_control_character() && self.end(max_len).is_none()
    }

    /// The text within its bounds and the number of changes, or nothing if it has a control character.
    fn bounded(self, max_len: u32) -> Option<(Self, u32)> {
        if self.has_control_character() {
            return None;
        }
        match self.end(max_len) {
            None => Some((self, 0)),
            Some(end) => self.as_ref().get(..end).map(|cut| (cut.to_owned().into(), 1)),
        }
    }
}

impl Text for String {}
impl Text for Cow<'static, str> {}

fn bound_one<T: Text + Default>(value: &mut T, max_len: u32) -> Option<u32> {
    let (text, changes) = std::mem::take(value).bounded(max_len)?;
    *value = text;
    Some(changes)
}

/// Makes the collection anew if one of its texts has to change, which is rare: to do so each time costs more than the rest.
fn bound_all<T, C>(all: &mut C, max_len: u32) -> u32
where
    T: Text + 'static,
    C: FromIterator<T> + IntoIterator<Item = T> + Default,
    for<'a> &'a C: IntoIterator<Item = &'a T>,
{
    if (&*all).into_iter().all(|text| text.fits(max_len)) {
        return 0;
    }
    let mut changes = 0;
    *all = std::mem::take(all)
        .into_iter()
        .filter_map(|text| {
            let bounded = text.bounded(max_len);
            changes += bounded.as_ref().map_or(1, |(_, changed)| *changed);
            bounded.map(|(text, _)| text)
        })
        .collect();
    changes
}

// Made where they are called: an event has one or two of the twelve, and sets of texts are dear to compile.
macro_rules! texts {
    ($($type:ty, $container:ident, |$texts:ident, $max_len:ident| $bound:expr;)*) => {$(
        impl TelemetryText for $type {
            const CONTAINER: TextContainer = TextContainer::$container;

            #[inline]
            fn bound(&mut self, $max_len: u32) -> Option<u32> {
                let $texts = self;
                $bound
            }
        }
    )*};
    ($text:ty) => {
        texts!(
            $text, One, |text, max_len| bound_one(text, max_len);
            Option<$text>, Nullable, |text, max_len| text.as_mut().map_or(Some(0), |text| bound_one(text, max_len));
            Vec<$text>, List, |texts, max_len| Some(bound_all(texts, max_len));
            BTreeSet<$text>, Set, |texts, max_len| Some(bound_all(texts, max_len));
            Option<Vec<$text>>, NullableList, |texts, max_len| Some(texts.as_mut().map_or(0, |list| bound_all(list, max_len)));
            Option<BTreeSet<$text>>, NullableSet, |texts, max_len| Some(texts.as_mut().map_or(0, |set| bound_all(set, max_len)));
        );
    };
}

texts!(String);
texts!(Cow<'static, str>);

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_long_text_is_cut_at_a_character() {
        let mut text = "äöü".to_owned();
        assert_eq!(text.bound(2), Some(1));
        assert_eq!(text, "äö");
        assert_eq!(text.bound(2), Some(0));
        assert_eq!(None::<String>.bound(2), Some(0));
    }

    #[test]
    fn a_text_with_a_control_character_is_lost() {
        for bad in ["a\nb", "\0", "\u{9f}"] {
            assert_eq!(bad.to_owned().bound(9), None);
            assert_eq!(Some(bad.to_owned()).bound(9), None);
        }
    }

    #[test]
    fn a_list_leaves_out_what_cannot_be_sent_and_keeps_the_rest() {
        let mut list = vec!["good".to_owned(), "b\tad".into(), "longer".into()];
        assert_eq!(list.bound(4), Some(2));
        assert_eq!(list, ["good", "long"]);
        let mut maybe = Some(vec!["b\tad".to_owned()]);
        assert_eq!((maybe.bound(4), maybe), (Some(1), Some(vec![])));
        assert_eq!(None::<BTreeSet<String>>.bound(4), Some(0));
        let mut set: BTreeSet<Cow<'static, str>> = ["longer".into(), "long".into()].into();
        assert_eq!(set.bound(4), Some(1));
        assert_eq!(set.len(), 1);
    }
}
