/* A strict double of what kernel32 tells of disks, volumes and paths: a made-up computer whose disks are files. It checks what the
 * contract asks of a caller (nothing opened for writing, whole sectors at whole sectors into aligned memory) and can be told to go wrong. */
#include "windows_double.h"

enum { DISKS = 8, VOLUMES = 16, EXTENTS = 4, MAGIC = 0x4449534b, DEAD = 0x44454144 };
typedef struct { int there, sector, bus, removable, rotates; int64_t size; char image[1024], maker[32], model[64], serial[32]; } Disk;
typedef struct { char id[40], mounts[256], type[16], label[32], folder[1024]; int extents; struct { int disk; int64_t start, length; } extent[EXTENTS]; } Volume;
typedef struct Handle { DWORD magic, access; int kind, disk, volume, dasd; char path[1024]; struct Handle *next; } Handle;
enum { DISK, VOLUME, PATH };

static Disk disks[DISKS];
static Volume volumes[VOLUMES];
static Handle *handles;
static int volumeCount, searching;
static int64_t knobDenied, knobBadAt, knobBadLength, knobGoneAfter, knobShortRead, knobNoGuid, knobNoExtents, knobNoLength, knobNoDescriptor, reads, opened;
static char share[256];

EXPORT void double_reset(void) {
  violations[0] = 0; memset(disks, 0, sizeof disks); memset(volumes, 0, sizeof volumes); handles = NULL; volumeCount = searching = 0;
  knobDenied = knobShortRead = knobNoGuid = knobNoExtents = knobNoLength = knobNoDescriptor = reads = opened = 0;
  knobBadAt = knobGoneAfter = -1; knobBadLength = 1; share[0] = 0;
}

EXPORT int double_knob(const char *name, int64_t value) {
  if (!strcmp(name, "denied")) knobDenied = value;
  else if (!strcmp(name, "bad-at")) knobBadAt = value;
  else if (!strcmp(name, "bad-length")) knobBadLength = value;
  else if (!strcmp(name, "gone-after")) knobGoneAfter = value;
  else if (!strcmp(name, "short-read")) knobShortRead = value;
  else if (!strcmp(name, "no-guid")) knobNoGuid = value;
  else if (!strcmp(name, "no-extents")) knobNoExtents = value;
  else if (!strcmp(name, "no-length")) knobNoLength = value;
  else if (!strcmp(name, "no-descriptor")) knobNoDescriptor = value;
  else return 0;
  return 1;
}

EXPORT int64_t double_count(const char *name) {
  if (!strcmp(name, "reads")) return reads;
  if (!strcmp(name, "opened")) return opened;
  return -1;
}

EXPORT const char *double_violations(void) {
  for (Handle *h = handles; h; h = h->next) if (h->magic == MAGIC) violation("leak: handle not closed");
  handles = NULL;
  return violations;
}

EXPORT void double_disk(int number, const char *image, int64_t size, int sector, int bus, const char *maker, const char *model, const char *serial, int removable, int rotates) {
  Disk *d = &disks[number];
  d->there = 1; d->size = size; d->sector = sector; d->bus = bus; d->removable = removable; d->rotates = rotates;
  snprintf(d->image, sizeof d->image, "%s", image); snprintf(d->maker, sizeof d->maker, "%s", maker);
  snprintf(d->model, sizeof d->model, "%s", model); snprintf(d->serial, sizeof d->serial, "%s", serial);
}

/* mounts: separated by '|'. folder: where its files lie on the computer of the test. */
EXPORT int double_volume(const char *id, const char *mounts, const char *type, const char *label, const char *folder) {
  Volume *v = &volumes[volumeCount];
  snprintf(v->id, sizeof v->id, "%s", id); snprintf(v->mounts, sizeof v->mounts, "%s", mounts); snprintf(v->type, sizeof v->type, "%s", type);
  snprintf(v->label, sizeof v->label, "%s", label); snprintf(v->folder, sizeof v->folder, "%s", folder);
  return volumeCount++;
}

EXPORT void double_extent(int volume, int disk, int64_t start, int64_t length) {
  Volume *v = &volumes[volume];
  v->extent[v->extents].disk = disk; v->extent[v->extents].start = start; v->extent[v->extents].length = length; v->extents++;
}

/* Paths that lie on no volume lie on this share. */
EXPORT void double_share(const char *name) { snprintf(share, sizeof share, "%s", name); }

