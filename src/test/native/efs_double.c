/* A strict double of the raw calls for encrypted files (advapi32) and of the two calls that tell what a volume can hold (kernel32).
 * It checks what the contract asks of a caller, writes what it is given to the file, and can be told to go wrong. It knows the
 * documented rules and nothing of what Windows really does beyond them. */
#include "windows_double.h"
#include <pthread.h>
#include <sys/stat.h>
#ifdef _WIN32
#define make_folder(path) mkdir(path)
#else
#define make_folder(path) mkdir(path, 0700)
#endif

typedef DWORD (*ImportCallback)(unsigned char *data, void *user, DWORD *length);
typedef DWORD (*ExportCallback)(unsigned char *data, void *user, DWORD length);

enum { MAGIC = 0x45465352, DEAD = 0x44454144, CANARY = 0x5A, FILL = 0xAA, ROOM = 65536 };
typedef struct Context { DWORD magic, flags; char path[4096]; int used, broken; struct Context *next; } Context;

static Context *contexts;
static int64_t knobSharing, knobErrorAt, knobErrorCode, knobFullAt, knobShort, knobThread, knobFlags, knobAnyContent, knobOpenCode, knobNoAnswer, knobOneBuffer, knobSaveDiffers;
static char knobType[64];
static int64_t calls, bytes, complete, opened;

EXPORT void double_reset(void) {
  violations[0] = 0; contexts = NULL; calls = bytes = complete = opened = 0;
  knobSharing = knobThread = knobAnyContent = knobOpenCode = knobNoAnswer = knobOneBuffer = knobSaveDiffers = 0;
  knobErrorAt = knobFullAt = knobShort = -1;
  knobErrorCode = 6000;
  knobFlags = 0x00020000 | 0x00040000;
  strcpy(knobType, "NTFS");
}

EXPORT int double_knob(const char *name, int64_t value) {
  if (!strcmp(name, "sharing")) knobSharing = value;
  else if (!strcmp(name, "error-at")) knobErrorAt = value;
  else if (!strcmp(name, "error-code")) knobErrorCode = value;
  else if (!strcmp(name, "full-at")) knobFullAt = value;
  else if (!strcmp(name, "short")) knobShort = value;
  else if (!strcmp(name, "another-thread")) knobThread = value;
  else if (!strcmp(name, "volume-flags")) knobFlags = value;
  else if (!strcmp(name, "any-content")) knobAnyContent = value;
  else if (!strcmp(name, "open-code")) knobOpenCode = value;
  else if (!strcmp(name, "no-answer")) knobNoAnswer = value;
  else if (!strcmp(name, "one-buffer")) knobOneBuffer = value;
  else if (!strcmp(name, "save-differs")) knobSaveDiffers = value; /* what is read is not what was written */
  else if (!strcmp(name, "refs")) strcpy(knobType, "ReFS");
  else if (!strcmp(name, "csvfs")) strcpy(knobType, "CSVFS");
  else return 0;
  return 1;
}

EXPORT int64_t double_count(const char *name) {
  if (!strcmp(name, "calls")) return calls;
  if (!strcmp(name, "bytes")) return bytes;
  if (!strcmp(name, "complete")) return complete;
  if (!strcmp(name, "opened")) return opened;
  return -1;
}

EXPORT const char *double_violations(void) {
  for (Context *c = contexts; c; c = c->next) if (c->magic == MAGIC) violation("leak: context not closed");
  contexts = NULL;
  return violations;
}

EXPORT BOOL GetVolumePathNameW(const uint16_t *path, uint16_t *root, DWORD letters) {
  if (!path || !root) { violation("volume: no path or no room"); return no(87); }
  if (!path[0] || !path[1]) violation("volume: a path of one letter: not UTF-16");
  return widen("Q:\\", root, letters) ? 1 : no(206);
}

