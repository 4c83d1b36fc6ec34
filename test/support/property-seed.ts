import fc from 'fast-check';

/**
 * Property tests draw the same values in every run, so that a red build speaks of the change and not of luck.
 * `npm run fuzz` draws new ones each time; a failure prints its seed.
 */
if (process.env.PROPERTY_SEED !== 'random') fc.configureGlobal({ seed: 20_261_122 });
