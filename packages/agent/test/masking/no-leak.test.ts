import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { LineSplitter } from '../../src/process/line-splitter.ts';
import { stepScene } from '../support/step-scene.ts';

/** Characters that nothing but a secret has, and those that programs escape. */
const secret = fc
  .string({ unit: fc.constantFrom(...'ΩЖβ"\\/+ %$'.split('')), minLength: 2, maxLength: 10 })
  .map((text) => `Ω${text}Ω`);

/** Everything that a step can say, with a secret in it. */
const SAYINGS: readonly ((text: string) => string)[] = [
  (text) => text,
  (text) => `x${text}${text}y`,
  (text) => `##vso[task.logissue type=error;sourcepath=${text};code=${text}]${text}`,
  (text) => `##vso[task.setprogress value=3]${text}`,
  (text) => `##vso[task.logdetail id=11111111-1111-1111-1111-111111111111;name=${text};type=${text}]${text}`,
  (text) => `##vso[build.addbuildtag]${text}`,
  (text) => `##vso[build.updatebuildnumber]${text}`,
  (text) => `##vso[task.complete result=${text}]${text}`,
  (text) => `##vso[task.nonsense]${text}`,
  (text) => `##vso[${text}`,
  (text) => `##vso[task.debug]${text}`,
  (text) => `##vso[task.setvariable variable=${text}]${text}`,
  (text) => `##vso[task.setendpoint id=${text};field=url]${text}`,
];

describe('what a step says [SEC-1]', () => {
  it('shows no secret in its log, issues, records, tags or number, however its output is cut', async () => {
    await fc.assert(
      fc.asyncProperty(
        fc.array(secret, { minLength: 1, maxLength: 3 }),
        fc.array(fc.tuple(fc.nat(SAYINGS.length - 1), fc.nat(2)), { minLength: 1, maxLength: 8 }),
        fc.infiniteStream(fc.integer({ min: 1, max: 40 })),
        fc.boolean(),
        async (secrets, said, sizes, debug) => {
          const scene = stepScene({ debug });
          for (const one of secrets) scene.masker.add(one);
          const lines = said.map(([how, which]) => SAYINGS[how]?.(secrets[which % secrets.length] ?? ''));
          const splitter = new LineSplitter(() => scene.output.lineLimit());
          const bytes = Buffer.from(`${lines.join('\n')}\n`);
          let at = 0;
          for (const size of sizes) {
            for (const line of splitter.push(bytes.subarray(at, at + size)))
              scene.output.line(line, 'stdout');
            at += size;
            if (at >= bytes.length) break;
          }
          const told = textsOf([await scene.log(), scene.facts, scene.output.report()]);
          for (const text of told) for (const one of secrets) expect(text).not.toContain(one);
        },
      ),
    );
  });
});

/** Every text in a value, however deep. */
function textsOf(value: unknown): readonly string[] {
  if (typeof value === 'string') return [value];
  if (typeof value !== 'object' || value === null) return [];
  return Object.values(value).flatMap(textsOf);
}
