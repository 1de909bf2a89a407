#!/usr/bin/env python3
"""Makes the small images of src/test/resources/images with mkntfs, ntfs-3g, setfattr, sfdisk and libwim.

usage: make-images.py OUTDIR [NAME...]     (as root; apt: ntfs-3g attr fdisk psmisc libwim15 openssl)

Contents are seeded: another run gives the same files, names and deletions; only times and serial numbers differ."""
import ctypes, json, os, random, shutil, struct, subprocess, sys, tempfile

from volume import Volume, binary, digest, noise, pack, text

OUT = sys.argv[1]
WORK = tempfile.mkdtemp(prefix='salvor-images-')
DAY = 1557126489                                                   # 2019-05-06 07:08:09 UTC


def reference_objects(v):
    """Eighteen kinds of content that a recovery has to bring back."""
    v.put('docs/resident.txt', b'small resident file contents 0123456789\n' * 5)
    v.put('docs/empty.txt', b'', 'empty')
    v.put('docs/plain1m.bin', binary(1, 1 << 20))
    v.put('docs/odd_size.bin', binary(2, 123457))
    v.put('docs/unicode_\u00fcml\u00e4ut_\u65e5\u672c.txt', b'unicode name body ' * 300)
    v.put('docs/longname_' + 'x' * 230 + '.txt', b'long name body ' * 300)
    v.put('a/b/c/d/e/f/g/h/deep.txt', b'deep ' * 1000)
    v.put('dup/report.txt', b'report in dup ' * 200)
    v.put('dup2/report.txt', b'report in dup2 ' * 200)
    v.scatter([('docs/frag1.bin', binary(3, 40 * 16384)), ('docs/frag2.bin', binary(4, 40 * 16384 - 5))], 16384)
    v.put('docs/withads.txt', b'main stream body ' * 400)
    v.put('docs/withads.txt:Zone.Identifier', b'[ZoneTransfer]\r\nZoneId=3\r\n')
    v.put('docs/withads.txt:big', binary(5, 200000))
    v.put('docs/adsonly.txt', b'', 'stream-only')
    v.put('docs/adsonly.txt:payload', binary(6, 50000))
    sparse(v, 'docs/sparse.bin', 16 << 20, [(0, binary(7, 65536)), (8 << 20, binary(8, 65536))])
    v.compressed('comp')
    v.put('comp/text.log', b''.join(b'line %08d compressible text compressible text\r\n' % i for i in range(20000)), 'lznt1')
    v.put('comp/mixed.bin', noise(9, 300000) + b'\0' * 300000 + b'A' * 300000, 'lznt1')
    v.link('docs/plain1m.bin', 'docs/hardlink.bin')
    v.time('docs/plain1m.bin', DAY)
    for folder in ('docs', 'comp', 'a', 'dup', 'dup2'):
        v.delete(folder)


def sparse(v, path, size, pieces):
    v.mkdir(os.path.dirname(path))
    data = bytearray(size)
    with open(v.at(path), 'wb') as f:
        for offset, piece in pieces:
            f.seek(offset)
            f.write(piece)
            data[offset:offset + len(piece)] = piece
        f.truncate(size)
    v.note(path, bytes(data), 'sparse')


def objects():
    v = Volume(WORK, 'objects', 48, '-c', '4096')
    with v:
        reference_objects(v)
    return v


def reused():
    """The same volume; then three new files take the first records and some of the clusters."""
    v = objects()
    os.rename(v.image, v.image.replace('objects', 'reused'))
    v.image, v.name = v.image.replace('objects', 'reused'), 'reused'
    with v:
        for i in range(3):
            v.put(f'new{i}.bin', binary(100 + i, 700000), 'new')
    return v


def stranger():
    """A folder takes the record of a deleted one, whose files still name it as theirs."""
    v = Volume(WORK, 'stranger', 4, '-c', '4096')
    with v:
        for i in range(1, 4):
            v.put(f'Alpha/f{i}.bin', binary(200 + i, 20000 + i))
    with v:
        v.delete('Alpha')
    with v:
        v.mkdir('Fresh')
        v.put('Fresh/new.txt', text(210, 300), 'new')
    return v


FORMATS = {'xpress4k': (1, 4096, 0), 'lzx': (2, 32768, 1), 'xpress8k': (1, 8192, 2), 'xpress16k': (1, 16384, 3)}


