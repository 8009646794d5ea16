#pragma once
// System calls and types that Swift's Glibc module hides or cannot import. Shims only: no logic lives here.
// _GNU_SOURCE belongs into CSystem.c: here it would change types that Swift's Glibc module has seen otherwise.
#include <fcntl.h>
#include <signal.h>
#include <spawn.h>
#include <stddef.h>
#include <stdint.h>
#include <string.h>
#include <sys/eventfd.h>
#include <sys/inotify.h>
#include <sys/mman.h>
#include <sys/signalfd.h>
#include <sys/statfs.h>
#include <unistd.h>

// The environment as execve takes it; Swift 6 refuses the mutable global `environ`.
char *const *cs_environment(void);
// pipe2 with O_CLOEXEC.
int cs_pipe(int ends[2]);
int cs_spawn_close_from(posix_spawn_file_actions_t *actions, int first);
