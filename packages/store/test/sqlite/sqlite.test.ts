import { openStore } from '@signalbox/store';
import { storeSuite } from '../conformance/index.ts';
import { folders } from '../support/folders.ts';

const folder = folders();

storeSuite({
  name: 'sqlite',
  place: folder,
  open: ({ engine, clock, place }) => openStore({ kind: 'sqlite', engine, clock, folder: place ?? folder() }),
});
