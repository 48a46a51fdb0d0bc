import type { ReactElement } from 'react';
import { useState } from 'react';
import { Panel } from '../../components/manage/panel.tsx';
import { askToNotify, NOTICES } from '../../data/notices.ts';
import { useRemembered } from '../../data/remembered.ts';

const THEMES = [
  { theme: undefined, label: 'As the system says' },
  { theme: 'light', label: 'Light' },
  { theme: 'dark', label: 'Dark' },
] as const;

/** What this browser keeps for itself: the theme, and whether it tells of what happens elsewhere. */
export function BrowserPart(): ReactElement {
  const [theme, setTheme] = useRemembered('theme');
  return (
    <>
      <Panel title="Theme" note="Kept in this browser alone.">
        <form className="form manage-form">
          <fieldset>
            <legend>Colours</legend>
            {THEMES.map((one) => (
              <label key={one.label} className="tick">
                <input
                  type="radio"
                  name="theme"
                  checked={theme === one.theme}
                  onChange={() => setTheme(one.theme)}
                />
                {one.label}
              </label>
            ))}
          </fieldset>
        </form>
      </Panel>
      <Notices />
    </>
  );
}

function Notices(): ReactElement {
  const [on, setOn] = useRemembered(NOTICES);
  const [problem, setProblem] = useState('');
  const turn = async (wanted: boolean): Promise<void> => {
    const refusal = wanted ? await askToNotify() : '';
    setProblem(refusal);
    setOn(wanted && refusal === '' ? 'on' : undefined);
  };
  return (
    <Panel
      title="Notices of the browser"
      note="While this page is open and you look elsewhere, the browser says which runs failed, and what asks for approval."
    >
      <form className="form manage-form">
        <label className="tick">
          <input
            type="checkbox"
            checked={on !== undefined}
            onChange={({ target }) => void turn(target.checked)}
          />
          Tell me
        </label>
        {problem !== '' && (
          <p className="form-error" role="alert">
            {problem}
          </p>
        )}
      </form>
    </Panel>
  );
}
