#pragma once
// System calls and types that Swift's Glibc module hides or cannot import. Shims only: no logic lives here.
// _GNU_SOURCE belongs into CSystem.c: here it would change types that Swift's Glibc module has seen otherwise.
#include "ByteScan.h"
#include <fcntl.h>
#include <signal.h>
#include <spawn.h>
#include <stddef.h>
#include <stdint.h>
#include <string.h>
#include <sys/auxv.h>
#include <sys/eventfd.h>
#include <sys/inotify.h>
#include <sys/mman.h>
#include <sys/signalfd.h>
#include <sys/statfs.h>
#include <unistd.h>

#include "CBytes.h"

// The environment as execve takes it; Swift 6 refuses the mutable global `environ`.
char *const *cs_environment(void);
// pipe2 with O_CLOEXEC.
int cs_pipe(int ends[2]);
int cs_spawn_close_from(posix_spawn_file_actions_t *actions, int first);

// A map that the handler of SIGBUS knows. See the essay in CSystem.c.
typedef struct cs_map_slot cs_map_slot;
// Installs the handler once; later calls do nothing. 0 or an errno.
int cs_map_protect(void);
// Adds [low, high) to the table; NULL without memory.
cs_map_slot *cs_map_register(uintptr_t low, uintptr_t high);
// Takes the map out of the table; call it before munmap.
void cs_map_unregister(cs_map_slot *slot);
// How many faults were answered with zero pages.
uint32_t cs_map_faults(const cs_map_slot *slot);

// O_TMPFILE, which Swift's Glibc module hides.
int cs_open_unnamed(const char *folder);
// mkostemp with O_CLOEXEC.
int cs_make_temporary(char *path_template);
// Names the calling thread.
void cs_name_thread(const char *name);
// How many CPUs sched_getaffinity names for the calling thread; 0 if it cannot tell.
int cs_usable_processors(void);
// fallocate with FALLOC_FL_PUNCH_HOLE | FALLOC_FL_KEEP_SIZE.
int cs_punch_hole(int descriptor, int64_t offset, int64_t length);
// The type number of the file system that holds an open file, 0 if unknown.
int64_t cs_file_system_type(int descriptor);
// memfd_create with MFD_CLOEXEC.
int cs_memory_file(const char *name);