class Compressor:
    """libwim's compressors; a chunk that does not get smaller stays as it is, as Windows keeps it."""

    def __init__(self, name):
        self.lib = ctypes.CDLL('libwim.so.15')
        self.lib.wimlib_compress.restype = ctypes.c_size_t
        self.lib.wimlib_compress.argtypes = [ctypes.c_char_p, ctypes.c_size_t, ctypes.c_char_p, ctypes.c_size_t, ctypes.c_void_p]
        self.lib.wimlib_create_compressor.argtypes = [ctypes.c_int, ctypes.c_size_t, ctypes.c_uint, ctypes.POINTER(ctypes.c_void_p)]
        self.kind, self.chunk, self.algorithm = FORMATS[name]
        self.handle = ctypes.c_void_p()
        assert self.lib.wimlib_create_compressor(self.kind, self.chunk, 0, ctypes.byref(self.handle)) == 0

    def stream(self, data):
        chunks = []
        for start in range(0, len(data), self.chunk):
            plain = data[start:start + self.chunk]
            target = ctypes.create_string_buffer(len(plain))
            size = self.lib.wimlib_compress(plain, len(plain), target, len(plain) - 1, self.handle) if len(plain) > 1 else 0
            chunks.append(target.raw[:size] if size else plain)
        table, end = [], 0
        for chunk in chunks[:-1]:
            end += len(chunk)
            table.append(struct.pack('<I', end))
        return b''.join(table) + b''.join(chunks)


def machine_code(seed, size):
    """Looks like x86: calls to a few places, so that LZX turns its E8 translation on."""
    own = random.Random(seed)
    places = [own.randrange(size) for _ in range(30)]
    common = [own.randbytes(own.randint(2, 12)) for _ in range(60)]
    out = bytearray()
    while len(out) < size:
        out += own.choice(common)
        if own.random() < .4:
            out += b'\xe8' + struct.pack('<i', own.choice(places) - len(out) - 5)
    return bytes(out[:size])


def wof():
    v = Volume(WORK, 'wof', 24, '-c', '4096')
    with v:
        for number, name in enumerate(FORMATS):
            compressor, seed = Compressor(name), 1000 * number
            contents = {'text': text(seed, 80000), 'noise': noise(seed + 1, 20000), 'code': machine_code(seed + 2, 100000),
                        'zeros': b'\0' * 90000 + text(seed + 3, 20000), 'tail': text(seed + 4, compressor.chunk * 2 + 1),
                        'exact': text(seed + 5, compressor.chunk * 3), 'small': text(seed + 6, 900), 'one': b'x',
                        'mixed': text(seed + 7, 40000) + noise(seed + 8, 12000) + b'A' * 70000}
            for state in ('live', 'deleted'):
                for kind, data in contents.items():
                    path = f'{name}/{state}/{kind}.bin'
                    data = data if state == 'live' else data[:-1] + b'!'
                    v.mkdir(os.path.dirname(path))
                    with open(v.at(path), 'wb') as f:
                        f.truncate(len(data))
                    with open(v.at(path) + ':WofCompressedData', 'wb') as f:
                        f.write(compressor.stream(data))
                    reparse = struct.pack('<IHHIIII', 0x80000017, 16, 0, 1, 2, 1, compressor.algorithm)
                    v.note(path, data, 'wof-' + name)
                    v.attribute(path, 'system.ntfs_reparse_data', reparse)
    with v:
        for name in FORMATS:
            v.delete(f'{name}/deleted')
    return v


def usual(v, scatter=True):
    """A few files of each usual kind, half of them deleted."""
    for state in ('kept', 'gone'):
        seed = 50 if state == 'kept' else 60
        if scatter:
            v.scatter([(f'{state}/one.bin', binary(seed + 3, 70000)), (f'{state}/two.bin', binary(seed + 4, 70000))], 4096)
        v.put(f'{state}/resident.txt', text(seed, 300))
        v.put(f'{state}/empty.dat', b'', 'empty')
        v.put(f'{state}/sub/plain.bin', binary(seed + 1, 90001))
        v.put(f'{state}/sub/text.txt', text(seed + 2, 20000))
        v.put(f'{state}/sub/text.txt:note', b'a note in a stream')
        sparse(v, f'{state}/sparse.bin', 1 << 20, [(512 << 10, binary(seed + 5, 9000))])


def sector4k():
    """4096-byte sectors, therefore 4 KiB file records."""
    v = Volume(WORK, 'sector4k', 16, '-s', '4096', '-c', '4096')
    with v:
        usual(v)
    with v:
        v.delete('gone')
    return v