static int by_id(const char *text) {
  for (int i = 0; i < volumeCount; i++) if (strstr(text, volumes[i].id)) return i;
  return -1;
}

static int by_letter(char letter) {
  char mount[4] = {letter, ':', '\\', 0};
  for (int i = 0; i < volumeCount; i++) if (strstr(volumes[i].mounts, mount)) return i;
  return -1;
}

/* A path without the prefix that turns off its limit. */
static const char *plain(const char *path) { return strncmp(path, "\\\\?\\", 4) ? path : path + 4; }

static int by_path(const char *path) {
  int best = -1; size_t longest = 0;
  path = plain(path);
  for (int i = 0; i < volumeCount; i++) {
    size_t n = strlen(volumes[i].folder);
    if (n > longest && !strncmp(path, volumes[i].folder, n) && (!path[n] || path[n] == '/' || path[n] == '\\')) { best = i; longest = n; }
  }
  return best;
}

EXPORT HANDLE CreateFileW(const uint16_t *name, DWORD access, DWORD shared, void *security, DWORD disposition, DWORD flags, HANDLE template) {
  char text[1024];
  int code = 2;
  (void)security; (void)template;
  narrow(name, -1, text, sizeof text);
  Handle *h = calloc(1, sizeof *h);
  h->magic = MAGIC; h->access = access; h->disk = h->volume = -1;
  take();
  if (strlen(text) < 2) violation("open: a name of one letter: not UTF-16");
  if (access & ~0x80000000u) violation("open: more than reading");
  if (disposition != 3) violation("open: not OPEN_EXISTING");
  if ((shared & 3) != 3) { violation("open: not shared for writing, which others do"); code = 32; }
  else if (!strncmp(text, "\\\\.\\", 4) || !strncmp(text, "\\\\?\\Volume", 10)) {
    if (text[strlen(text) - 1] == '\\') { violation("open: a backslash behind a device is its folder"); code = 3; }
    else if (flags & 0x20000000) violation("open: without buffering nothing is gained, and much must be right");
    else if (!strncmp(text + 4, "PhysicalDrive", 13)) {
      int number = atoi(text + 17);
      if (number < DISKS && disks[number].there) { h->kind = DISK; h->disk = number; code = 0; }
    } else {
      h->kind = VOLUME;
      h->volume = text[5] == ':' ? by_letter(text[4]) : by_id(text);
      code = h->volume < 0 ? 2 : 0;
    }
    if (!code && access && knobDenied) code = 5;
  } else {
    if (!(flags & 0x02000000)) { violation("open: a folder without BACKUP_SEMANTICS"); code = 5; }
    else {
      h->kind = PATH; h->volume = by_path(text);
      snprintf(h->path, sizeof h->path, "%s", text);
      code = kind_of(text) ? 0 : 2;
    }
  }
  if (!code) { h->next = handles; handles = h; opened++; }
  let();
  if (code) { free(h); last_error(code); return INVALID; }
  return h;
}

static Handle *usable(HANDLE handle, const char *what) {
  Handle *h = handle;
  if (!h || h == INVALID || h->magic != MAGIC) { violation(what); return NULL; }
  return h;
}

EXPORT BOOL CloseHandle(HANDLE handle) {
  take();
  Handle *h = usable(handle, "close: no open handle");
  if (h) h->magic = DEAD;
  let();
  return h ? 1 : no(6);
}

static int64_t length(Handle *h) { return h->kind == DISK ? disks[h->disk].size : volumes[h->volume].extent[0].length; }
static int sector(Handle *h) { return disks[h->kind == DISK ? h->disk : volumes[h->volume].extent[0].disk].sector; }

