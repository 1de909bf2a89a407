/* A driver double: tells of volumes that they lie on disk 0, which Wine does not tell. Never for a real Windows. The value Volumes of its
 * service's key (REG_MULTI_SZ) has their names as devices, Volume{...}: they lead to this driver from then on, until Wine ends. Files are
 * opened by other names, which do not change. */
#include "answers.h"
#include <ntddvol.h>

#define DEVICE L"\\Device\\PlacesDouble"

static DEVICE_OBJECT *device;

static NTSTATUS WINAPI no(DEVICE_OBJECT *d, IRP *irp) { (void)d; return done(irp, STATUS_INVALID_DEVICE_REQUEST, 0); }

static NTSTATUS WINAPI control(DEVICE_OBJECT *d, IRP *irp) {
  IO_STACK_LOCATION *s = IoGetCurrentIrpStackLocation(irp);
  VOLUME_DISK_EXTENTS extents = {.NumberOfDiskExtents = 1, .Extents = {{.DiskNumber = 0, .StartingOffset.QuadPart = 1 << 20, .ExtentLength.QuadPart = 1ll << 40}}};
  (void)d;
  if (s->Parameters.DeviceIoControl.IoControlCode != IOCTL_VOLUME_GET_VOLUME_DISK_EXTENTS) return done(irp, STATUS_INVALID_DEVICE_REQUEST, 0);
  if (s->Parameters.DeviceIoControl.OutputBufferLength < sizeof extents) return done(irp, STATUS_BUFFER_TOO_SMALL, 0);
  RtlCopyMemory(irp->AssociatedIrp.SystemBuffer, &extents, sizeof extents);
  return done(irp, STATUS_SUCCESS, sizeof extents);
}

NTSTATUS WINAPI DriverEntry(DRIVER_OBJECT *d, UNICODE_STRING *service) {
  static WCHAR room[2400], link[200];
  static const WCHAR before[] = L"\\DosDevices\\";
  KEY_VALUE_PARTIAL_INFORMATION *found = (void *)room;
  UNICODE_STRING name, text;
  OBJECT_ATTRIBUTES attributes;
  HANDLE key;
  NTSTATUS status;

  InitializeObjectAttributes(&attributes, service, OBJ_CASE_INSENSITIVE, 0, 0);
  if ((status = ZwOpenKey(&key, KEY_READ, &attributes))) return status;
  status = value(key, L"Volumes", found, sizeof room - 2 * sizeof(WCHAR));
  ZwClose(key);
  if (status) return status;

  RtlInitUnicodeString(&name, DEVICE);
  if ((status = IoCreateDevice(d, 0, &name, FILE_DEVICE_DISK, 0, 0, &device))) return status;
  for (const WCHAR *one = (WCHAR *)found->Data; *one;) {
    int n = 0;
    while (before[n]) { link[n] = before[n]; n++; }
    while (*one && n < 199) link[n++] = *one++;
    link[n] = 0;
    one++;
    RtlInitUnicodeString(&text, link);
    IoDeleteSymbolicLink(&text);
    if ((status = IoCreateSymbolicLink(&text, &name))) return status;
  }
  d->MajorFunction[IRP_MJ_CREATE] = d->MajorFunction[IRP_MJ_CLOSE] = d->MajorFunction[IRP_MJ_CLEANUP] = yes;
  d->MajorFunction[IRP_MJ_READ] = d->MajorFunction[IRP_MJ_WRITE] = no;
  d->MajorFunction[IRP_MJ_DEVICE_CONTROL] = control;
  device->Flags &= ~DO_DEVICE_INITIALIZING;
  return STATUS_SUCCESS;
}
