// SPDX-FileCopyrightText: Copyright (c) 2026 NVIDIA CORPORATION & AFFILIATES. All rights reserved.
// SPDX-License-Identifier: Apache-2.0

// The one function of `bcryptprimitives.dll` that Rust's standard library needs, for releases of Wine that lack the library.

#include <windows.h>

BOOLEAN NTAPI SystemFunction036(PVOID buffer, ULONG length); // `RtlGenRandom` of advapi32

__declspec(dllexport) BOOL WINAPI ProcessPrng(PBYTE buffer, SIZE_T length) {
    return SystemFunction036(buffer, (ULONG)length);
}