EXPORT BOOL ReadFile(HANDLE handle, unsigned char *buffer, DWORD count, DWORD *done, void *overlapped) {
  take();
  int code = 0;
  Handle *h = usable(handle, "read: no open handle");
  if (!h) code = 6;
  else if (!done || !overlapped || !buffer) { violation("read: no count, no position or no buffer"); code = 87; }
  else if (!(h->access & 0x80000000u)) { violation("read: opened only for questions"); code = 5; }
  else {
    uint32_t low, high, size = (uint32_t)sector(h);
    memcpy(&low, (char *)overlapped + 16, 4); memcpy(&high, (char *)overlapped + 20, 4);
    int64_t at = (int64_t)high << 32 | low, end = length(h);
    Disk *d = &disks[h->kind == DISK ? h->disk : volumes[h->volume].extent[0].disk];
    reads++;
    *done = 0;
    if (at % size || count % size || !count) { violation("read: not whole sectors"); code = 87; }
    else if ((uintptr_t)buffer % size) { violation("read: memory not aligned"); code = 87; }
    else if (knobGoneAfter >= 0 && reads > knobGoneAfter) code = 1167;
    else if (at >= end) code = 38;
    else if (knobBadAt >= 0 && at < knobBadAt + knobBadLength && at + count > knobBadAt) code = 23;
    else if (h->kind == VOLUME && !h->dasd && at + count > end - size) code = 38; /* the last sector, without FSCTL_ALLOW_EXTENDED_DASD_IO */
    else {
      if (at + count > end) count = (DWORD)(end - at);
      if (knobShortRead && count > size) count = size;
      int f = open_file(d->image, O_RDONLY);
      int64_t from = at + (h->kind == VOLUME ? volumes[h->volume].extent[0].start : 0);
      if (f < 0 || read_at(f, buffer, count, from) != count) code = 1117;
      if (f >= 0) close(f);
      if (!code) *done = count;
    }
  }
  let();
  return code ? no(code) : 1;
}

static BOOL give(const void *answer, DWORD size, void *out, DWORD room, DWORD *returned) {
  if (!out || room < size) { *returned = 0; return no(room < 8 ? 122 : 234); }
  memcpy(out, answer, size);
  *returned = size;
  return 1;
}

EXPORT BOOL DeviceIoControl(HANDLE handle, DWORD code, void *in, DWORD inSize, void *out, DWORD room, DWORD *returned, void *overlapped) {
  unsigned char answer[1024] = {0};
  Handle *h = usable(handle, "control: no open handle");
  if (!h) return no(6);
  if (!returned || overlapped) { violation("control: no place for the count, or OVERLAPPED"); return no(87); }
  if (h->kind == PATH) { violation("control: asked of a file"); return no(1); }
  Disk *d = &disks[h->kind == DISK ? h->disk : volumes[h->volume].extent[0].disk];
  switch (code) {
    case 0x00090083: *returned = 0; if (h->kind == DISK) return no(1); h->dasd = 1; return 1;
    case 0x0007405C:
      if (!(h->access & 0x80000000u)) return no(5);
      if (knobNoLength) return no(50);
      { int64_t n = length(h); return give(&n, 8, out, room, returned); }
    case 0x000700A0:
      if (h->kind == VOLUME && !(h->access & 0x80000000u)) return no(5);
      memcpy(answer + 20, &d->sector, 4); memcpy(answer + 24, &d->size, 8);
      return give(answer, 40, out, room, returned);
    case 0x002D1400: {
      int32_t id;
      if (inSize != 12 || !in) { violation("control: STORAGE_PROPERTY_QUERY is of 12 bytes"); return no(87); }
      memcpy(&id, in, 4);
      if (knobNoDescriptor) return no(1);
      if (id == 7) { answer[8] = (unsigned char)d->rotates; return give(answer, 12, out, room, returned); }
      if (id) return no(87);
      int32_t maker = 40, model = 80, serial = 160;
      answer[10] = (unsigned char)d->removable;
      if (d->maker[0]) memcpy(answer + 12, &maker, 4);
      memcpy(answer + 16, &model, 4);
      if (d->serial[0]) memcpy(answer + 24, &serial, 4);
      memcpy(answer + 28, &d->bus, 4);
      memcpy(answer + maker, d->maker, strlen(d->maker)); memcpy(answer + model, d->model, strlen(d->model)); memcpy(answer + serial, d->serial, strlen(d->serial));
      return give(answer, 200, out, room, returned);
    }
    case 0x00560000: {
      if (h->kind != VOLUME) return no(1);
      if (knobNoExtents) return no(1);
      Volume *v = &volumes[h->volume];
      memcpy(answer, &v->extents, 4);
      for (int i = 0; i < v->extents; i++) {
        memcpy(answer + 8 + 24 * i, &v->extent[i].disk, 4); memcpy(answer + 16 + 24 * i, &v->extent[i].start, 8); memcpy(answer + 24 + 24 * i, &v->extent[i].length, 8);
      }
      return give(answer, 8 + 24 * (DWORD)v->extents, out, room, returned);
    }
    default: violation("control: a code that nobody needs"); return no(1);
  }
}

static DWORD widened(const char *text, uint16_t *to, DWORD letters) {
  DWORD n = widen(text, to, letters);
  if (!n) last_error(122);
  return n;
}

