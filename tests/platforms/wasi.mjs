// SPDX-FileCopyrightText: Copyright (c) 2026 NVIDIA CORPORATION & AFFILIATES. All rights reserved.
// SPDX-License-Identifier: Apache-2.0

// Runs a program for WASI preview 1 in Node, without files and with the environment of the caller.

import { readFile } from 'node:fs/promises';
import { WASI } from 'node:wasi';

const args = process.argv.slice(2);
const wasi = new WASI({ version: 'preview1', args, env: process.env, returnOnExit: false });
const { instance } = await WebAssembly.instantiate(await readFile(args[0]), wasi.getImportObject());
wasi.start(instance);
