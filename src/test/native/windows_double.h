/* What the doubles of Windows' functions share. Built by gcc as a library of Linux, where JNA takes errno for the last error, and by mingw
 * as one of Windows. */
#ifndef WINDOWS_DOUBLE_H
#define WINDOWS_DOUBLE_H
#include <errno.h>
#include <fcntl.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#ifdef _WIN32
#include <io.h>
#include <wchar.h>
#else
#include <unistd.h>
#endif

typedef int32_t BOOL;
typedef uint32_t DWORD;
typedef void *HANDLE;
#define INVALID ((HANDLE)(intptr_t)-1)

#ifdef _WIN32
#define EXPORT __declspec(dllexport)
__declspec(dllimport) void SetLastError(DWORD code);
static inline void last_error(int code) { SetLastError((DWORD)code); }
#else
#define EXPORT __attribute__((visibility("default")))
static inline void last_error(int code) { errno = code; }
#endif

static char violations[65536];

static inline void violation(const char *text) {
  if (strlen(violations) + strlen(text) + 2 < sizeof violations) { strcat(violations, text); strcat(violations, "\n"); }
}

static inline BOOL no(int code) { last_error(code); return 0; }

/* UTF-16 to UTF-8. A letter of four bytes, as off Windows, ends behind its first two. */
static inline void narrow(const uint16_t *wide, int count, char *to, size_t size) {
  size_t at = 0;
  for (int i = 0; (count < 0 ? wide[i] != 0 : i < count) && at + 4 < size; i++) {
    uint32_t c = wide[i];
    if (c >= 0xD800 && c < 0xDC00) { c = 0x10000 + ((c - 0xD800) << 10) + (wide[i + 1] - 0xDC00u); i++; }
    if (c < 0x80) to[at++] = (char)c;
    else if (c < 0x800) { to[at++] = (char)(0xC0 | c >> 6); to[at++] = (char)(0x80 | (c & 63)); }
    else if (c < 0x10000) { to[at++] = (char)(0xE0 | c >> 12); to[at++] = (char)(0x80 | (c >> 6 & 63)); to[at++] = (char)(0x80 | (c & 63)); }
    else { to[at++] = (char)(0xF0 | c >> 18); to[at++] = (char)(0x80 | (c >> 12 & 63)); to[at++] = (char)(0x80 | (c >> 6 & 63)); to[at++] = (char)(0x80 | (c & 63)); }
  }
  to[at] = 0;
}

/* A spin lock: the library of threads of mingw calls functions that a double has under the same name. */
static volatile int busy;
static inline void take(void) { while (__sync_lock_test_and_set(&busy, 1)) {} }
static inline void let(void) { __sync_lock_release(&busy); }

/* Files by UTF-8 names, as on Linux; several threads may call them. */
#ifdef _WIN32
enum { WIDE_NAME = 8400 };
static inline const wchar_t *wide_name(const char *path, wchar_t *wide) {
  size_t at = 0;
  for (const unsigned char *p = (const unsigned char *)path; *p && at + 2 < WIDE_NAME;) {
    uint32_t c = *p < 0x80 ? *p : *p < 0xE0 ? *p & 31 : *p < 0xF0 ? *p & 15 : *p & 7;
    int more = *p < 0x80 ? 0 : *p < 0xE0 ? 1 : *p < 0xF0 ? 2 : 3;
    for (p++; more && *p; more--) c = c << 6 | (*p++ & 63);
    if (c < 0x10000) wide[at++] = (wchar_t)c;
    else { wide[at++] = (wchar_t)(0xD800 + ((c - 0x10000) >> 10)); wide[at++] = (wchar_t)(0xDC00 + (c & 0x3FF)); }
  }
  wide[at] = 0;
  return wide;
}
static inline int open_file(const char *path, int flags) { wchar_t wide[WIDE_NAME]; return _wopen(wide_name(path, wide), flags | O_BINARY, 0600); }
static inline int64_t size_of(int fd) { return _filelengthi64(fd); }
static inline int resize(int fd, int64_t size) { return _chsize_s(fd, size); }
static inline int64_t write_at(int fd, const void *from, int64_t n, int64_t at) { return _lseeki64(fd, at, SEEK_SET) < 0 ? -1 : write(fd, from, (unsigned)n); }
static inline int64_t read_at(int fd, void *to, int64_t n, int64_t at) { return _lseeki64(fd, at, SEEK_SET) < 0 ? -1 : read(fd, to, (unsigned)n); }
/* 0: nothing there, 1: a file, 2: a folder */
static inline int kind_of(const char *path) { wchar_t wide[WIDE_NAME]; struct _stat64 st; return _wstat64(wide_name(path, wide), &st) ? 0 : S_ISDIR(st.st_mode) ? 2 : 1; }
#else
static inline int open_file(const char *path, int flags) { return open(path, flags, 0600); }
static inline int64_t size_of(int fd) { struct stat st; return fstat(fd, &st) ? -1 : (int64_t)st.st_size; }
static inline int resize(int fd, int64_t size) { return ftruncate(fd, (off_t)size); }
static inline int64_t write_at(int fd, const void *from, int64_t n, int64_t at) { return pwrite(fd, from, (size_t)n, (off_t)at); }
static inline int64_t read_at(int fd, void *to, int64_t n, int64_t at) { return pread(fd, to, (size_t)n, (off_t)at); }
static inline int kind_of(const char *path) { struct stat st; return stat(path, &st) ? 0 : S_ISDIR(st.st_mode) ? 2 : 1; }
#endif

/* The name behind the last separator of folders. */
static inline char *file_name(char *path) {
  char *name = path;
  for (char *p = path; *p; p++) if (*p == '/' || *p == '\\') name = p + 1;
  return name;
}

/* ASCII to UTF-16. Returns the letters, or 0 if there is no room for them and the zero behind. */
static inline DWORD widen(const char *text, uint16_t *to, DWORD letters) {
  DWORD n = (DWORD)strlen(text);
  if (n + 1 > letters) return 0;
  for (DWORD i = 0; i <= n; i++) to[i] = (unsigned char)text[i];
  return n;
}
#endif
