import { Problem } from '../problem.ts';
import { LOCATIONS, type LocationRow } from './locations.generated.ts';

/** A location of Azure DevOps as an address: in whatever project, with or without what may be left out at its end. */
interface KnownAddress {
  readonly pattern: RegExp;
  /** `build/builds`. */
  readonly name: string;
  /** How many of its parts are fixed: of two that match, the one with more of them is meant. */
  readonly fixed: number;
}

const KNOWN: readonly KnownAddress[] = LOCATIONS.map(addressOf).toSorted((one, two) => two.fixed - one.fixed);

/** Calls of clients; a browser's question before one (OPTIONS) is none. */
const METHODS: ReadonlySet<string> = new Set(['GET', 'POST', 'PUT', 'PATCH', 'DELETE']);

/**
 * The refusal for a call that Azure DevOps has and that no route serves: 501, because azure-devops-node-api makes
 * nothing at all of a 404 (REST.md §0.8). Undefined for an address that nobody knows.
 */
export function absentCall(method: string, path: string): Problem | undefined {
  if (!METHODS.has(method)) return undefined;
  const known = KNOWN.find(({ pattern }) => pattern.test(path));
  if (known === undefined) return undefined;
  const sentence = `Azure DevOps has ${method} of ${known.name}; it is not served here. docs/reference/rest.md lists the routes.`;
  return new Problem(501, 'FeatureNotAvailableException', sentence);
}

function addressOf([, area, resource, template]: LocationRow): KnownAddress {
  const parts = template
    .slice(template.indexOf('_apis/'))
    .replace('{area}', area)
    .replace('{resource}', resource)
    .split('/')
    .filter((part) => part !== '');
  return {
    pattern: new RegExp(`${parts.reduceRight(before, '')}/?$`, 'i'),
    name: `${area}/${resource}`,
    fixed: parts.filter((part) => !part.startsWith('{')).length,
  };
}

/** Puts one part of an address before what follows it. A value may be absent when nothing fixed follows. */
function before(rest: string, part: string): string {
  if (part.startsWith('{*')) return '(?:/.*)?';
  if (!part.startsWith('{')) return `/${part.replaceAll('.', String.raw`\.`)}${rest}`;
  return rest === '' || rest.startsWith('(?:') ? `(?:/[^/]+${rest})?` : `/[^/]+${rest}`;
}
