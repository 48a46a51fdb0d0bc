export { brokenHistory, brokenLaws, LawWatch } from './watch.ts';
export { lostWakeUps } from './wake-ups.ts';
