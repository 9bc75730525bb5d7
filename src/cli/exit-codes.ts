/** What a command's exit code means; fixed by the command contract. A command stopped by Ctrl+C says so as shells expect. */
export const EXIT = { done: 0, programFault: 1, badInput: 2, infeasible: 3, interrupted: 130 } as const;
