import { execFileSync } from 'node:child_process';
import { createHash } from 'node:crypto';
import { createReadStream, existsSync, mkdtempSync, readdirSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { queueRun, setUpProject, whenCompleted } from '../support/queue.ts';
import { startSignalbox, type Signalbox } from '../support/signalbox.ts';

const MEGABYTE = 1_048_576;

/** What a server or an agent may need at its peak, whatever the artifacts: twice what it needs without any. */
const PEAK = 450 * MEGABYTE;

/** It is a gigabyte, made, hashed and sent several times, on a machine that may be busy with other things. */
const LIMIT_MS = 1_800_000;
const RUN_MS = 1_200_000;

const PIPELINE = `
trigger: none
pool: Default
stages:
  - stage: Build
    jobs:
      - job: Make
        steps:
          - checkout: none
          - bash: |
              mkdir -p big small
              head -c ${1024 * MEGABYTE} /dev/urandom > big/file.bin
              sha256sum big/file.bin | cut -d' ' -f1 > "$(result)"
              for n in $(seq 1 100); do mkdir small/$n; for m in $(seq 1 100); do echo "$n $m" > small/$n/$m; done; done
          - publish: big
            artifact: big
          - publish: small
            artifact: small
  - stage: Deploy
    jobs:
      - deployment: Ship
        environment: qa
        strategy:
          runOnce:
            deploy:
              steps:
                - bash: |
                    cd "$(Pipeline.Workspace)"
                    { sha256sum big/file.bin | cut -d' ' -f1; find small -type f | wc -l; cat small/7/9; } >> "$(result)"
                    rm -rf big small
`;

// Peaks are read from /proc.
describe.skipIf(!existsSync('/proc/self/status'))(
  'an artifact of a gigabyte, and one of ten thousand files (skipped without /proc)',
  () => {
    let box: Signalbox;
    let folder: string;

    beforeAll(async () => {
      folder = mkdtempSync(join(tmpdir(), 'signalbox-large-'));
      box = await startSignalbox({ agents: 1 });
    }, LIMIT_MS);

    afterAll(async () => {
      await box.stop();
      rmSync(folder, { recursive: true, force: true });
    });

    it(
      'go up and down whole, while neither server nor agent nor command grows with them',
      async () => {
        const result = join(folder, 'result');
        const { p = 0 } = await setUpProject(box, 'Large', { 'p.yml': PIPELINE });
        const run = await queueRun(box, 'Large', p, { result });
        const [view] = await whenCompleted(box, 'Large', [run], RUN_MS);
        expect(view?.result).toBe('succeeded');
        const steps = (view?.stages ?? []).flatMap(({ jobs }) => jobs).flatMap((job) => job.steps);
        for (const { displayName, startTime = '', finishTime = '' } of steps)
          console.log(`${displayName}: ${(Date.parse(finishTime) - Date.parse(startTime)) / 1000} s`);
        const [hash = '', again, count, line] = readFileSync(result, 'utf8').trim().split('\n');
        expect([again, count, line]).toEqual([hash, '10000', '7 9']);

        const saved = await box.cli(
          'artifacts',
          'download',
          String(run),
          '--to',
          join(folder, 'saved'),
          '--project',
          'Large',
        );
        expect(saved).toMatchObject({ code: 0 });
        expect(await hashOfFile(join(folder, 'saved/big/file.bin'))).toBe(hash);
        expect(readdirSync(join(folder, 'saved/small'))).toHaveLength(100);

        const zip = await fetch(
          `${box.url}/Large/_apis/build/builds/${run}/artifacts?artifactName=big&%24format=zip`,
          { headers: { authorization: `Bearer ${box.token}` } },
        );
        let bytes = 0;
        for await (const chunk of zip.body ?? []) bytes += (chunk as Uint8Array).length;
        expect(bytes).toBeGreaterThan(1024 * MEGABYTE);

        const peaks = {
          server: peakOf(` up --port ${box.port} `),
          agent: peakOf(`${box.dataFolder}/agents/`),
        };
        console.log(`Peaks: server ${peaks.server / MEGABYTE} MB, agent ${peaks.agent / MEGABYTE} MB`);
        expect(peaks.server).toBeLessThan(PEAK);
        expect(peaks.agent).toBeLessThan(PEAK);
      },
      LIMIT_MS,
    );
  },
);

/** The most memory that a process ever had, in bytes, by a part of its command line. */
function peakOf(part: string): number {
  const lines = execFileSync('ps', ['-A', '-ww', '-o', 'pid=,args='], { encoding: 'utf8' }).split('\n');
  const pid = Number.parseInt(lines.find((line) => line.includes(part) && line.includes('node')) ?? '', 10);
  const status = readFileSync(`/proc/${pid}/status`, 'utf8');
  return Number(/^VmHWM:\s+(\d+) kB$/m.exec(status)?.[1]) * 1024;
}

async function hashOfFile(path: string): Promise<string> {
  const hash = createHash('sha256');
  for await (const chunk of createReadStream(path)) hash.update(chunk as Buffer);
  return hash.digest('hex');
}