EXPORT DWORD GetFinalPathNameByHandleW(HANDLE handle, uint16_t *path, DWORD letters, DWORD flags) {
  char text[2048];
  Handle *h = usable(handle, "path: no open handle");
  if (!h || h->kind != PATH) { violation("path: of no file"); return (DWORD)no(6); }
  if (flags == 1) {
    if (h->volume < 0 || knobNoGuid) return (DWORD)no(3);
    snprintf(text, sizeof text, "\\\\?\\Volume%s\\x", volumes[h->volume].id);
  } else if (flags == 0) {
    if (h->volume < 0 && share[0]) snprintf(text, sizeof text, "\\\\?\\UNC\\%s\\x", share);
    else snprintf(text, sizeof text, "\\\\?\\Q:\\x");
  } else { violation("path: another form than was meant"); return (DWORD)no(87); }
  return widened(text, path, letters);
}

EXPORT BOOL GetFileInformationByHandle(HANDLE handle, void *info) {
  Handle *h = usable(handle, "information: no open handle");
  if (!h) return no(6);
  memset(info, 0, 52);
  uint32_t serial = 0xcafe0000u + (uint32_t)h->volume, low = 5381;
  for (const char *c = h->path; *c; c++) low = low * 33 + (unsigned char)*c;
  memcpy((char *)info + 28, &serial, 4);
  memcpy((char *)info + 48, &low, 4);
  return 1;
}

EXPORT BOOL GetVolumeNameForVolumeMountPointW(const uint16_t *mount, uint16_t *name, DWORD letters) {
  char text[256], guid[64];
  narrow(mount, -1, text, sizeof text);
  if (text[strlen(text) - 1] != '\\') { violation("volume: a mount point ends with a backslash"); return no(123); }
  int v = by_letter(text[0]);
  if (v < 0) return no(2);
  snprintf(guid, sizeof guid, "\\\\?\\Volume%s\\", volumes[v].id);
  return widened(guid, name, letters) != 0;
}

EXPORT BOOL GetVolumePathNamesForVolumeNameW(const uint16_t *name, uint16_t *paths, DWORD letters, DWORD *needed) {
  char text[256];
  narrow(name, -1, text, sizeof text);
  int v = by_id(text);
  if (v < 0 || text[strlen(text) - 1] != '\\') { violation("volume: no name of one, or no backslash behind it"); return no(123); }
  DWORD n = (DWORD)strlen(volumes[v].mounts) + 2;
  *needed = n;
  if (n > letters) return no(234);
  memset(paths, 0, n * 2);
  for (DWORD i = 0; volumes[v].mounts[i]; i++) paths[i] = volumes[v].mounts[i] == '|' ? 0 : (uint16_t)volumes[v].mounts[i];
  return 1;
}

EXPORT BOOL GetVolumeInformationW(const uint16_t *root, uint16_t *label, DWORD labels, DWORD *serial, DWORD *longest, DWORD *flags, uint16_t *type, DWORD letters) {
  char text[256];
  (void)serial; (void)longest; (void)flags;
  narrow(root, -1, text, sizeof text);
  int v = by_id(text);
  if (v < 0 || text[strlen(text) - 1] != '\\') { violation("volume: no root of one"); return no(123); }
  if (!volumes[v].type[0]) return no(1005);
  widen(volumes[v].label, label, labels);
  widen(volumes[v].type, type, letters);
  return 1;
}

EXPORT HANDLE FindFirstVolumeW(uint16_t *name, DWORD letters) {
  char guid[64];
  if (!volumeCount) { last_error(18); return INVALID; }
  searching = 1;
  snprintf(guid, sizeof guid, "\\\\?\\Volume%s\\", volumes[0].id);
  return widened(guid, name, letters) ? (HANDLE)0x75 : INVALID;
}

EXPORT BOOL FindNextVolumeW(HANDLE search, uint16_t *name, DWORD letters) {
  char guid[64];
  if (search != (HANDLE)0x75) { violation("search: another handle"); return no(6); }
  if (searching >= volumeCount) return no(18);
  snprintf(guid, sizeof guid, "\\\\?\\Volume%s\\", volumes[searching++].id);
  return widened(guid, name, letters) != 0;
}

EXPORT BOOL FindVolumeClose(HANDLE search) {
  if (search != (HANDLE)0x75 || !searching) violation("search: closed, and not open");
  searching = 0;
  return 1;
}
