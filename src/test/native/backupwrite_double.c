/* A strict double of the Windows functions that the restore target and the reader of live files call: BackupWrite, BackupRead,
 * BackupSeek (backupread_double.h), CreateFileW, CloseHandle, DeviceIoControl (FSCTL_SET_SPARSE), SetFileInformationByHandle and the
 * token's privileges. It checks what the contract of those functions asks of a
 * caller, writes what it is given to files, and can be told to go wrong.
 * It knows the documented rules and nothing of what Windows really does beyond them. */
#include <dirent.h>
#include "windows_double.h"

enum { MAGIC_FILE = 0x46494c45, MAGIC_CONTEXT = 0x43545854, DEAD = 0x44454144 };
enum { SACL = 0x01000000, OWNER_AND_DACL = 0x000C0000 };

typedef struct { char path[4096]; int sparse, reparse, basic; } Place;
struct Context;
typedef struct File { DWORD magic; Place *place; DWORD access, flags; int fd, folder; struct Context *context; void *reading; int readOnce; struct File *next; } File;
typedef struct Context {
  DWORD magic; File *file; BOOL security; void *self; int broken;
  unsigned char head[20]; int have;
  unsigned char name[65536]; DWORD named, nameSize;
  DWORD id, attributes, last; int64_t left, offset; int64_t end; int fd; int inStream; int afterAds; uint64_t blockAt; int blockHave;
} Context;

static Place places[512];
static int placeCount;
static File *files;
static int64_t knobShortAt = -1, knobErrorStream = -1, knobErrorCode = 5, knobFullAt = -1, knobShare, knobMissing, knobNoSacl, knobNoSparse, knobNoReparse, knobEmpty;
static int64_t flushed, taken, opened, sparseSet, streams;
static uint64_t enabled; /* by the number of the privilege */

#include "backupread_double.h"

EXPORT void double_reset(void) {
  reading_reset();
  violations[0] = 0; placeCount = 0; files = NULL; enabled = 0; flushed = taken = opened = sparseSet = streams = 0;
  knobShortAt = knobErrorStream = knobFullAt = -1; knobErrorCode = 5; knobShare = knobMissing = knobNoSacl = knobNoSparse = knobNoReparse = knobEmpty = 0;
}

EXPORT int double_knob(const char *name, int64_t value) {
  if (!strcmp(name, "short-at")) knobShortAt = value;
  else if (!strcmp(name, "error-stream")) knobErrorStream = value;
  else if (!strcmp(name, "error-code")) knobErrorCode = value;
  else if (!strcmp(name, "full-at")) knobFullAt = value;
  else if (!strcmp(name, "sharing")) knobShare = value;
  else if (!strcmp(name, "missing-privileges")) knobMissing = value;
  else if (!strcmp(name, "no-sacl")) knobNoSacl = value;
  else if (!strcmp(name, "no-sparse")) knobNoSparse = value;
  else if (!strcmp(name, "no-reparse")) knobNoReparse = value;
  else if (!strcmp(name, "empty")) knobEmpty = value;
  else return reading_knob(name, value);
  return 1;
}

EXPORT int64_t double_count(const char *name) {
  if (!strcmp(name, "opened")) return opened;
  if (!strcmp(name, "flushed")) return flushed;
  if (!strcmp(name, "sparse")) return sparseSet;
  if (!strcmp(name, "streams")) return streams;
  if (!strcmp(name, "privileges")) return enabled;
  if (!strcmp(name, "reads")) return reads;
  if (!strcmp(name, "seeks")) return seeks;
  return -1;
}

static Place *place(const char *path) {
  for (int i = 0; i < placeCount; i++) if (!strcmp(places[i].path, path)) return &places[i];
  if (placeCount == 512) return NULL;
  Place *p = &places[placeCount++];
  memset(p, 0, sizeof *p);
  snprintf(p->path, sizeof p->path, "%s", path);
  return p;
}

static char *stream_of(char *path) { return strchr(file_name(path), ':'); }

