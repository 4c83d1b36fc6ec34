/** The placeholders of card texts: `{name}`, `{name.date}`, and of a measure `{name.inputs}`. */
export const placeholder = /\{([a-z0-9-]+)(?:\.(date|inputs))?\}/g;
