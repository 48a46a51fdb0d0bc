import { PERMITTED, type MeView } from '@signalbox/api';
import type { Ask, Handlers } from '../ask.ts';
import { unauthorized } from '../guard/admit.ts';

/** Who is calling. */
export const meHandlers: Handlers<'me'> = { me: async (ask) => me(ask) };

async function me({ app, principal }: Ask): Promise<MeView> {
  if (principal.role === 'anonymous') throw unauthorized(app, 'A token is needed.');
  const { role, name } = principal;
  return {
    name,
    role,
    organization: app.organization,
    version: app.version,
    session: 'session' in principal && principal.session,
    permissions: Object.entries(PERMITTED).flatMap(([permission, roles]) =>
      roles.includes(role) ? [permission] : [],
    ),
  };
}