EXPORT HANDLE CreateFileW(const uint16_t *name, DWORD access, DWORD share, void *security, DWORD disposition, DWORD flags, HANDLE template) {
  (void)security; (void)template;
  char path[4096];
  take();
  HANDLE result = INVALID;
  int code = 0, fd = -1, kind;
  narrow(name, -1, path, sizeof path);
  if (disposition == 2 && (flags & 0x00200000)) { violation("open: OPEN_REPARSE_POINT with CREATE_ALWAYS"); code = 87; }
  else if (disposition != 3 && !(disposition == 4 && stream_of(path))) { violation("open: a prepared file is opened, not made"); code = 80; }
  else if (flags & 0x40000000) { violation("open: FILE_FLAG_OVERLAPPED"); code = 87; }
  else if (!(flags & 0x02000000)) { violation("open: without BACKUP_SEMANTICS"); code = 5; }
  else if (!(flags & 0x00200000)) { violation("open: would follow a reparse point"); code = 5; }
  else if (knobShare > 0) { knobShare--; code = 32; }
  else if ((access & 0x40000000) && !(share & 2)) code = 32; /* whoever prepared the file has it open for writing */
  else if ((access & SACL) && (knobNoSacl || !(enabled & (1u << 18 | 1u << 17 | 1u << 8)))) code = 1314;
  else if ((access & OWNER_AND_DACL) && !(enabled & 1u << 18)) code = 5;
  else {
    char *stream = stream_of(path);
    if (stream) *stream = 0;
    if (!(kind = kind_of(path))) code = 2;
    else {
      Place *p;
      if (stream) { char ads[4096]; snprintf(ads, sizeof ads, "%.3000s.ads.%.900s", path, stream + 1); fd = open_file(ads, O_RDWR | O_CREAT); p = place(ads); }
      else { fd = kind == 2 ? -1 : open_file(path, access & 0x40000000 ? O_RDWR : O_RDONLY); p = place(path); }
      if (fd < 0 && (stream || kind != 2)) code = 5;
      else {
        File *f = calloc(1, sizeof *f);
        f->magic = MAGIC_FILE; f->place = p; f->access = access; f->flags = flags; f->fd = fd; f->folder = fd < 0; f->next = files; files = f;
        opened++;
        result = f;
      }
    }
  }
  let();
  if (result == INVALID) last_error(code);
  return result;
}

/* The blocks of a sparse stream go where its data went: what it wrote to is let go with the next stream of another kind. */
static void finish(Context *c) {
  if (c->fd >= 0) close(c->fd);
  c->fd = -1;
}

EXPORT BOOL CloseHandle(HANDLE handle) {
  File *f = handle;
  if (handle == (HANDLE)0x70) return 1; /* the token */
  take();
  BOOL result = 1;
  if (!f || f == INVALID || f->magic != MAGIC_FILE) { violation("close: no open handle"); result = 0; }
  else {
    if (f->context) { violation("close: context not released with bAbort"); finish(f->context); }
    if (f->reading) { violation("close: context not released with bAbort"); reading_free(f->reading); }
    if (!f->folder) close(f->fd);
    f->magic = DEAD;
  }
  let();
  return result ? 1 : no(6);
}

EXPORT BOOL DeviceIoControl(HANDLE handle, DWORD code, void *in, DWORD inSize, void *out, DWORD outSize, DWORD *returned, void *overlapped) {
  (void)in; (void)inSize; (void)out; (void)outSize; (void)overlapped;
  File *f = handle;
  if (!f || f == INVALID || f->magic != MAGIC_FILE) { violation("control: no handle"); return no(6); }
  if (code != 0x000900C4) { violation("control: not FSCTL_SET_SPARSE"); return no(1); }
  if (!returned) { violation("control: no place for the count"); return no(87); }
  if (!(f->access & 0x40000000)) return no(5);
  if (knobNoSparse) return no(1);
  if (!f->folder && size_of(f->fd) > 0) violation("sparse: set after data");
  f->place->sparse = 1;
  char mark[4200];
  snprintf(mark, sizeof mark, "%s.is-sparse", f->place->path);
  close(open_file(mark, O_WRONLY | O_CREAT));
  sparseSet++;
  *returned = 0;
  return 1;
}

