/** Drawn in the colour of the text around them; always beside a word that says the same. */

const shapes = {
  info: 'M12 3a9 9 0 1 0 0 18 9 9 0 0 0 0-18Zm0 7.500v6M12 7.400v.2',
  warning: 'M12 4 2.800 20h18.400L12 4Zm0 6v4.500M12 17v.2',
  critical: 'M8.200 3h7.600L21 8.200v7.600L15.800 21H8.200L3 15.800V8.200L8.200 3ZM12 7.500v5.500M12 16.400v.2',
  true: 'm5 12.500 4.500 4.500L19 7.500',
  false: 'm6.500 6.500 11 11m0-11-11 11',
  undetermined: 'M9 9.200a3 3 0 1 1 4.300 2.700c-.9.5-1.300 1-1.300 2.100M12 17.300v.2',
  copy: 'M9 9h11v11H9zM15 9V4H4v11h5',
  remove: 'm6.500 6.500 11 11m0-11-11 11',
  link: 'M14 5h5v5m0-5-9 9M11 6H5v13h13v-6',
} as const;

export type IconName = keyof typeof shapes;

export function Icon({ name }: { readonly name: IconName }) {
  return (
    <svg class="icon" viewBox="0 0 24 24" aria-hidden="true">
      <path d={shapes[name]} />
    </svg>
  );
}
