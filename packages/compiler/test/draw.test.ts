import { compile, drawPlan } from '@signalbox/compiler';
import type { GraphFormat } from '@signalbox/compiler';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { parseDocument } from 'yaml';
import { layOut } from '../src/draw/layout.ts';
import type { Box } from '../src/draw/layout.ts';

const DIAMOND = `
stages:
  - stage: Build
    jobs:
      - job: Compile
        steps: [{ script: make }]
      - job: Pack
        dependsOn: Compile
        steps: [{ script: make pack }]
  - stage: Lint
    dependsOn: []
    jobs: [{ job: Lint, steps: [{ script: lint }] }]
  - stage: Deploy
    displayName: To the <world> & "beyond"
    dependsOn: [Build, Lint]
    lockBehavior: sequential
    jobs:
      - deployment: Ship
        environment: production
        strategy: { runOnce: { deploy: { steps: [{ script: ship }] } } }
`;

async function draw(yaml: string, format: GraphFormat, jobs = false): Promise<string> {
  const result = await compile({ files: { read: async () => yaml }, path: 'p.yml' });
  if (!result.ok) throw new Error(JSON.stringify(result.diagnostics));
  return drawPlan(result.plan, { format, jobs });
}

describe('drawPlan', () => {
  it('writes a line per stage for a terminal, in the order in which they can start', async () => {
    expect((await draw(DIAMOND, 'text')).split('\n')).toEqual([
      '1  Build                               2 jobs',
      '   Lint                                1 job',
      '2  Deploy (To the <world> & "beyond")  after Build, Lint · 1 job · lock: sequential · environment: production',
      '',
    ]);
  });

  it('puts the jobs below their stage', async () => {
    expect(await draw(DIAMOND, 'text', true)).toContain('     1  Compile\n     2  Pack     after Compile\n');
  });

  it('writes DOT, with quotes that cannot end a label', async () => {
    const dot = await draw(DIAMOND, 'dot', true);
    expect(dot).toContain('s0j0 -> s0j1;');
    expect(dot).toContain('label="To the <world> & \\"beyond\\"\\nlock: sequential"');
    expect(dot).toContain('s0j1 -> s2j0 [ltail=cluster_0, lhead=cluster_2];');
  });

  it('writes Mermaid, with markup as entities', async () => {
    const mermaid = await draw(DIAMOND, 'mermaid');
    expect(mermaid).toContain('s2["To the #60;world#62; #38; #34;beyond#34;<br>1 job<br>');
    expect(mermaid).toContain('  s1 --> s2\n');
  });

  it('writes an SVG that stands alone and in which text of the file is only text', async () => {
    const svg = await draw(
      DIAMOND.replace('To the <world> & "beyond"', `'</text><script>alert(1)</script>'`),
      'svg',
      true,
    );
    expect(svg).not.toMatch(/<script|href|url\(/);
    expect(svg).toContain('&lt;/text&gt;&lt;script&gt;');
    expect(svg.match(/class="tip"/g)).toHaveLength(3);
    expect(svg.match(/<g/g)?.length).toBe(svg.match(/<\/g>/g)?.length);
  });

  it('draws every title of a stage without letting it out of its label', async () => {
    await fc.assert(
      fc.asyncProperty(fc.string({ minLength: 1, unit: 'grapheme' }), async (title) => {
        const yaml = `steps: [{ script: make }]\n`;
        const file = parseDocument(`stages: [{ stage: A, jobs: [{ job: J }] }]`);
        file.setIn(['stages', 0, 'displayName'], title.replaceAll('${{', ''));
        file.setIn(['stages', 0, 'jobs', 0, 'steps'], parseDocument(yaml).getIn(['steps']));
        const result = await compile({ files: { read: async () => String(file) }, path: 'p.yml' });
        if (!result.ok) return;
        const svg = drawPlan(result.plan, { format: 'svg', jobs: false });
        expect(svg.match(/<(?:svg|style|g|rect|text)\b/g)).toHaveLength(6);
        expect(drawPlan(result.plan, { format: 'text', jobs: false }).split('\n')).toHaveLength(2);
        expect(drawPlan(result.plan, { format: 'mermaid', jobs: false }).split('\n')).toHaveLength(3);
      }),
    );
  });
});

describe('layOut', () => {
  const graphs = fc.array(
    fc.record({
      width: fc.integer({ min: 10, max: 200 }),
      height: fc.integer({ min: 10, max: 90 }),
      picks: fc.array(fc.nat(), { maxLength: 4 }),
    }),
    { maxLength: 25 },
  );
  const boxesOf = (drafts: readonly { width: number; height: number; picks: readonly number[] }[]): Box[] =>
    drafts.map(({ width, height, picks }, at) => ({
      width,
      height,
      after: at === 0 ? [] : [...new Set(picks.map((pick) => pick % at))],
    }));

  it('lets no two boxes overlap, and lines run from left to right between the right boxes', () => {
    fc.assert(
      fc.property(graphs, (drafts) => {
        const boxes = boxesOf(drafts);
        const { corners, lines, width, height } = layOut(boxes);
        for (const [a, one] of boxes.entries()) {
          const at = corners[a] ?? { x: -1, y: -1 };
          expect(
            at.x >= 0 && at.y >= 0 && at.x + one.width <= width && at.y + one.height <= height + 1e-6,
          ).toBe(true);
          for (const [b, other] of boxes.entries()) {
            const to = corners[b] ?? at;
            const apart =
              at.x + one.width <= to.x ||
              to.x + other.width <= at.x ||
              at.y + one.height <= to.y ||
              to.y + other.height <= at.y;
            expect(a === b || apart, `${a} and ${b}`).toBe(true);
          }
        }
        expect(lines).toHaveLength(boxes.reduce((sum, { after }) => sum + after.length, 0));
        for (const points of lines) {
          expect(points.every(({ x }, at) => at === 0 || x >= (points[at - 1]?.x ?? 0))).toBe(true);
        }
      }),
    );
  });
});
