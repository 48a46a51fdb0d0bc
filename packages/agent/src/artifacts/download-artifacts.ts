import type { ArtifactSource } from '@signalbox/api';
import { rm } from 'node:fs/promises';
import { join } from 'node:path';
import type { StepTry } from '../steps/step-handler.ts';
import { fetchFiles } from './fetch-files.ts';
import { wantedOf } from './patterns.ts';

/** What to download, and where to. */
export interface Download {
  readonly source: ArtifactSource;
  /** Empty: every artifact of the run that has files. */
  readonly name: string;
  readonly patterns: string;
  readonly into: string;
  /** Each artifact gets a folder of its name; without it, only where several are asked for. */
  readonly ownFolder: boolean;
  /** What is in the folder goes first. */
  readonly clean?: boolean;
}

/** Downloads artifacts of one run; answers the run's number. */
export async function downloadArtifacts(step: StepTry, download: Download): Promise<number> {
  const { files, output, stop } = step;
  const { source, name, into } = download;
  const found = await files.ask('jobArtifactsFind', { source, ...(name !== '' && { name }) }, stop);
  if (found.artifacts.length === 0) output.info(`Build ${found.run} has no artifacts to download.`);
  if (download.clean === true) await rm(into, { recursive: true, force: true });
  for (const artifact of found.artifacts) {
    const folder = name === '' || download.ownFolder ? join(into, artifact.name) : into;
    const fetched = await fetchFiles(
      files,
      {
        owner: artifact.owner,
        manifests: artifact.manifests,
        into: folder,
        wants: wantedOf(download.patterns, { artifact: artifact.name, alone: name !== '' }),
      },
      stop,
    );
    output.info(`Artifact '${artifact.name}' of build ${found.run}: ${fetched.files} files to '${folder}'`);
  }
  output.variables.set({ name: 'BuildNumber', value: String(found.run), secret: false, readonly: false });
  return found.run;
}
