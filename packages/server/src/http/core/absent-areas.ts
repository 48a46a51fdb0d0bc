import { Problem } from '../problem.ts';
import type { LocationRow } from './locations.generated.ts';

/** An area of Azure DevOps that people reach for and that is not here. */
interface AbsentArea {
  readonly path: RegExp;
  /** Clients print it as it is. */
  readonly sentence: string;
  /** Where clients look for it: without them, they would say no more than that a GUID is not registered. */
  readonly locations: readonly LocationRow[];
}

const ABSENT: readonly AbsentArea[] = [
  {
    path: /\/_apis\/release\//i,
    sentence:
      'Classic release pipelines do not exist here: the stages of YAML pipelines deploy, and `az pipelines runs` shows them.',
    locations: [
      [
        'a166fde7-27ad-408e-ba75-703c2cc9d500',
        'Release',
        'releases',
        '{project}/_apis/release/releases/{releaseId}',
        8,
      ],
      [
        'd8f96f24-8ea7-4cb6-baab-2df8fc515665',
        'Release',
        'definitions',
        '{project}/_apis/release/definitions/{definitionId}',
        4,
      ],
    ],
  },
  {
    path: /\/_apis\/clienttools\//i,
    sentence:
      'The Azure CLI moves artifacts with ArtifactTool, a program of the service that does not know this server. Use `signalbox artifacts download`; steps publish them.',
    locations: [
      [
        '187ec90d-dd1e-4ec6-8c57-937d979261e5',
        'clienttools',
        'release',
        '_apis/clienttools/{toolName}/release',
        1,
      ],
    ],
  },
  {
    path: /\/_apis\/(?:graph|userentitlements|securitynamespaces)(?:\/|$)/i,
    sentence:
      'People, groups and permissions are kept here by `signalbox user`, `signalbox groups` and `signalbox role`, and on the page of people.',
    locations: [
      ['387f832c-dbf2-4643-88e9-c1aa94dbb737', 'MEM', 'userentitlements', '_apis/userentitlements', 3],
      [
        '8480c6eb-ce60-47e9-88df-eca3c801638b',
        'MEM',
        'userentitlements',
        '_apis/userentitlements/{userId}',
        3,
      ],
      ['ebbe6af8-0b91-4c13-8cf1-777c14858188', 'Graph', 'Groups', '_apis/graph/groups/{groupDescriptor}', 1],
      [
        '048aee0a-7072-4cde-ab73-7af77b1e0b4e',
        'Graph',
        'Descriptors',
        '_apis/graph/descriptors/{storageKey}',
        1,
      ],
      [
        'ce7b9f95-fde9-4be8-a86d-83b366f0b87a',
        'Security',
        'SecurityNamespaces',
        '_apis/securitynamespaces/{securityNamespaceId}',
        1,
      ],
    ],
  },
];

/** The locations of all of them, for discovery (REST.md §1.2). */
export const ABSENT_LOCATIONS: readonly LocationRow[] = ABSENT.flatMap(({ locations }) => locations);

/** The refusal for a path in such an area: 501, because clients take 404 for "no such object" (REST.md §0.8). */
export function absentArea(path: string): Problem | undefined {
  const found = ABSENT.find((area) => area.path.test(path));
  return found && new Problem(501, 'FeatureNotAvailableException', found.sentence);
}
