import type { NewToken, NewTokenView, TokenView } from '@signalbox/api';
import type { UseMutationResult, UseQueryResult } from '@tanstack/react-query';
import { useAsked, useChange } from './ask.ts';

const NAME = 'tokens';

/** The tokens that the viewer may see. */
export function useTokens(): UseQueryResult<readonly TokenView[]> {
  return useAsked({ name: NAME, read: async ({ client }) => (await client.listTokens()).items });
}

/** Makes a token; the answer alone has its secret. */
export function useCreateToken(): UseMutationResult<NewTokenView, Error, NewToken> {
  return useChange(NAME, ({ client }, token) => client.createToken(token));
}

/** Ends a token at once. */
export function useRevokeToken(): UseMutationResult<void, Error, number> {
  return useChange(NAME, ({ client }, id) => client.revokeToken(id));
}
