// SPDX-FileCopyrightText: Copyright (c) 2026 NVIDIA CORPORATION & AFFILIATES. All rights reserved.
// SPDX-License-Identifier: Apache-2.0

//! The repository itself: its pages, its source files, and the layers of its crates.

mod layers;
mod packages;
mod pages;
mod readme;
mod source_files;
