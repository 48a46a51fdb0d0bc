import { openStore } from '@signalbox/store';
import { storeSuite } from '../conformance/index.ts';

storeSuite({
  name: 'memory',
  place: () => undefined,
  open: ({ engine, clock }) => openStore({ kind: 'memory', engine, clock }),
});
