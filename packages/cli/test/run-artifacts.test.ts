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
  }, 120_000);

  it('of builds are made by commands and tasks, and downloaded by patterns (ART-6, LOG-25, LOG-26)', async () => {
    const { code, err, result } = await run(`
steps:
  - checkout: none
  - bash: |
      mkdir -p logs more && echo one > logs/a.txt && echo two > logs/b.log && echo three > more/a.txt
      echo "##vso[artifact.upload artifactname=logs]$PWD/logs"
      echo "##vso[artifact.upload artifactname=logs]$PWD/more/a.txt"
      echo "##vso[artifact.associate type=filepath;artifactname=share]//server/share"
      mkdir -p "$(Build.ArtifactStagingDirectory)/sub" && echo staged > "$(Build.ArtifactStagingDirectory)/sub/s.txt"
  - task: PublishBuildArtifacts@1
  - task: DownloadBuildArtifacts@1
    inputs: { downloadType: single, artifactName: logs, downloadPath: $(Pipeline.Workspace)/one, itemPattern: "**/*.txt" }
  - task: DownloadPipelineArtifact@2
    inputs: { path: $(Pipeline.Workspace)/all, patterns: "drop/**" }
  - bash: |
      cd "$(Pipeline.Workspace)"
      { cat one/logs/a.txt; ls one/logs all; cat all/drop/sub/s.txt; } > "$(result)"
`);
    expect([code, err]).toEqual([EXIT.ok, '']);
    const lines = readFileSync(result, 'utf8').trim().split('\n');
    expect(lines).toEqual(['three', 'all:', 'drop', 'logs', '', 'one/logs:', 'a.txt', 'staged']);
  }, 120_000);

  it('go through the older versions of the tasks as well, with the inputs of these (ART-1, TH11)', async () => {
    const { code, err, result } = await run(`
steps:
  - checkout: none
  - bash: mkdir -p out/sub && echo one > out/a.txt && echo two > out/sub/b.log
  - task: PublishPipelineArtifact@0
    inputs: { targetPath: out }
  - task: DownloadPipelineArtifact@0
    inputs: { targetPath: zero }
  - task: DownloadPipelineArtifact@0
    inputs: { pipelineId: $(Build.BuildId), artifactName: drop, targetPath: $(Pipeline.Workspace)/numbered }
  - task: DownloadPipelineArtifact@1
    inputs: { buildType: current, targetPath: $(Pipeline.Workspace)/all, itemPattern: "drop/**/*.log" }
  - task: DownloadPipelineArtifact@1
    inputs: { buildType: current, artifactName: drop, itemPattern: "*.txt" }
  - bash: |
      { cat zero/a.txt; cd "$(Pipeline.Workspace)"; cat numbered/sub/b.log; find all a -type f; } > "$(result)"
  - task: DownloadPipelineArtifact@0
    inputs: { pipelineId: newest, targetPath: nowhere }
`);
    expect(code).toBe(EXIT.failed);
    expect(err).toContain('The input "pipelineId" must be the number of a run.');
    const lines = readFileSync(result, 'utf8').trim().split('\n');
    expect(lines).toEqual(['one', 'two', 'all/drop/sub/b.log', 'a/a.txt']);
  }, 120_000);

  it('are refused when they lead out, or when the run has one of that name (ART-2, RETRY-12, TH11)', async () => {
    const { code, err } = await run(`
steps:
  - checkout: none
  - bash: mkdir out && ln -s /etc/passwd out/link && mkdir fine && echo x > fine/x
  - publish: out
    artifact: drop
    continueOnError: true
    displayName: a link
  - publish: fine
    artifact: drop
  - publish: fine
    artifact: drop
    displayName: the same name
`);
    expect(code).toBe(EXIT.failed);
    expect(err).toContain('Artifact drop already exists for build 1.');
    expect(err).not.toContain('root:');
  }, 120_000);
});

describe('Cache@2', () => {
  it('restores by the whole key, by a beginning of it, or not at all, and keeps nothing of a failed job', async () => {
    const job = (name: string, steps: string, after: string): string => `
  - job: ${name}
    dependsOn: ${after}
    condition: always()
    steps:
      - checkout: none
      - bash: mkdir -p src && echo $(lock) > src/lock.txt
      - task: Cache@2
        inputs:
          key: deps | "v.1" | src/*.txt
          restoreKeys: deps | "v.1"
          path: $(Pipeline.Workspace)/deps
          cacheHitVar: HIT
${steps}`;
    const look = (word: string): string => `
      - bash: |
          mkdir -p "$(Pipeline.Workspace)/deps" && cd "$(Pipeline.Workspace)/deps"
          echo "$(HIT) $(cat link 2>/dev/null)" >> "$(result)"
          rm -rf ./* && echo ${word} > file && ln -s file link && chmod 700 file`;
    const { code, result } = await run(`
jobs:
${job('A', `${look('failing')}\n      - bash: exit 1`, '[]').replace('$(lock)', 'one')}
${job('B', look('first'), 'A').replace('$(lock)', 'one')}
${job('C', look('unused'), 'B').replace('$(lock)', 'one')}
${job('D', look('second'), 'C').replace('$(lock)', 'two')}
${job('E', look('none'), 'D').replace('$(lock)', 'two')}
`);
    expect(code).toBe(EXIT.failed);
    const lines = readFileSync(result, 'utf8').trim().split('\n');
    expect(lines).toEqual(['false ', 'false failing', 'true first', 'inexact first', 'true second']);
  }, 120_000);
});
