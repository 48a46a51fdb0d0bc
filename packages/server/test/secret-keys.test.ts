import { existsSync, mkdtempSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import fc from 'fast-check';
import { afterAll, describe, expect, it } from 'vitest';
import { createSealer } from '../src/auth/sealer.ts';
import { KeyError, newKeyText } from '../src/secrets/key-ring.ts';
import { addOwnKey, ownKeys, readKeys, removeOwnKey, type KeySource } from '../src/secrets/key-source.ts';

const folder = mkdtempSync(join(tmpdir(), 'signalbox-keys-'));
afterAll(() => rmSync(folder, { recursive: true, force: true }));

const [OLD, NEW] = [newKeyText(), newKeyText()];
const from = (...keys: readonly string[]): KeySource => ({
  kind: 'environment',
  name: 'KEYS',
  text: keys.join(','),
});

function file(name: string, text: string): string {
  writeFileSync(join(folder, name), text);
  return join(folder, name);
}

describe('readKeys', () => {
  it('takes hexadecimal and base64, leaves out empty lines and notes, and seals by the first', () => {
    const base64 = Buffer.from(OLD, 'hex').toString('base64');
    const source = { kind: 'file', file: file('keys', `# newest first\n\n${NEW}\n  ${base64}\n`) } as const;
    const ring = readKeys(source);
    expect(ring.keys.map(({ id }) => id)).toEqual(readKeys(from(NEW, OLD)).keys.map(({ id }) => id));
    expect(ring.active.bytes.toString('hex')).toBe(NEW);
    expect(ring.active.id).toMatch(/^[0-9a-f]{8}$/);
  });

  it.each([
    ['nothing', from('')],
    ['a short key', from('abcd')],
    ['a long key', from(`${OLD}00`)],
    ['one that is no key among others', from(NEW, 'password')],
    ['too many', from(...Array.from({ length: 21 }, newKeyText))],
    ['a file that there is not', { kind: 'file', file: join(folder, 'nowhere') } as const],
    ['no program', command('/nowhere/unwrap')],
    ['a program that fails', command(process.execPath, '-e', 'process.exit(3)')],
    ['a program that prints no key', command(process.execPath, '-e', 'console.log("hello")')],
    ['a program that prints too much', command(process.execPath, '-e', 'console.log("a".repeat(1e5))')],
  ] as const)('refuses %s in one sentence that tells no key', (_, source) => {
    const failed = (): unknown => readKeys(source);
    expect(failed).toThrow(KeyError);
    expect(failed).not.toThrow(new RegExp(`${OLD}|${NEW}|password|aaaa`));
  });

  it('has a program unwrap each key, which gets it on its standard input and its arguments as they are', () => {
    // The program of a key service, as far as a server can tell: what it wraps is the key back to front.
    const unwrap =
      'process.stdin.on("data", (text) => console.log([...String(text).trim()].reverse().join(process.argv[1])))';
    const wrapped = [NEW, OLD].map((key) => backwards(key)).join('\n');
    const source = { ...command(process.execPath, '-e', unwrap, ''), file: file('wrapped', wrapped) };
    expect(readKeys(source)).toEqual(readKeys(from(NEW, OLD)));
    const marker = join(folder, 'marker');
    expect(() => readKeys(command(process.execPath, '-e', '0', `; touch ${marker}`))).toThrow(KeyError);
    expect(existsSync(marker)).toBe(false);
  });
});

function backwards(key: string): string {
  return Array.from(key).toReversed().join('');
}

function command(program: string, ...args: readonly string[]): KeySource & { readonly kind: 'command' } {
  return { kind: 'command', command: [program, ...args], file: file('one-wrapped', 'AQICAHh') };
}

describe('createSealer', () => {
  const texts = fc.array(fc.string({ unit: 'binary' }).filter((text) => !text.includes('{sealed:')));

  it('opens what any of its keys sealed, and seals anew by the first one, once and alike everywhere', () => {
    const [before, both, after] = [
      createSealer(from(OLD)),
      createSealer(from(NEW, OLD)),
      createSealer(from(NEW)),
    ];
    fc.assert(
      fc.property(texts, (values) => {
        const old = values.map((value) => before.seal(value)).join(' and ');
        expect(both.open(old)).toBe(values.join(' and '));
        const renewed = both.reseal(old);
        expect(after.open(renewed)).toBe(values.join(' and '));
        expect(both.reseal(old)).toBe(renewed);
        expect(both.reseal(renewed)).toBe(renewed);
        expect(both.names(renewed, before.ring().active.id)).toBe(false);
      }),
    );
  });

  it('leaves alone what a key sealed that it has not', () => {
    const strange = createSealer(from(newKeyText())).seal('x');
    const sealer = createSealer(from(NEW, OLD));
    expect(sealer.open(strange)).toBe(strange);
    expect(sealer.reseal(strange)).toBe(strange);
  });

  it('reads values from before keys had names', () => {
    // Sealed by an earlier version with the key of 32 bytes of 7.
    const source = from('07'.repeat(32));
    const sealer = createSealer(source);
    const named = sealer.seal('from before');
    const nameless = named.replace(/v2:[0-9a-f]{8}/, 'v1');
    expect(sealer.open(nameless)).toBe('from before');
    expect(sealer.names(nameless, sealer.ring().active.id)).toBe(true);
    expect(sealer.reseal(nameless)).toMatch(/^\{sealed:v2:/);
  });

  it('takes a key that comes into the data folder while the server runs, and lets one go', () => {
    const source = ownKeys(mkdtempSync(join(folder, 'own-')));
    if (source.kind !== 'own') throw new Error('not the own file');
    const [one, two] = [createSealer(source), createSealer(source)];
    const first = one.ring().active.id;
    const sealed = one.seal('x');
    addOwnKey(source.file);
    expect(statSync(source.file).mode & 0o777).toBe(0o600);
    for (const sealer of [one, two]) {
      expect(sealer.ring().active.id).not.toBe(first);
      expect(sealer.open(sealed)).toBe('x');
    }
    removeOwnKey(source.file, first);
    expect(one.ring().keys).toHaveLength(1);
    expect(two.open(sealed)).toBe(sealed);
    writeFileSync(source.file, 'spoilt by hand');
    expect(one.open(one.seal('y'))).toBe('y');
    expect(readFileSync(source.file, 'utf8')).toBe('spoilt by hand');
  });
});
