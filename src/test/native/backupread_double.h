/* The part of the double that reads: BackupRead and BackupSeek over what BackupWrite's part leaves on the disk, which a test may put
 * there as well: FILE (the data), FILE.ads.NAME, FILE.sd (FILE.sd-without-sacl for a handle without the right to it), FILE.ea, FILE.oid,
 * FILE.reparse. A file NAME.is-sparse beside one of the data says that it is sparse. Included by backupwrite_double.c. */
#include <dirent.h>

enum { MAGIC_READING = 0x52454144, READ_ACCESS = (int)0x80000000 };
/* A run of bytes of the sequence: of a header (in bytes), or of a payload (in bytes or, from at on, in a file). */
typedef struct { unsigned char *bytes; int fd; int64_t at, length; int payload, stream; } Run;
typedef struct Reading {
  DWORD magic; File *file; BOOL security; int broken, badSeen;
  Run *runs; int count, room; int now; int64_t offset, position; int streams;
} Reading;

static int64_t knobReadShort, knobReadErrorStream = -1, knobReadErrorCode = 5, knobBadAt = -1, knobBadLength = 1, knobSeekShort, knobStrict24, knobReadEnd = -1, knobOneExtent;
static int64_t reads, seeks;

static void reading_reset(void) {
  knobReadShort = knobSeekShort = knobStrict24 = knobOneExtent = 0; knobReadErrorStream = knobBadAt = knobReadEnd = -1; knobReadErrorCode = 5; knobBadLength = 1;
  reads = seeks = 0;
}

static int reading_knob(const char *name, int64_t value) {
  if (!strcmp(name, "read-short")) knobReadShort = value; /* at most so many bytes a call */
  else if (!strcmp(name, "read-error-stream")) knobReadErrorStream = value;
  else if (!strcmp(name, "read-error-code")) knobReadErrorCode = value;
  else if (!strcmp(name, "bad-at")) knobBadAt = value; /* position in the sequence: data there give no answer */
  else if (!strcmp(name, "bad-length")) knobBadLength = value;
  else if (!strcmp(name, "seek-short")) knobSeekShort = value;
  else if (!strcmp(name, "strict-24")) knobStrict24 = value; /* the documented rule: a buffer larger than the header */
  else if (!strcmp(name, "read-end")) knobReadEnd = value; /* the sequence ends there */
  else if (!strcmp(name, "one-extent")) knobOneExtent = value; /* sparse data without holes come as plain ones */
  else return 0;
  return 1;
}

static Run *run(Reading *r, int payload) {
  if (r->count == r->room) { r->room = r->room ? 2 * r->room : 16; r->runs = realloc(r->runs, sizeof(Run) * (size_t)r->room); }
  Run *one = &r->runs[r->count++];
  memset(one, 0, sizeof *one);
  one->fd = -1; one->payload = payload; one->stream = r->streams - 1;
  return one;
}

/* The header of a stream. The name is ASCII or what narrow made of it: letters of up to three bytes in UTF-8. */
static void head_run(Reading *r, DWORD id, DWORD attributes, int64_t size, const char *name) {
  r->streams++;
  Run *one = run(r, 0);
  one->bytes = calloc(1, 20 + (name ? 2 * (strlen(name) + 8) : 0));
  DWORD letters = 0;
  if (name) {
    uint16_t *to = (uint16_t *)(one->bytes + 20);
    to[letters++] = ':';
    for (const unsigned char *p = (const unsigned char *)name; *p;) {
      if (*p < 0x80) to[letters++] = *p++;
      else if (*p < 0xE0) { to[letters++] = (uint16_t)((*p & 31) << 6 | (p[1] & 63)); p += 2; }
      else { to[letters++] = (uint16_t)((*p & 15) << 12 | (p[1] & 63) << 6 | (p[2] & 63)); p += 3; }
    }
    for (const char *p = ":$DATA"; *p; p++) to[letters++] = (uint16_t)*p;
  }
  DWORD nameSize = 2 * letters;
  memcpy(one->bytes, &id, 4); memcpy(one->bytes + 4, &attributes, 4); memcpy(one->bytes + 8, &size, 8); memcpy(one->bytes + 16, &nameSize, 4);
  one->length = 20 + nameSize;
}

static void file_run(Reading *r, const char *path, int64_t at, int64_t length) {
  if (!length) return;
  Run *one = run(r, 1);
  one->fd = open_file(path, O_RDONLY); one->at = at; one->length = length;
}

static void block_run(Reading *r, const char *path, int64_t at, int64_t length) {
  head_run(r, 9, 8, 8 + length, NULL);
  Run *one = run(r, 1);
  one->bytes = malloc(8); memcpy(one->bytes, &at, 8); one->length = 8;
  file_run(r, path, at, length);
}

