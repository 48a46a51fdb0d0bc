import type { Client, MeView } from '@signalbox/api';
import { ApiError } from '@signalbox/api';
import { QueryClientProvider, useQuery } from '@tanstack/react-query';
import type { ReactElement } from 'react';
import { useEffect, useState } from 'react';
import { SignIn } from '../components/chrome/sign-in.tsx';
import { Empty, Skeleton, Trouble } from '../components/feedback/notice.tsx';
import { connect } from '../data/connect.ts';
import { SessionProvider } from '../data/context.tsx';
import { createQueryClient, useMe, useMeIn, useProjects } from '../data/queries.ts';
import { useRemembered } from '../data/remembered.ts';
import type { Address } from './address.ts';
import { pathTo, withQuery } from './address.ts';
import { Alone } from './alone.tsx';
import { navigate, useAddress } from './navigation.tsx';
import { NoProject } from './no-project.tsx';
import { Shell } from './shell.tsx';

/** The whole application: finds the server, asks who is there, then shows the page. */
export function App(): ReactElement {
  const [queries] = useState(createQueryClient);
  return (
    <QueryClientProvider client={queries}>
      <Connected />
    </QueryClientProvider>
  );
}

function Connected(): ReactElement {
  const client = useQuery({ queryKey: ['client'], queryFn: connect });
  if (client.data !== undefined) return <Gate client={client.data} />;
  if (client.error === null) return <Waiting what="the server" />;
  return <Stopped error={client.error} again={() => void client.refetch()} />;
}

/** Lets in who is signed in; everybody else gets the form. */
function Gate(props: { readonly client: Client }): ReactElement {
  const me = useMe(props.client);
  if (me.error instanceof ApiError && me.error.status === 401) return <SignIn client={props.client} />;
  // A server that is away for a moment does not take the page away.
  if (me.data !== undefined) return <InProject client={props.client} me={me.data} />;
  if (me.error === null) return <Waiting what="who you are" />;
  return <Stopped error={me.error} again={() => void me.refetch()} />;
}

function InProject(props: { readonly client: Client; readonly me: MeView }): ReactElement {
  const projects = useProjects(props.client);
  const address = useAddress();
  const [last, remember] = useRemembered('project');
  const { organization } = props.me;
  const wanted = address.project ?? last;
  const known = projects.data ?? [];
  const found = known.find(({ id, name }) => id === wanted || name.toLowerCase() === wanted?.toLowerCase());
  const project = (found ?? (address.project === undefined ? known[0] : undefined))?.name;
  const path = project === undefined ? undefined : canonicalPath(organization, project, address);
  useEffect(() => {
    if (project === undefined || path === undefined) return;
    remember(project);
    if (path !== `${location.pathname}${location.search}${location.hash}`) navigate(path, { replace: true });
  }, [project, path, remember]);
  if (projects.data === undefined) {
    if (projects.error === null) return <Waiting what="the projects" />;
    return <Stopped error={projects.error} again={() => void projects.refetch()} />;
  }
  if (project === undefined) {
    return known.length === 0 ? <NoProject {...props} /> : <UnknownProject {...address} />;
  }
  const names = known.map(({ name }) => name).toSorted((a, b) => a.localeCompare(b));
  const choose = (name: string): void =>
    navigate(pathTo(organization, name, address.page === 'home' ? '' : address.page));
  return <Within key={project} {...props} project={project} projects={names} choose={choose} />;
}

/** The page, once it is known what its viewer may do in the project. */
function Within(props: {
  readonly client: Client;
  readonly me: MeView;
  readonly project: string;
  readonly projects: readonly string[];
  readonly choose: (project: string) => void;
}): ReactElement {
  const { client, me, project, projects, choose } = props;
  const own = useMeIn(client, me, project);
  const here = own === undefined ? me : own.data;
  if (here === undefined) {
    if (own?.error === null) return <Waiting what="what you may do here" />;
    return <Stopped error={own?.error} again={() => void own?.refetch()} />;
  }
  return (
    <SessionProvider value={{ client, me: here, everywhere: me.permissions, project }}>
      <Shell projects={projects} choose={choose} />
    </SessionProvider>
  );
}

/** The one address of a place, whichever of its addresses led to it. */
function canonicalPath(organization: string, project: string, address: Address): string {
  const { page, rest, query, hash } = address;
  const below = page === 'home' ? rest : [page, ...rest];
  const kept = Object.fromEntries([...query].filter(([name]) => !FOREIGN.has(name)));
  const to = withQuery(below.map(encodeURIComponent).join('/'), kept);
  return `${pathTo(organization, project, to)}${hash === '' ? '' : `#${hash}`}`;
}

/** What only addresses of Azure, of the first pages and of the sign-in have behind the question mark. */
const FOREIGN: ReadonlySet<string> = new Set([
  'project',
  'signin',
  'buildId',
  'definitionId',
  'view',
  '_a',
  's',
  'j',
  't',
  'l',
]);

function Waiting(props: { readonly what: string }): ReactElement {
  return (
    <Alone>
      <Skeleton what={props.what} rows={3} />
    </Alone>
  );
}

function Stopped(props: { readonly error: unknown; readonly again: () => void }): ReactElement {
  return (
    <Alone>
      <Trouble error={props.error} again={props.again} />
    </Alone>
  );
}

function UnknownProject(props: { readonly project?: string }): ReactElement {
  return (
    <Alone>
      <Empty title={`There is no project “${props.project ?? ''}”`}>
        <p>It may have another name now, or you may not see it.</p>
        <p>
          <a href="/">The projects you see</a>
        </p>
      </Empty>
    </Alone>
  );
}
