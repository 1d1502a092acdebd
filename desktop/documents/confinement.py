"""What a process that parses a document may take and do; once confined, it cannot undo it.

Where it has what it needs (its modules are imported, the document is in memory), it keeps one pipe for its reply and is
held by the system:

    limits, where there is setrlimit (Linux, macOS)   memory and processor; nothing is written to a file; no new file,
                                                      socket or pipe is opened, no process started
    a seccomp filter, on Linux (x86-64, ARM64)        every system call fails but the few that computing, memory and
                                                      writing to what is open need: no files, no programs, no network,
                                                      no signals to others; root cannot get out of it either

Windows has neither. `desktop.documents.parser_client.denied_to_parsers` tries what is denied on this machine.

The filter is a program of classic BPF: see seccomp(2) and the kernel's Documentation/userspace-api/seccomp_filter.rst.
"""

import contextlib
import ctypes
import os
import platform
import struct
import sys
from collections.abc import Sequence
from dataclasses import dataclass

import psutil

_MOST_FILES = 1 << 16  # descriptors; a spawned process inherits a handful, with low numbers


@dataclass(frozen=True, slots=True)
class ParserLimits:
    """What the parsing of one file may take.

    Attributes:
        seconds: of the clock, and of the processor, once the process has started.
        memory: bytes, on top of what the parsers themselves take.
        characters: of the text.
        size: bytes of the file.
    """

    seconds: float = 60.0
    memory: int = 1 << 30
    characters: int = 5_000_000
    size: int = 50 << 20


def confine(kept: int, limits: ParserLimits) -> None:
    """Deny this process files, programs and network from now on, as far as this system can; on Windows it cannot.

    Args:
        kept: the one file descriptor that stays open; the standard ones lead nowhere.
        limits: of memory and time.
    """
    if sys.platform == "win32":
        return
    os.chdir("/")
    _close_all_but(kept)
    _limit(limits)
    if sys.platform == "linux":
        with contextlib.suppress(OSError):  # an old kernel, or one that lets nobody filter: the limits hold
            _filter_calls()


def _close_all_but(kept: int) -> None:
    """Close what was inherited: through it a parser could reach what it cannot open."""
    nowhere = os.open(os.devnull, os.O_RDWR)
    for standard in range(3):
        os.dup2(nowhere, standard)
    os.closerange(3, kept)
    os.closerange(kept + 1, _MOST_FILES)


def _limit(limits: ParserLimits) -> None:
    """Have the system itself hold the limits: memory is not only looked at now and then."""
    if sys.platform == "win32":
        return
    import resource

    taken = psutil.Process().memory_info().vms
    _set(resource.RLIMIT_AS, taken + limits.memory)
    _set(resource.RLIMIT_CPU, int(limits.seconds) + 1)
    _set(resource.RLIMIT_FSIZE, 0)  # nothing is written
    _set(resource.RLIMIT_CORE, 0)
    _set(resource.RLIMIT_NPROC, 0)  # does not hold root
    _set(resource.RLIMIT_NOFILE, 0)  # what is open stays open


def _set(kind: int, limit: int) -> None:
    import resource

    most = resource.getrlimit(kind)[1]
    if most == resource.RLIM_INFINITY or limit <= most:
        with contextlib.suppress(OSError, ValueError):  # macOS refuses some
            resource.setrlimit(kind, (limit, limit))


# The system calls that are let through, and their numbers on x86-64 (asm/unistd_64.h) and ARM64 (asm-generic/unistd.h).
# fmt: off
_ALLOWED = {
    "read": (0, 63), "write": (1, 64), "close": (3, 57), "lseek": (8, 62),  # of what is open
    "mmap": (9, 222), "mprotect": (10, 226), "munmap": (11, 215), "brk": (12, 214), "mremap": (25, 216),
    "madvise": (28, 233), "futex": (202, 98), "sched_yield": (24, 124), "getpid": (39, 172),
    "rt_sigaction": (13, 134), "rt_sigprocmask": (14, 135), "rt_sigreturn": (15, 139), "sigaltstack": (131, 132),
    "clock_gettime": (228, 113), "clock_getres": (229, 114), "gettimeofday": (96, 169), "time": (201, None),
    "nanosleep": (35, 101), "clock_nanosleep": (230, 115), "restart_syscall": (219, 128), "getrandom": (318, 278),
    "exit": (60, 93), "exit_group": (231, 94),
    "getcwd": (79, 17),  # Python 3.13 asks it to explain a missing attribute; this process stands in the root
}
# fmt: on
# What a processor is called, and by whom: platform.machine(), its place above, AUDIT_ARCH_… and the number of seccomp.
_MACHINES = {"x86_64": (0, 0xC000003E, 317), "aarch64": (1, 0xC00000B7, 277)}
_NO_NEW_PRIVILEGES = 38  # PR_SET_NO_NEW_PRIVS
_SET_FILTER, _ALL_THREADS = 1, 1  # SECCOMP_SET_MODE_FILTER, SECCOMP_FILTER_FLAG_TSYNC
_LOAD, _IF_EQUAL, _RETURN = 0x20, 0x15, 0x06  # BPF_LD|BPF_W|BPF_ABS, BPF_JMP|BPF_JEQ|BPF_K, BPF_RET|BPF_K
_NUMBER, _ARCHITECTURE = 0, 4  # where they lie in struct seccomp_data
_ALLOW, _REFUSE = 0x7FFF0000, 0x00050001  # SECCOMP_RET_ALLOW, SECCOMP_RET_ERRNO | EPERM


class _Program(ctypes.Structure):
    """struct sock_fprog."""

    _fields_ = (("length", ctypes.c_ushort), ("instructions", ctypes.c_char_p))


def _filter_calls() -> None:
    """Let every system call fail but the allowed ones, in all threads and for good.

    Raises:
        OSError: this machine's calls are not known here, or the kernel refuses.
    """
    if platform.machine() not in _MACHINES or sys.maxsize < 2**32:
        raise OSError(f"the system calls of {platform.machine()} are not known")
    place, architecture, seccomp = _MACHINES[platform.machine()]
    code = _bpf(architecture, [number for numbers in _ALLOWED.values() if (number := numbers[place]) is not None])
    program = _Program(len(code) // 8, code)
    libc = ctypes.CDLL(None, use_errno=True)
    zero = ctypes.c_ulong(0)
    if libc.prctl(_NO_NEW_PRIVILEGES, ctypes.c_ulong(1), zero, zero, zero) or libc.syscall(
        ctypes.c_long(seccomp), ctypes.c_ulong(_SET_FILTER), ctypes.c_ulong(_ALL_THREADS), ctypes.byref(program)
    ):
        raise OSError(ctypes.get_errno(), "the kernel takes no filter")


def _bpf(architecture: int, allowed: Sequence[int]) -> bytes:
    """Write the filter: struct sock_filter {u16 code; u8 jump_true, jump_false; u32 operand} each.

    Args:
        architecture: whose numbers they are; the calls of another mode of the processor are refused.
        allowed: numbers of system calls.
    """
    count = len(allowed)
    program = [
        (_LOAD, 0, 0, _ARCHITECTURE),
        (_IF_EQUAL, 0, count + 1, architecture),  # else to the refusal
        (_LOAD, 0, 0, _NUMBER),
        *((_IF_EQUAL, count - place, 0, number) for place, number in enumerate(allowed)),
        (_RETURN, 0, 0, _REFUSE),
        (_RETURN, 0, 0, _ALLOW),
    ]
    return b"".join(struct.pack("=HBBI", *instruction) for instruction in program)
