/** What a command's exit code means; fixed by the command contract. */
export const EXIT = { done: 0, programFault: 1, badInput: 2, infeasible: 3 } as const;
