import type { LockResourceType } from '@signalbox/model';
import type { ReactElement } from 'react';
import type { MarkIcon } from '../../view-models/mark.ts';

/** Every shape the page can draw. */
export type IconName = MarkIcon | ControlIcon | LockResourceType;

type ControlIcon =
  | 'bell'
  | 'board'
  | 'branch'
  | 'chevron'
  | 'close'
  | 'commit'
  | 'home'
  | 'key'
  | 'keyboard'
  | 'log'
  | 'menu'
  | 'more'
  | 'moon'
  | 'behind'
  | 'held'
  | 'linked'
  | 'person'
  | 'pipeline'
  | 'play'
  | 'refresh'
  | 'screen'
  | 'search'
  | 'settings'
  | 'signOut'
  | 'stop'
  | 'sun'
  | 'timer'
  | 'train'
  | 'trigger';

/** Each state has its own silhouette: disc, diamond, octagon, ring, triangle, signal, hourglass. */
const MARKS: Readonly<Record<MarkIcon, ReactElement>> = {
  succeeded: (
    <>
      <circle className="solid" cx="8" cy="8" r="7" />
      <path className="cut" d="m4.8 8.3 2.2 2.2 4.3-4.7" />
    </>
  ),
  issues: (
    <>
      <path className="solid" d="M8 .6 15.4 8 8 15.4.6 8z" />
      <path className="cut" d="M8 4.6v4M8 11v.1" />
    </>
  ),
  failed: (
    <>
      <path className="solid" d="M5.1 1h5.8L15 5.1v5.8L10.9 15H5.1L1 10.9V5.1z" />
      <path className="cut" d="m5.6 5.6 4.8 4.8M10.4 5.6 5.6 10.4" />
    </>
  ),
  canceled: (
    <>
      <circle cx="8" cy="8" r="6.2" />
      <path d="m3.8 12.2 8.4-8.4" />
    </>
  ),
  skipped: <path d="m3 3.5 4.5 4.5L3 12.5M8.5 3.5 13 8l-4.5 4.5" />,
  abandoned: (
    <>
      <path className="solid" d="M8 .8 15.6 14.6H.4z" />
      <path className="cut" d="M8 6v4M8 12.3v.1" />
    </>
  ),
  running: (
    <>
      <circle className="faint" cx="8" cy="8" r="6.4" />
      <path className="spin" d="M8 1.6A6.4 6.4 0 0 1 14.4 8" />
      <path className="solid" d="M6.3 4.9v6.2L11.2 8z" />
    </>
  ),
  waiting: (
    <>
      <rect className="solid" x="4" y=".8" width="8" height="14.4" rx="4" />
      <circle className="hole dim" cx="8" cy="4.9" r="2" />
      <circle className="hole" cx="8" cy="11" r="2.3" />
    </>
  ),
  approval: (
    <>
      <circle className="solid" cx="8" cy="4.2" r="3.6" />
      <path className="solid" d="M.8 15.4C.8 11.4 4 9.2 8 9.2s7.2 2.2 7.2 6.2z" />
    </>
  ),
  draining: <path className="solid" d="M3.6 1h8.8v2.6L9.2 8l3.2 4.4V15H3.6v-2.6L6.8 8 3.6 3.6z" />,
  queued: (
    <>
      <circle cx="8" cy="8" r="6.2" />
      <path d="M8 4.5V8l2.3 1.6" />
    </>
  ),
  notStarted: <circle className="dashed" cx="8" cy="8" r="6.2" />,
};

const RESOURCES: Readonly<Record<LockResourceType, ReactElement>> = {
  environment: <path d="M2 2.5h12v4H2zM2 9.5h12v4H2zM4.5 4.5h.1M4.5 11.5h.1" />,
  endpoint: <path d="M5.5 1.5v4M10.5 1.5v4M3.5 5.5h9V8a4.5 4.5 0 0 1-9 0zM8 12.5v2.5" />,
  variablegroup: <path d="M6 2c-3 0-1 5-4 6 3 1 1 6 4 6M10 2c3 0 1 5 4 6-3 1-1 6-4 6" />,
  repository: <path d="M3 2.5A1.5 1.5 0 0 1 4.5 1H13v14H4.5A1.5 1.5 0 0 1 3 13.5zM3 12h10" />,
  securefile: <path d="M3.5 7h9v7h-9zM5.5 7V4.5a2.5 2.5 0 0 1 5 0V7" />,
  queue: <path d="M4 4h8v8H4zM6 1.5V4M10 1.5V4M6 12v2.5M10 12v2.5M1.5 6H4M1.5 10H4M12 6h2.5M12 10h2.5" />,
  persistedStage: <path d="m8 1.5 6.5 3.5L8 8.5 1.5 5zM1.5 8.5 8 12l6.5-3.5" />,
  named: <path d="M2 2h6l6 6-6 6-6-6zM5 5h.1" />,
};

