// Tells the thread sanitizer of what orders threads within libraries that are not instrumented. `Tests/sanitize` loads
// it before them. Without it a contended Mutex, or an array that is copied under a lock and read outside it, looks like
// a race; each of its functions calls the real one, and says only what that one does anyway.
#define _GNU_SOURCE
#include <dlfcn.h>
#include <stdbool.h>
#include <stdint.h>

extern void __tsan_acquire(void *) __attribute__((weak));
extern void __tsan_release(void *) __attribute__((weak));

static void acquire(void *object) {
  if (__tsan_acquire && object) __tsan_acquire(object);
}
static void release(void *object) {
  if (__tsan_release && object) __tsan_release(object);
}

// Synchronization.Mutex: its quick path is inlined into our code and seen, its slow path is not.
#define LOCK "$s15Synchronization12_MutexHandleV9_lockSlowyys6UInt32VF"
#define UNLOCK "$s15Synchronization12_MutexHandleV11_unlockSlowyyF"
#define SWIFT __attribute__((swiftcall))
#define SELF __attribute__((swift_context)) void *self

SWIFT void lock_slow(uint32_t thread, SELF) __asm__(LOCK);
SWIFT void lock_slow(uint32_t thread, SELF) {
  static SWIFT void (*real)(uint32_t, SELF);
  if (!real) real = (SWIFT void (*)(uint32_t, SELF))dlsym(RTLD_NEXT, LOCK);
  real(thread, self);
  acquire(self);
}

SWIFT void unlock_slow(SELF) __asm__(UNLOCK);
SWIFT void unlock_slow(SELF) {
  static SWIFT void (*real)(SELF);
  if (!real) real = (SWIFT void (*)(SELF))dlsym(RTLD_NEXT, UNLOCK);
  release(self);
  real(self);
}

// Reference counts: who lets go of an object has read it before; who finds itself its only owner may write to it.
void swift_release(void *object) {
  static void (*real)(void *);
  if (!real) real = (void (*)(void *))dlsym(RTLD_NEXT, __func__);
  release(object);
  real(object);
}

void swift_release_n(void *object, uint32_t count) {
  static void (*real)(void *, uint32_t);
  if (!real) real = (void (*)(void *, uint32_t))dlsym(RTLD_NEXT, __func__);
  release(object);
  real(object, count);
}

// A bridge object is a reference with flags in its spare bits, or, with the top bit set, something without a count.
void swift_bridgeObjectRelease(void *object) {
  static void (*real)(void *);
  if (!real) real = (void (*)(void *))dlsym(RTLD_NEXT, __func__);
  if ((intptr_t)object > 0) release((void *)((uintptr_t)object & 0x00fffffffffffff8));
  real(object);
}

bool swift_isUniquelyReferenced_nonNull_native(const void *object) {
  static bool (*real)(const void *);
  if (!real) real = (bool (*)(const void *))dlsym(RTLD_NEXT, __func__);
  bool isUnique = real(object);
  if (isUnique) acquire((void *)object);
  return isUnique;
}
