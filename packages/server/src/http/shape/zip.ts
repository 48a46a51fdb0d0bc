import { crc32, deflateRawSync } from 'node:zlib';

/** One file of an archive. Names are ours: plain ASCII, no path. */
export interface ZipFile {
  readonly name: string;
  readonly text: string;
}

const LOCAL = 0x04034b50;
const CENTRAL = 0x02014b50;
const END = 0x06054b50;
const DEFLATED = 8;
const VERSION = 20;
// 1980-01-01, the earliest date that the format knows: the same logs give the same bytes.
const DATE = 0x21;

/** A zip archive of these files, in memory. */
export function zip(files: readonly ZipFile[]): Buffer {
  const parts: Buffer[] = [];
  const central: Buffer[] = [];
  let offset = 0;
  for (const { name, text } of files) {
    const content = Buffer.from(text, 'utf8');
    const packed = deflateRawSync(content);
    const common = commonHeader({ content, packed, name });
    const local = Buffer.concat([uint32(LOCAL), common, Buffer.from(name, 'ascii'), packed]);
    parts.push(local);
    central.push(
      Buffer.concat([
        uint32(CENTRAL),
        uint16(VERSION),
        common,
        Buffer.alloc(10),
        uint32(offset),
        Buffer.from(name, 'ascii'),
      ]),
    );
    offset += local.length;
  }
  const directory = Buffer.concat(central);
  const counts = [uint16(0), uint16(0), uint16(files.length), uint16(files.length)];
  const end = Buffer.concat([uint32(END), ...counts, uint32(directory.length), uint32(offset), uint16(0)]);
  return Buffer.concat([...parts, directory, end]);
}

function commonHeader(file: {
  readonly content: Buffer;
  readonly packed: Buffer;
  readonly name: string;
}): Buffer {
  const sizes = [uint32(file.packed.length), uint32(file.content.length)];
  const fixed = [uint16(VERSION), uint16(0), uint16(DEFLATED), uint16(0), uint16(DATE)];
  return Buffer.concat(fixed.concat(uint32(crcOf(file.content)), sizes, uint16(file.name.length), uint16(0)));
}

function crcOf(content: Buffer): number {
  return crc32(content);
}

function uint16(value: number): Buffer {
  const bytes = Buffer.alloc(2);
  bytes.writeUInt16LE(value);
  return bytes;
}

function uint32(value: number): Buffer {
  const bytes = Buffer.alloc(4);
  bytes.writeUInt32LE(value);
  return bytes;
}
