#!/usr/bin/env python3
"""Makes the small media of src/test/resources/media: backups in the Microsoft Tape Format 1.00a.

Written from the tables of the format (fields, offsets, checksums), not from the program's reader, so that the two check each
other. It makes what freely available archives lack: several sets behind soft filemarks, a set over two media, compressed
frames (LZS), an encrypted file (NTED), a file that was damaged while it was saved (CFIL), names of single bytes, and a medium
of a database server. expected.tsv holds what was put in: medium, set, path on the target, size, SHA-256.

    python3 src/test/scripts/make-media.py src/test/resources/media

The same bytes at every run. No NTBackup was at hand: these media are as right as the tables are.
"""
import gzip
import hashlib
import os
import struct
import sys

NT = 14
UNICODE, ANSI = 2, 1
CONTINUATION, COMPRESSION = 1, 4
CONTINUE, CHECKSUMMED, COMPRESSED = 1, 0x20, 0x10
LZS221 = 0x0ABE
FILES_VENDOR, SQL_VENDOR = 0x0CBE, 0x1200


def xor16(data):
    value = 0
    for (word,) in struct.iter_unpack('<H', data):
        value ^= word
    return value


def date(year, month, day, hour=0, minute=0, second=0):
    """MTF_DATE_TIME: 40 bits, highest first."""
    bits = year << 26 | month << 22 | day << 17 | hour << 12 | minute << 6 | second
    return bits.to_bytes(5, 'big')


assert date(1996, 12, 31, 20, 7, 30) == bytes.fromhex('1f333f41de')
WHEN = date(2004, 2, 29, 13, 37, 42)


class Block:
    """A DBLK: the common header of 52 bytes, a body, and behind it what its tape addresses (size, offset) name."""

    def __init__(self, kind, attributes=0, size=52, text=UNICODE, shown=0):
        self.bytes = bytearray(size)
        self.bytes[0:4] = kind
        struct.pack_into('<I', self.bytes, 4, attributes)
        self.bytes[10], self.bytes[11] = NT, 1
        struct.pack_into('<Q', self.bytes, 12, shown)
        self.bytes[48] = text
        self.text = text

    def put(self, form, at, *values):
        struct.pack_into('<' + form, self.bytes, at, *values)
        return self

    def raw(self, at, value):
        self.bytes[at:at + len(value)] = value
        return self

    def address(self, at, value):
        if value:
            self.put('HH', at, len(value), len(self.bytes))
            self.bytes += value
            self.bytes += bytes(-len(self.bytes) % 4)
        return self

    def string(self, at, value):
        return self.address(at, value.encode('utf-16-le' if self.text == UNICODE else 'cp1252'))

    def finish(self, control, address, first_event):
        self.put('H', 8, first_event)
        self.put('Q', 20, address)
        self.put('I', 36, control)
        self.put('H', 50, 0)
        self.put('H', 50, xor16(self.bytes[:50]))
        assert xor16(self.bytes[:52]) == 0
        return bytes(self.bytes)


class Stream:
    def __init__(self, kind, data, fs=0, media=0, compression=0, length=None):
        self.data = data
        head = struct.pack('<4sHHQHH', kind, fs, media, len(data) if length is None else length, 0, compression)
        self.head = head + struct.pack('<H', xor16(head))
        assert len(self.head) == 22 and xor16(self.head) == 0


def checked(data):
    """A stream and its checksum, the exclusive or of the data taken as words of 32 bits."""
    padded = data + bytes(-len(data) % 4)
    value = 0
    for (word,) in struct.iter_unpack('<I', padded):
        value ^= word
    return [Stream(b'STAN', data, media=CHECKSUMMED), Stream(b'CSUM', struct.pack('<I', value))]


