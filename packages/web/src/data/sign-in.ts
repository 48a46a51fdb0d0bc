import { useQuery } from '@tanstack/react-query';

/** Where the server tells a page that is not signed in what it must know. */
export const CONFIG_ADDRESS = '/_signalbox/config.json';

/** A provider that signs people in: what its button says, and where it leads. */
export interface SignInProvider {
  readonly label: string;
  readonly url: string;
}

/** The provider of this server; undefined while that is not known, or when there is none. */
export function useSignInProvider(): SignInProvider | undefined {
  const provider = useQuery({ queryKey: ['sign-in-provider'], queryFn: readProvider, staleTime: Infinity });
  return provider.data ?? undefined;
}

async function readProvider(): Promise<SignInProvider | null> {
  const response = await fetch(CONFIG_ADDRESS, { headers: { accept: 'application/json' } });
  const config: unknown = response.ok ? await response.json() : undefined;
  const found =
    typeof config === 'object' && config !== null && 'signIn' in config ? config.signIn : undefined;
  return isProvider(found) ? found : null;
}

function isProvider(value: unknown): value is SignInProvider {
  if (typeof value !== 'object' || value === null || !('label' in value) || !('url' in value)) return false;
  return typeof value.label === 'string' && typeof value.url === 'string' && value.url.startsWith('/');
}
