import type { Client, MeView } from '@signalbox/api';
import type { ReactElement, ReactNode } from 'react';
import { createContext, use } from 'react';

/** Whom the page speaks to, as whom, and about which project. */
export interface Session {
  readonly client: Client;
  /** What they may do in this project. */
  readonly me: MeView;
  /** What they may do on the organisation: pools, users, roles and projects are no matter of one project. */
  readonly everywhere: readonly string[];
  readonly project: string;
}

const SessionContext = createContext<Session | undefined>(undefined);

/** Gives the session to everything inside. */
export function SessionProvider(props: {
  readonly value: Session;
  readonly children: ReactNode;
}): ReactElement {
  return <SessionContext value={props.value}>{props.children}</SessionContext>;
}

/** The session of the page. */
export function useSession(): Session {
  const session = use(SessionContext);
  if (session === undefined) throw new Error('A part of the page stands outside its session.');
  return session;
}
