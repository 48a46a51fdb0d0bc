import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { NOTHING } from '../../scripts/generate/conformance.ts';
import { ruleGroups } from '../../scripts/generate/conformance-rules.ts';
import { root } from '../../scripts/run.ts';

const rules = ruleGroups().flatMap((group) => group.rules);

describe('spec/rules', () => {
  it('lists each rule once', () => {
    expect(new Set(rules.map(({ id }) => id)).size).toBe(rules.length);
  });

  it('says what each is about in at most twelve words', () => {
    for (const { id, subject } of rules) {
      expect(subject.split(/\s+/).length, id).toBeLessThanOrEqual(12);
    }
  });

  const documents = join(root, '../shared');
  const absent = !existsSync(documents);

  it.skipIf(absent)(
    'misses no rule of the language and no recorded fact (skipped without the documents)',
    () => {
      const text = readFileSync(join(documents, 'spec/PIPELINES.md'), 'utf8');
      const section = (first: string, last: string) =>
        text.slice(text.indexOf(`\n## ${first}. `), text.indexOf(`\n## ${last}. `));
      const facts = readFileSync(join(documents, 'spec/RECORDED.md'), 'utf8');
      const queue = readFileSync(join(documents, 'design/QUEUEING.md'), 'utf8');
      const failures = readFileSync(join(documents, 'design/RELIABILITY.md'), 'utf8');
      const listed = [section('1', '15'), facts, queue].join('\n');
      const gaps = section('15', '16').matchAll(/^\| (GAP-\d+) \|/gm);
      const tables = `${section('9', '10')}\n${section('12', '13')}\n${queue}\n${failures}`;
      const tabled = [...tables.matchAll(/^\| ([QRS]\d+|LOG-\d+) \|/gm)];
      const ids = [...listed.matchAll(/^- \*\*([A-Z]+-\d+)\*\*/gm), ...gaps, ...tabled].map(([, id]) => id);
      expect(ids.length).toBeGreaterThan(300);
      // The rules of tasks are ours: the documents number none.
      const known = rules.filter(({ id }) => !id.startsWith('TASK-'));
      expect(new Set(known.map(({ id }) => id))).toEqual(new Set(ids));
    },
  );
});

describe('docs/reference/conformance.md', () => {
  const page = readFileSync(join(root, 'docs/reference/conformance.md'), 'utf8');
  const rows = new Map(
    [...page.matchAll(/^\| ([A-Z]+-?\d+) \|.*\| (.*) \|$/gm)].map(([, id, shown]) => [id, shown]),
  );

  it('has a row for every rule, and no other', () => {
    expect([...rows.keys()]).toEqual(rules.map(({ id }) => id));
  });

  it('has a passing case or a reason in every row', () => {
    const empty = [...rows].filter(([, shown]) => shown === undefined || shown.includes(NOTHING));
    expect(empty.map(([id]) => id)).toEqual([]);
  });
});
