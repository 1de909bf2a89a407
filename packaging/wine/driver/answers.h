/* What the driver doubles have in common: how a request is answered, and how a value of the service's key is read. */
#include <ntddk.h>

static NTSTATUS done(IRP *irp, NTSTATUS status, ULONG_PTR count) {
  irp->IoStatus.Status = status;
  irp->IoStatus.Information = count;
  IoCompleteRequest(irp, IO_NO_INCREMENT);
  return status;
}

static NTSTATUS WINAPI yes(DEVICE_OBJECT *d, IRP *irp) { (void)d; return done(irp, STATUS_SUCCESS, 0); }

static NTSTATUS value(HANDLE key, const WCHAR *name, KEY_VALUE_PARTIAL_INFORMATION *to, ULONG room) {
  UNICODE_STRING text;
  ULONG size;
  RtlInitUnicodeString(&text, name);
  return ZwQueryValueKey(key, &text, KeyValuePartialInformation, to, room, &size);
}
