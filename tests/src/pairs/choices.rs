// SPDX-FileCopyrightText: Copyright (c) 2026 NVIDIA CORPORATION & AFFILIATES. All rights reserved.
// SPDX-License-Identifier: Apache-2.0

//! The choices of a generator: random ones from a seed, or given ones, which can be made fewer and smaller.
//!
//! A strategy of proptest costs more to make than to draw from, and every pair needs a new one: the field depends on the schema.
//! Here a generator is a function of its choices, and the smallest choices that fail make the smallest pair.

/// A source of choices that remembers them.
#[derive(Debug)]
pub struct Choices {
    given: Option<Vec<u32>>,
    state: u64,
    taken: Vec<u32>,
}

impl Choices {
    /// Random choices.
    #[must_use]
    pub fn random(seed: u64) -> Self {
        Self { given: None, state: seed, taken: Vec::new() }
    }

    /// These choices, and zeros after them.
    #[must_use]
    pub fn given(choices: &[u32]) -> Self {
        Self { given: Some(choices.to_vec()), state: 0, taken: Vec::new() }
    }

    /// A number below `count`. Zero is the simplest choice.
    pub fn below(&mut self, count: usize) -> usize {
        let raw = match &self.given {
            Some(given) => u64::from(given.get(self.taken.len()).copied().unwrap_or(0)),
            None => self.random_number(),
        };
        let choice = raw % u64::try_from(count).unwrap_or(1).max(1);
        self.taken.push(u32::try_from(choice).unwrap_or(0));
        usize::try_from(choice).unwrap_or(0)
    }

    /// True once in `times` times.
    pub fn once_in(&mut self, times: usize) -> bool {
        self.below(times) + 1 == times
    }

    /// One of `items`.
    ///
    /// # Panics
    ///
    /// If `choices` is empty.
    pub fn pick<'a, T>(&mut self, items: &'a [T]) -> &'a T {
        &items[self.below(items.len())]
    }

    /// Some of `items`, in their order; each with the same chance.
    pub fn some<T: Copy>(&mut self, items: &[T]) -> Vec<T> {
        items.iter().filter(|_| self.once_in(3)).copied().collect()
    }

    /// The choices so far.
    #[must_use]
    pub fn taken(self) -> Vec<u32> {
        self.taken
    }

    /// SplitMix64.
    fn random_number(&mut self) -> u64 {
        self.state = self.state.wrapping_add(0x9e37_79b9_7f4a_7c15);
        let mixed = (self.state ^ (self.state >> 30)).wrapping_mul(0xbf58_476d_1ce4_e5b9);
        let mixed = (mixed ^ (mixed >> 27)).wrapping_mul(0x94d0_49bb_1331_11eb);
        mixed ^ (mixed >> 31)
    }
}

/// Fewer and smaller choices for which `fails` still holds.
#[must_use]
pub fn shrink(mut choices: Vec<u32>, fails: impl Fn(&[u32]) -> bool) -> Vec<u32> {
    loop {
        let before = choices.clone();
        for len in [64, 16, 8, 4, 3, 2, 1] {
            shrink_parts(&mut choices, len, &fails);
        }
        for index in 0..choices.len() {
            for smaller in [0, choices[index] / 2, choices[index].saturating_sub(1)] {
                replace_if(&mut choices, |choices| choices[index] = smaller, &fails);
            }
        }
        if choices == before {
            return choices;
        }
    }
}

/// Leaves out or zeroes parts of `len` choices.
fn shrink_parts(choices: &mut Vec<u32>, len: usize, fails: &impl Fn(&[u32]) -> bool) {
    let mut start = choices.len();
    while start > 0 {
        start = start.saturating_sub(len);
        let part = start..(start + len).min(choices.len());
        replace_if(choices, |choices| choices[part.clone()].fill(0), fails);
        replace_if(choices, |choices| drop(choices.drain(part.clone())), fails);
        start = start.min(choices.len());
    }
}

fn replace_if(choices: &mut Vec<u32>, change: impl Fn(&mut Vec<u32>), fails: &impl Fn(&[u32]) -> bool) {
    let mut changed = choices.clone();
    change(&mut changed);
    if changed != *choices && fails(&changed) {
        *choices = changed;
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_seed_makes_the_same_choices_again_and_so_do_the_choices_taken() {
        let draw =
            |mut choices: Choices| -> Vec<usize> { (1..50).map(|count| choices.below(count)).collect() };
        let mut random = Choices::random(7);
        let drawn: Vec<usize> = (1..50).map(|count| random.below(count)).collect();
        assert_eq!(draw(Choices::random(7)), drawn);
        assert_ne!(draw(Choices::random(8)), drawn);
        assert_eq!(draw(Choices::given(&random.taken())), drawn);
    }

    #[test]
    fn the_smallest_choices_that_fail_are_found() {
        let choices: Vec<u32> = (0..100).map(|index| index % 10).collect();
        let fails =
            |choices: &[u32]| choices.contains(&7) && choices.iter().filter(|one| **one > 3).count() > 1;
        assert_eq!(shrink(choices, fails).iter().sum::<u32>(), 11);
    }
}