EXPORT BOOL GetVolumeInformationW(const uint16_t *root, uint16_t *label, DWORD labels, DWORD *serial, DWORD *longest, DWORD *flags, uint16_t *type, DWORD letters) {
  char text[64];
  (void)label; (void)labels; (void)serial; (void)longest;
  narrow(root, -1, text, sizeof text);
  if (strcmp(text, "Q:\\")) { violation("volume: not the root that was told"); return no(123); }
  if (knobNoAnswer) return no((int)knobNoAnswer);
  if (flags) *flags = (DWORD)knobFlags;
  return !type || widen(knobType, type, letters) ? 1 : no(122);
}

static int is_export(const unsigned char *head);

/* What holds an export is an encrypted file here. */
EXPORT DWORD GetFileAttributesW(const uint16_t *name) {
  char path[4096];
  unsigned char head[20];
  if (!name || !name[0] || !name[1]) violation("attributes: no path, or one of one letter: not UTF-16");
  narrow(name, -1, path, sizeof path);
  int kind = kind_of(path);
  if (!kind) { last_error(2); return 0xFFFFFFFFu; }
  if (kind == 2) return 0x10;
  FILE *in = fopen(path, "rb");
  size_t have = in ? fread(head, 1, sizeof head, in) : 0;
  if (in) fclose(in);
  return have == sizeof head && is_export(head) ? 0x4022 : 0x20; /* encrypted and hidden */
}

EXPORT DWORD OpenEncryptedFileRawW(const uint16_t *name, DWORD flags, void **context) {
  struct stat st;
  if (!name || !context) { violation("open: no name or no place for the context"); return 87; }
  if (flags & ~0x1Fu) { violation("open: unknown flags"); return 87; }
  if (knobSharing > 0) { knobSharing--; return 32; }
  if (knobOpenCode) return (DWORD)knobOpenCode;
  Context *c = calloc(1, sizeof *c);
  narrow(name, -1, c->path, sizeof c->path);
  int there = !stat(c->path, &st);
  if (strlen(c->path) < 2) violation("open: a path of one letter: not UTF-16");
  if (!(flags & 1) && !there) { free(c); return 2; }
  if (there && !!(flags & 2) != !!S_ISDIR(st.st_mode)) { violation("open: CREATE_FOR_DIR for a file, or a folder without it"); free(c); return 87; }
  if ((flags & 3) == 3 && !there && make_folder(c->path)) { free(c); return 3; }
  c->magic = MAGIC; c->flags = flags; c->next = contexts; contexts = c;
  opened++;
  *context = c;
  return 0;
}

static Context *usable(void *context, int import, const char *what) {
  char text[100];
  Context *c = context;
  if (!c || c->magic != MAGIC) { snprintf(text, sizeof text, "%s: no open context", what); violation(text); return NULL; }
  if ((int)(c->flags & 1) != import) { snprintf(text, sizeof text, "%s: context of the other direction", what); violation(text); return NULL; }
  if (c->broken) { snprintf(text, sizeof text, "%s: after an error only Close may follow", what); violation(text); return NULL; }
  if (c->used++) { snprintf(text, sizeof text, "%s: a second time", what); violation(text); return NULL; }
  return c;
}

static FILE *stored(Context *c, const char *mode) {
  char path[4200];
  snprintf(path, sizeof path, c->flags & 2 ? "%s.folder-raw" : "%s", c->path);
  return fopen(path, mode);
}

typedef struct { void *function; unsigned char *data; void *user; DWORD *length; DWORD result; } Call;

static void *import_call(void *p) { Call *c = p; c->result = ((ImportCallback)c->function)(c->data, c->user, c->length); return NULL; }
static void *export_call(void *p) { Call *c = p; c->result = ((ExportCallback)c->function)(c->data, c->user, *c->length); return NULL; }

static DWORD call(void *(*how)(void *), Call *c) {
  calls++;
  if (knobThread) {
    pthread_t thread;
    if (pthread_create(&thread, NULL, how, c)) abort();
    pthread_join(thread, NULL);
  } else how(c);
  return c->result;
}

