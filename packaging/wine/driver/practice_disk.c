/* A driver double: the disk \\.\PhysicalDrive9 over an image file, for the kernel that Wine runs in a process of its own. Never for a real
 * Windows. It answers as a disk does: whole sectors only, and nothing is ever written. Values of its service's key: Image (REG_SZ), the
 * image as \??\Z:\...; BadSector (REG_DWORD, may be missing), the number of a sector that cannot be read. */
#include "answers.h"
#include <ntdddisk.h>
#include <ntddstor.h>

#define SECTOR 512
#define NUMBER 9
#define DEVICE L"\\Device\\Harddisk9Double"
#define LINK L"\\DosDevices\\PhysicalDrive9"

static HANDLE image;
static LARGE_INTEGER length;
static LONGLONG bad = -1;
static DEVICE_OBJECT *device;

static NTSTATUS WINAPI written(DEVICE_OBJECT *d, IRP *irp) { (void)d; return done(irp, STATUS_MEDIA_WRITE_PROTECTED, 0); }

static NTSTATUS WINAPI read(DEVICE_OBJECT *d, IRP *irp) {
  IO_STACK_LOCATION *s = IoGetCurrentIrpStackLocation(irp);
  LARGE_INTEGER at = s->Parameters.Read.ByteOffset;
  ULONG count = s->Parameters.Read.Length;
  IO_STATUS_BLOCK io;
  (void)d;
  if (at.QuadPart < 0 || at.QuadPart % SECTOR || count % SECTOR || at.QuadPart >= length.QuadPart) return done(irp, STATUS_INVALID_PARAMETER, 0);
  if (at.QuadPart + count > length.QuadPart) count = (ULONG)(length.QuadPart - at.QuadPart);
  if (bad >= 0 && at.QuadPart <= bad * SECTOR && at.QuadPart + count > bad * SECTOR) return done(irp, STATUS_CRC_ERROR, 0);
  void *to = irp->MdlAddress ? MmGetSystemAddressForMdlSafe(irp->MdlAddress, NormalPagePriority) : irp->AssociatedIrp.SystemBuffer;
  NTSTATUS status = ZwReadFile(image, 0, 0, 0, &io, to, count, &at, 0);
  return done(irp, status, NT_SUCCESS(status) ? io.Information : 0);
}

/* What is told may be longer than the room for it: then as much of it as there is room for, at least its own head. */
static NTSTATUS told(IRP *irp, const void *answer, ULONG size, ULONG least) {
  ULONG room = IoGetCurrentIrpStackLocation(irp)->Parameters.DeviceIoControl.OutputBufferLength;
  if (room < least) return done(irp, STATUS_BUFFER_TOO_SMALL, 0);
  if (size > room) size = room;
  RtlCopyMemory(irp->AssociatedIrp.SystemBuffer, answer, size);
  return done(irp, STATUS_SUCCESS, size);
}