def cluster2m():
    """2 MiB clusters: the boot sector gives the sectors per cluster as a negative power of two."""
    v = Volume(WORK, 'cluster2m', 192, '-c', '2097152')
    with v:
        usual(v, scatter=False)
        v.put('gone/large.bin', binary(70, 5 << 20))
    with v:
        v.delete('gone')
    return v


def attrlist():
    """Files whose attributes do not fit in one record: in very many pieces, with very many names, with very many streams."""
    v = Volume(WORK, 'attrlist', 8, '-c', '1024')
    with v:
        for i, state in enumerate(('kept', 'gone')):               # every piece and every hole is a run
            sparse(v, f'{state}/pieces.bin', 1600 * 1024, [(2048 * n, binary(2000 * i + n, 1024)) for n in range(800)])
            v.entries[f'{state}/pieces.bin']['kind'] = 'attribute-list'
    with v:
        for i, state in enumerate(('kept', 'gone')):
            v.put(f'{state}/names.txt', text(82 + i, 5000), 'attribute-list')
            for n in range(12):
                v.link(f'{state}/names.txt', f'{state}/links/{n:02d}' + chr(97 + n) * 150 + '.txt')
            v.put(f'{state}/streams.txt', text(84 + i, 3000), 'attribute-list')
            for n in range(30):
                v.put(f'{state}/streams.txt:stream {n:02d}', text(200 + 40 * i + n, 100 + 90 * n))
    with v:
        v.delete('gone')
    return v


def lznt1():
    v = Volume(WORK, 'lznt1', 16, '-c', '4096')
    with v:
        for i, state in enumerate(('kept', 'gone')):
            v.compressed(state)
            seed = 300 + 20 * i
            v.put(f'{state}/text.txt', text(seed, 200000), 'lznt1')
            v.put(f'{state}/noise.bin', noise(seed + 1, 70000), 'lznt1')
            v.put(f'{state}/gap.bin', text(seed + 2, 70000) + b'\0' * 300000 + text(seed + 3, 70000), 'lznt1')
            v.put(f'{state}/odd.bin', text(seed + 4, 65537), 'lznt1')
            v.put(f'{state}/exact.bin', text(seed + 5, 131072), 'lznt1')
            v.put(f'{state}/short.txt', text(seed + 6, 5000), 'lznt1')
            v.put(f'{state}/resident.txt', text(seed + 7, 200), 'lznt1')
            v.put(f'{state}/mixed.bin', text(seed + 8, 100000) + noise(seed + 9, 66000) + b'A' * 100000, 'lznt1')
    with v:
        v.delete('gone')
    return v


def ads():
    v = Volume(WORK, 'ads', 8, '-c', '4096')
    with v:
        for i, state in enumerate(('kept', 'gone')):
            seed = 400 + 20 * i
            v.put(f'{state}/mark.txt', text(seed, 4000))
            v.put(f'{state}/mark.txt:Zone.Identifier', b'[ZoneTransfer]\r\nZoneId=3\r\n')
            v.put(f'{state}/many.bin', binary(seed + 1, 30000))
            for n in range(5):
                v.put(f'{state}/many.bin:s{n}', binary(seed + 2 + n, 10 ** n))
            v.put(f'{state}/only.txt', b'', 'stream-only')
            v.put(f'{state}/only.txt:payload', binary(seed + 9, 50000))
            v.put(f'{state}/name.txt', b'main')
            v.put(f'{state}/name.txt:\u65e5\u672c \u00fc', b'a stream whose name is not ASCII')
            v.put(f'{state}/none.txt', b'main only')
            v.put(f'{state}/none.txt:empty', b'')
    with v:
        v.delete('gone')
    return v


def links():
    v = Volume(WORK, 'links', 8, '-c', '4096')
    with v:
        for i, state in enumerate(('kept', 'gone')):
            v.put(f'{state}/one.bin', binary(500 + i, 40000))
            v.link(f'{state}/one.bin', f'{state}/two.bin')
            v.link(f'{state}/one.bin', f'{state}/other folder/three.bin')
            v.put(f'{state}/small.txt', text(510 + i, 200))
            v.link(f'{state}/small.txt', f'{state}/small too.txt')
        v.put('kept/half.txt', text(520, 9000))
        v.link('kept/half.txt', 'kept/half removed.txt')
    with v:
        v.delete('gone')
        os.unlink(v.at('kept/half removed.txt'))                   # the file lives on under its other name
        del v.entries['kept/half removed.txt']
    return v