/* The head of an export: version, "ROBS", eight zeros (MS-EFSR 2.2.3). */
static int is_export(const unsigned char *head) {
  static const unsigned char begin[12] = {0, 1, 0, 0, 'R', 0, 'O', 0, 'B', 0, 'S', 0};
  return !memcmp(head, begin, sizeof begin);
}

EXPORT DWORD WriteEncryptedFileRaw(ImportCallback callback, void *user, void *context) {
  static const DWORD sizes[] = {4096, 1, 65536, 4097};
  Context *c = usable(context, 1, "write");
  if (!c) return 87;
  if (!callback) { violation("write: no callback"); c->broken = 1; return 87; }
  FILE *out = stored(c, "wb");
  if (!out) { c->broken = 1; return 5; }
  unsigned char *buffer = malloc(ROOM + 64), head[20];
  DWORD result = 0;
  int have = 0;
  for (int n = 0;; n++) {
    DWORD capacity = knobOneBuffer ? 4096 : sizes[n % 4], length = capacity;
    memset(buffer, CANARY, ROOM + 64);
    memset(buffer + 32, FILL, capacity);
    if (knobShort >= 0 && n == knobShort) break; /* ends early, and says that all is well */
    Call one = {(void *)callback, buffer + 32, user, &length, 0};
    DWORD code = call(import_call, &one);
    for (DWORD i = 0; i < 32; i++)
      if (buffer[i] != CANARY || buffer[32 + capacity + i] != CANARY) { violation("import: wrote outside the buffer"); code = code ? code : 998; break; }
    if (code) { result = code; break; }
    if (length > capacity) { violation("import: supplied more than the capacity"); result = 87; break; }
    if (length == 0) { complete = 1; break; }
    DWORD filled = 0;
    for (DWORD i = 0; i < length && filled < 16; i++) filled += buffer[32 + i] != FILL;
    if (length == capacity && !filled && capacity > 16) { violation("import: swallowed exception: 0 returned, nothing supplied"); result = 1117; break; }
    for (DWORD i = 0; i < length && have < 20; i++) head[have++] = buffer[32 + i];
    if (have == 20 && !knobAnyContent && !is_export(head)) { result = 6008; break; }
    if (knobErrorAt == n) { result = (DWORD)knobErrorCode; break; }
    if (knobFullAt >= 0 && bytes + length > knobFullAt) { result = 112; break; }
    if (fwrite(buffer + 32, 1, length, out) != length) { result = 112; break; }
    bytes += length;
  }
  if (complete && have < 20 && !knobAnyContent) { result = 6008; complete = 0; }
  if (result) c->broken = 1;
  fclose(out);
  free(buffer);
  return result;
}

EXPORT DWORD ReadEncryptedFileRaw(ExportCallback callback, void *user, void *context) {
  static const DWORD sizes[] = {20, 65536, 1, 4097};
  Context *c = usable(context, 0, "read");
  if (!c) return 87;
  if (!callback) { violation("read: no callback"); c->broken = 1; return 87; }
  FILE *in = stored(c, "rb");
  if (!in) { c->broken = 1; return 6007; }
  unsigned char *buffer = malloc(ROOM);
  DWORD result = 0;
  for (int n = 0;; n++) {
    DWORD length = (DWORD)fread(buffer, 1, sizes[n % 4], in);
    if (knobErrorAt == n) { result = (DWORD)knobErrorCode; break; }
    if (knobSaveDiffers && length) buffer[length - 1] ^= 1;
    Call one = {(void *)callback, length ? buffer : NULL, user, &length, 0};
    result = call(export_call, &one); /* the last time with nothing: a flush */
    bytes += length;
    if (result || !length) { complete = !result; break; }
  }
  if (result) c->broken = 1;
  fclose(in);
  free(buffer);
  return result;
}

EXPORT void CloseEncryptedFileRaw(void *context) {
  Context *c = context;
  if (!c || c->magic != MAGIC) { violation("close: no open context"); return; }
  c->magic = DEAD;
}