const CONTROLS: Readonly<Record<ControlIcon, ReactElement>> = {
  bell: <path d="M3.5 11.5V7a4.5 4.5 0 0 1 9 0v4.5zM1.8 11.5h12.4M6.5 14.2h3" />,
  board: <path d="M1.5 2.5h13v11h-13zM6 2.5v11M1.5 6.5H6M6 9h8.5" />,
  branch: (
    <>
      <circle cx="4.5" cy="3" r="1.7" />
      <circle cx="4.5" cy="13" r="1.7" />
      <circle cx="11.5" cy="5" r="1.7" />
      <path d="M4.5 4.7v6.6M11.5 6.7c0 2.5-7 1.5-7 4.6" />
    </>
  ),
  chevron: <path d="m6 3.5 4.5 4.5L6 12.5" />,
  close: <path d="m3.5 3.5 9 9M12.5 3.5l-9 9" />,
  commit: (
    <>
      <circle cx="8" cy="8" r="2.8" />
      <path d="M.8 8h4.4M10.8 8h4.4" />
    </>
  ),
  home: <path d="M1.5 7.5 8 2l6.5 5.5M3.5 6.5V14h9V6.5M6.5 14v-4h3v4" />,
  key: (
    <>
      <circle cx="5" cy="11" r="3.2" />
      <path d="m7.4 8.6 6.1-6.1M11 5l2 2" />
    </>
  ),
  keyboard: <path d="M1 4h14v8.5H1zM4 7h.1M7 7h.1M10 7h.1M12.5 7h.1M5 10h6" />,
  log: <path d="M3 1.5h10v13H3zM5.5 5h5M5.5 8h5M5.5 11h3" />,
  menu: <path d="M2 4h12M2 8h12M2 12h12" />,
  more: (
    <>
      <circle className="solid" cx="3" cy="8" r="1.4" />
      <circle className="solid" cx="8" cy="8" r="1.4" />
      <circle className="solid" cx="13" cy="8" r="1.4" />
    </>
  ),
  moon: <path d="M13.5 9.8A6 6 0 0 1 6.2 2.5a6 6 0 1 0 7.3 7.3z" />,
  behind: <path d="M5 3h9M5 8h9M5 13h9M2 3h.1M2 8h.1M2 13h.1" />,
  held: <path d="M3.5 7.2h9V14h-9zM5.5 7.2V4.8a2.5 2.5 0 0 1 5 0v2.4" />,
  linked: (
    <path d="M6.5 9.5 9.5 6.5M7 4.5l2-2a3.2 3.2 0 0 1 4.5 4.5l-2 2M9 11.5l-2 2A3.2 3.2 0 0 1 2.5 9l2-2" />
  ),
  person: (
    <>
      <circle cx="8" cy="5" r="3" />
      <path d="M2.5 14.5c.5-3.5 2.5-5 5.5-5s5 1.5 5.5 5" />
    </>
  ),
  pipeline: <path d="M1 5.5h4v5H1zM11 1.5h4v5h-4zM11 9.5h4v5h-4zM5 8h3M8 4v8M8 4h3M8 12h3" />,
  play: <path className="solid" d="M4 2.5v11L13 8z" />,
  refresh: <path d="M13.5 8A5.5 5.5 0 1 1 11.5 3.7M13.5 1.5v3.5H10" />,
  screen: <path d="M1.5 2.5h13v8.5h-13zM5 14h6M8 11v3" />,
  search: (
    <>
      <circle cx="7" cy="7" r="4.7" />
      <path d="m10.5 10.5 4 4" />
    </>
  ),
  settings: (
    <>
      <path d="M1.5 4.5h6M11.5 4.5h3M1.5 11.5h3M8.5 11.5h6" />
      <circle cx="9.5" cy="4.5" r="2" />
      <circle cx="6.5" cy="11.5" r="2" />
    </>
  ),
  signOut: <path d="M9.5 2H3v12h6.5M6.5 8h8M11.5 5l3 3-3 3" />,
  stop: <path className="solid" d="M3.5 3.5h9v9h-9z" />,
  sun: (
    <>
      <circle cx="8" cy="8" r="3" />
      <path d="M8 .8v1.7M8 13.5v1.7M.8 8h1.7M13.5 8h1.7M2.9 2.9l1.2 1.2M11.9 11.9l1.2 1.2M2.9 13.1l1.2-1.2M11.9 4.1l1.2-1.2" />
    </>
  ),
  timer: (
    <>
      <circle cx="8" cy="9" r="5.5" />
      <path d="M8 6v3l2 1.5M6 1.2h4" />
    </>
  ),
  trigger: <path d="M9 1.5 3 9h4.5L6.5 14.5 13 6.8H8.3z" />,
  train: (
    <>
      <path
        className="solid"
        d="M4 1.5h8A1.5 1.5 0 0 1 13.5 3v8A1.5 1.5 0 0 1 12 12.5H4A1.5 1.5 0 0 1 2.5 11V3A1.5 1.5 0 0 1 4 1.5z"
      />
      <path className="hole" d="M4.5 3.8h7v3.4h-7z" />
      <path className="cut" d="M5.2 9.9h.1M10.7 9.9h.1" />
      <path d="m5 12.8-1.5 2.2M11 12.8l1.5 2.2" />
    </>
  ),
};

/** The drawing of each icon in a box of 16 by 16. */
export const GLYPHS: Readonly<Record<IconName, ReactElement>> = { ...MARKS, ...RESOURCES, ...CONTROLS };
