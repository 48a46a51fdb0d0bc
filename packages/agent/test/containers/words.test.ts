import { describe, expect, it } from 'vitest';
import { wordsOf } from '../../src/containers/words.ts';

describe('wordsOf', () => {
  it.each<readonly [string, readonly string[]]>([
    ['', []],
    ['  ', []],
    ['--memory 1g  -v a:b', ['--memory', '1g', '-v', 'a:b']],
    ['--name "my box"', ['--name', 'my box']],
    ["--label 'a b'='c d'", ['--label', 'a b=c d']],
    [String.raw`--env A="say \"x\"" B\ C`, ['--env', 'A=say "x"', 'B C']],
    ["it's open", ["it's", 'open']],
    ['--x ""', ['--x', '']],
    ['\n-a\t-b\n', ['-a', '-b']],
    ['end\\', ['end\\']],
  ])('splits %j', (text, words) => {
    expect(wordsOf(text)).toEqual(words);
  });
});