EXPORT BOOL SetFileInformationByHandle(HANDLE handle, int kind, void *info, DWORD size) {
  File *f = handle;
  if (!f || f == INVALID || f->magic != MAGIC_FILE) { violation("information: no handle"); return no(6); }
  if (kind != 0 || size != 40) { violation("information: not FILE_BASIC_INFO of 40 bytes"); return no(87); }
  if (f->context) violation("information: set while streams are written");
  if (!(f->access & 0x40000100)) return no(5);
  char path[4200];
  snprintf(path, sizeof path, "%s.basic", f->place->path);
  int fd = open_file(path, O_WRONLY | O_CREAT | O_TRUNC);
  if (write(fd, info, 40) != 40) violation("information: not recorded");
  close(fd);
  f->place->basic = 1;
  return 1;
}

EXPORT BOOL FlushFileBuffers(HANDLE handle) {
  File *f = handle;
  if (!f || f == INVALID || f->magic != MAGIC_FILE) { violation("flush: no handle"); return no(6); }
  if (f->context) violation("flush: while streams are written");
  if (!(f->access & 0x40000000)) return no(5);
  flushed++;
  return 1;
}

static int target(Context *c, const char *ending) {
  char path[8300];
  snprintf(path, sizeof path, "%s%s", c->file->place->path, ending);
  return open_file(path, O_RDWR | O_CREAT);
}

/* A header is whole: the grammar of the sequence. Returns 0 or an error. */
static int begin(Context *c) {
  memcpy(&c->id, c->head, 4); memcpy(&c->attributes, c->head + 4, 4); memcpy(&c->left, c->head + 8, 8); memcpy(&c->nameSize, c->head + 16, 4);
  if (c->left < 0) { violation("grammar: negative size"); return 13; }
  if (c->id == 0 || c->id > 11) { violation("grammar: unknown stream id"); return 13; }
  if (c->nameSize && c->id != 4) { violation("grammar: name on a stream that has none"); return 13; }
  if (c->nameSize > 65535 || c->nameSize % 2) { violation("grammar: length of name"); return 13; }
  if (c->id == 4 && !c->nameSize) { violation("grammar: named stream without name"); return 13; }
  if (c->id == 9 && c->last != 1 && c->last != 4 && c->last != 9) { violation("grammar: SPARSE_BLOCK behind no data"); return 13; }
  if (c->id == 9 && c->left < 8) { violation("grammar: SPARSE_BLOCK without offset"); return 13; }
  if (c->file->place->reparse) violation("order: stream behind the reparse point");
  if (c->file->place->basic) violation("order: stream behind times and attributes");
  return 0;
}

/* To be asked at the end: what was wrong, with every context and handle that is still there. */
EXPORT const char *double_violations(void) {
  for (File *f = files; f; f = f->next) {
    if (f->magic == MAGIC_FILE && f->context) { violation("leak: context without bAbort"); finish(f->context); }
    if (f->magic == MAGIC_FILE && f->reading) { violation("leak: context without bAbort"); reading_free(f->reading); }
    if (f->magic == MAGIC_FILE) { violation("leak: handle not closed"); if (!f->folder) close(f->fd); }
  }
  files = NULL;
  return violations;
}

static int empty_folder(const char *path) {
  DIR *folder = opendir(path);
  int others = 0;
  for (struct dirent *entry; folder && (entry = readdir(folder));) others += strcmp(entry->d_name, ".") && strcmp(entry->d_name, "..");
  if (folder) closedir(folder);
  return !others;
}

