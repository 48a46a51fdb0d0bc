/** Instances of one job: legs of a matrix, slices, or machines (MTX-1). */
export const MAX_LEGS = 256;

/** Attempts of one stage of a run. Each is kept with the run, steps and all, as long as the run is. */
export const MAX_STAGE_ATTEMPTS = 50;
