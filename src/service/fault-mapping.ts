import { ORPCError, os } from '@orpc/server';
import { InfeasibleFault, InputFault } from '../units/fault';

/** Turns the engine's faults into the contract's typed errors, with all their data. */
export const mapFaults = os.middleware(async ({ next }) => {
  try {
    return await next();
  } catch (error) {
    throw toContractError(error);
  }
});

export function toContractError(error: unknown): unknown {
  if (error instanceof InputFault)
    return new ORPCError('BAD_INPUT', { defined: true, status: 422, message: error.message, data: { issues: error.issues } });
  if (error instanceof InfeasibleFault)
    return new ORPCError('INFEASIBLE', { defined: true, status: 409, message: error.message, data: { limits: error.limits } });
  return error;
}

/** The same for a stream of events, whose faults come after the call itself has been answered. */
export async function* mapStreamFaults<T>(events: AsyncIterable<T>): AsyncGenerator<T, void, void> {
  try {
    yield* events;
  } catch (error) {
    throw toContractError(error);
  }
}
