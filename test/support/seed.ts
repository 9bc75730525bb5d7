import fc from 'fast-check';

/** Properties draw the same cases in every run; `SCALEPLAN_SEED=7 npm test` draws others. */
fc.configureGlobal({ seed: Number(process.env.SCALEPLAN_SEED ?? 20_261_124) });