/* Data: plain, or sparse in the form of many extents: a stream of size 0, a block for each extent, and one without data at the end.
 * Zeros of whole clusters are taken for holes, so that it does not depend on the file system. */
static void data_stream(Reading *r, DWORD id, const char *path, const char *name) {
  enum { CLUSTER = 4096 };
  static const unsigned char zeros[CLUSTER];
  char mark[8400];
  unsigned char cluster[CLUSTER];
  if (kind_of(path) != 1) return;
  snprintf(mark, sizeof mark, "%s.is-sparse", path);
  int fd = open_file(path, O_RDONLY), sparse = kind_of(mark) && size_of(fd) > 0;
  int64_t size = size_of(fd), from = -1;
  if (!sparse || knobOneExtent) {
    head_run(r, id, sparse ? 8 : 0, size, name);
    file_run(r, path, 0, size);
  } else {
    head_run(r, id, 8, 0, name);
    for (int64_t at = 0; at < size; at += CLUSTER) {
      int64_t n = read_at(fd, cluster, size - at < CLUSTER ? size - at : CLUSTER, at);
      int data = memcmp(cluster, zeros, (size_t)n) != 0;
      if (data && from < 0) from = at;
      if (!data && from >= 0) { block_run(r, path, from, at - from); from = -1; }
    }
    if (from >= 0) block_run(r, path, from, size - from);
    block_run(r, path, size, 0);
  }
  close(fd);
}

static int by_name(const void *a, const void *b) { return strcmp(*(char *const *)a, *(char *const *)b); }

/* The names of the files in a folder that begin so; to be freed. */
static int beginning_with(const char *folder, const char *prefix, char **names, int most) {
  int count = 0;
#ifdef _WIN32
  wchar_t wide[WIDE_NAME];
  _WDIR *dir = _wopendir(wide_name(folder, wide));
  for (struct _wdirent *e = dir ? _wreaddir(dir) : NULL; e && count < most; e = _wreaddir(dir)) {
    char name[1200];
    narrow((const uint16_t *)e->d_name, -1, name, sizeof name);
    if (!strncmp(name, prefix, strlen(prefix))) names[count++] = strdup(name);
  }
  if (dir) _wclosedir(dir);
#else
  DIR *dir = opendir(folder);
  for (struct dirent *e = dir ? readdir(dir) : NULL; e && count < most; e = readdir(dir))
    if (!strncmp(e->d_name, prefix, strlen(prefix))) names[count++] = strdup(e->d_name);
  if (dir) closedir(dir);
#endif
  qsort(names, (size_t)count, sizeof *names, by_name);
  return count;
}

static void named_streams(Reading *r, const char *path) {
  char folder[4096], prefix[4200], *names[256];
  snprintf(folder, sizeof folder, "%s", path);
  snprintf(prefix, sizeof prefix, "%.4000s.ads.", file_name(folder));
  *file_name(folder) = 0;
  int count = beginning_with(folder, prefix, names, 256);
  for (int i = 0; i < count; i++) {
    char whole[8400];
    snprintf(whole, sizeof whole, "%s%s", folder, names[i]);
    if (!strstr(names[i], ".is-sparse")) data_stream(r, 4, whole, names[i] + strlen(prefix));
    free(names[i]);
  }
}

static void small_stream(Reading *r, DWORD id, DWORD attributes, const char *path, const char *ending) {
  char whole[8400];
  snprintf(whole, sizeof whole, "%s%s", path, ending);
  if (kind_of(whole) != 1) return;
  int fd = open_file(whole, O_RDONLY);
  int64_t size = size_of(fd);
  close(fd);
  head_run(r, id, attributes, size, NULL);
  file_run(r, whole, 0, size);
}

static Reading *reading(File *f, BOOL security) {
  Reading *r = calloc(1, sizeof *r);
  const char *path = f->place->path;
  r->magic = MAGIC_READING; r->file = f; r->security = security;
  if (security) small_stream(r, 3, 2, path, f->access & SACL ? ".sd" : ".sd-without-sacl");
  data_stream(r, 1, path, NULL);
  named_streams(r, path);
  small_stream(r, 2, 0, path, ".ea");
  small_stream(r, 7, 0, path, ".oid");
  small_stream(r, 8, 0, path, ".reparse");
  return r;
}

static void reading_free(Reading *r) {
  for (int i = 0; i < r->count; i++) { free(r->runs[i].bytes); if (r->runs[i].fd >= 0) close(r->runs[i].fd); }
  free(r->runs);
  free(r);
}

static Run *present(Reading *r) {
  while (r->now < r->count && r->offset == r->runs[r->now].length) { r->now++; r->offset = 0; }
  return r->now < r->count && (knobReadEnd < 0 || r->position < knobReadEnd) ? &r->runs[r->now] : NULL;
}

static int bad(const Reading *r, int64_t length) {
  return knobBadAt >= 0 && r->position + length > knobBadAt && r->position < knobBadAt + knobBadLength;
}