static int named(Context *c) {
  int64_t index = streams++;
  c->inStream = 1; c->offset = 0; c->blockHave = 0;
  if (knobErrorStream >= 0 && index == knobErrorStream) return (int)knobErrorCode;
  if (c->id != 9) finish(c);
  switch (c->id) {
    case 1: c->fd = c->file->folder ? -1 : dup(c->file->fd); c->afterAds = 0; break;
    case 4: {
      char name[4096], ending[4200];
      if (c->name[0] != ':' || c->name[1]) { violation("grammar: name does not begin with a colon"); return 13; }
      narrow((const uint16_t *)c->name + 1, (int)c->nameSize / 2 - 1, name, sizeof name);
      char *type = strstr(name, ":$DATA");
      if (type) *type = 0;
      snprintf(ending, sizeof ending, ".ads.%s", name);
      c->fd = target(c, ending); c->afterAds = 1;
      break;
    }
    case 9: return 0;
    case 2: c->fd = target(c, ".ea"); break;
    case 3:
      if (!(c->attributes & 2)) violation("grammar: SECURITY without its attribute");
      if (!c->security) { violation("security: stream while bProcessSecurity is FALSE"); return 0; }
      if ((c->file->access & OWNER_AND_DACL) != OWNER_AND_DACL) { violation("security: handle without WRITE_OWNER and WRITE_DAC"); return 5; }
      c->fd = target(c, (c->file->access & SACL) ? ".sd" : ".sd-without-sacl"); break;
    case 7: if (c->left != 64) { violation("grammar: object id not of 64 bytes"); return 13; } c->fd = target(c, ".oid"); break;
    case 8:
      if (knobNoReparse) return 1314;
      if (!c->file->folder && size_of(c->file->fd) > 0) { violation("reparse: on a file that is not empty"); return 4392; }
      if (c->file->folder && !empty_folder(c->file->place->path)) { violation("reparse: on a folder that is not empty"); return 145; }
      c->file->place->reparse = 1; c->fd = target(c, ".reparse"); break;
    case 5: violation("link: made by the caller, not by a stream"); return 2;
    default: return 0;
  }
  return c->fd < 0 ? 5 : 0;
}

static void endStream(Context *c) {
  c->last = c->id; c->have = 0; c->named = 0; c->inStream = 0;
}

/* Takes the data of a stream; returns 0 or an error. */
static int data(Context *c, const unsigned char *p, int64_t n) {
  if (c->id == 9) {
    while (n && c->blockHave < 8) { ((unsigned char *)&c->blockAt)[c->blockHave++] = *p++; n--; }
    if (c->blockHave < 8) return 0;
    if (c->offset == 0 && c->left - n >= 0) {
      int64_t size = size_of(c->fd);
      if (size >= 0 && size < (int64_t)c->blockAt && resize(c->fd, (int64_t)c->blockAt)) return 112;
      if (!c->afterAds && !c->file->place->sparse && !knobNoSparse) violation("sparse: blocks on a file that was not made sparse");
    }
    if (n && write_at(c->fd, p, n, (int64_t)c->blockAt + c->offset) != n) return 112;
    c->offset += n;
    return 0;
  }
  if (c->fd >= 0 && n && write_at(c->fd, p, n, c->offset) != n) return 112;
  c->offset += n;
  if (c->id == 8 && c->offset >= 4) {
    uint32_t tag = 0;
    if (read_at(c->fd, &tag, 4, 0) == 4 && tag == 0x80000013u) violation("reparse: deduplication point without its data");
  }
  return 0;
}

static BOOL streams_in(Context *c, const unsigned char *p, DWORD n, DWORD *written, int *code) {
  DWORD at = 0;
  *written = 0;
  *code = 0;
  if (knobFullAt >= 0 && taken + n > knobFullAt) { c->broken = 1; *code = 112; return 0; }
  if (knobShortAt >= 0 && taken + n > knobShortAt) { n = (DWORD)(knobShortAt > taken ? knobShortAt - taken : 0); knobShortAt = -1; c->broken = 1; }
  taken += n;
  while (at < n) {
    if (c->have < 20) {
      c->head[c->have++] = p[at++];
      if (c->have == 20) { *code = begin(c); if (!*code && !c->nameSize) *code = named(c); }
    } else if (!c->inStream) {
      c->name[c->named++] = p[at++];
      if (c->named == c->nameSize) *code = named(c);
    } else {
      int64_t part = n - at < c->left ? n - at : c->left;
      *code = data(c, p + at, part);
      at += (DWORD)part; c->left -= part;
    }
    if (*code) { c->broken = 1; *written = at; return 0; }
    if (c->inStream && c->left == 0) endStream(c);
  }
  *written = n;
  return 1;
}

