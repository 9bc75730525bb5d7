export const start = {
  title: 'Start',
  intro: 'From a published reference architecture to the customer’s own numbers in a minute. Nothing leaves this machine.',
  fresh: 'New project',
  freshNote: 'Only a number of accelerators is needed to begin.',
  file: 'A saved project opens with “Open project” above.',
  templates: 'Templates',
  use: 'Use',
  useNamed: 'Use the template {name}',
  accelerators: '{n} accelerators',
  source: 'Source',
};
