import { createHash } from 'node:crypto';
import { fold, type Guid } from '@signalbox/model';

// The name space of timeline records, as published clients compute it (GLOSS-4).
const RECORDS = Buffer.from('53371b7fd4614b5dc5e227335323df24', 'hex');

/** The id of a timeline record: a name-based GUID of its lower-cased instance name (GLOSS-4). */
export function recordGuid(instanceName: string): Guid {
  const name = Buffer.from(fold(instanceName), 'utf16le').swap16();
  const hash = createHash('sha1').update(RECORDS).update(name).digest().subarray(0, 16);
  hash.writeUInt8((hash.readUInt8(7) & 0x0f) | 0x50, 7);
  // .NET writes the first three groups in little-endian order.
  const groups = [
    hash.subarray(0, 4).reverse(),
    hash.subarray(4, 6).reverse(),
    hash.subarray(6, 8).reverse(),
  ];
  const rest = [hash.subarray(8, 10), hash.subarray(10)];
  return [...groups, ...rest].map((group) => group.toString('hex')).join('-');
}

/** A stable GUID for something that has only a name or number of ours. */
export function nameGuid(kind: string, name: string): Guid {
  const hash = createHash('sha256').update(`${kind}:${name}`).digest().subarray(0, 16);
  hash.writeUInt8((hash.readUInt8(6) & 0x0f) | 0x80, 6);
  hash.writeUInt8((hash.readUInt8(8) & 0x3f) | 0x80, 8);
  const hex = hash.toString('hex');
  return [hex.slice(0, 8), hex.slice(8, 12), hex.slice(12, 16), hex.slice(16, 20), hex.slice(20)].join('-');
}
