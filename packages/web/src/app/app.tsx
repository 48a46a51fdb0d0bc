import type { Client, MeView } from '@signalbox/api';
import { ApiError } from '@signalbox/api';
import { QueryClientProvider, useQuery } from '@tanstack/react-query';
import type { ReactElement, ReactNode } from 'react';
import { useState } from 'react';
import { SignIn } from '../components/chrome/sign-in.tsx';
import { Command, Empty, Skeleton, Trouble } from '../components/feedback/notice.tsx';
import { connect } from '../data/connect.ts';
import { SessionProvider } from '../data/context.tsx';
import { createQueryClient, useMe, useProjects } from '../data/queries.ts';
import { Shell } from './shell.tsx';
import { useProjectInAddress } from './use-project.ts';

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
  const [wanted, choose] = useProjectInAddress();
  if (projects.data === undefined) {
    if (projects.error === null) return <Waiting what="the projects" />;
    return <Stopped error={projects.error} again={() => void projects.refetch()} />;
  }
  const names = projects.data.map((project) => project.name).toSorted((a, b) => a.localeCompare(b));
  const project = names.find((name) => name.toLowerCase() === wanted?.toLowerCase()) ?? names[0];
  if (project === undefined) return <NoProject />;
  return (
    <SessionProvider value={{ ...props, project }}>
      <Shell key={project} projects={names} choose={choose} />
    </SessionProvider>
  );
}

function Alone(props: { readonly children: ReactNode }): ReactElement {
  return (
    <main className="alone">
      <h1>Signalbox</h1>
      {props.children}
    </main>
  );
}

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

function NoProject(): ReactElement {
  return (
    <Alone>
      <Empty title="No project yet">
        <p>Pipelines live in a project. Make the first one, then reload this page:</p>
        <Command>npx signalbox project create my-project</Command>
      </Empty>
    </Alone>
  );
}
