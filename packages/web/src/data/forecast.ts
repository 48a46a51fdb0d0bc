import type { ForecastView } from '@signalbox/api';
import { useQuery } from '@tanstack/react-query';
import { useSession } from './context.tsx';
import { keys } from './queries.ts';

/** A lock in sight is asked for its forecast this often, and no oftener whatever happens at it. */
const EVERY = 5000;

/** When those at a lock start; asked only while `wanted`, and never while the page is hidden. */
export function useForecast(lock: number, wanted: boolean): ForecastView | undefined {
  const { client, project } = useSession();
  const { data } = useQuery({
    queryKey: keys.forecast(project, lock),
    queryFn: () => client.forecastLock(project, lock),
    enabled: wanted,
    staleTime: EVERY,
    refetchInterval: EVERY,
    // A forecast is a help: one that cannot be read is left out, and asked for again at its time.
    retry: false,
  });
  return wanted ? data : undefined;
}
