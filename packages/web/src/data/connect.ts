import type { Client, FetchInit, FetchResponse } from '@signalbox/api';
import { createClient } from '@signalbox/api';
import { noteServerDate } from './clock.ts';
import { CONFIG_ADDRESS } from './sign-in.ts';

const USUAL_ORGANIZATION = 'default';

/** A client of the server that this page came from; the session cookie speaks for the user. */
export async function connect(): Promise<Client> {
  const organization = await readOrganization();
  const baseUrl = `${location.origin}/${encodeURIComponent(organization)}`;
  return createClient({ baseUrl, fetch: timedFetch });
}

async function readOrganization(): Promise<string> {
  const response = await fetch(CONFIG_ADDRESS, { headers: { accept: 'application/json' } });
  if (!response.ok) return USUAL_ORGANIZATION;
  const config: unknown = await response.json();
  const named = typeof config === 'object' && config !== null && 'organization' in config;
  return named ? String(config.organization) : USUAL_ORGANIZATION;
}

async function timedFetch(url: string, init: FetchInit): Promise<FetchResponse> {
  const response = await fetch(url, { ...init, credentials: 'same-origin' });
  noteServerDate(response.headers.get('date'));
  return response;
}
