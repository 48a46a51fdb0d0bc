import { hasCorpus } from '../packages/compiler/test/corpus/folder.ts';
import { faultFigures, peerFigures, rootFigures } from '../packages/compiler/test/corpus/figures.ts';
import type { Figures } from '../packages/compiler/test/corpus/figures.ts';

// Compiles the corpus beside the repository and prints what came of it: npm run corpus [-- roots|peers|faults] [seed].
const SEED = 20_261_122;
const FAULTS = 2000;

const only = process.argv[2];
const seed = Number(process.argv[3] ?? SEED);
const parts: readonly (readonly [string, () => Promise<Figures>])[] = [
  ['roots', rootFigures],
  ['peers', peerFigures],
  ['faults', () => faultFigures(FAULTS, seed)],
];

if (!hasCorpus) console.log('There is no corpus beside the repository: nothing to compile.');
else {
  for (const [name, figures] of parts) {
    if (only !== undefined && only !== name) continue;
    const { lines, good } = await figures();
    console.log(`${lines.join('\n')}\n${good ? 'good' : 'NOT GOOD'}\n`);
    if (!good) process.exitCode = 1;
  }
}
