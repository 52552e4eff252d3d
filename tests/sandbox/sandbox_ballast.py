"""Imported by a fork server in a test: 300 MB of private memory, as libraries leave it."""

import mmap

import sandbox_attacks

ballast = mmap.mmap(-1, 300 * 1024 * 1024, flags=mmap.MAP_PRIVATE | mmap.MAP_ANONYMOUS)
for offset in range(0, len(ballast), 4096):
    ballast[offset] = 1
sandbox_attacks.BALLAST.append(ballast)