def metadata():
    """Security descriptors, reparse points, extended attributes, object ids."""
    v = Volume(WORK, 'metadata', 8, '-c', '4096')
    everyone = bytes.fromhex('010100000000000100000000')
    users = bytes.fromhex('01020000000000052000000021020000')
    def descriptor(mask):
        ace = struct.pack('<BBHI', 0, 0, 8 + len(users), mask) + users
        acl = struct.pack('<BBHHH', 2, 0, 8 + len(ace), 1, 0) + ace
        at = 20 + len(acl)
        return struct.pack('<BBHIIII', 1, 0, 0x8004, at, at + len(users), 0, 20) + acl + users + everyone
    def attributes(*pairs):
        out = b''
        for n, (name, value) in enumerate(pairs):
            size = 8 + len(name) + 1 + len(value)
            size += -size % 4
            out += (struct.pack('<IBBH', size, 0, len(name), len(value)) + name + b'\0' + value).ljust(size, b'\0')
        return out
    def symlink(target, shown):
        t, s = target.encode('utf-16-le'), shown.encode('utf-16-le')
        body = struct.pack('<HHHHI', len(s), len(t), 0, len(s), 1) + s + t
        return struct.pack('<IHH', 0xA000000C, len(body), 0) + body
    def junction(target, shown):
        t, s = target.encode('utf-16-le') + b'\0\0', shown.encode('utf-16-le') + b'\0\0'
        body = struct.pack('<HHHH', 0, len(t) - 2, len(t), len(s) - 2) + t + s
        return struct.pack('<IHH', 0xA0000003, len(body), 0) + body
    with v:
        for i, state in enumerate(('kept', 'gone')):
            v.put(f'{state}/secured.txt', text(600 + i, 4000), 'security')
            v.attribute(f'{state}/secured.txt', 'system.ntfs_acl', descriptor(0x1200a9 + i), 'security')
            v.put(f'{state}/secured too.txt', text(602 + i, 100), 'security')
            v.attribute(f'{state}/secured too.txt', 'system.ntfs_acl', descriptor(0x1f01ff), 'security')
            v.put(f'{state}/extended.bin', binary(604 + i, 9000), 'ea')
            v.attribute(f'{state}/extended.bin', 'system.ntfs_ea', attributes((b'FIRST', b'one value'), (b'SECOND.LONGER', noise(i, 200))), 'ea')
            v.put(f'{state}/identified.txt', text(606 + i, 700), 'object-id')
            identity = bytes(range(i, i + 16))
            v.attribute(f'{state}/identified.txt', 'system.ntfs_object_id', identity, 'objectId')
            v.put(f'{state}/link.txt', b'', 'reparse')
            v.attribute(f'{state}/link.txt', 'system.ntfs_reparse_data', symlink('secured.txt', 'secured.txt'), 'reparse')
            v.put(f'{state}/escape.txt', b'', 'reparse')
            v.attribute(f'{state}/escape.txt', 'system.ntfs_reparse_data', symlink('..\\..\\..\\..\\escaped', '..\\..\\..\\..\\escaped'), 'reparse')
            v.mkdir(f'{state}/junction')
            v.attribute(f'{state}/junction', 'system.ntfs_reparse_data', junction('\\??\\C:\\Users', 'C:\\Users'))
    with v:
        v.delete('gone')
    return v


def efs():
    """Encrypted files, live and deleted: AES-256, 3DES, DESX; one user, two and a recovery agent, another one; named streams."""
    import efs as made
    people = {name: made.Person(WORK, name) for name in ('ann', 'bob', 'agent', 'other')}
    v = made.EncryptedVolume(WORK, 'efs', 16, people)
    picture = made.png(700)
    with v:
        for i, state in enumerate(('kept', 'gone')):
            v.put(f'{state}/open.txt', text(700 + i, 3000))
            v.encrypt(f'{state}/aes.txt', text(710 + i, 70001), 'aes', ['ann'])
            v.encrypt(f'{state}/three.txt', text(720 + i, 5000), '3des', ['ann'])
            v.encrypt(f'{state}/desx.txt', text(730 + i, 3000), 'desx', ['ann'])
            v.encrypt(f'{state}/shared.txt', text(740 + i, 9000), 'aes', ['ann', 'bob'], agents=['agent'])
            v.encrypt(f'{state}/bob.txt', text(750 + i, 4096), 'aes', ['bob'])
            v.encrypt(f'{state}/streams.txt', text(760 + i, 1500), 'aes', ['ann'], streams={'notes': text(770 + i, 6000)})
            v.encrypt(f'{state}/empty.txt', b'', 'aes', ['ann'])
            v.encrypt(f'{state}/newer.txt', text(780 + i, 2000), 'aes', ['ann'], version=4)
            v.encrypt(f'{state}/picture.png', picture if i else picture[:-1] + b'!', 'aes', ['ann'])
            v.encrypt(f'{state}/wrong.png', text(790 + i, 20000), 'aes', ['ann'])
            v.sparse(f'{state}/sparse.bin', [(0, binary(800 + i, 65536)), (9 << 16, binary(802 + i, 100000))], 1 << 20, ['ann'])
    v.fill()
    with v:
        v.delete('gone')
    for name in ('ann', 'bob', 'other'):
        people[name].save(OUT)
    return v


