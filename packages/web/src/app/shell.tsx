import type { ReactElement } from 'react';
import { Suspense, useState } from 'react';
import { ConnectionLight, OfflineNote } from '../components/chrome/connection-light.tsx';
import { NotFound } from '../components/chrome/not-found.tsx';
import { SideNav } from '../components/chrome/side-nav.tsx';
import { TopBar } from '../components/chrome/top-bar.tsx';
import { HelpDialog } from '../components/dialogs/help-dialog.tsx';
import { Guard } from '../components/feedback/guard.tsx';
import { Skeleton } from '../components/feedback/notice.tsx';
import { useSignOut } from '../data/commands.ts';
import { useSession } from '../data/context.tsx';
import { useLive } from '../data/live.ts';
import { useRuns } from '../data/queries.ts';
import { moveFocus, useJumps, useKeys } from './keys.ts';
import { useAddress, useGo } from './navigation.tsx';
import { News } from './news.tsx';
import { pageNamed, PAGES } from './pages.ts';
import { useTheme } from './use-theme.ts';

interface Props {
  readonly projects: readonly string[];
  readonly choose: (project: string) => void;
}

const JUMPS = PAGES.flatMap(({ key, title }) =>
  key === undefined ? [] : [{ keys: ['g', key], does: title }],
);

/** The frame around the pages of one project; it holds the live connection. */
export function Shell(props: Props): ReactElement {
  const { project, me } = useSession();
  const { page } = useAddress();
  const connection = useLive();
  const [theme, nextTheme] = useTheme();
  const [help, setHelp] = useState(false);
  const [menu, setMenu] = useState(false);
  const signOut = useSignOut();
  useFrameKeys({ theme: nextTheme, help: () => setHelp(true) });
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
        help={() => setHelp(true)}
        signOut={() => signOut.mutate()}
        menu={{ open: menu, toggle: () => setMenu(!menu) }}
      />
      <div className="frame">
        <SideNav pages={PAGES} current={page} open={menu} close={() => setMenu(false)} />
        <main id="main" className="page">
          <OfflineNote connection={connection} />
          <OpenPage />
        </main>
      </div>
      <News runs={useRuns().data} />
      {help && <HelpDialog page={pageNamed(page)?.keys ?? []} jumps={JUMPS} close={() => setHelp(false)} />}
    </>
  );
}

/** The page that the address names; a mistake of it, or one that cannot be read, leaves the frame as it is. */
function OpenPage(): ReactElement {
  const { page, rest } = useAddress();
  const entry = pageNamed(page);
  if (entry === undefined) return <NotFound what={`The page “${page}”`} />;
  const { Page } = entry;
  return (
    <Guard key={page}>
      <Suspense fallback={<Skeleton what={`the page ${entry.title}`} rows={4} />}>
        <Page key={rest[0]} rest={rest} />
      </Suspense>
    </Guard>
  );
}

/** The keys that work on every page. */
function useFrameKeys(acts: { readonly theme: () => void; readonly help: () => void }): void {
  const go = useGo();
  const next = (): void => moveFocus(1);
  const previous = (): void => moveFocus(-1);
  useKeys(
    {
      ArrowDown: next,
      ArrowUp: previous,
      j: next,
      k: previous,
      t: acts.theme,
      '?': acts.help,
      '/': () => {
        const search = document.querySelector<HTMLInputElement>('[data-search]');
        if (search === null) go('runs');
        else search.focus();
      },
    },
    { frame: true },
  );
  useJumps((letter) => {
    const to = PAGES.find(({ key }) => key === letter)?.name;
    if (to !== undefined) go(to === 'home' ? '' : to);
  });
}
