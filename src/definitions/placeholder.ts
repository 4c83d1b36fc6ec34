/** The placeholders of card texts: `{name}` or `{name.date}`. */
export const placeholder = /\{([a-z0-9-]+)(\.date)?\}/g;
