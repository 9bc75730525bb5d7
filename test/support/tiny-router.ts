import { oc, type ContractRouterClient } from '@orpc/contract';
import { implement } from '@orpc/server';
import { z } from 'zod';
import { errors } from '../../src/contract/errors';
import { mapFaults } from '../../src/service/fault-mapping';
import { InfeasibleFault, InputFault, type BindingLimit } from '../../src/units/fault';

/** A contract of a few procedures that answer, refuse, break or wait: what a transport has to carry. */
const procedure = oc.errors(errors);
export const tinyContract = {
  double: procedure.input(z.object({ n: z.number() })).output(z.number()),
  file: procedure.output(z.file()),
  refuse: procedure,
  overflow: procedure,
  breakDown: procedure,
  never: procedure,
};
export type TinyClient = ContractRouterClient<typeof tinyContract>;

export const LIMIT: BindingLimit = {
  limit: 'maxPowerKw',
  path: 'site.maxPowerKw',
  message: 'is 2,000 kW, but 3,120 kW are needed',
  needed: 3120,
  available: 2000,
  unit: 'kW',
  fixes: [{ label: 'raise maxPowerKw to 3,120', path: 'site.maxPowerKw', value: 3120 }],
};

export const ISSUE = { path: 'fabrics.compute.tiers', message: 'is 9, but 1 to 3 are allowed; lower it' };

export function createTinyRouter() {
  const api = implement(tinyContract).use(mapFaults);
  return api.router({
    double: api.double.handler(({ input }) => input.n * 2),
    file: api.file.handler(() => new File(['a,b\n'], 'rows.csv', { type: 'text/csv' })),
    refuse: api.refuse.handler(() => {
      throw new InputFault([ISSUE]);
    }),
    overflow: api.overflow.handler(() => {
      throw InfeasibleFault.of(LIMIT);
    }),
    breakDown: api.breakDown.handler(() => {
      throw new TypeError('a secret of the program');
    }),
    never: api.never.handler(() => new Promise(() => undefined)),
  });
}
