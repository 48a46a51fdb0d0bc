import { mkdtempSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { occupy, slotOf, visit } from '../src/local-agents/slot.ts';

const never = { orphaned: () => undefined, supervised: () => undefined, stop: () => undefined };

describe('a slot for a local agent', () => {
  it('is free until an agent takes it, and free again when the agent ends', async () => {
    const slot = slotOf(mkdtempSync(join(tmpdir(), 'signalbox-slot-')), 1);
    expect(await visit(slot)).toBeUndefined();
    const server = await occupy(slot.socket, never);
    await expect(occupy(slot.socket, never)).rejects.toThrow(/already runs/);
    server.close();
    expect(await visit(slot)).toBeUndefined();
  });

  it('lets its supervisor go when the agent ends, and so lets the agent end', async () => {
    const slot = slotOf(mkdtempSync(join(tmpdir(), 'signalbox-slot-')), 3);
    const server = await occupy(slot.socket, never);
    const supervisor = await visit(slot);
    supervisor?.write('supervise\n');
    const gone = new Promise<void>((done) => supervisor?.once('close', () => done()));
    supervisor?.resume();
    server.close();
    await gone;
  });

  it('tells the agent when its supervisor comes, speaks and goes', async () => {
    const slot = slotOf(mkdtempSync(join(tmpdir(), 'signalbox-slot-')), 2);
    const told: string[] = [];
    let wake = (): void => undefined;
    const tell = (what: string) => (now?: boolean) => {
      told.push(now === undefined ? what : `${what} ${now}`);
      wake();
    };
    const heard = async (count: number): Promise<void> => {
      while (told.length < count) await new Promise<void>((done) => (wake = done));
    };
    const server = await occupy(slot.socket, {
      orphaned: tell('orphaned'),
      supervised: tell('supervised'),
      stop: tell('stop'),
    });
    const bare = await visit(slot);
    bare?.destroy();
    const supervisor = await visit(slot);
    supervisor?.write('supervise\n');
    await heard(1);
    supervisor?.write('stop now\n');
    await heard(2);
    supervisor?.destroy();
    await heard(3);
    expect(told).toEqual(['supervised', 'stop true', 'orphaned']);
    server.close();
  });
});
