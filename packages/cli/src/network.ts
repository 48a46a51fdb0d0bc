import type { ClientOptions } from '@signalbox/api';
import { readFileSync } from 'node:fs';
import { rootCertificates } from 'node:tls';
import { CliError, EXIT } from './exit-codes.ts';

type Fetch = ClientOptions['fetch'];
type Environment = Readonly<Record<string, string | undefined>>;

/** How to reach the server where the way is not straight. */
export interface NetworkOptions {
  /** The proxy for every address but those of `NO_PROXY`; absent: what `HTTPS_PROXY` and `HTTP_PROXY` say. */
  readonly proxy?: string;
  /** A PEM file with the authority that signed the server's certificate, beside those that Node trusts. */
  readonly ca?: string;
}

/** A server on this machine is never asked through a proxy. */
const NEVER_PROXIED = 'localhost,127.0.0.1,::1';

/**
 * `fetch` through the proxy and with the authority that the options and the environment name; the plain one where they
 * name none. Node 20 knows neither by itself.
 */
export function networkFetch(
  { proxy, ca }: NetworkOptions = {},
  environment: Environment = process.env,
): Fetch {
  const named = proxy ?? proxyIn(environment);
  if (named === undefined && ca === undefined) return (url, init) => fetch(url, init);
  const way: Way = {
    ...(named !== undefined && { proxy: checkedProxy(named) }),
    ...(ca !== undefined && { authority: readAuthority(ca) }),
  };
  let ready: Promise<Fetch> | undefined;
  return async (url, init) => (await (ready ??= fetchBy(way, environment)))(url, init);
}

interface Way {
  readonly proxy?: string;
  readonly authority?: readonly string[];
}

/** The library is read only where it is needed: most commands go straight. */
async function fetchBy({ proxy, authority }: Way, environment: Environment): Promise<Fetch> {
  const { EnvHttpProxyAgent, fetch: fetchThrough } = await import('undici');
  const tls = authority === undefined ? {} : { ca: [...authority] };
  const dispatcher = new EnvHttpProxyAgent({
    connect: tls,
    requestTls: tls,
    proxyTls: tls,
    httpProxy: proxy ?? '',
    httpsProxy: proxy ?? '',
    noProxy: [NEVER_PROXIED, valueOf(environment, 'NO_PROXY') ?? ''].join(','),
  });
  return (url, init) => fetchThrough(url, { ...init, dispatcher });
}

function proxyIn(environment: Environment): string | undefined {
  return valueOf(environment, 'HTTPS_PROXY') ?? valueOf(environment, 'HTTP_PROXY');
}

/** In lower case as well, as other programs read them; empty is none. */
function valueOf(environment: Environment, name: string): string | undefined {
  return environment[name.toLowerCase()] || environment[name] || undefined;
}

function checkedProxy(text: string): string {
  const url = /^[a-z]+:\/\//i.test(text) ? text : `http://${text}`;
  if (URL.canParse(url) && /^https?:$/.test(new URL(url).protocol)) return url;
  throw new CliError(
    EXIT.usage,
    `${text} is not the address of a proxy. It looks like http://proxy.corp:3128.`,
  );
}

function readAuthority(file: string): readonly string[] {
  let text: string;
  try {
    text = readFileSync(file, 'utf8');
  } catch {
    throw new CliError(EXIT.usage, `The file of the authority, ${file}, cannot be read.`);
  }
  const own = text.match(/-----BEGIN CERTIFICATE-----[^-]+-----END CERTIFICATE-----/g);
  if (own === null) throw new CliError(EXIT.usage, `${file} holds no certificate in the PEM form.`);
  return [...rootCertificates, ...own];
}
