#define _GNU_SOURCE 1
#include "CSystem.h"

char *const *cs_environment(void) { return environ; }

int cs_pipe(int ends[2]) { return pipe2(ends, O_CLOEXEC); }

int cs_spawn_close_from(posix_spawn_file_actions_t *actions, int first) {
  return posix_spawn_file_actions_addclosefrom_np(actions, first);
}
