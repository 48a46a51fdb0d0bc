import { useEffect } from 'react';
import { useRemembered } from '../data/remembered.ts';

/** What the page looks like: as the system says, or as the user chose. */
export type Theme = 'system' | 'light' | 'dark';

const NEXT: Readonly<Record<Theme, Theme>> = { system: 'light', light: 'dark', dark: 'system' };

/** The theme, and the step to the next one. */
export function useTheme(): readonly [Theme, () => void] {
  const [kept, keep] = useRemembered('theme');
  const theme = kept === 'light' || kept === 'dark' ? kept : 'system';
  useEffect(() => applyTheme(theme), [theme]);
  return [theme, () => keep(NEXT[theme] === 'system' ? undefined : NEXT[theme])];
}

function applyTheme(theme: Theme): void {
  if (theme === 'system') delete document.documentElement.dataset['theme'];
  else document.documentElement.dataset['theme'] = theme;
}