static NTSTATUS WINAPI control(DEVICE_OBJECT *d, IRP *irp) {
  static const char names[] = "SALVOR\0Practice Disk\0" "1.0\0S0009";
  DISK_GEOMETRY_EX geometry = {.Geometry = {.MediaType = FixedMedia, .TracksPerCylinder = 255, .SectorsPerTrack = 63, .BytesPerSector = SECTOR}, .DiskSize = length};
  STORAGE_DEVICE_NUMBER number = {.DeviceType = FILE_DEVICE_DISK, .DeviceNumber = NUMBER};
  struct { STORAGE_DEVICE_DESCRIPTOR head; char names[sizeof names]; } who = {.head = {.Version = sizeof who.head, .Size = sizeof who, .BusType = BusTypeUsb, .RemovableMedia = 1,
      .VendorIdOffset = sizeof who.head, .ProductIdOffset = sizeof who.head + 7, .ProductRevisionOffset = sizeof who.head + 21, .SerialNumberOffset = sizeof who.head + 25}};
  (void)d;
  geometry.Geometry.Cylinders.QuadPart = length.QuadPart / (255 * 63 * SECTOR);
  RtlCopyMemory(who.names, names, sizeof names);
  switch (IoGetCurrentIrpStackLocation(irp)->Parameters.DeviceIoControl.IoControlCode) {
    case IOCTL_DISK_GET_DRIVE_GEOMETRY: return told(irp, &geometry.Geometry, sizeof geometry.Geometry, sizeof geometry.Geometry);
    case IOCTL_DISK_GET_DRIVE_GEOMETRY_EX: return told(irp, &geometry, 32, 32);
    case IOCTL_DISK_GET_LENGTH_INFO: return told(irp, &length, sizeof length, sizeof length);
    case IOCTL_STORAGE_GET_DEVICE_NUMBER: return told(irp, &number, sizeof number, sizeof number);
    case IOCTL_STORAGE_QUERY_PROPERTY:
      if (((STORAGE_PROPERTY_QUERY *)irp->AssociatedIrp.SystemBuffer)->PropertyId != StorageDeviceProperty) return done(irp, STATUS_NOT_SUPPORTED, 0);
      return told(irp, &who, sizeof who, 8);
    default: return done(irp, STATUS_INVALID_DEVICE_REQUEST, 0);
  }
}

static void WINAPI unload(DRIVER_OBJECT *d) {
  UNICODE_STRING link;
  (void)d;
  RtlInitUnicodeString(&link, LINK);
  IoDeleteSymbolicLink(&link);
  IoDeleteDevice(device);
  ZwClose(image);
}

NTSTATUS WINAPI DriverEntry(DRIVER_OBJECT *d, UNICODE_STRING *service) {
  static WCHAR room[1200];
  KEY_VALUE_PARTIAL_INFORMATION *found = (void *)room;
  UNICODE_STRING name, link, path;
  OBJECT_ATTRIBUTES attributes;
  IO_STATUS_BLOCK io;
  FILE_STANDARD_INFORMATION size;
  HANDLE key;
  NTSTATUS status;

  InitializeObjectAttributes(&attributes, service, OBJ_CASE_INSENSITIVE, 0, 0);
  if ((status = ZwOpenKey(&key, KEY_READ, &attributes))) return status;
  if (!value(key, L"BadSector", found, sizeof room)) bad = *(ULONG *)found->Data;
  if ((status = value(key, L"Image", found, sizeof room - sizeof(WCHAR)))) return status;
  ZwClose(key);

  RtlInitUnicodeString(&path, (WCHAR *)found->Data);
  InitializeObjectAttributes(&attributes, &path, OBJ_CASE_INSENSITIVE | OBJ_KERNEL_HANDLE, 0, 0);
  if ((status = ZwCreateFile(&image, GENERIC_READ | SYNCHRONIZE, &attributes, &io, 0, 0, 7, FILE_OPEN, FILE_SYNCHRONOUS_IO_NONALERT, 0, 0))) return status;
  if ((status = ZwQueryInformationFile(image, &io, &size, sizeof size, FileStandardInformation))) return status;
  length = size.EndOfFile;

  RtlInitUnicodeString(&name, DEVICE);
  RtlInitUnicodeString(&link, LINK);
  if ((status = IoCreateDevice(d, 0, &name, FILE_DEVICE_DISK, 0, 0, &device))) return status;
  device->Flags |= DO_DIRECT_IO;
  if ((status = IoCreateSymbolicLink(&link, &name))) return status;
  d->MajorFunction[IRP_MJ_CREATE] = d->MajorFunction[IRP_MJ_CLOSE] = d->MajorFunction[IRP_MJ_CLEANUP] = d->MajorFunction[IRP_MJ_FLUSH_BUFFERS] = yes;
  d->MajorFunction[IRP_MJ_READ] = read;
  d->MajorFunction[IRP_MJ_WRITE] = written;
  d->MajorFunction[IRP_MJ_DEVICE_CONTROL] = control;
  d->DriverUnload = unload;
  device->Flags &= ~DO_DEVICE_INITIALIZING;
  return STATUS_SUCCESS;
}
