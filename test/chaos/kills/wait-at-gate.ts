import { mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';

const MANIFEST = {
  id: '6f2d3c1e-0d0a-4c39-9a55-2f4b6f0d7e11',
  name: 'WaitAtGate',
  friendlyName: 'Wait at the gate',
  version: { Major: 1, Minor: 0, Patch: 0 },
  inputs: [],
  execution: { Node20_1: { target: 'main.js' } },
};

const MAIN = `
const { appendFileSync, existsSync, writeFileSync } = require('node:fs');
const { join } = require('node:path');
const folder = process.env.KILLS_FOLDER;
const note = (word) => appendFileSync(join(folder, 'diary'), word + ' task ' + process.env.BUILD_BUILDID + '\\n');
note('begin');
writeFileSync(join(folder, 'pid-task'), String(process.pid));
writeFileSync(join(folder, 'at-task'), '');
const timer = setInterval(() => {
  if (!existsSync(join(folder, 'go'))) return;
  clearInterval(timer);
  note('end');
  console.log('##vso[task.complete result=Succeeded;]It was open.');
}, 100);
`;

/** Writes a task package whose step waits at the gate, into a new folder; answers the folder. */
export function waitAtGate(folder: string): string {
  mkdirSync(folder, { recursive: true });
  writeFileSync(join(folder, 'task.json'), JSON.stringify(MANIFEST));
  writeFileSync(join(folder, 'main.js'), MAIN);
  return folder;
}