static int give(Reading *r, unsigned char *to, DWORD n, DWORD *read) {
  if (knobReadShort && n > knobReadShort) n = (DWORD)knobReadShort;
  for (Run *one = present(r); one && *read < n; one = present(r)) {
    int64_t part = n - *read < one->length - r->offset ? n - *read : one->length - r->offset;
    if (one->payload && r->offset == 0 && knobReadErrorStream == one->stream) { if (*read) return 0; r->broken = 1; return (int)knobReadErrorCode; }
    if (one->payload && bad(r, part)) {
      if (*read) return 0; /* what came before it is given first */
      if (r->position >= knobBadAt) { r->badSeen = 1; return 23; }
      part = knobBadAt - r->position;
    }
    if (one->bytes) memcpy(to + *read, one->bytes + r->offset, (size_t)part);
    else if (read_at(one->fd, to + *read, part, one->at + r->offset) != part) { r->broken = 1; return 1117; }
    *read += (DWORD)part; r->offset += part; r->position += part;
  }
  return 0;
}

/* What is the same for both calls. Returns the reading, or NULL with the code. */
static Reading *usable(HANDLE handle, void **context, int *code) {
  File *f = handle;
  *code = 87;
  if (!context || !f || f == INVALID || f->magic != MAGIC_FILE) { violation("read: no handle or no context"); return NULL; }
  Reading *r = *context;
  if (!r && f->reading) { violation("read: context changed by the caller"); return NULL; }
  if (r && (Reading *)f->reading != r) { violation(f->context == *context ? "read: context of the other direction" : "read: context not the one of this handle"); return NULL; }
  return r;
}

EXPORT BOOL BackupRead(HANDLE handle, unsigned char *buffer, DWORD count, DWORD *read, BOOL abort, BOOL security, void **context) {
  if (knobEmpty) return no(50);
  take();
  int code;
  File *f = handle;
  size_t before = strlen(violations);
  Reading *r = usable(handle, context, &code);
  if (strlen(violations) != before) code = 87;
  else if (!read) violation("read: no place for the count");
  else if (security != 0 && security != 1) violation("read: bProcessSecurity is neither 0 nor 1");
  else if (abort) {
    if (!r) violation("read: bAbort without context");
    else { f->reading = NULL; *context = NULL; reading_free(r); code = 0; }
  }
  else if (r && r->security != security) violation("read: bProcessSecurity changed");
  else if (!buffer || !count) violation("read: nothing to read into");
  else if (f->flags & 0x20000000) violation("read: FILE_FLAG_NO_BUFFERING");
  else if (!(f->access & (DWORD)READ_ACCESS)) { violation("read: handle without GENERIC_READ"); code = 5; }
  else if (r && r->broken) violation("read: after an error only bAbort may follow");
  else if (knobStrict24 && count <= 24) violation("read: buffer not larger than a header");
  else {
    if (!r) {
      if (f->readOnce++) violation("read: a second context on one handle");
      r = reading(f, security);
      f->reading = r; *context = r;
    }
    if (r->badSeen && present(r) && bad(r, 1)) violation("read: data that gave no answer are asked for again");
    memset(buffer, 0xAA, count);
    *read = 0;
    reads++;
    code = give(r, buffer, count, read);
  }
  let();
  return code ? no(code) : 1;
}

EXPORT BOOL BackupSeek(HANDLE handle, DWORD low, DWORD high, DWORD *soughtLow, DWORD *soughtHigh, void **context) {
  if (knobEmpty) return no(50);
  take();
  int code;
  size_t before = strlen(violations);
  Reading *r = usable(handle, context, &code);
  if (strlen(violations) != before) code = 87;
  else if (!r) violation("seek: before anything was read");
  else if (!soughtLow || !soughtHigh) violation("seek: no place for the count");
  else if (r->broken) violation("read: after an error only bAbort may follow");
  else {
    int64_t wanted = (int64_t)((uint64_t)high << 32 | low), done = 0;
    Run *one = present(r);
    if (!one || !one->payload) violation("seek: not in the data of a stream");
    else {
      int stream = one->stream;
      if (knobSeekShort && wanted > knobSeekShort) wanted = knobSeekShort, code = 25;
      else code = 0;
      for (; one && one->payload && one->stream == stream && done < wanted; one = present(r)) {
        int64_t part = wanted - done < one->length - r->offset ? wanted - done : one->length - r->offset;
        done += part; r->offset += part; r->position += part;
      }
      if (done < wanted) { violation("seek: past the data of the stream"); code = 25; }
      r->badSeen = 0;
    }
    *soughtLow = (DWORD)done; *soughtHigh = (DWORD)((uint64_t)done >> 32);
    seeks++;
  }
  let();
  return code ? no(code) : 1;
}
