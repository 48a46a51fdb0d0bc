import type { OpenApi, Operation } from './open-api.ts';

interface Candidate {
  readonly method: string;
  readonly pattern: RegExp;
  /** Segments that are no parameters: the more, the closer. */
  readonly fixed: number;
  readonly operation: Operation;
}

/** Finds the operation that a server answers a request with, as its router does. */
export function operationFinder(document: OpenApi): (method: string, url: string) => Operation | undefined {
  const candidates = Object.entries(document.paths).flatMap(([path, operations]) =>
    Object.entries(operations).map(([method, operation]) => candidate(method, path, operation)),
  );
  return (method, url) => {
    const path = pathOf(url)
      .replaceAll(/\/{2,}/g, '/')
      .replace(/(?<=.)\/$/, '');
    return candidates
      .filter((one) => one.method === method.toUpperCase() && one.pattern.test(path))
      .toSorted((a, b) => b.fixed - a.fixed)[0]?.operation;
  };
}

function candidate(method: string, path: string, operation: Operation): Candidate {
  const segments = path.split('/').slice(1);
  const source = segments.map((one) => {
    if (one === '{path}') return '.*';
    return one.startsWith('{') ? '[^/]+' : one.replaceAll(/[.$]/g, String.raw`\$&`);
  });
  return {
    method: method.toUpperCase(),
    pattern: new RegExp(`^/${source.join('/')}$`, 'is'),
    fixed: segments.filter((one) => !one.startsWith('{')).length,
    operation,
  };
}

/** Without query and fragment, `.` and `..` resolved as a socket-less request has them. */
function pathOf(url: string): string {
  const plain = url.replace(/[?#].*$/s, '');
  const whole = `http://server${plain}`;
  return URL.canParse(whole) ? new URL(whole).pathname : plain;
}
