import { ApiError, type WireArtifact } from '@signalbox/api';
import type { Command } from 'commander';
import { join } from 'node:path';
import { saveArtifact } from '../artifacts/save-artifact.ts';
import type { Context } from '../context.ts';
import { CliError, EXIT } from '../exit-codes.ts';
import { print } from '../output/print.ts';
import { integer, projectOf } from './options.ts';

interface InProject {
  readonly project?: string;
}

const PROJECT = ['--project <name>', 'the project (default: the only one)'] as const;
const RUN = ['<run>', "the run's number as `queue` printed it", integer(1)] as const;

/** `signalbox artifacts list|download`: what runs have published. */
export function addArtifacts(program: Command, context: Context): void {
  const artifacts = program.command('artifacts').description('The files that runs have published.');
  artifacts
    .command('list')
    .argument(...RUN)
    .option(...PROJECT)
    .description('List the artifacts of a run.')
    .action((run: number, options: InProject) => list(context, run, options));
  artifacts
    .command('download')
    .argument(...RUN)
    .argument('[name]', 'the name of the artifact (default: all that have files)')
    .option('--to <folder>', 'where to put the folder of each artifact', '.')
    .option(...PROJECT)
    .description(
      'Download artifacts, each into a folder of its name; every file is checked against its hash.',
    )
    .action((run: number, name: string | undefined, options: DownloadOptions) =>
      download(context, { run, name }, options),
    );
}

async function list(context: Context, run: number, options: InProject): Promise<void> {
  const project = await projectOf(context, options.project);
  print<WireArtifact>(context.terminal, context.format(), {
    rows: await context.client().listArtifacts(project, run),
    columns: [
      { title: 'name', text: ({ name }) => name },
      { title: 'type', text: ({ resource }) => resource.type },
      { title: 'bytes', text: ({ resource }) => resource.properties['artifactsize'] ?? '' },
      { title: 'place', text: ({ resource }) => (hasFiles(resource) ? '' : resource.data) },
    ],
    empty: `Run ${run} has no artifacts.`,
  });
}

interface DownloadOptions extends InProject {
  readonly to: string;
}

async function download(
  context: Context,
  { run, name }: { readonly run: number; readonly name: string | undefined },
  options: DownloadOptions,
): Promise<void> {
  const project = await projectOf(context, options.project);
  const client = context.client();
  const all = (await client.listArtifacts(project, run)).filter(({ resource }) => hasFiles(resource));
  const wanted = all.filter((one) => name === undefined || one.name.toLowerCase() === name.toLowerCase());
  if (wanted.length === 0) {
    const which = name === undefined ? 'no artifacts' : `no artifact ${name}`;
    throw new CliError(EXIT.notFound, `Run ${run} has ${which} to download.`);
  }
  for (const artifact of wanted) {
    const into = join(options.to, artifact.name);
    try {
      const saved = await saveArtifact(client, { project, run, artifact: artifact.name, into });
      context.terminal.err(`${artifact.name}: ${saved.files} files, ${saved.bytes} bytes, in ${into}\n`);
    } catch (error) {
      if (error instanceof ApiError || error instanceof CliError) throw error;
      const reason = error instanceof Error ? error.message : String(error);
      throw new CliError(EXIT.failed, `The artifact ${artifact.name} could not be saved: ${reason}`);
    }
  }
}

function hasFiles({ type }: WireArtifact['resource']): boolean {
  return type === 'PipelineArtifact' || type === 'Container';
}