EXPORT BOOL BackupWrite(HANDLE handle, unsigned char *buffer, DWORD count, DWORD *written, BOOL abort, BOOL security, void **context) {
  if (knobEmpty) return no(50);
  File *f = handle;
  take();
  BOOL result = 0;
  int code = 87;
  Context *c = context ? *context : NULL;
  if (!context || !f || f == INVALID || f->magic != MAGIC_FILE) violation("call: no handle or no context");
  else if (!written) violation("call: no place for the count");
  else if (security != 0 && security != 1) violation("call: bProcessSecurity is neither 0 nor 1");
  else if (!c && f->context) violation("context: changed by the caller");
  else if (c && c != f->context) violation((void *)c == f->reading ? "context: of the other direction" : "context: not the one of this handle");
  else if (c && c->security != security && !abort) violation("call: bProcessSecurity changed");
  else if (abort) {
    if (!c) violation("abort: without context");
    else {
      if (!c->broken && (c->have || c->inStream)) violation("abort: in the middle of a stream");
      finish(c); f->context = NULL; *context = NULL; free(c); result = 1;
    }
  } else if (!buffer || !count) violation("call: nothing to write");
  else if (f->flags & 0x20000000) violation("call: FILE_FLAG_NO_BUFFERING");
  else if (c && c->broken) violation("call: after an error only bAbort may follow");
  else {
    if (!c) { c = calloc(1, sizeof *c); c->magic = MAGIC_CONTEXT; c->file = f; c->security = security; c->fd = -1; f->context = c; *context = c; }
    result = streams_in(c, buffer, count, written, &code);
  }
  let();
  if (!result) last_error(code);
  return result;
}

/* The token: handle 0x70 of the process 0x71. */
EXPORT HANDLE GetCurrentProcess(void) { return (HANDLE)0x71; }

EXPORT BOOL OpenProcessToken(HANDLE process, DWORD access, HANDLE *token) {
  if (process != (HANDLE)0x71 || (access & 0x28) != 0x28) { violation("token: opened without ADJUST and QUERY"); return no(5); }
  *token = (HANDLE)0x70;
  return 1;
}

EXPORT BOOL LookupPrivilegeValueW(const uint16_t *system, const uint16_t *name, uint32_t *luid) {
  char text[128];
  if (system) violation("privilege: of another computer");
  narrow(name, -1, text, sizeof text);
  luid[1] = 0;
  if (!strcmp(text, "SeRestorePrivilege")) luid[0] = 18;
  else if (!strcmp(text, "SeBackupPrivilege")) luid[0] = 17;
  else if (!strcmp(text, "SeSecurityPrivilege")) luid[0] = 8;
  else if (!strcmp(text, "SeTakeOwnershipPrivilege")) luid[0] = 9;
  else if (!strcmp(text, "SeCreateSymbolicLinkPrivilege")) luid[0] = 35;
  else { violation("privilege: unknown name"); return no(1313); }
  return 1;
}

EXPORT BOOL AdjustTokenPrivileges(HANDLE token, BOOL none, const uint32_t *state, DWORD length, void *before, DWORD *needed) {
  (void)length; (void)before; (void)needed;
  if (token != (HANDLE)0x70 || none || state[0] != 1 || state[2] != 0 || state[3] != 2) { violation("privilege: TOKEN_PRIVILEGES"); return no(87); }
  if (knobMissing & (1ll << state[1])) { last_error(1300); return 1; } /* TRUE all the same */
  enabled |= 1ull << state[1];
  last_error(0);
  return 1;
}
