import { mkdtempSync, readFileSync, statSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { EXIT } from '../src/exit-codes.ts';
import { runProgram } from '../src/program.ts';
import { recordingTerminal } from './support.ts';

async function run(yaml: string): Promise<{ code: number; out: string; err: string; result: string }> {
  const folder = mkdtempSync(join(tmpdir(), 'signalbox-artifacts-'));
  const result = join(folder, 'result');
  writeFileSync(join(folder, 'azure-pipelines.yml'), yaml);
  const terminal = recordingTerminal();
  const code = await runProgram(
    ['run', join(folder, 'azure-pipelines.yml'), '--variable', `result=${result}`],
    terminal,
  );
  return { code, out: terminal.printed(), err: terminal.said(), result };
}

// Server and agent, both real, in one process.
describe('artifacts from one stage to the next', () => {
  it('come with their bytes, their mode bits and their empty folders into the deploy hook (DEP-10, WS-5, ART-4)', async () => {
    const { code, err, result } = await run(`
stages:
  - stage: Build
    jobs:
      - job: Make
        steps:
          - bash: |
              mkdir -p out/sub/deep out/empty many
              head -c 9000000 /dev/urandom > out/large.bin
              : > out/nothing
              printf '#!/bin/sh\\necho hello from a script\\n' > out/sub/run.sh
              chmod 750 out/sub/run.sh
              ln -s large.bin out/same
              echo secret > out/skipped.log
              printf '*.log\\n!keep.log\\n' > out/.artifactignore
              echo kept > out/sub/deep/keep.log
              for n in $(seq 1 300); do echo $n > many/file$n.txt; done
              sha256sum out/large.bin | cut -d' ' -f1 > "$(result)"
          - publish: out
            artifact: drop
          - publish: many
            artifact: many
  - stage: Deploy
    jobs:
      - deployment: Ship
        environment: production
        strategy:
          runOnce:
            deploy:
              steps:
                - bash: |
                    cd "$(Pipeline.Workspace)"
                    {
                      sha256sum drop/large.bin drop/same | cut -d' ' -f1
                      drop/sub/run.sh
                      test -d drop/empty && test -f drop/nothing && echo empty
                      test -e drop/skipped.log || echo skipped
                      cat drop/sub/deep/keep.log
                      ls many | wc -l
                      stat -c %a drop/sub/run.sh drop/large.bin
                    } >> "$(result)"
`);
    expect([code, err]).toEqual([EXIT.ok, '']);
    const [hash, ...rest] = readFileSync(result, 'utf8').trim().split('\n');
    expect(rest).toEqual([
      hash,
      hash,
      'hello from a script',
      'empty',
      'skipped',
      'kept',
      '300',
      '755',
      '644',
    ]);
    expect(statSync(result).isFile()).toBe(true);
  }, 60_000);
});
