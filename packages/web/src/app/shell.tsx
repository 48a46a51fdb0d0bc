import type { ReactElement } from 'react';
import { useState } from 'react';
import { ConnectionLight } from '../components/chrome/connection-light.tsx';
import { TopBar } from '../components/chrome/top-bar.tsx';
import { useSignOut } from '../data/commands.ts';
import { useSession } from '../data/context.tsx';
import { useLive } from '../data/live.ts';
import { BoardPage } from './board-page.tsx';
import type { DialogState } from './open-dialog.tsx';
import { useTheme } from './use-theme.ts';

interface Props {
  readonly projects: readonly string[];
  readonly choose: (project: string) => void;
}

/** The frame around the page of one project; it holds the live connection. */
export function Shell(props: Props): ReactElement {
  const { project, me } = useSession();
  const connection = useLive();
  const [theme, nextTheme] = useTheme();
  const [dialog, setDialog] = useState<DialogState>({ kind: 'none' });
  const signOut = useSignOut();
  return (
    <>
      <a className="skip" href="#main">
        Skip to the page
      </a>
      <TopBar
        projects={props.projects}
        project={project}
        choose={props.choose}
        who={me.name}
        connection={<ConnectionLight connection={connection} />}
        theme={theme}
        nextTheme={nextTheme}
        help={() => setDialog({ kind: 'help' })}
        signOut={() => signOut.mutate()}
      />
      <BoardPage connection={connection} dialog={dialog} setDialog={setDialog} nextTheme={nextTheme} />
    </>
  );
}
