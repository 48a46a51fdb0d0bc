import { execFileSync } from 'node:child_process';
import type { Signalbox } from './signalbox.ts';

/** The process of a local agent, by its name, such as `local-1`; undefined when there is none. */
export function agentProcess(box: Signalbox, name: string): number | undefined {
  const lines = execFileSync('ps', ['-A', '-ww', '-o', 'pid=,args='], { encoding: 'utf8' }).split('\n');
  const work = `${box.dataFolder}/agents/${name} `;
  const line = lines.find((one) => one.includes(` agent --name ${name} `) && one.includes(work));
  return line === undefined ? undefined : Number.parseInt(line, 10);
}

/** `kill -9` of a local agent; the processes of its job live on. True when there was one. */
export function killAgent(box: Signalbox, name: string): boolean {
  const pid = agentProcess(box, name);
  if (pid === undefined) return false;
  process.kill(pid, 'SIGKILL');
  return true;
}
