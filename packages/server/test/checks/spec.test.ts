import { readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { foldCase } from '@signalbox/expressions';
import type { InvokeTask } from '@signalbox/model';
import { describe, expect, it } from 'vitest';
import { parse } from 'yaml';
import { intend } from '../../src/checks/intend.ts';
import { judge } from '../../src/checks/judge.ts';
import { failed } from '../../src/outbound/outbound.ts';

function read<T>(file: string): readonly T[] {
  return parse(
    readFileSync(fileURLToPath(new URL(`../../../../spec/calls/${file}`, import.meta.url)), 'utf8'),
  ) as T[];
}

function title({ name, rules }: { readonly name: string; readonly rules: readonly string[] }): string {
  return `${name} [${rules.join(', ')}]`;
}

interface Sent {
  readonly name: string;
  readonly rules: readonly string[];
  readonly task: InvokeTask;
  readonly inputs: Readonly<Record<string, string>>;
  readonly connection?: { readonly url: string; readonly authorization?: string };
  readonly variables?: Readonly<Record<string, string>>;
  readonly sends?: string;
  readonly headers?: Readonly<Record<string, string | null>>;
  readonly body?: string | null;
  readonly criteria?: string;
  /** Seconds. */
  readonly within?: number;
  readonly impossible?: string;
}

describe('spec/calls/sent.yml', () => {
  it.each(read<Sent>('sent.yml').map((one) => [title(one), one] as const))('%s', (_, one) => {
    const values = new Map(
      Object.entries(one.variables ?? {}).map(([name, value]) => [foldCase(name), value]),
    );
    const intent = intend(one.task, {
      inputs: one.inputs,
      connection: one.connection && { name: 'ops', ...one.connection },
      lookup: (name) => values.get(foldCase(name)),
    });
    if (one.impossible !== undefined) {
      expect(intent).toMatchObject({ ok: false, message: expect.stringContaining(one.impossible) as string });
      return;
    }
    if (!intent.ok) throw new Error(intent.message);
    const { request, criteria } = intent.call;
    expect(`${request.method} ${request.url}`).toBe(one.sends);
    for (const [name, value] of Object.entries(one.headers ?? {}))
      expect([name, request.headers?.[name] ?? null]).toEqual([name, value]);
    if (one.body !== undefined) expect(request.body ?? null).toBe(one.body);
    if (one.within !== undefined) expect(request.timeoutMs).toBe(one.within * 1000);
    if (one.criteria !== undefined) expect(criteria).toBe(one.criteria);
  });
});

interface Judged {
  readonly name: string;
  readonly rules: readonly string[];
  readonly status?: number;
  readonly body?: string;
  /** A body of so many opening brackets. */
  readonly nested?: number;
  readonly failed?: string;
  readonly criteria?: string;
  readonly passed: boolean;
  readonly says?: string;
}

describe('spec/calls/judged.yml', () => {
  it.each(read<Judged>('judged.yml').map((one) => [title(one), one] as const))('%s', (_, one) => {
    const body =
      one.nested === undefined ? (one.body ?? '') : '['.repeat(one.nested) + ']'.repeat(one.nested);
    const result =
      one.failed === undefined
        ? ({ kind: 'answered', status: one.status ?? 0, headers: {}, body } as const)
        : failed('timed-out', one.failed);
    const judgement = judge(result, one.criteria);
    expect(judgement.passed).toBe(one.passed);
    if (one.says !== undefined) expect(judgement.message).toBe(one.says);
  });
});
