/** What the proxy stands in for: one organisation of Azure DevOps, at the address of a server. */
export interface StandIn {
  /** The name that clients write, letter case aside. */
  readonly organization: string;
  /** The server with its organisation, without a slash at the end. */
  readonly server: URL;
}

/** Where a request goes at the server, or one sentence why it goes nowhere. */
export type Target = { readonly url: URL } | { readonly problem: string };

/** True for the hosts of Azure DevOps: there the proxy ends TLS; a port other than 443 is not theirs. */
export function isAzureHost(host: string): boolean {
  const name = host.toLowerCase();
  return /^([a-z0-9-]+\.)*dev\.azure\.com$/.test(name) || /^([a-z0-9-]+\.)+visualstudio\.com$/.test(name);
}

/** Services of Azure DevOps that nothing here answers for, by the first name of their host. */
const ABSENT: Readonly<Record<string, string>> = {
  vsrm: 'Classic release pipelines do not exist here',
  feeds: 'Artifact feeds do not exist here',
  pkgs: 'Artifact feeds do not exist here',
  almsearch: 'The search of Azure DevOps does not exist here',
  vsaex: 'User entitlements do not exist here',
  extmgmt: 'Extensions do not exist here',
  marketplace: 'Extensions do not exist here',
  auditservice: 'The audit of Azure DevOps does not exist here; ours is `signalbox audit`',
};

/**
 * Where a request for a host of Azure DevOps goes: `https://dev.azure.com/NAME/x` and `https://NAME.visualstudio.com/x`
 * go to `x` of the server's organisation, and so do the hosts of single services (`vssps.dev.azure.com/NAME/x`).
 */
export function targetOf(host: string, path: string, standIn: StandIn): Target {
  const name = host.toLowerCase();
  const isNew = name.endsWith('dev.azure.com');
  const [first = '', second = ''] = name.split('.');
  const absent = ABSENT[isNew ? first : second];
  if (absent !== undefined) return { problem: `${absent}, so ${host} has no answer.` };
  const [, segment = '', below = ''] = /^\/+([^/?#]*)([^#]*)/.exec(path) ?? [];
  const named = isNew ? decoded(segment) : first;
  if (named.toLowerCase() !== standIn.organization.toLowerCase())
    return {
      problem: `This proxy stands in for the organisation ${standIn.organization} only, not for ${host}${path.slice(0, 200)}.`,
    };
  const rest = isNew ? below : path;
  const base = standIn.server.href.replace(/\/+$/, '');
  return { url: new URL(`${base}${/^[/?]|^$/.test(rest) ? rest : `/${rest}`}`) };
}

function decoded(segment: string): string {
  try {
    return decodeURIComponent(segment);
  } catch {
    return segment;
  }
}
