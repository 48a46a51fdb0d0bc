import type { ReactElement } from 'react';
import { Link } from '../../app/navigation.tsx';
import type { Theme } from '../../app/use-theme.ts';
import type { IconName } from '../icon/glyphs.tsx';
import { Icon } from '../icon/icon.tsx';
import { ProductMark } from '../icon/semaphore.tsx';

interface Props {
  readonly projects: readonly string[];
  readonly project: string;
  readonly choose: (project: string) => void;
  readonly who: string;
  readonly connection: ReactElement;
  readonly theme: Theme;
  readonly nextTheme: () => void;
  readonly help: () => void;
  readonly signOut: () => void;
  /** The navigation on a phone, which has no room for it. */
  readonly menu: { readonly open: boolean; readonly toggle: () => void };
}

const THEME_ICON: Readonly<Record<Theme, IconName>> = { system: 'screen', light: 'sun', dark: 'moon' };

/** The name plate of the box: where one is, how the connection is, and who one is. */
export function TopBar(props: Props): ReactElement {
  return (
    <header className="bar">
      <button
        type="button"
        className="bar-button bar-menu"
        aria-expanded={props.menu.open}
        aria-controls="pages"
        onClick={props.menu.toggle}
      >
        <Icon name="menu" />
        <span className="hidden">Pages</span>
      </button>
      <Link className="bar-name" to="">
        <ProductMark />
        <span>Signalbox</span>
      </Link>
      <ProjectSwitcher {...props} />
      <div className="bar-space" />
      {props.connection}
      <button type="button" className="bar-button" onClick={props.nextTheme} title="Change the theme (t)">
        <Icon name={THEME_ICON[props.theme]} />
        <span className="bar-word">
          <span className="hidden">Theme: </span>
          {props.theme}
        </span>
      </button>
      <button type="button" className="bar-button" onClick={props.help} title="Keyboard (?)">
        <Icon name="keyboard" />
        <span className="hidden">Keyboard help</span>
      </button>
      <button
        type="button"
        className="bar-button"
        onClick={props.signOut}
        title={`Signed in as ${props.who}`}
      >
        <Icon name="signOut" />
        <span className="bar-word">Sign out</span>
      </button>
    </header>
  );
}

function ProjectSwitcher(props: Props): ReactElement {
  return (
    <label className="bar-project">
      <span className="hidden">Project</span>
      <select value={props.project} onChange={(event) => props.choose(event.target.value)}>
        {props.projects.map((name) => (
          <option key={name}>{name}</option>
        ))}
      </select>
    </label>
  );
}
