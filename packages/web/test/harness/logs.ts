const ESC = '\u001B';

/** A log with everything that a log can show. */
export function sampleLog(now: number): string {
  const lines = [
    '##[section]Starting: Shift the traffic',
    '##[command]./shift.sh --step 25 --target production',
    'Fencing token 41 is accepted by the target.',
    `${ESC}[32m✓${ESC}[0m instance 1 healthy ${ESC}[2m(41 ms)${ESC}[0m`,
    `${ESC}[32m✓${ESC}[0m instance 2 healthy ${ESC}[2m(38 ms)${ESC}[0m`,
    `${ESC}[33m!${ESC}[0m instance 3 ${ESC}[1;33mslow${ESC}[0m ${ESC}[2m(812 ms)${ESC}[0m`,
    '##[warning]Instance 3 answers slowly (812 ms).',
    'Traffic: 25 % new, 75 % old',
    `${ESC}[36mwaiting 30 s before the next step${ESC}[0m`,
    '<b>not markup</b> &amp; <script>neither</script>',
    'Traffic: 50 % new, 50 % old',
    '##[error]Instance 4 did not answer; it is taken out and tried again.',
    `${ESC}[42m PASS ${ESC}[0m all instances answer`,
  ];
  const start = now - lines.length * 4000;
  return lines.map((line, index) => `${stamp(start + index * 4000)} ${line}\n`).join('');
}

function stamp(time: number): string {
  return new Date(time).toISOString().replace('Z', '0000Z');
}
