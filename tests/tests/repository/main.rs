// SPDX-FileCopyrightText: Copyright (c) 2026 NVIDIA CORPORATION & AFFILIATES. All rights reserved.
// SPDX-License-Identifier: Apache-2.0

//! The repository itself: its pages, its source files, and the layers of its crates.

mod files;
mod glossary;
mod layers;
mod links;
mod packages;
mod pages;
mod phrases;
mod source_files;
