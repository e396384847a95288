// SPDX-FileCopyrightText: Copyright (c) 2026 NVIDIA CORPORATION & AFFILIATES. All rights reserved.
// SPDX-License-Identifier: Apache-2.0

//! The end of the process and the version of the system on Windows.

use std::ffi::c_void;
use std::mem::MaybeUninit;
use std::ptr;

/// `GET_MODULE_HANDLE_EX_FLAG_FROM_ADDRESS | GET_MODULE_HANDLE_EX_FLAG_UNCHANGED_REFCOUNT`
const OF_ADDRESS: u32 = 0x4 | 0x2;

/// `VER_NT_WORKSTATION`: the system is not a server.
const WORKSTATION: u8 = 1;

/// `RTL_OSVERSIONINFOEXW`
#[repr(C)]
struct VersionInfo {
    size: u32,
    major: u32,
    minor: u32,
    build: u32,
    platform: u32,
    service_pack_text: [u16; 128],
    service_pack_major: u16,
    service_pack_minor: u16,
    suite: u16,
    product: u8,
    reserved: u8,
}

// SAFETY: the functions are declared as in `libloaderapi.h`, `wdm.h` and, for the last one, in `winternl.h` of the same
// library; any Windows that Rust supports has them.
#[link(name = "kernel32")]
unsafe extern "system" {
    fn GetModuleHandleExW(flags: u32, address: *const c_void, module: *mut *mut c_void) -> i32;
    fn GetModuleHandleW(name: *const u16) -> *mut c_void;
}

// SAFETY: as above.
#[link(name = "ntdll")]
unsafe extern "system" {
    fn RtlGetVersion(info: *mut VersionInfo) -> i32;
    fn RtlDllShutdownInProgress() -> u8;
}

/// Has `hook` called when the program returns from `main` or calls the C library's `exit`. Returns whether the hook was
/// taken: one that is part of a DLL is not.
///
/// The C runtime calls the hooks of a program before `ExitProcess`, while all threads run and the loader's lock is free. It
/// calls those of a DLL as the DLL is detached, under that lock: a hook that waits there waits for threads that cannot end.
pub(crate) fn at_exit(hook: extern "C" fn()) -> bool {
    // SAFETY: `hook` is a function of the program, which is never unloaded, and takes and returns nothing.
    is_part_of_program(hook as *const c_void) && unsafe { libc::atexit(hook) == 0 }
}

fn is_part_of_program(address: *const c_void) -> bool {
    let mut module = ptr::null_mut();
    // SAFETY: with these flags the function takes any address for what it is, writes one handle, and counts nothing that
    // would have to be released.
    let is_known = unsafe { GetModuleHandleExW(OF_ADDRESS, address, &raw mut module) } != 0;
    // SAFETY: without a name the function returns the handle of the program.
    is_known && module == unsafe { GetModuleHandleW(ptr::null()) }
}

/// Whether the process is past the point where its other threads have been ended. A runtime that is a DLL itself calls the
/// hooks as late as that when the program ends by `ExitProcess`.
pub(crate) fn has_lost_its_threads() -> bool {
    // SAFETY: the function takes nothing and returns a flag of the loader.
    unsafe { RtlDllShutdownInProgress() != 0 }
}

/// The version of Windows.
pub(crate) struct Version {
    pub(crate) major: u32,
    pub(crate) minor: u32,
    pub(crate) build: u32,
    pub(crate) service_pack: u16,
    pub(crate) is_server: bool,
}

/// The version that runs, whatever the program's manifest says it is made for. Nothing if the system does not say.
pub(crate) fn version() -> Option<Version> {
    let mut info = MaybeUninit::<VersionInfo>::zeroed();
    // SAFETY: every field is a number, for which zero is a value; the function is told the size of the structure, writes to
    // it and to nothing else.
    let info = unsafe {
        (*info.as_mut_ptr()).size = size_of::<VersionInfo>() as u32;
        if RtlGetVersion(info.as_mut_ptr()) != 0 {
            return None;
        }
        info.assume_init()
    };
    let VersionInfo { major, minor, build, service_pack_major: service_pack, product, .. } = info;
    Some(Version { major, minor, build, service_pack, is_server: product != WORKSTATION })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_function_of_the_program_is_told_from_one_of_a_library() {
        extern "C" fn hook() {}
        assert!(is_part_of_program(hook as *const c_void));
        let name: Vec<u16> = "kernel32.dll\0".encode_utf16().collect();
        // SAFETY: the name ends with a NUL and is there until the function returns.
        let library = unsafe { GetModuleHandleW(name.as_ptr()) };
        assert!(!library.is_null() && !is_part_of_program(library), "a library starts at its handle");
    }

    #[test]
    fn a_process_that_runs_has_its_threads() {
        assert!(!has_lost_its_threads());
    }
}