def efsfolder():
    """A folder that is encrypted, with a file that is and one that is not."""
    import efs as made
    people = {'owner': made.Person(WORK, 'owner')}
    v = made.EncryptedVolume(WORK, 'efsfolder', 4, people)
    with v:
        v.put('secret/open.txt', text(900, 3000))
        v.encrypt('secret/inside.txt', text(901, 5000), 'aes', ['owner'])
        v.mkdir('plain')
        v.seal('secret', os.urandom(32), 0x6610, ['owner'], (), 2)
    v.fill()
    people['owner'].save(OUT)
    return v


def small(folder, name, megabytes, hidden):
    v = Volume(folder, name, megabytes, '-c', '4096', hidden=hidden)
    with v:
        seed = sum(name.encode())
        for state in ('kept', 'gone'):
            v.put(f'{state}/{name}.txt', text(seed, 5000))
            v.put(f'{state}/deep/{name}.bin', binary(seed + len(state), 60000))
            seed += 1
    with v:
        v.delete('gone')
    return v


def disk(name, table, parts):
    """A disk of 20 MiB with a partition table written by sfdisk and a small NTFS in each of its parts (name, sector, MiB)."""
    image = os.path.join(WORK, name + '.img')
    with open(image, 'wb') as f:
        f.truncate(20 << 20)
    subprocess.run(['sfdisk', '-q', image], input=table.encode(), check=True, stderr=subprocess.DEVNULL)
    with open(os.path.join(OUT, name + '.jsonl'), 'w') as manifest, open(image, 'r+b') as target:
        for at, (part, sector, megabytes) in parts.items():
            v = small(WORK, part, megabytes, sector)
            target.seek(sector * 512)
            with open(v.image, 'rb') as source:
                shutil.copyfileobj(source, target)
            for entry in v.entries.values():
                manifest.write(json.dumps(dict(entry, at=at, sector=sector), ensure_ascii=False) + '\n')
            v.close()
    pack(image, os.path.join(OUT, name + '.img.gz'))
    os.unlink(image)
    print(name + ':', len(parts), 'volumes')


def disk_mbr():
    """A primary partition, and two in an extended one."""
    disk('disk-mbr', 'label: dos\nlabel-id: 0x5a17a0e1\nunit: sectors\n'
         '1 : start=2048, size=8192, type=7\n2 : start=12288, size=24576, type=f\n'
         '5 : start=14336, size=8192, type=7\n6 : start=24576, size=8192, type=7\n',
         {'1': ('primary', 2048, 4), '5': ('logical1', 14336, 4), '6': ('logical2', 24576, 4)})


def disk_gpt():
    disk('disk-gpt', 'label: gpt\nlabel-id: 5A17A0E1-0000-4000-8000-000000000001\nunit: sectors\n'
         'start=2048, size=8192, name="First", type=EBD0A0A2-B9E5-4433-87C0-68B6B72699C7\n'
         'start=12288, size=8192, name="Second", type=EBD0A0A2-B9E5-4433-87C0-68B6B72699C7\n',
         {'1': ('first', 2048, 4), '2': ('second', 12288, 4)})


VOLUMES = [objects, reused, stranger, wof, sector4k, cluster2m, attrlist, lznt1, ads, links, metadata, efs, efsfolder]
DISKS = {'disk-mbr': disk_mbr, 'disk-gpt': disk_gpt}

os.makedirs(OUT, exist_ok=True)
wanted = sys.argv[2:]
for make in VOLUMES:
    if not wanted or make.__name__ in wanted:
        volume = make()
        volume.save(OUT)
        volume.close()
for name, make in DISKS.items():
    if not wanted or name in wanted:
        make()
shutil.rmtree(WORK)
