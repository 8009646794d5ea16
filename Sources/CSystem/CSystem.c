#define _GNU_SOURCE 1
#include "CSystem.h"
#include <errno.h>
#include <pthread.h>
#include <sched.h>
#include <stdatomic.h>
#include <stdlib.h>

char *const *cs_environment(void) { return environ; }

int cs_pipe(int ends[2]) { return pipe2(ends, O_CLOEXEC); }

int cs_spawn_close_from(posix_spawn_file_actions_t *actions, int first) {
  return posix_spawn_file_actions_addclosefrom_np(actions, first);
}

int cs_open_unnamed(const char *folder) {
  return open(folder, O_TMPFILE | O_RDWR | O_CLOEXEC | O_EXCL, 0600);
}

int cs_make_temporary(char *path_template) { return mkostemp(path_template, O_CLOEXEC); }

void cs_name_thread(const char *name) { pthread_setname_np(pthread_self(), name); }

int cs_punch_hole(int descriptor, int64_t offset, int64_t length) {
  return fallocate(descriptor, FALLOC_FL_PUNCH_HOLE | FALLOC_FL_KEEP_SIZE, offset, length);
}

int64_t cs_file_system_type(int descriptor) {
  struct statfs facts;
  return fstatfs(descriptor, &facts) == 0 ? (int64_t)facts.f_type : 0;
}

// Maps that survive the truncation of their file.
//
// Reading a page of a map that lies wholly after the end of its file raises SIGBUS. The handler looks the address up in
// the table below and maps zero pages from the faulting page to the end of that map, so that the read goes on and sees
// zeros; whoever read compares the fault count and the size of the file afterwards and drops what it made of them.
//
// This is the one piece of logic in this module: a handler may run in the middle of any instruction, and Swift cannot
// promise code without allocation, locks, lazily made globals or reference counts. Only atomics and mmap are used.
//
// The table is a list of chunks that only grows. A slot is published by the release store of `high` and withdrawn by
// storing 0 there. The handler reads low, high, low: a slot that is being given to another map meanwhile shows two
// different lows and is passed over; the map that faulted is in use, so its own slot does not change.

#define CHUNK_SLOTS 512

struct cs_map_slot {
  _Atomic uintptr_t low;
  _Atomic uintptr_t high;
  _Atomic uint32_t faults;
  struct cs_map_slot *next_free;
};

struct chunk {
  struct cs_map_slot slots[CHUNK_SLOTS];
  struct chunk *_Atomic next;
};

static struct chunk first_chunk;
static cs_map_slot *free_slots;
static int used_slots;
static struct chunk *last_chunk = &first_chunk;
static pthread_mutex_t table_lock = PTHREAD_MUTEX_INITIALIZER;
static struct sigaction previous;
static uintptr_t page_size = 4096;

static int replace_with_zeros(uintptr_t address) {
  for (struct chunk *chunk = &first_chunk; chunk; chunk = atomic_load_explicit(&chunk->next, memory_order_acquire)) {
    for (int i = 0; i < CHUNK_SLOTS; i++) {
      cs_map_slot *slot = &chunk->slots[i];
      uintptr_t low = atomic_load_explicit(&slot->low, memory_order_acquire);
      uintptr_t high = atomic_load_explicit(&slot->high, memory_order_acquire);
      if (address < low || address >= high) continue;
      if (atomic_load_explicit(&slot->low, memory_order_acquire) != low) continue;
      uintptr_t page = address & ~(page_size - 1);
      // Counted first: a reader that sees the zeros sees the count.
      atomic_fetch_add(&slot->faults, 1);
      void *made = mmap((void *)page, high - page, PROT_READ, MAP_PRIVATE | MAP_ANONYMOUS | MAP_FIXED | MAP_NORESERVE, -1, 0);
      return made != MAP_FAILED;
    }
  }
  return 0;
}

static void on_bus_error(int signal, siginfo_t *info, void *context) {
  int saved = errno;
  int mended = info->si_code == BUS_ADRERR && replace_with_zeros((uintptr_t)info->si_addr);
  errno = saved;
  if (mended) return;
  if (previous.sa_flags & SA_SIGINFO) {
    previous.sa_sigaction(signal, info, context);
  } else if (previous.sa_handler != SIG_DFL && previous.sa_handler != SIG_IGN) {
    previous.sa_handler(signal);
  } else {
    // Not ours: the instruction runs again and ends the process in the usual way.
    sigaction(SIGBUS, &(struct sigaction){.sa_handler = SIG_DFL}, NULL);
  }
}

static int install_result;

static void install(void) {
  page_size = (uintptr_t)sysconf(_SC_PAGESIZE);
  struct sigaction action = {.sa_sigaction = on_bus_error, .sa_flags = SA_SIGINFO | SA_NODEFER | SA_ONSTACK | SA_RESTART};
  sigemptyset(&action.sa_mask);
  install_result = sigaction(SIGBUS, NULL, &previous) || sigaction(SIGBUS, &action, NULL) ? errno : 0;
}

int cs_map_protect(void) {
  static pthread_once_t once = PTHREAD_ONCE_INIT;
  pthread_once(&once, install);
  return install_result;
}

static cs_map_slot *take_slot(void) {
  if (free_slots) {
    cs_map_slot *slot = free_slots;
    free_slots = slot->next_free;
    return slot;
  }
  if (used_slots == CHUNK_SLOTS) {
    struct chunk *chunk = calloc(1, sizeof *chunk);
    if (!chunk) return NULL;
    atomic_store_explicit(&last_chunk->next, chunk, memory_order_release);
    last_chunk = chunk;
    used_slots = 0;
  }
  return &last_chunk->slots[used_slots++];
}

cs_map_slot *cs_map_register(uintptr_t low, uintptr_t high) {
  pthread_mutex_lock(&table_lock);
  cs_map_slot *slot = take_slot();
  if (slot) {
    atomic_store(&slot->faults, 0);
    atomic_store(&slot->low, low);
    atomic_store_explicit(&slot->high, high, memory_order_release);
  }
  pthread_mutex_unlock(&table_lock);
  return slot;
}

void cs_map_unregister(cs_map_slot *slot) {
  pthread_mutex_lock(&table_lock);
  atomic_store_explicit(&slot->high, 0, memory_order_release);
  atomic_store_explicit(&slot->low, 0, memory_order_release);
  slot->next_free = free_slots;
  free_slots = slot;
  pthread_mutex_unlock(&table_lock);
}

uint32_t cs_map_faults(const cs_map_slot *slot) {
  return atomic_load(&((cs_map_slot *)slot)->faults);
}
int cs_memory_file(const char *name) { return memfd_create(name, MFD_CLOEXEC); }

int cs_usable_processors(void) {
  cpu_set_t set;
  if (sched_getaffinity(0, sizeof set, &set) != 0) return 0;
  return CPU_COUNT(&set);
}
