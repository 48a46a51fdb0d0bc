import { existsSync, readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { compile, expandedYaml, formatDiagnostics } from '@signalbox/compiler';
import type { CompileResult, FileProvider, RunFacts } from '@signalbox/compiler';
import { describe, expect, it } from 'vitest';
import { parse } from 'yaml';

const corpus = fileURLToPath(new URL('../../../../shared/corpus/real/', import.meta.url));

interface Root {
  readonly repo: string;
  readonly path: string;
  readonly repositories: Readonly<Record<string, { readonly folder: string }>>;
}

/** Files that are refused for another reason than a feature that is still to come, each with its reason. */
const explained: Readonly<Record<string, string>> = {
  'Azure+iotedge/builds/misc/addons-publish.yaml':
    'the environment is a variable of the definition, which is not in the file',
  'NHSDigital+booking-and-referral-fhir-api/azure/azure-release-pipeline.yml':
    'the definition is named for its other file: the name of a run decides what is passed',
  'NHSDigital+electronic-prescription-service-api/azure/azure-release-pipeline.yml': 'the same',
  'NHSDigital+electronic-prescription-service-api/packages/tool/azure/azure-release-pipeline.yml': 'the same',
  'NuGet+NuGet.Client/eng/pipelines/ci.yml': 'reads a parameter that it does not declare (REC-70)',
  'Planning-Inspectorate+odw-common/pipelines/ado-common-codeql.yml':
    'a path begins with the folder of an agent, which is known to no compiler',
  'Planning-Inspectorate+odw-common/pipelines/azure-pipelines.yaml': 'the same',
  'SkillsFundingAgency+das-commitments/azure-pipelines.yml':
    'the template of the other repository is newer and wants a further parameter',
  'dotnet+diagnostics/diagnostics-codeql.yml':
    'passes a parameter that the template does not declare (REC-68)',
  'dotnet+diagnostics/diagnostics.yml': 'the template reads a parameter that it does not declare (REC-70)',
  'dotnet+docker-tools/eng/pipelines/annotate-eol-digests.yml':
    'does not pass a parameter without default (REC-63)',
  'dotnet+docker-tools/eng/pipelines/cleanup-acr-images-custom-official.yml':
    'a parameter has the type int, which there is not (REC-47)',
  'dotnet+dotnet-docker/eng/pipelines/update-dependencies-internal-official.yml':
    'checks its parameters itself, and those made up here do not pass',
  'dotnet+dotnet-docker/eng/pipelines/update-dependencies-internal-unofficial.yml': 'the same',
  'dotnet+machinelearning/build/.outer-loop-build.yml': 'two jobs have the same name',
  'microsoft+Oryx/vsts/pipelines/PlatformBinaries/dotnetcore.yml':
    'does not pass a parameter without default',
  'microsoft+Oryx/vsts/pipelines/PlatformBinaries/golang.yml': 'does not pass a parameter without default',
  'microsoft+SynapseML/pipeline.yaml':
    'a job has cancelTimeoutInMinutes: 0; the documentation says 1 to 35,790',
  'microsoft+terminal/build/pipelines/templates-v2/pipeline-full-release-build.yml':
    'an @self path is relative to the file inside the same repository (REC-78), and this one is to the root',
  'sonic-net+sonic-swss/azure-pipelines-dash.yml': 'does not pass a parameter without default (REC-63)',
};

/** What runs of these files would know. */
const facts: RunFacts = { sourceBranch: 'refs/heads/main', teamProject: 'public', reason: 'Manual' };
const factsOf: Readonly<Record<string, RunFacts>> = {
  'Azure+CanadaPubSecALZ': { collectionUri: 'https://dev.azure.com/CanadaPubSecALZ/' },
  'NHSDigital+booking-and-referral-fhir-api': { definitionName: 'api-Pull-Request' },
  'NHSDigital+electronic-prescription-service-api': { definitionName: 'api-Pull-Request' },
};

function folder(name: string): FileProvider {
  return {
    read: async (path) =>
      existsSync(`${corpus}${name}/${path}`) ? readFileSync(`${corpus}${name}/${path}`, 'utf8') : undefined,
  };
}

/** Values that would do, by type, for parameters that have neither a default nor a list of values. */
function plausible(text: string): Record<string, string> {
  const byType: Readonly<Record<string, string>> = { number: '1', boolean: 'true', object: '{}' };
  const given: Record<string, string> = {};
  let root: unknown;
  try {
    root = parse(text, { uniqueKeys: false, logLevel: 'silent' });
  } catch {
    return given;
  }
  const declared = (root as { parameters?: unknown } | null)?.parameters;
  if (!Array.isArray(declared)) return given;
  for (const { name, type = 'string', default: value, values } of declared as Record<string, string>[]) {
    if (name === undefined || value !== undefined || values !== undefined) continue;
    given[name] = byType[type] ?? (type.endsWith('List') ? '[]' : 'x');
  }
  return given;
}

function compiled({ repo, path, repositories }: Root): Promise<CompileResult> {
  const text = readFileSync(`${corpus}${repo}/${path}`, 'utf8');
  return compile({
    files: folder(repo),
    path,
    parameters: plausible(text),
    run: { ...facts, ...factsOf[repo] },
    repositories: async ({ alias }) => {
      const found = Object.entries(repositories).find(([key]) => key.toLowerCase() === alias.toLowerCase());
      return found === undefined ? undefined : folder(found[1].folder);
    },
  });
}

describe.skipIf(!existsSync(corpus))(
  'real pipelines (skipped where the corpus is not beside the repository)',
  () => {
    it(
      'are refused only for what is not supported yet, and stay the same when expanded',
      { timeout: 300_000 },
      async () => {
        const { roots } = JSON.parse(readFileSync(`${corpus}MANIFEST.json`, 'utf8')) as {
          roots: readonly Root[];
        };
        const unexplained: string[] = [];
        const count = { compiled: 0, pending: 0, unreadable: 0, explained: 0 };
        for (const root of roots) {
          const name = `${root.repo}/${root.path}`;
          const result = await compiled(root);
          if (result.ok) {
            count.compiled++;
            const text = expandedYaml(result.plan);
            const again = await compile({ files: { read: async () => text }, path: root.path });
            expect(again, text).toMatchObject({ ok: true });
            if (again.ok) expect(expandedYaml(again.plan)).toBe(text);
            continue;
          }
          const errors = result.diagnostics.filter(({ severity }) => severity === 'error');
          if (explained[name] !== undefined) count.explained++;
          else if (errors.every(({ code }) => code === 'not-supported-yet')) count.pending++;
          // The corpus cannot hold templates that nobody outside can read.
          else if (errors.every(({ code }) => code === 'repository-unavailable')) count.unreadable++;
          else {
            unexplained.push(`${name}: ${formatDiagnostics(errors)}`);
          }
        }
        console.log(`${roots.length} real pipelines:`, count);
        expect(unexplained).toEqual([]);
        expect(count.explained).toBe(Object.keys(explained).length);
        expect(count.compiled).toBeGreaterThanOrEqual(195);
        expect(count.unreadable).toBeLessThanOrEqual(32);
      },
    );
  },
);
