// SPDX-FileCopyrightText: Copyright (c) 2026 NVIDIA CORPORATION & AFFILIATES. All rights reserved.
// SPDX-License-Identifier: Apache-2.0

//! Operations: how each ends, and on which thread, task or process.

mod attribute;
mod ends;
mod fork;
mod functions;
mod methods;
mod shop;
mod threads;
mod tokio;
mod two_clients;
