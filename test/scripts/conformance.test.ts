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

  const documents = join(root, '../shared/spec');
  const absent = !existsSync(documents);

  it.skipIf(absent)(
    'misses no rule of the language and no recorded fact (skipped without the documents)',
    () => {
      const text = readFileSync(join(documents, 'PIPELINES.md'), 'utf8');
      const sections = text.slice(text.indexOf('\n## 1. '), text.indexOf('\n## 6. '));
      const facts = readFileSync(join(documents, 'RECORDED.md'), 'utf8');
      const ids = [...`${sections}\n${facts}`.matchAll(/^- \*\*([A-Z]+-\d+)\*\*/gm)].map((match) => match[1]);
      expect(ids.length).toBeGreaterThan(300);
      expect(new Set(rules.map(({ id }) => id))).toEqual(new Set(ids));
    },
  );
});

describe('docs/reference/conformance.md', () => {
  const page = readFileSync(join(root, 'docs/reference/conformance.md'), 'utf8');
  const rows = new Map(
    [...page.matchAll(/^\| ([A-Z]+-\d+) \|.*\| (.*) \|$/gm)].map(([, id, shown]) => [id, shown]),
  );

  it('has a row for every rule, and no other', () => {
    expect([...rows.keys()]).toEqual(rules.map(({ id }) => id));
  });

  it('has a passing case or a reason in every row', () => {
    const empty = [...rows].filter(([, shown]) => shown === undefined || shown.includes(NOTHING));
    expect(empty.map(([id]) => id)).toEqual([]);
  });
});
