import { openStore, type Store } from '@signalbox/store';
import Libsql from 'libsql';
import { chmodSync, readdirSync, statSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { folders } from '../support/folders.ts';
import { script, scriptedEngine } from '../support/scripted-engine.ts';

const folder = folders();

function open(data: string): Promise<Store> {
  return openStore({ kind: 'sqlite', folder: data, engine: scriptedEngine() });
}

describe('the data folder', () => {
  it('is made when it is missing, and readable by nobody else', async () => {
    const data = join(folder(), 'new', 'deep');
    const store = await open(data);
    await store.settings.set('a', 'b');
    expect(statSync(data).mode & 0o777).toBe(0o700);
    for (const name of readdirSync(data)) {
      expect([name, statSync(join(data, name)).mode & 0o777]).toEqual([name, 0o600]);
    }
    await store.close();
  });

  it('is tightened when its file was made readable', async () => {
    const data = folder();
    await (await open(data)).close();
    chmodSync(join(data, 'signalbox.db'), 0o644);
    await (await open(data)).close();
    expect(statSync(join(data, 'signalbox.db')).mode & 0o777).toBe(0o600);
  });

  it('belongs to one store at a time', async () => {
    const data = folder();
    const first = await open(data);
    await expect(open(data)).rejects.toMatchObject({ code: 'in-use' });
    await first.close();
    await (await open(data)).close();
  });

  it('is refused when a newer version wrote it', async () => {
    const data = folder();
    await (await open(data)).close();
    const database = new Libsql(join(data, 'signalbox.db'));
    database.exec('INSERT INTO migration (version, breaking, applied_at) VALUES (99, 0, 0)');
    database.close();
    await expect(open(data)).rejects.toMatchObject({
      code: 'newer-version',
      message: expect.stringMatching(/schema 99, this one knows/) as string,
    });
  });

  it('is refused when it cannot be one, or holds something else', async () => {
    const data = folder();
    writeFileSync(join(data, 'file'), '');
    await expect(open(join(data, 'file'))).rejects.toMatchObject({ code: 'folder-unusable' });
    const other = folder();
    writeFileSync(
      join(other, 'signalbox.db'),
      'not a database, but long enough to be read as one'.repeat(50),
    );
    await expect(open(other)).rejects.toMatchObject({ code: 'folder-unusable' });
  });
});

describe('a write that the database refuses', () => {
  it('fails whole, says so, and heals', async () => {
    const data = folder();
    const store = await open(data);
    await store.settings.set('a', '1');
    // Another writer that holds the file stands for a disk that does not take the write.
    const blocker = new Libsql(join(data, 'signalbox.db'));
    blocker.exec('BEGIN IMMEDIATE');
    const command = script({ kind: 'pool', id: 1 }, { events: [{ type: 'x' }] });
    await expect(store.settings.set('a', '2')).rejects.toMatchObject({ code: 'not-writable' });
    await expect(store.inbox.execute(command, 'k')).rejects.toMatchObject({ code: 'not-writable' });
    expect(await store.health()).toMatchObject({ writable: false });
    blocker.exec('ROLLBACK');
    blocker.close();
    expect(await store.health()).toMatchObject({ writable: true });
    expect(await store.settings.get('a')).toBe('1');
    expect(await store.inbox.execute(command, 'k')).toMatchObject({ ok: true });
    expect(await store.journal.read({ kind: 'pool', id: 1 })).toHaveLength(1);
    await store.close();
  });
});
