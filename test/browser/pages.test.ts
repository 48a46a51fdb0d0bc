import { beforeAll, it } from 'vitest';
import { eachLook } from './support/looks.ts';
import { newPlace, type Place } from './support/place.ts';
import { describeInBrowser } from './support/visit.ts';

describeInBrowser('an empty project', (open) => {
  let place: Place;

  beforeAll(async () => {
    place = await newPlace('Empty');
  });

  const pages = [
    ['home', '', 'Nothing needs you'],
    ['pipelines', 'pipelines', 'No pipelines yet'],
    ['runs', 'runs', 'No runs yet'],
    ['board', 'board', 'No runs yet'],
    ['not-found', 'nothing', 'is not here'],
  ] as const;

  it.each(pages)('says what to do on the page %s', async (name, path, sign) => {
    const { page } = await open(place.at(path));
    await page.getByText(sign).first().waitFor();
    await eachLook(page, `empty-${name}`);
  });
});
