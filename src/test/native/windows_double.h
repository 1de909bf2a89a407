/* What the doubles of Windows' functions share. Built by gcc as a library of Linux, where JNA takes errno for the last error, and by mingw
 * as one of Windows. */
#ifndef WINDOWS_DOUBLE_H
#define WINDOWS_DOUBLE_H
#include <errno.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

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

/* ASCII to UTF-16. Returns the letters, or 0 if there is no room for them and the zero behind. */
static inline DWORD widen(const char *text, uint16_t *to, DWORD letters) {
  DWORD n = (DWORD)strlen(text);
  if (n + 1 > letters) return 0;
  for (DWORD i = 0; i <= n; i++) to[i] = (unsigned char)text[i];
  return n;
}
#endif
