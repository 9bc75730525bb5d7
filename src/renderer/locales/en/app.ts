export const commands = {
  palette: 'All commands',
  search: 'Type a command or a field',
  none: 'Nothing is called that.',
  shortcuts: 'Keyboard shortcuts',
  tour: 'Show the tour',
  new: 'New project',
  duplicate: 'Duplicate this option',
  option: 'Go to option {name}',
  go: 'Go to {step}',
  group: { go: 'Steps', project: 'Project', view: 'View', field: 'Fields' },
};

export const options = {
  title: 'Options of this project',
  one: 'Option {name}',
  rename: 'Name of the option',
  hint: 'Double click or F2 renames',
  remove: 'Remove option {name}',
};

export const tour = {
  title: 'Tour',
  offer: 'New here? Five stops show how a brief becomes a quote.',
  begin: 'Show me round',
  skip: 'Skip the tour',
  count: '{n} of {all}',
  next: 'Next',
  back: 'Back',
  done: 'Done',
  start: {
    title: 'Start from what is published',
    text: 'Every template is a reference architecture with its source. Or begin with an empty brief.',
  },
  brief: {
    title: 'Type what the customer said',
    text: 'A number of accelerators is enough. Every field left empty is chosen for you, and says why.',
  },
  result: {
    title: 'The design is always here',
    text: 'Counts, power and price follow every edit. Open the notes to see each figure with its formula and source.',
  },
  steps: {
    title: 'Go where you like',
    text: 'Compare supernodes, networks and media side by side; one click takes an alternative. Undo brings everything back.',
  },
  quote: {
    title: 'Leave with a quote',
    text: 'Discounts, margin and terms; then a workbook with live formulas and the cable schedule. Ctrl+K finds any command.',
  },
};

export const workspace = {
  recent: 'Recent projects',
  unsaved: 'not saved to a file',
  open: 'Open',
  forget: 'Forget {name}',
  accelerators: '{n} accelerators',
  conflict: 'This project was changed in another window at {when}. Nothing was overwritten.',
  theirs: 'Show that version',
  both: 'Keep both',
  copyOf: '{name} (2)',
};