class Medium:
    """One file. Blocks begin at multiples of the format logical block, counted from the SSET."""

    def __init__(self, flb, soft=True, sequence=1, attributes=0, mbc=0, vendor=FILES_VENDOR, family=0, label='', software=''):
        self.flb = flb
        self.soft = soft
        self.out = bytearray()
        self.base = 0
        self.address = 0
        self.control = 0
        self.marks = []
        tape = Block(b'TAPE', attributes, 94)
        tape.put('IIHHHH', 52, 0x5A1F0000 + family, 1 if soft else 0, sequence, 0, flb // 512 if soft else 0, mbc)
        tape.put('HH', 84, flb, vendor).raw(88, WHEN).put('B', 93, 1)
        tape.string(68, 'practice medium').string(72, label).string(80, software)
        self.block(tape)

    def block(self, block, streams=(), end=True):
        """Header and body, its streams at multiples of four, and SPAD up to the next block."""
        start = len(self.out)
        assert (start - self.base) % self.flb == 0
        first = len(block.bytes) + -len(block.bytes) % 4
        self.out += block.finish(self.control, self.address + (start - self.base) // self.flb, first)
        self.control += 1
        for stream in streams:
            self.align(4)
            self.out += stream.head + stream.data
        self.align(4)
        if end:
            left = -(len(self.out) + 22 - self.base) % self.flb
            self.out += Stream(b'SPAD', bytes(left)).head + bytes(left)

    def align(self, unit, base=0):
        self.out += bytes(-(len(self.out) - base) % unit)

    def filemark(self):
        """An SFMB block: the places of earlier ones, newest first. Nothing where the medium has no soft ones."""
        if not self.soft:
            return
        mark = Block(b'SFMB', 0, self.flb).put('II', 52, (self.flb - 60) // 8, len(self.marks))
        for number, place in enumerate(reversed(self.marks)):
            mark.put('Q', 60 + 8 * number, place)
        self.marks.append(len(self.out))
        self.out += mark.finish(self.control, (len(self.out) - self.base) // self.flb, self.flb)
        self.control += 1

    def set(self, number, name, description, user, when, text=UNICODE, attributes=0, kind=4, compression=0, again=None):
        self.base = len(self.out)
        self.control, self.address = again or (0, 0)
        block = Block(b'SSET', attributes, 98, text)
        block.put('IHHHH', 52, kind, 0, compression, FILES_VENDOR, number).put('Q', 80, self.base // 512)
        block.raw(88, when).put('BBbBB', 93, 5, 1, 0, 0, 0)
        block.string(64, name).string(68, description).string(76, user)
        self.block(block)

    def volume(self, device, label, machine, text=UNICODE, attributes=0):
        block = Block(b'VOLB', attributes, 73, text).put('I', 52, 4).raw(68, WHEN)
        self.block(block.string(56, device).string(60, label).string(64, machine))

    def folder(self, number, parts, text=UNICODE, attributes=0, streams=()):
        block = Block(b'DIRB', attributes, 84, text).put('I', 52, 0)
        for at in (56, 61, 66, 71):
            block.raw(at, WHEN)
        block.put('I', 76, number).address(44, struct.pack('<I', 0x10))
        self.block(block.string(80, ''.join(part + '\0' for part in parts) or '\0'), streams)

    def file(self, folder, number, name, size, streams, text=UNICODE, attributes=0, flags=0, end=True, win=0x20):
        block = Block(b'FILE', attributes, 88, text, shown=size).put('I', 52, flags)
        for at in (56, 61, 66, 71):
            block.raw(at, WHEN)
        block.put('II', 76, folder, number).address(44, struct.pack('<IHHI', win, 0, 0, 0))
        self.block(block.string(84, name), streams, end)

    def damaged(self, stream, at):
        """CFIL: the file before could not be read from here on, and was filled with zeros."""
        self.block(Block(b'CFIL', 0, 76).put('I', 52, 1 << 17).put('QH', 64, at, stream))

    def end_of_set(self, number):
        self.filemark()
        self.block(Block(b'ESET', 0, 85).put('I', 52, 4).put('H', 78, number).raw(80, WHEN))
        self.filemark()


def text(number, size):
    """The same words for the same number."""
    line = ('%05d The quick brown fox jumps over the lazy dog; wave %d of the harbour.\r\n' % (number, number)).encode()
    return (line * (size // len(line) + 1))[:size]


def noise(number, size):
    out = b''
    while len(out) < size:
        out += hashlib.sha256(b'%d/%d' % (number, len(out))).digest()
    return out[:size]


# LZS: bits from the highest on; 0 and a byte; 11 and a distance of 7 bits or 10 and one of 11 bits, then a length
def lzs(data):
    bits = []

    def put(value, count):
        bits.extend(value >> i & 1 for i in range(count - 1, -1, -1))

    last = {}
    at = 0
    while at < len(data):
        before = last.get(data[at:at + 2], -1)
        distance = at - before
        if before >= 0 and len(data) - at >= 2 and distance < 2048:
            length = 2
            while at + length < len(data) and data[before + length] == data[at + length] and length < 500:
                length += 1
            put(0b11, 2) or put(distance, 7) if distance < 128 else put(0b10, 2) or put(distance, 11)
            if length < 5:
                put(length - 2, 2)
            elif length < 8:
                put(0b1100 + length - 5, 4)
            else:
                put(0b1111, 4)
                left = length - 8
                while left >= 15:
                    put(15, 4)
                    left -= 15
                put(left, 4)
        else:
            length = 1
            put(0, 1)
            put(data[at], 8)
        for i in range(at, min(at + length, len(data) - 1)):
            last[data[i:i + 2]] = i
        at += length
    put(0b110000000, 9)
    bits.extend([0] * (-len(bits) % 8))
    return bytes(int(''.join(map(str, bits[i:i + 8])), 2) for i in range(0, len(bits), 8))


def frames(data, stored=()):
    """Frames of 62 KiB of source each; what does not get smaller, and those that are asked for, are stored as they are."""
    out = b''
    size = 62 * 1024
    for number, at in enumerate(range(0, len(data), size)):
        part = data[at:at + size]
        packed = lzs(part)
        if number in stored or len(packed) >= len(part):
            packed = part
        head = struct.pack('<2sHQIIBB', b'FH', COMPRESSED, len(data) - at, len(part), len(packed), number + 1, 0)
        out += head + struct.pack('<H', xor16(head)) + packed
    return out


def export():
    """An EFS raw export ([MS-EFSR] 2.2.2) of 700 bytes for the certificate of 'kim', whose key exists nowhere."""
    thumbprint = hashlib.sha1(b'kim').digest()
    name = 'kim(kim@SALVOR)\0'.encode('utf-16-le')
    certificate = struct.pack('<5I', 20, 20, 0, 0, 40) + thumbprint + name
    public = struct.pack('<5I', 28 + len(certificate), 0, 3, len(certificate), 28) + bytes(8) + certificate
    wrapped = noise(7, 256)
    entry = struct.pack('<5I', 20 + len(public) + 256, 20, 256, 20 + len(public), 0) + public + wrapped
    keys = struct.pack('<I', 1) + entry
    metadata = struct.pack('<4I', 0x54 + len(keys), 0, 2, 0) + bytes(range(16)) + bytes(32)
    metadata += struct.pack('<2I', 0x54, 0) + bytes(12) + keys

    def stream(name, flag):
        head = 'NTFS'.encode('utf-16-le') + struct.pack('<I', flag) + bytes(8) + struct.pack('<I', len(name)) + name
        return struct.pack('<I', 4 + len(head)) + head

    def segment(body):
        return struct.pack('<I', 16 + len(body)) + 'GURE'.encode('utf-16-le') + bytes(4) + body

    block = noise(8, 1024)
    head = struct.pack('<QIIIHBBBBHI', 0, 0x1F0, 700, 700, 0, 10, 10, 12, 1, 1, len(block))
    head += bytes(0x1F0 - len(head))
    return (bytes.fromhex('00010000') + 'ROBS'.encode('utf-16-le') + bytes(8) + stream(b'\x10\x19', 0)
            + segment(metadata) + stream('::$DATA'.encode('utf-16-le'), 0) + segment(head + block))


def named(name, data):
    name = (':%s:$DATA' % name).encode('utf-16-le')
    return Stream(b'ADAT', struct.pack('<I', len(name)) + name + data)


EXPECTED = []


def expect(medium, place, path, data):
    EXPECTED.append((medium, place, path, len(data), hashlib.sha256(data).hexdigest()))


def two_sets():
    medium = Medium(1024, family=1, label='MTF Media Label|1.0|Salvor|tests|2004/02/29.13:37:42|one|1|1|1|', software='make-media.py')
    medium.filemark()
    for number, letter, when in ((1, 'C', date(2004, 2, 28, 1)), (2, 'D', date(2004, 2, 29, 1))):
        place = 'set-%d' % number
        medium.set(number, 'Night %d' % number, 'made for tests', 'SALVOR\\kim', when)
        medium.volume(letter + ':', 'System', 'HARBOUR')
        medium.folder(1, [])
        plain, marked = text(number, 3000), text(number + 10, 777)
        medium.file(1, 1, 'plain.txt', len(plain), checked(plain))
        medium.folder(2, ['Papers', '\u00dcbersicht \u65e5\u672c'])
        medium.file(2, 2, 'marked.txt', len(marked), [Stream(b'STAN', marked), named('note', b'a stream of its own')])
        medium.file(2, 3, 'empty.txt', 0, [Stream(b'STAN', b'')])
        medium.end_of_set(number)
        expect('two-sets', place, letter + '/plain.txt', plain)
        expect('two-sets', place, letter + '/Papers/\u00dcbersicht \u65e5\u672c/marked.txt', marked)
        expect('two-sets', place, letter + '/Papers/\u00dcbersicht \u65e5\u672c/empty.txt', b'')
    return {'two-sets': medium}


def spanning():
    first = Medium(512, soft=False, family=2)
    first.set(1, 'Long', '', 'SALVOR\\kim', WHEN)
    first.volume('C:', '', 'HARBOUR')
    first.folder(1, [])
    small, long, last = text(1, 900), noise(2, 9000), text(3, 1200)
    first.file(1, 1, 'small.txt', len(small), checked(small))
    # written until the medium is full, which it is at the end of a block; the head of the stream tells the whole length
    first.file(1, 2, 'long.bin', len(long), [Stream(b'STAN', long)], end=False)
    del first.out[(len(first.out) // first.flb - 9) * first.flb:]
    cut = len(first.out) - first.out.index(long[:32])
    end = Block(b'EOTM', 0, 60).put('Q', 52, 0)
    number = (len(first.out) - first.base) // first.flb
    control, first.control, first.base = first.control, 0, len(first.out)
    first.block(end)
    second = Medium(512, soft=False, family=2, sequence=2, attributes=CONTINUATION)
    # four blocks are repeated, and the numbers of the blocks count back so that the data go on where they were cut
    second.set(1, 'Long', '', 'SALVOR\\kim', WHEN, attributes=CONTINUATION, again=(control - 4, number - 4))
    second.volume('C:', '', 'HARBOUR', attributes=CONTINUATION)
    second.folder(1, [], attributes=CONTINUATION)
    rest = Stream(b'STAN', long[cut:], media=CONTINUE)
    second.file(1, 2, 'long.bin', len(long), [], attributes=CONTINUATION, end=False)
    start = len(second.out) + 22
    second.out += rest.head + bytes(-(start - second.base) % second.flb) + rest.data
    second.align(4)
    left = -(len(second.out) + 22 - second.base) % second.flb
    second.out += Stream(b'SPAD', bytes(left)).head + bytes(left)
    second.file(1, 3, 'last.txt', len(last), checked(last))
    second.end_of_set(1)
    for path, data in (('C/small.txt', small), ('C/long.bin', long), ('C/last.txt', last)):
        expect('spanning-1', '', path, data)
    return {'spanning-1': first, 'spanning-2': second}


def one_set(family, name, vendor=FILES_VENDOR, attributes=0, compression=0):
    """A medium with one set, in which files may follow at the top of drive C."""
    medium = Medium(1024, soft=False, family=family, vendor=vendor)
    medium.set(1, name, '', '', WHEN, attributes=attributes, compression=compression)
    medium.volume('C:', '', 'HARBOUR')
    medium.folder(1, [])
    return medium


def packed():
    # the vendor is that of a database server's maker, who wrote other programs, too
    medium = one_set(3, 'Packed', SQL_VENDOR, COMPRESSION, LZS221)
    for number, (name, data, stored) in enumerate((
            ('words.txt', text(4, 150_000), ()),
            ('noise.bin', noise(5, 3000), ()),
            ('both.txt', text(6, 130_000), (1,)))):
        stream = Stream(b'STAN', frames(data, stored), media=COMPRESSED, compression=LZS221)
        medium.file(1, number + 1, name, len(data), [stream], attributes=COMPRESSION)
        expect('packed', '', 'C/' + name, data)
    medium.end_of_set(1)
    return {'packed': medium}


def encrypted():
    medium = one_set(4, 'Locked')
    whole, plain = export(), text(9, 500)
    medium.file(1, 1, 'secret.txt', 700, [Stream(b'NTED', whole)], win=0x4020)
    medium.file(1, 2, 'open.txt', len(plain), checked(plain))
    medium.end_of_set(1)
    expect('encrypted', '', 'C/secret.txt.efsraw', whole)
    expect('encrypted', '', 'C/open.txt', plain)
    return {'encrypted': medium}


def damaged():
    medium = one_set(5, 'Torn')
    torn, whole = text(11, 2048) + bytes(2048), text(12, 600)
    medium.file(1, 1, 'torn.txt', len(torn), [Stream(b'STAN', torn)])
    medium.damaged(1, 2048)
    medium.file(1, 2, 'whole.txt', len(whole), checked(whole))
    medium.end_of_set(1)
    expect('damaged', '', 'C/torn.txt.partial', torn)
    expect('damaged', '', 'C/whole.txt', whole)
    return {'damaged': medium}


def ansi():
    medium = Medium(512, soft=False, family=6)
    medium.set(1, 'Gr\u00fc\u00dfe', '', 'J\u00f6rg', WHEN, text=ANSI)
    medium.volume('C:', 'Gr\u00fcn', 'H\u00c4FEN', text=ANSI)
    medium.folder(1, ['B\u00fccher', 'Caf\u00e9'], text=ANSI)
    data = text(13, 1500)
    medium.file(1, 1, '\u00c4rger \u2013 5 \u20ac.txt', len(data), checked(data), text=ANSI)
    medium.end_of_set(1)
    expect('ansi', '', 'C/B\u00fccher/Caf\u00e9/\u00c4rger \u2013 5 \u20ac.txt', data)
    return {'ansi': medium}


def database():
    medium = Medium(1024, attributes=0x30000, mbc=3, vendor=SQL_VENDOR, family=7, software='Microsoft SQL Server')
    medium.filemark()
    medium.set(1, 'Sales', '', 'sa', WHEN)
    medium.volume('C:', '', 'HARBOUR')
    medium.block(Block(b'MSCI'), [Stream(b'MQCI', noise(14, 300))])
    medium.block(Block(b'MSDA'), [Stream(b'APAD', bytes(100), media=0x80), Stream(b'MQDA', noise(15, 4096), media=2),
                                  Stream(b'MQDA', b'', media=6)])
    medium.block(Block(b'MSTL'), [Stream(b'MQTL', noise(16, 200))])
    medium.block(Block(b'MSLS'))
    medium.end_of_set(1)
    return {'database': medium}


def main(folder):
    os.makedirs(folder, exist_ok=True)
    for made in (two_sets(), spanning(), packed(), encrypted(), damaged(), ansi(), database()):
        for name, medium in made.items():
            with open(os.path.join(folder, name + '.bkf.gz'), 'wb') as file:
                file.write(gzip.compress(bytes(medium.out), 9, mtime=0))
    with open(os.path.join(folder, 'expected.tsv'), 'w', encoding='utf-8', newline='\n') as file:
        for line in EXPECTED:
            file.write('\t'.join(map(str, line)) + '\n')


main(sys.argv[1])
