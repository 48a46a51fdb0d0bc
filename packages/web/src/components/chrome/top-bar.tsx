import type { ReactElement } from 'react';
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
}

const THEME_ICON: Readonly<Record<Theme, IconName>> = { system: 'screen', light: 'sun', dark: 'moon' };

/** The name plate of the box: where one is, how the connection is, and who one is. */
export function TopBar(props: Props): ReactElement {
  return (
    <header className="bar">
      <a className="bar-name" href="/">
        <ProductMark />
        <span>Signalbox</span>
      </a>
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
